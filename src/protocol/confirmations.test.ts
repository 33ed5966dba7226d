import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { Confirmations } from './confirmations'

describe('Confirmations', () => {
  it('fulfil what has been waited for, or reject it, once', async () => {
    const confirmations = new Confirmations()
    const [first, second] = [confirmations.wait('1'), confirmations.wait('2')]
    expect([confirmations.has('1'), confirmations.has('3')]).to.deep.equal([true, false])
    confirmations.confirm('1')
    confirmations.refuse('2', 'staff only')
    await first
    expect((await failureOf(() => second)).message).to.equal('staff only')
    void confirmations.wait(1)
    confirmations.refuse(1, 'nobody waits for it')
    expect(() => confirmations.confirm('1')).to.throw('it confirms nothing that the client has sent')
  })
})

import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { CallsUnderWay } from './calls-under-way'

describe('CallsUnderWay', () => {
  it('settles no call that was under way when nobody could await it any more, and each that begins then', async () => {
    const context = { failsUnheeded: true, isAbandoned: false, beginWork: () => () => {} }
    const calls = new CallsUnderWay(context)
    const settled: string[] = []
    const call = (name: string) =>
      calls
        .attend(
          () => name,
          async () => {
            await turn()
            throw new Error(name)
          },
        )
        .finally(() => settled.push(name))
    void call('before')
    context.isAbandoned = true
    expect(await failureMessage(() => call('after'))).to.equal('after')
    expect(settled).to.deep.equal(['after'])
  })
})

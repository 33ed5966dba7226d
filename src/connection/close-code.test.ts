import { expect } from 'chai'
import { formatClose } from './close-code'

describe('formatClose', () => {
  it('gives the code, and the reason if there is one', () => {
    expect(formatClose({ code: 4001, reason: 'Kicked' })).to.equal('with 4001 "Kicked"')
    expect(formatClose({ code: 1000, reason: '' })).to.equal('with 1000')
  })

  it('explains the codes 1005 and 1006, which no close frame has', () => {
    expect(formatClose({ code: 1005, reason: '' })).to.equal('without a close code (1005)')
    expect(formatClose({ code: 1006, reason: '' })).to.equal('without a closing handshake (1006)')
  })
})

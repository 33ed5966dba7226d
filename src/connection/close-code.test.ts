import { expect } from 'chai'
import { UsageError } from '../errors'
import { formatClose, reportsError, requireReceivableCode, requireSendableClose } from './close-code'

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

describe('reportsError', () => {
  it('tells the codes that say that something is wrong', () => {
    for (const code of [1002, 1003, 1006, 1007, 1008, 1009, 1011, 1013, 1015]) expect(reportsError(code)).to.equal(true)
    for (const code of [1000, 1001, 1005, 3000, 4001]) expect(reportsError(code)).to.equal(false)
  })
})

describe('requireSendableClose', () => {
  it('accepts the codes that a frame may carry, and a reason that fits', () => {
    for (const code of [1000, 1003, 1007, 1014, 3000, 4999, undefined]) requireSendableClose(code, 'x'.repeat(123))
  })

  it('throws for all other codes, and for a reason that does not fit, in bytes', () => {
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, Number.NaN]) {
      expect(() => requireSendableClose(code)).to.throw(UsageError, `cannot be closed with code ${code}: write 1000 to`)
    }
    expect(() => requireSendableClose(1000, 'ä'.repeat(62))).to.throw(UsageError, 'this one has 124.')
  })
})

describe('requireReceivableCode', () => {
  it('accepts codes of frames, and those that report that none was received', () => {
    for (const code of [1000, 1005, 1006, 1015, 2000, 4999]) requireReceivableCode(code)
  })

  it('throws for codes that no frame can have', () => {
    for (const code of [0, 99, 999, 5000, Number.NaN]) {
      expect(() => requireReceivableCode(code)).to.throw(UsageError, `is never closed with code ${code}: write one`)
    }
  })
})

/** Passwords of addresses, of whatever scheme, and wherever they stand in a command. */

import { expect } from 'chai'
import fc from 'fast-check'
import { addresses, commandTexts } from '../../test/support/arbitrary-address'
import { longTextsOf } from '../../test/support/arbitrary-text'
import { addressesIn, loginsIn } from './passwords'
import { Secrets } from './secrets'

describe('Passwords, whatever their addresses are', () => {
  it('are hidden where an address stands by itself', () =>
    fc.assert(
      fc.property(addresses, ({ text, password }) => {
        const secrets = new Secrets()
        secrets.learnFromAddress(text)
        expect(secrets.hide(text)).not.to.include(password)
      }),
      { numRuns: 500 },
    ))

  it('are hidden in commands, and in what programs print of them', () =>
    fc.assert(
      fc.property(commandTexts, ({ text, password }) => {
        const secrets = new Secrets()
        secrets.learnFromCommand(text)
        expect(secrets.hide(text)).not.to.include(password)
        expect(secrets.hide(`login with ${password} failed`)).to.equal('login with [redacted] failed')
      }),
      { numRuns: 1000 },
    ))

  it('are looked for in a time that grows with the text alone', () => {
    for (const text of longTextsOf(['a', 'a:', '@', 'a:/', '://', 'a://', 'a:b@c ', 'a=', '%40', '"', 'a,b:@'])) {
      addressesIn(text)
      loginsIn(text)
      new Secrets().learnFromCommand(text)
    }
  }).timeout(120_000)
})

import { expect } from 'chai'
import fc from 'fast-check'
import { addresses } from '../../test/support/arbitrary-address'
import { orUsageError } from '../../test/support/arbitrary-text'
import { UsageError } from '../errors'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'
import { Variables } from '../variables/variables'
import { connectionTarget } from './connection-target'

const server = { url: 'ws://server/chat?a=b', headers: {}, subprotocols: [] }

describe('connectionTarget', () => {
  it('has the parameters and cookies of the options, whatever is in them', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))), (parameters) => {
        const own = new Variables()
        const named = parameters.map(([name, value], index) => {
          own.set(`v${index}`, value)
          return [name, `\${v${index}}`] as const
        })
        const { url } = connectionTarget(server, { parameters: named }, own)
        expect([...new URL(url).searchParams]).to.deep.equal([['a', 'b'], ...parameters])
        const cookies = Object.fromEntries(named.map(([, value], index) => [`c${index}`, value]))
        const { Cookie = '' } = connectionTarget(server, { cookies }, own).headers
        const read = Cookie === '' ? [] : Cookie.split('; ').map((one) => one.slice(one.indexOf('=') + 1))
        expect(read.join('')).to.match(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/)
        expect(read.length).to.equal(parameters.length)
      }),
    ))

  it('shows no password of an address that is not valid, whatever its scheme is', () =>
    fc.assert(
      fc.property(addresses, fc.boolean(), ({ text, password }, isSetting) => {
        const stop = registerRedaction(new Secrets())
        try {
          const [url, to] = isSetting ? [text, ''] : [server.url, text]
          const target = orUsageError(() => connectionTarget({ ...server, url }, { to }, new Variables()))
          if (target instanceof UsageError) expect(target.message).not.to.include(password)
        } finally {
          stop()
        }
      }),
      { numRuns: 300 },
    ))
})

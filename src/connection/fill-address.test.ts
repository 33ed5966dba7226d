import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
import { connectionTarget, httpTarget } from './connection-target'

const server = { url: 'ws://server:80/a/', headers: {}, subprotocols: [] }
const urlOf = (to: string, values: Record<string, unknown>) =>
  httpTarget(server, { to }, new Variables().with(values)).url

describe('Values in addresses', () => {
  for (const id of ['..', '.', '']) {
    it(`are refused where they would lead to another path: "${id}"`, () => {
      const targets = ['/orders/${id}/cancel', '/${id}/orders', '${id}/orders', 'orders/${id}?a=b', 'http://a/${id}/b']
      for (const to of targets) {
        expect(() => urlOf(to, { id })).to.throw(UsageError, `stands for a part of a path, and its value is "${id}"`)
      }
    })
  }

  it('are not decoded twice', () => {
    expect(urlOf('/orders/${id}', { id: '%2e%2E' })).to.equal('http://server/orders/%252e%252E')
  })

  it('are refused where together with their text or each other they would lead to another path', () => {
    expect(() => urlOf('/orders/.${id}/cancel', { id: '.' })).to.throw(UsageError, '.${id} stands for a part of a path')
    expect(() => urlOf('/orders/%2e${id}/cancel', { id: '.' })).to.throw(UsageError, 'its value is "%2e."')
    expect(() => urlOf('/orders/${a}${b}', { a: '.', b: '.' })).to.throw(UsageError, 'its value is ".."')
    expect(urlOf('/orders/${a}${b}', { a: '.', b: '.x' })).to.equal('http://server/orders/..x')
  })

  it('may be empty, or dots, in a query', () => {
    expect(urlOf('/orders?id=${id}&of=${of}', { id: '', of: '..' })).to.equal('http://server/orders?id=&of=..')
  })

  for (const host of [
    'evil.org/',
    'evil.org?',
    'evil.org#',
    'rob@evil.org',
    'evil.org\\',
    'a b',
    'a\nb',
    '',
    '%2f',
    '／',
  ]) {
    it(`are refused where they are not a host: ${JSON.stringify(host)}`, () => {
      for (const to of ['ws://${host}/chat', 'ws://${host}:80/chat', 'ws://server${host}/chat', 'ws://a@${host}']) {
        expect(() => urlOf(to, { host })).to.throw(
          UsageError,
          'The value of ${host} is not a valid host or port of an address.',
        )
      }
    })
  }

  it('are a host, a port, a scheme, a user and a password', () => {
    for (const host of [
      'example.org',
      'example.org:8080',
      '127.0.0.1',
      '[::1]:80',
      'xn--bcher-kva.example',
      'bücher.example',
    ]) {
      expect(urlOf('ws://${host}/', { host })).to.equal(new URL(`http://${host}/`).href)
    }
    const values = { scheme: 'wss', user: 'a:b', password: 'p@/?#', host: 'example.org' }
    const url = urlOf('${scheme}://${user}:${password}@${host}:443/${user}', values)
    expect(url).to.equal('https://a%3Ab:p%40%2F%3F%23@example.org/a%3Ab')
  })

  it('are no address where they are a scheme', () => {
    expect(urlOf('${scheme}://example.org/', { scheme: 'ws://evil.org/x' })).to.match(/^http:\/\/server\//)
  })

  it('stay in their segment, their parameter or their host, whatever is in them', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...'./\\?#%@:;&= \t\n0a') }),
        (a, b) => {
          for (const value of [a, b]) {
            const url = attempt(() => new URL(urlOf('/x/${v}/y?p=${v}&q=1', { v: value })))
            if (url) {
              expect([url.host, url.hash, [...url.searchParams]]).to.deep.equal([
                'server',
                '',
                [
                  ['p', value],
                  ['q', '1'],
                ],
              ])
              expect(url.pathname.split('/').map(decodeURIComponent)).to.deep.equal(['', 'x', value, 'y'])
            } else expect(value).to.match(/^\.{0,2}$/)
            const hosted = attempt(() => new URL(urlOf('ws://${v}/y', { v: value })))
            if (hosted) expect([hosted.pathname, hosted.search, hosted.username]).to.deep.equal(['/y', '', ''])
          }
        },
      ),
    ))
})

describe('Values in the headers of a handshake', () => {
  it('are percent-encoded in cookies, and in parameters', () => {
    const options = { parameters: { a: '${v}' }, cookies: { a: '${v}' } }
    const { url, headers } = connectionTarget(server, options, new Variables().with({ v: 'x; b=1\r\n&c=2' }))
    expect(url).to.equal('ws://server/a/?a=x%3B%20b%3D1%0D%0A%26c%3D2')
    expect(headers).to.deep.equal({ Cookie: 'a=x%3B%20b=1%0D%0A&c=2' })
  })
})

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError)
    return undefined
  }
}

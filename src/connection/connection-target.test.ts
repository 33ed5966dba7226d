import { expect } from 'chai'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
import { type ConnectOptions, connectionTarget, httpTarget } from './connection-target'

const variables = new Variables().with({
  client: 'Rob & Ann',
  token: 'a b',
  port: 8080,
  host: 'example.org:8080',
  base: 'wss://example.org/chat?x=1',
})
const server = (url: string | undefined) => ({ url, headers: {}, subprotocols: [] })
const from = (url: string | undefined, arrival: ConnectOptions = {}) =>
  connectionTarget(server(url), arrival, variables)

describe('connectionTarget: pairs', () => {
  const pairs = [['X-A', '${token}']] as const

  it('are as good as an object, for parameters, headers and cookies', () => {
    const object = Object.fromEntries(pairs)
    expect(from('ws://server', { parameters: pairs, headers: pairs, cookies: pairs })).to.deep.equal(
      from('ws://server', { parameters: object, headers: object, cookies: object }),
    )
  })

  it('may not have a header or a cookie twice, of which one would be lost', () => {
    const twice = [...pairs, ['x-a', 'c']] as const
    expect(() => from('ws://server', { headers: twice })).to.throw(UsageError, 'The header "x-a" stands twice')
    expect(() => from('ws://server', { cookies: [...pairs, ...pairs] })).to.throw(UsageError, 'The cookie "X-A" stands')
  })
})

describe('connectionTarget: address', () => {
  for (const [url, to, result] of [
    ['ws://localhost:8080', undefined, 'ws://localhost:8080/'],
    ['wss://example.org/chat?room=1', undefined, 'wss://example.org/chat?room=1'],
    ['http://localhost:8080', undefined, 'ws://localhost:8080/'],
    ['https://example.org', undefined, 'wss://example.org/'],
    ['ws://localhost:${port}/', undefined, 'ws://localhost:8080/'],
    ['ws://${host}/a', undefined, 'ws://example.org:8080/a'],
    ['wss://${host}/a', undefined, 'wss://example.org:8080/a'],
    ['ws://localhost/?name=${client}', undefined, 'ws://localhost/?name=Rob%20%26%20Ann'],
    ['ws://localhost/a/b?x=1', 'c', 'ws://localhost/a/c'],
    ['ws://localhost/a/b?x=1', '/c/${client}', 'ws://localhost/c/Rob%20%26%20Ann'],
    ['ws://localhost/a/b?x=1', '?y=${token}', 'ws://localhost/a/b?y=a%20b'],
    ['ws://localhost/a/b', '${client}', 'ws://localhost/a/Rob%20%26%20Ann'],
    ['ws://localhost/${client}?next=http://a.b', undefined, 'ws://localhost/Rob%20%26%20Ann?next=http://a.b'],
    ['ws://localhost/a', 'b?next=http://a.b', 'ws://localhost/b?next=http://a.b'],
    ['ws://localhost/a', 'wss://example.org', 'wss://example.org/'],
    ['ws://localhost/a', 'HTTPS://example.org', 'wss://example.org/'],
    [undefined, 'ws://localhost/a', 'ws://localhost/a'],
  ] as const) {
    it(`is ${result} for ${to === undefined ? '' : `${to} at `}${url ?? 'no server'}`, () => {
      expect(from(url, { ...(to && { to }) }).url).to.equal(result)
    })
  }

  it('may begin with a variable that is an address', () => {
    expect(from('${base}').url).to.equal('wss://example.org/chat?x=1')
    expect(from('ws://localhost', { to: '${base}' }).url).to.equal('wss://example.org/chat?x=1')
    expect(from(undefined, { to: '${base}&y=${token}' }).url).to.equal('wss://example.org/chat?x=1&y=a%20b')
  })

  for (const [url, to, shown] of [
    ['localhost:8080', undefined, 'localhost:8080'],
    ['nonsense', undefined, 'nonsense'],
    ['', undefined, ''],
    ['ftp://localhost', undefined, 'ftp://localhost'],
    ['ws://localhost:99999', undefined, 'ws://localhost:99999'],
    ['ws://localhost/#chat', undefined, 'ws://localhost/#chat'],
    ['ws://localhost/#', undefined, 'ws://localhost/#'],
    ['ws://localhost', '#chat', '#chat'],
    ['ws://localhost', 'ftp://localhost', 'ftp://localhost'],
    ['nonsense', '/chat', 'nonsense'],
  ] as const) {
    it(`refuses ${to ?? `"${url}"`}`, () => {
      expect(() => from(url, { ...(to && { to }) })).to.throw(
        UsageError,
        `"${shown}" is not a valid address of a WebSocket server. Write it like ws://localhost:8080/chat or wss://example.org, ` +
          'without a # in it.',
      )
    })
  }

  it('is required', () => {
    for (const arrival of [{}, { to: '/chat' }]) {
      expect(() => from(undefined, arrival)).to.throw(
        UsageError,
        'The server has no address yet. Set "url" in worldParameters.websocket of the Cucumber configuration, ' +
          'or CUCUMBER_WEBSOCKET_URL in the environment, or write: the server is at "ws://localhost:8080"',
      )
    }
  })

  it('needs its variables', () => {
    expect(() => from('ws://localhost/${room}')).to.throw(UsageError, 'There is no variable ${room}.')
  })
})

describe('connectionTarget: Unix domain sockets', () => {
  for (const [server, to, expected] of [
    ['ws+unix:///run/app.sock:/chat?x=1', '', 'ws+unix:///run/app.sock:/chat?x=1'],
    ['ws+unix:/run/app.sock', '', 'ws+unix:///run/app.sock:/'],
    ['ws+unix:///run/app.sock:chat', '', 'ws+unix:///run/app.sock:/chat'],
    ['http+unix:///run/app.sock:/chat', '', 'ws+unix:///run/app.sock:/chat'],
    ['ws+unix:///run/app.sock:/a/b?x=1', 'c', 'ws+unix:///run/app.sock:/a/c'],
    ['ws+unix:///run/app.sock:/a/b', '/rooms/a:b?y=:', 'ws+unix:///run/app.sock:/rooms/a:b?y=:'],
    ['ws+unix:///run/app.sock:/a', 'ws://localhost/b', 'ws://localhost/b'],
    ['ws://localhost/a', 'ws+unix:/run/app.sock:/b', 'ws+unix:///run/app.sock:/b'],
    ['ws+unix:///run/${client}.sock:/${client}', '', 'ws+unix:///run/Rob%20%26%20Ann.sock:/Rob%20%26%20Ann'],
  ] as const) {
    it(`lead from ${server} to ${to || 'itself'}`, () => {
      expect(from(server, { to }).url).to.equal(expected)
    })
  }

  it('are requested by HTTP', () => {
    const server = { url: 'ws+unix:///run/app.sock:/chat', headers: {}, subprotocols: [] }
    const { url } = httpTarget(server, { to: '/orders', parameters: { a: '1' } }, variables)
    expect(url).to.equal('http+unix:///run/app.sock:/orders?a=1')
  })

  for (const address of [
    'ws+unix://run/app.sock:/',
    'ws+unix:app.sock',
    'ws+unix:///',
    'ws+unix:///:/x',
    'ws+unix:///a.sock:/#x',
  ]) {
    it(`are not ${address}`, () => {
      expect(() => from(address, {})).to.throw(
        UsageError,
        `"${address}" is not a valid address of a Unix domain socket. Write three slashes, the path of the socket, a colon, ` +
          'and the path of the handshake: ws+unix:///run/app.sock:/chat, without a # in it.',
      )
    })
  }

  it('are no others than the feature says, whatever a value has in it', () => {
    const other = new Variables().with({ name: 'a/../../b' })
    expect(() => connectionTarget(server('ws+unix:///run/${name}.sock:/'), {}, other)).to.throw(
      UsageError,
      '"ws+unix:///run/a%2F..%2F..%2Fb.sock:/" cannot be connected to: what stands for a part of a path of a socket may have no / in it.',
    )
  })

  it('are not left by an address without a scheme', () => {
    expect(() => from('ws+unix:///run/app.sock:/', { to: '//other/x' })).to.throw(
      UsageError,
      '"//other/x" is not a valid',
    )
  })

  it('are not supported on Windows', () => {
    const platform = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor
    Object.defineProperty(process, 'platform', { ...platform, value: 'win32' })
    try {
      expect(() => from('ws+unix:///run/app.sock:/', {})).to.throw(
        UsageError,
        'Unix domain sockets are not supported on Windows. Let the server listen at a port, and write ws://localhost:8080.',
      )
    } finally {
      Object.defineProperty(process, 'platform', platform)
    }
  })
})

describe('connectionTarget: options', () => {
  const arrive = (arrival: ConnectOptions) => from('ws://localhost/?a=b%20c', arrival)

  it('adds parameters, percent-encoded, to those of the address', () => {
    const { url } = arrive({ parameters: { name: 'Rob Anderson', 'x&y': '${client}' } })
    expect(url).to.equal('ws://localhost/?a=b%20c&name=Rob%20Anderson&x%26y=Rob%20%26%20Ann')
    expect(from('ws://localhost', { parameters: { name: 'Rob' } }).url).to.equal('ws://localhost/?name=Rob')
  })

  it('adds headers to those of the settings, and overrides them', () => {
    const settings = { url: 'ws://localhost', headers: { 'X-A': 'a', 'X-B': '${token}' }, subprotocols: [] }
    expect(connectionTarget(settings, { headers: { 'X-A': '${client}' } }, variables).headers).to.deep.equal({
      'X-A': 'Rob & Ann',
      'X-B': 'a b',
    })
  })

  it('overrides headers of the settings in whatever case', () => {
    const settings = { url: 'ws://localhost', headers: { 'X-A': 'a', cookie: 'a=1' }, subprotocols: [] }
    const { headers } = connectionTarget(settings, { headers: { 'x-a': 'b' }, cookies: { b: '2' } }, variables)
    expect(headers).to.deep.equal({ 'x-a': 'b', Cookie: 'b=2' })
  })

  for (const [what, headers, options] of [
    ['header "x-a"', {}, { headers: { 'X-A': 'a', 'x-a': 'b' } }],
    ['header "x-a"', { 'X-A': 'a', 'x-a': 'b' }, {}],
    ['header "Cookie"', {}, { headers: { cookie: 'a=1' }, cookies: { b: '2' } }],
    ['subprotocol "port-8080"', {}, { subprotocols: ['port-8080', 'port-${port}'] }],
  ] as const) {
    it(`refuses what would be lost: ${JSON.stringify({ ...headers, ...options })}`, () => {
      const settings = { url: 'ws://localhost', headers, subprotocols: [] }
      expect(() => connectionTarget(settings, options, variables)).to.throw(UsageError, `The ${what} stands twice`)
    })
  }

  it('sends cookies in one header', () => {
    expect(arrive({ cookies: { session: 'abc', name: 'Zoë' } }).headers).to.deep.equal({
      Cookie: 'session=abc; name=Zo%C3%AB',
    })
    expect(arrive({ cookies: { name: '🙂' } }).headers).to.deep.equal({ Cookie: 'name=%F0%9F%99%82' })
    expect(arrive({ cookies: { name: '${client};' } }).headers).to.deep.equal({ Cookie: 'name=Rob%20&%20Ann%3B' })
  })

  it('sends the characters of cookies unencoded where they are allowed', () => {
    expect(arrive({ cookies: { session: 's%3Aabc.YWJj+/==' } }).headers).to.deep.equal({
      Cookie: 'session=s%3Aabc.YWJj+/==',
    })
  })

  it('replaces the subprotocols of the settings', () => {
    const settings = { url: 'ws://localhost', headers: {}, subprotocols: ['chat.v1'] }
    expect(connectionTarget(settings, { subprotocols: ['chat.v2'] }, variables).subprotocols).to.deep.equal(['chat.v2'])
    expect(connectionTarget(settings, {}, variables).subprotocols).to.deep.equal(['chat.v1'])
  })

  it('fills in variables in subprotocols', () => {
    const { subprotocols } = arrive({ subprotocols: ['bearer', 'port-${port}'] })
    expect(subprotocols).to.deep.equal(['bearer', 'port-8080'])
  })
})

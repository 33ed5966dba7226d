import { expect } from 'chai'
import { UsageError } from '../errors'
import { readSettings, type Settings } from './settings'

describe('readSettings', () => {
  it('fills in every default', () => {
    const none = {
      server: { url: undefined, headers: {}, subprotocols: [] },
      protocol: undefined,
      protocols: {},
      tls: {},
      phrases: {},
      timeout: 5000,
      quiet: 200,
      scenarioTimeout: undefined,
      pauseBetweenScenarios: 0,
      maxMessageBytes: 1048576,
      closeGrace: 250,
      ...{ proxy: undefined, compression: false, redirects: 0 },
      messages: 'features/messages',
      ...{ type: 'type', correlation: undefined, token: undefined },
      ignore: [],
      redact: ['header:authorization', 'header:proxy-authorization', 'header:cookie', 'header:set-cookie'],
      report: { diagram: 'always', transcript: 'always', mermaid: 'never', frames: false },
      asyncapi: [],
      programs: {},
      commands: {},
    }
    expect(readSettings(undefined, {})).to.deep.equal(none)
    expect(readSettings({}, {})).to.deep.equal(none)
  })

  it('keeps the given settings', () => {
    const server = { url: 'ws://localhost:8080', headers: { 'X-Test': 'yes' }, subprotocols: ['chat.v2'] }
    const phrases = { sent: { message: '${phrase}' }, received: '${phrase}' }
    const protocols = { hub: { name: 'signalr', method: 'Say' } }
    expect(
      readSettings(
        {
          ...server,
          ...{ protocol: 'hub', protocols },
          asyncapi: 'docs/asyncapi.yaml',
          phrases,
          timeout: '1.5 s',
          quiet: 50,
          scenarioTimeout: '30s',
          pauseBetweenScenarios: '100ms',
          maxMessageBytes: 10,
          ...{ proxy: 'http://proxy:8080', compression: true, redirects: 3 },
        },
        {},
      ),
    ).to.deep.equal({
      server,
      ...{ protocol: 'hub', protocols },
      asyncapi: [{ document: 'docs/asyncapi.yaml' }],
      tls: {},
      phrases,
      timeout: 1500,
      quiet: 50,
      scenarioTimeout: 30_000,
      pauseBetweenScenarios: 100,
      maxMessageBytes: 10,
      closeGrace: 250,
      ...{ proxy: 'http://proxy:8080', compression: true, redirects: 3 },
      messages: 'features/messages',
      ...{ type: 'type', correlation: undefined, token: undefined },
      ignore: [],
      redact: ['header:authorization', 'header:proxy-authorization', 'header:cookie', 'header:set-cookie'],
      report: { diagram: 'always', transcript: 'always', mermaid: 'never', frames: false },
      programs: {},
      commands: {},
    })
  })

  it('keeps where the type, the common member of an answer, and a token stand', () => {
    const settings = { type: 'meta.event', correlation: 'meta.id', token: { cookies: { session: '${token}' } } }
    expect(readSettings(settings, {})).to.deep.include(settings)
  })

  it('accepts several AsyncAPI documents, and says which one is nowhere', () => {
    const rooms = { document: 'docs/rooms.yaml', address: '/rooms' }
    expect(readSettings({ asyncapi: rooms }, {}).asyncapi).to.deep.equal([rooms])
    expect(readSettings({ asyncapi: ['docs/news.yaml', rooms] }, {}).asyncapi).to.deep.equal([
      { document: 'docs/news.yaml' },
      rooms,
    ])
    expect(() => readSettings({ asyncapi: [{ ...rooms, address: 'rooms' }] }, {})).to.throw(
      UsageError,
      'The "address" of the document "docs/rooms.yaml" should be a path such as "/chat", or an address such as "ws://localhost:8080/chat", ' +
        'without variables, a query or a fragment.',
    )
  })

  it('accepts a command as a text or as an object', () => {
    const build = { command: 'npm run build', cwd: 'chat' }
    expect(readSettings({ commands: { work: 'node worker.js', build } }, {}).commands).to.deep.equal({
      work: { command: 'node worker.js' },
      build,
    })
  })

  it('accepts false for no proxy, and reports what is not one, without its password', () => {
    expect(readSettings({ proxy: false }, {}).proxy).to.equal(false)
    for (const proxy of [
      '',
      'proxy:8080',
      'rob:hunter2@proxy:8080',
      'socks5://rob:hunter2@proxy',
      'http://rob:hunter2@proxy/x',
    ]) {
      expect(() => readSettings({ proxy }, {}), proxy).to.throw(
        UsageError,
        /^"proxy" in worldParameters\.websocket is wrong: it is not the address of an HTTP proxy, such as http:\/\/proxy:8080\.$/,
      )
    }
  })

  it('treats undefined as missing', () => {
    const { phrases, report } = readSettings(
      { phrases: { sent: undefined }, report: { diagram: undefined } } as object,
      {},
    )
    expect([phrases, report.diagram]).to.deep.equal([{}, 'always'])
  })

  it('prefers the address in the environment', () => {
    const settings = { url: 'ws://localhost:8080' }
    expect(readSettings(settings, { CUCUMBER_WEBSOCKET_URL: 'wss://example.org' }).server.url).to.equal(
      'wss://example.org',
    )
    expect(readSettings(settings, { CUCUMBER_WEBSOCKET_URL: '' }).server.url).to.equal('ws://localhost:8080')
  })

  it('reads the environment of the process by default', () => {
    expect(readSettings().server.url).to.equal(process.env.CUCUMBER_WEBSOCKET_URL || undefined)
  })

  it('reports every problem', () => {
    expect(() => readSettings({ url: 1, quite: '1s' } as object, {})).to.throw(
      UsageError,
      'The settings in worldParameters.websocket are wrong.\n"url" should be an address, such as "ws://localhost:8080", not a value of type number.\n' +
        '"quite" is not a known setting. Did you mean "quiet"?',
    )
  })

  for (const [settings, words] of [
    [
      { timeout: 'soon' },
      '"timeout" in worldParameters.websocket is wrong: "soon" is not a valid duration. Write it like',
    ],
    [{ timeout: '' }, '"timeout" in worldParameters.websocket is wrong: "" is not a valid duration. Write it like'],
    [{ quiet: -1 }, '"quiet" in worldParameters.websocket is wrong: -1 is not a valid duration. Write it like'],
    [
      { programs: { chat: { command: 'x', timeout: 'soon' } } },
      '"programs.chat.timeout" in worldParameters.websocket is wrong: "soon" is not a valid duration. Write it like',
    ],
    [
      { commands: { work: { command: 'x', timeout: -1 } } },
      '"commands.work.timeout" in worldParameters.websocket is wrong: -1 is not a valid duration. Write it like',
    ],
    [{ timeout: '30 days' }, '"timeout" in worldParameters.websocket is wrong: 30 days is too long: '],
    [
      { phrases: { sent: { message: 'phrase' } } },
      '"phrases.sent" in worldParameters.websocket is wrong: The template {"message":"phrase"} needs one place',
    ],
    [
      { phrases: { received: '' } },
      /^"phrases.received" in worldParameters.websocket is wrong: The template .*needs one place for the phrase/,
    ],
  ] as [Settings, string | RegExp][]) {
    it(`refuses ${JSON.stringify(settings)}`, () => {
      expect(() => readSettings(settings, {})).to.throw(UsageError, words)
    })
  }
})

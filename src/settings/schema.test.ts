import { expect } from 'chai'
import { settingsProblems } from './schema'

const circular: { self?: object } = {}
circular.self = circular

describe('Settings schema', () => {
  for (const settings of [
    {},
    { url: 'ws://localhost:8080/?name=${client}' },
    { phrases: { sent: { message: '${phrase}' }, received: ['${phrase}'] } },
    { phrases: { sent: '${phrase}' } },
    { timeout: '5s', quiet: 200 },
    { headers: { Authorization: 'Bearer x' }, subprotocols: ['chat.v2'] },
    { maxMessageBytes: 1 },
    {
      protocol: { codec: 'msgpack' },
      protocols: { chat: { name: 'socket.io', codec: { name: 'protobuf', file: 'a' } } },
    },
    { proxy: 'http://proxy:8080', compression: true, redirects: 3 },
    { proxy: false, compression: false, redirects: 0 },
    { protocol: 'json-rpc', protocols: { hub: { name: 'signalr', method: 'Say' }, rpc: 'json-rpc' } },
    { phrases: { sent: undefined }, programs: { chat: { command: 'x', ready: { port: 1, url: undefined } } } },
    { programs: { chat: { command: 'x', timeout: '20s', ready: { port: '${port}' }, env: { PORT: '${port}' } } } },
    { commands: { work: { command: 'x', timeout: 200 } } },
    { tls: { ca: ['a.pem', 'b.pem'] }, commands: { work: 'x', rest: { command: 'y' } } },
  ]) {
    it(`accepts ${JSON.stringify(settings)}`, () => {
      expect(settingsProblems(settings)).to.deep.equal([])
    })
  }

  for (const [settings, problem] of [
    [null, 'They should be an object of settings, not null.'],
    [[], 'They should be an object of settings, not a list.'],
    ['ws://localhost', 'They should be an object of settings, not a value of type string.'],
    [{ uri: 'ws://localhost' }, '"uri" is not a known setting. Did you mean "url"?'],
    [
      { colour: 'red' },
      '"colour" is not a known setting. There are url, protocol, protocols, asyncapi, phrases, timeout, quiet, scenarioTimeout, pauseBetweenScenarios, headers, subprotocols, tls, proxy, compression, redirects, messages, type, correlation, token, ignore, redact, programs, commands, report, maxMessageBytes.',
    ],
    [
      { proxy: true },
      '"proxy" should be an address, such as "http://proxy:8080", or false for none, not a value of type boolean.',
    ],
    [{ compression: 'deflate' }, '"compression" should be true or false, not "deflate".'],
    [{ redirects: -1 }, '"redirects" should be a whole number of redirects, from 0 to 100, not -1.'],
    [{ redirects: true }, '"redirects" should be a whole number of redirects, from 0 to 100, not true.'],
    [{ url: 8080 }, '"url" should be an address, such as "ws://localhost:8080", not a value of type number.'],
    [{ url: () => 'ws://localhost' }, /^"url" should be an address, such as "ws:\/\/localhost:8080", not .+\.$/],
    [{ phrases: '${phrase}' }, '"phrases" should be an object with "sent" and "received", not "${phrase}".'],
    [{ phrases: { recieved: 'x' } }, '"phrases.recieved" is not a known setting. Did you mean "received"?'],
    [{ phrases: { sent: 5 } }, '"phrases.sent" should be JSON or a text with ${phrase} in it, not 5.'],
    [{ timeout: true }, '"timeout" should be a duration, such as "5s" or 200, not true.'],
    [{ scenarioTimeout: [] }, '"scenarioTimeout" should be a duration, such as "5s" or 200, not a list.'],
    [{ pauseBetweenScenarios: true }, '"pauseBetweenScenarios" should be a duration, such as "5s" or 200, not true.'],
    [{ quiet: null }, '"quiet" should be a duration, such as "5s" or 200, not null.'],
    [{ quiet: Number.POSITIVE_INFINITY }, '"quiet" should be a duration, such as "5s" or 200, not Infinity.'],
    [
      { protocol: { method: 'Say' } },
      '"protocol" should be the name of a protocol, or an object with its "name" or "codec", and options, not an object with method.',
    ],
    [
      { protocol: { codec: { file: 'chat.proto' } } },
      '"protocol" should be the name of a protocol, or an object with its "name" or "codec", and options, not an object with codec.',
    ],
    [{ protocols: ['signalr'] }, '"protocols" should be an object of protocols, not a list.'],
    [
      { asyncapi: 5 },
      '"asyncapi" should be an AsyncAPI document, such as "docs/asyncapi.yaml", or an object with its "document", not 5.',
    ],
    [{ asyncapi: ['a.yaml', { strict: 'fail' }] }, /^"asyncapi\.1" should be .+/],
    [
      { asyncapi: { document: 'a.yaml', strict: 'never' } },
      '"asyncapi.strict" should be "fail" or "report", not "never".',
    ],
    [
      { asyncapi: { document: 'a.yaml', draft: 'foo' } },
      '"asyncapi.draft" should be one of 2020-12, 2019-09, draft-07, draft-06, not "foo".',
    ],
    [
      { asyncapi: { document: 'a.yaml', drfat: '2020-12' } },
      '"asyncapi.drfat" is not a known setting. Did you mean "draft"?',
    ],
    [{ headers: ['x'] }, '"headers" should be an object of texts, not a list.'],
    [{ headers: { Authorization: ['Bearer x'] } }, '"headers.Authorization" should be a text, not a list.'],
    [{ headers: new Map() }, '"headers" should be an object of texts, not a value of type object.'],
    [{ commands: { constructor: 5 } }, '"commands" should be an object of commands, not a value of type object.'],
    [
      { commands: { work: { cwd: '.' } } },
      '"commands.work" should be an object with a "command", not a value of type object.',
    ],
    [
      { programs: { chat: { command: 'x', ready: { port: 1, url: 'x' } } } },
      '"programs.chat.ready" should be an object with one of "port", "url" and "output", not an object with port, url.',
    ],
    [
      { programs: { chat: { command: 'x', ready: { port: '8080' } } } },
      '"programs.chat.ready.port" should be a port, as a number or from a variable: "${port}", not "8080".',
    ],
    [
      { programs: { chat: { command: 'x', ready: { port: 0 } } } },
      '"programs.chat.ready.port" should be a port, not 0.',
    ],
    [
      { commands: { work: { command: 'x', timeout: true } } },
      '"commands.work.timeout" should be a duration, such as "5s" or 200, not true.',
    ],
    [{ tls: { ca: 5 } }, '"tls.ca" should be a file, or a list of files, not a value of type number.'],
    [{ tls: { ca: ['a.pem', 5] } }, '"tls.ca.1" should be a text, not a value of type number.'],
    [{ messages: circular }, '"messages" should be a folder, such as "features/messages", not an object with self.'],
    [{ headers: { 'X/Retry': 3 } }, '"headers.X/Retry" should be a text, not a value of type number.'],
    [{ subprotocols: 'chat.v2' }, '"subprotocols" should be a list of texts, not "chat.v2".'],
    [{ subprotocols: ['chat.v2', 3] }, '"subprotocols.1" should be a text, not 3.'],
    [{ tls: { key: ['-----BEGIN PRIVATE KEY-----'] } }, '"tls.key" should be a file, such as "rob.key", not a list.'],
    [
      { tls: '-----BEGIN' },
      '"tls" should be an object with "ca", "cert" and "key", each a file, not a value of type string.',
    ],
    [{ tls: null }, /^"tls" should be .+, not null\.$/],
    [{ redact: '$.token' }, '"redact" should be a list such as ["$.token", "header:authorization"], not "$.token".'],
    [{ redact: [3] }, '"redact.0" should be a path, header:NAME or parameter:NAME, not 3.'],
    [{ maxMessageBytes: '1 MB' }, /^"maxMessageBytes" should be .+, not "1 MB"\.$/],
    [{ maxMessageBytes: 1.5 }, /^"maxMessageBytes" should be .+, not 1\.5\.$/],
    [{ maxMessageBytes: 0 }, '"maxMessageBytes" should be a whole number of bytes, 1 or more, not 0.'],
    [{ maxMessageBytes: 1024n }, /^"maxMessageBytes" should be .+, not 1024n?\.$/],
  ] as [unknown, string | RegExp][]) {
    it(`reports: ${problem}`, () => {
      const problems = settingsProblems(settings)
      expect(problems).to.have.length(1)
      if (typeof problem === 'string') expect(problems[0]).to.equal(problem)
      else expect(problems[0]).to.match(problem)
    })
  }

  for (const settings of [
    { headers: { Authorization: 123456789 } },
    { token: { headers: { Authorization: ['hunter2'] } } },
    { token: { cookies: { session: 123456789 }, parameters: { key: { a: 'hunter2' } } } },
    { token: 'hunter2' },
    { tls: { key: { pem: 'hunter2' } } },
    { url: ['ws://rob:hunter2@server'] },
    'ws://rob:hunter2@server',
    ['hunter2'],
    { programs: { chat: 'TOKEN=hunter2 node chat.js' } },
    { commands: 'TOKEN=hunter2 node chat.js' },
    { commands: { work: { command: ['TOKEN=hunter2'] } } },
    { programs: [{ command: 'x', env: { TOKEN: 'hunter2' } }] },
    { programs: { chat: { command: 'x', env: { PIN: 123456789 } } } },
    { programs: { chat: { command: 'x', ready: { url: { a: 'hunter2' } } } } },
    { programs: { chat: { command: 'x', timeout: { a: 'hunter2' } } } },
    { messages: ['hunter2'], timeout: { token: 'hunter2' } },
  ]) {
    it(`shows no content that may be secret: ${JSON.stringify(settings)}`, () => {
      const problems = settingsProblems(settings)
      expect(problems).not.to.deep.equal([])
      expect(problems.join('\n')).not.to.match(/hunter2|123456789/)
    })
  }

  it('names the members of an object that was not meant', () => {
    expect(settingsProblems({ timeout: {}, quiet: new Map() })).to.deep.equal([
      '"timeout" should be a duration, such as "5s" or 200, not an object with nothing.',
      '"quiet" should be a duration, such as "5s" or 200, not a value of type object.',
    ])
  })

  it('reports all problems together', () => {
    expect(settingsProblems({ url: 1, quite: '1s', phrases: { send: 'x' } })).to.have.members([
      '"url" should be an address, such as "ws://localhost:8080", not a value of type number.',
      '"quite" is not a known setting. Did you mean "quiet"?',
      '"phrases.send" is not a known setting. Did you mean "sent"?',
    ])
  })
})

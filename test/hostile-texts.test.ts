/** A server that puts what a console would obey, and what nobody sees, wherever it can speak: nothing of it is shown raw. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { type WebSocket, WebSocketServer } from 'ws'
import {
  bytes,
  type Client,
  Conversation,
  containing,
  file,
  type Matcher,
  matchingPattern,
  message,
  messageOfType,
  messageWhere,
  messageWith,
  validAgainst,
} from '../src/index'
import { attachConversation } from '../src/report/attach'
import { validAgainstSchema } from '../src/schemas/schema-matcher'
import { failureOf } from './support/failures'
import { portOf } from './support/ports'

/** Line breaks are those of our own texts; a forged line would begin with this. */
const FORGED = '✔ Then all is well'

const HOSTILE = [
  ...['\u0000', '\u0007', '\u001b', '\u001b[2J', '\u009b31m', '\r', '\n', '\t', '\u007f', '\u0085', '\u2028', '\u2029'],
  ...[
    '\u200e',
    '\u200f',
    '\u061c',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
  ],
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u{e0041}',
    '\u{e007f}',
    '\ufe0f',
    '\u{e0101}',
    '\ufff9',
    '\u2800',
    '\u{13430}',
    '\u{1d159}',
  ],
]

/** What may not be shown raw; emoji and scripts that need some of it are not among the texts here. */
const RAW =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{13430}-\u{1343f}\u{16fe4}\u{1d159}]/u

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.constantFrom('a', ' ', '"', '\\')), { minLength: 1, maxLength: 12 })
  .map((pieces) => `<${pieces.join(' ')}\n${FORGED}>`)

describe('What a server says', () => {
  let http: Server
  let url: string
  /** What it says now. */
  let said: string
  let answer: (socket: WebSocket) => void

  before(async () => {
    http = createServer((_, response) => response.setHeader('X-Said', encodeURIComponent(said)).end(said))
    const sockets = new WebSocketServer({ noServer: true })
    http.on('upgrade', (request, socket: Socket, head) => {
      if (!request.url?.includes('refused')) {
        return sockets.handleUpgrade(request, socket, head, (client) => client.on('message', () => answer(client)))
      }
      const status = Buffer.from(said.replace(/[\r\n]/g, ' '), 'latin1')
      socket.end(Buffer.concat([Buffer.from('HTTP/1.1 403 '), status, Buffer.from(`\r\n\r\n${said}`)]))
    })
    await once(http.listen(0, '127.0.0.1'), 'listening')
    url = `ws://127.0.0.1:${portOf(http)}/`
  })

  after(() => new Promise((closed) => http.close(closed)))

  /** What a matcher, or another function of a project, throws. */
  const throwing: Matcher = {
    describe: () => 'what the project means',
    accepts: ({ text }) => {
      throw new Error(`No: ${text}`)
    },
  }

  /** Where a value may stand that a sentence has remembered; in each of them one that is wrong is an error. */
  const places: Readonly<Record<string, (rob: Client, conversation: Conversation) => unknown>> = {
    'a subprotocol': (_, conversation) => conversation.client('Ann').connect({ subprotocols: ['${said}'] }),
    'a header': (_, conversation) => conversation.client('Ann').connect({ headers: { 'X-A': '${said}' } }),
    'an address with a scheme': (_, conversation) => conversation.client('Ann').connect({ to: 'ws://${said}/' }),
    'a host that is requested': (rob) => rob.request('GET http://${said}/'),
    'a header of a request': (rob) => rob.request('GET /', { headers: { 'X-A': '${said}' } }),
    digits: (rob) => rob.send(bytes('${said}')),
    'a file': (rob) => rob.send(file('${said}')),
    'a schema': (rob) => rob.receives(validAgainst('${said}')),
    'a part of a schema': (rob) => rob.receives(validAgainst('tsconfig.json#/${said}')),
    'a pattern': (rob) => rob.receives(matchingPattern('[${said}')),
    'a member': (rob) => rob.receives(messageWith([['${said}', '${said}']])),
    'a type': (rob) => rob.receives(messageOfType('${said}')),
    'a value to compare with': (rob) => rob.receives(messageWhere('a', 'is more than ${said}')),
    'what was not received': (rob) => rob.receives(containing('${said}')),
  }

  const frame = () => Buffer.from(JSON.stringify({ [said]: said }))
  const cases: Readonly<
    Record<string, readonly [(socket: WebSocket) => void, (rob: Client, conversation: Conversation) => unknown]>
  > = {
    'a text': [(socket) => socket.send(said), (rob) => rob.receives('Hello')],
    'a text beside one that it contains': [(socket) => socket.send(said), (rob) => rob.receives(`${said}!`)],
    'a long text': [(socket) => socket.send(said.repeat(50)), (rob) => rob.receives(`${said.repeat(49)}!`)],
    'values and names': [
      (socket) => socket.send(JSON.stringify({ [said]: [said, { [said]: 1 }] })),
      (rob) => rob.receives({ [said]: [said], other: 1 }),
    ],
    bytes: [(socket) => socket.send(frame()), (rob) => rob.receives('Hello')],
    'what a matcher throws': [(socket) => socket.send(said), (rob) => rob.expect(message(rob.matcher(throwing)))],
    'a reason for closing': [(socket) => socket.close(4001, shortened()), (rob) => rob.receives('Hello')],
    'a reason that is compared': [
      (socket) => socket.close(4001, shortened()),
      (rob) => rob.expectDisconnected({ code: 4001, reason: 'Kicked' }),
    ],
    'a remembered path': [
      (socket) => socket.send('{}'),
      async (rob, { variables }) => {
        await rob.receives({})
        variables.set('said', said)
        rob.remember('/${said}', 'x')
      },
    ],
    'a variable in a path that is not valid': [
      (socket) => socket.send('{}'),
      async (rob, { variables }) => {
        await rob.receives({})
        variables.set('said', said)
        rob.remember('$[${said}', 'x')
      },
    ],
    'a member that stands twice': [
      (socket) => socket.send(`{${JSON.stringify(said)}: {"a": 1, "a": 2}}`),
      (rob) => rob.receives({}),
    ],
    ...Object.fromEntries(
      Object.entries(places).map(([place, act]) => [
        `a value as ${place}`,
        [
          () => {},
          (rob: Client, conversation: Conversation) => {
            conversation.variables.set('said', said)
            return act(rob, conversation)
          },
        ],
      ]),
    ),
    'a body': [
      () => {},
      async (rob, { requests }) => {
        await rob.request('GET /body')
        requests.last.expectText('Hello')
      },
    ],
  }

  for (const [what, [says, expects]] of Object.entries(cases)) {
    it(`is shown with all that is invisible escaped: ${what}`, () =>
      fc.assert(
        fc.asyncProperty(hostileText, async (text) => {
          said = text
          answer = says
          await check(async (rob, conversation) => {
            await rob.connect()
            await rob.send('Speak')
            await expects(rob, conversation)
          })
        }),
        { numRuns: 15 },
      ))
  }

  it('is shown with all that is invisible escaped: a refusal', () =>
    fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        said = text
        await check((rob) => rob.connect({ to: '/refused' }))
      }),
      { numRuns: 15 },
    ))

  /** Schemas from an address, each of which is wrong, with a text of the server in one place. */
  const schemas: Readonly<Record<string, (text: string) => unknown>> = {
    'a keyword': (text) => ({ [text]: 1 }),
    'a keyword below a name': (text) => ({ properties: { [text]: { zzz: 5 } } }),
    'a keyword in a part': (text) => ({ $ref: 'https://host/own', $defs: { [text]: { $id: '/own', zzz: 5 } } }),
    'a format': (text) => ({ format: text }),
    'a draft': (text) => ({ $schema: text }),
    'an address': (text) => ({ $id: `http://${text}` }),
    'a reference': (text) => ({ $ref: text }),
    'a reference elsewhere': (text) => ({ $ref: `https://elsewhere/${text}` }),
    'a reference to a place': (text) => ({ properties: { a: { $ref: `#/${text}` } } }),
    'a reference to an anchor': (text) => ({ properties: { a: { $ref: `#${text}` } } }),
    'a dynamic reference': (text) => ({ $dynamicRef: `#${text}` }),
    'a dynamic reference below a name': (text) => ({ $defs: { [text]: { $dynamicRef: '#a' } } }),
    'items below a name': (text) => ({
      $defs: { [text]: { unevaluatedItems: false, allOf: [{ contains: {} }] } },
    }),
    'a pattern': (text) => ({ pattern: `[${text}` }),
    'a type': (text) => ({ type: text }),
    'a list': (text) => [text],
    'a text that is no JSON': (text) => `{${text}`,
    'a text that is no YAML': (text) => `a: [${text}`,
    'YAML that is no JSON': (text) => `? [${JSON.stringify(text)}]\n: 1`,
    'YAML with a tag': (text) => `!!${encodeURIComponent(text)} 1`,
    'a member that stands twice': (text) => `{${JSON.stringify(text)}: {"a": 1, "a": 2}}`,
  }

  for (const [place, schemaWith] of Object.entries(schemas)) {
    it(`is shown with all that is invisible escaped: ${place} of a schema`, () =>
      fc.assert(
        fc.asyncProperty(hostileText, async (text) => {
          const address = 'http://host/a'
          const schema = schemaWith(text)
          const content = typeof schema === 'string' ? schema : JSON.stringify(schema)
          const read = (path: string) => (path === address ? content : '{')
          const { message: shown } = await failureOf(() => validAgainstSchema(address, read))
          expect(shown).to.match(/schema/)
          expect(shown).not.to.match(RAW)
        }),
        { numRuns: 5 },
      ))
  }

  function shortened(): string {
    return said.slice(0, 30).toWellFormed()
  }

  async function check(act: (rob: Client, conversation: Conversation) => unknown): Promise<void> {
    const conversation = new Conversation({
      url,
      timeout: 50,
      report: { diagram: 'always', transcript: 'always', mermaid: 'always' },
    })
    const shown: string[] = []
    try {
      const failure = await failureOf(() => act(conversation.client('Rob'), conversation))
      expect(failure.message.split('\n').filter((line) => line.startsWith(FORGED))).to.deep.equal([])
      shown.push(failure.message, failure.stack ?? '')
      for (const side of [failure.expected, failure.actual]) shown.push(...textsIn(side))
      const attach = (data: string | Buffer) => shown.push(data.toString())
      attachConversation({ attach }, conversation, failure.message)
    } finally {
      await conversation.end()
    }
    expect(shown.length).to.be.greaterThan(3)
    for (const text of shown) expect(text.replaceAll('\n', '')).not.to.match(RAW)
  }
})

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)])
}

/** A server that lies in the words of a protocol: about an event, a topic, or the request that is answered. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { type WebSocket, WebSocketServer } from 'ws'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

/** What a server sends, in place of what it should, and whether the sentence must fail. */
interface Claim {
  readonly protocol: 'json-rpc' | 'news'
  readonly steps: readonly string[]
  readonly honest: string
  readonly lies: Readonly<Record<string, string>>
}

const said = (params: unknown, method = 'said') => JSON.stringify({ jsonrpc: '2.0', method, params })
const answer = (members: object, id: unknown = 1) => JSON.stringify({ jsonrpc: '2.0', id, ...members })
const message = (destination: string, body: string, command = 'MESSAGE') =>
  `${command}\ndestination:${destination}\nsubscription:0\nmessage-id:1\n\n${body}\0`

const NOTHING = ''

const CLAIMS: Readonly<Record<string, Claim>> = {
  'receives the event': {
    protocol: 'json-rpc',
    steps: ['Then Rob receives the event "said" with {"text": "Hello"}'],
    honest: said({ text: 'Hello', by: 'Ann' }),
    lies: {
      nothing: NOTHING,
      'another event': said({ text: 'Hello' }, 'sung'),
      'another content': said({ text: 'Hullo' }),
      'no content': said(undefined),
      'the answer to a request': answer({ result: { text: 'Hello' } }),
      'an error': answer({ error: { text: 'Hello' } }),
      'the event as content': said({ event: 'said', text: 'Hello' }, 'other'),
      'a frame that cannot be read': said({ text: 'Hello' }).slice(0, -1),
    },
  },
  'receives the event, whatever its content is': {
    protocol: 'json-rpc',
    steps: ['Then Rob receives the event "said"'],
    honest: said(undefined),
    lies: { nothing: NOTHING, 'another event': said({ text: 'said' }, 'sung') },
  },
  'does not receive the event': {
    protocol: 'json-rpc',
    steps: ['Then Rob does not receive the event "said"'],
    honest: said({ text: 'said' }, 'sung'),
    lies: { 'the event': said({ text: 'Hello' }), 'the event without content': said(undefined) },
  },
  'reacts to an event': {
    protocol: 'json-rpc',
    steps: ['When Rob receives the event "said" with {"text": "Hello"} he sends the event "heard"'],
    honest: said({ text: 'Hello' }),
    lies: {
      nothing: NOTHING,
      'another event': said({ text: 'Hello' }, 'sung'),
      'another content': said({ text: 'Hi' }),
    },
  },
  'is answered': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered {"sum": 3}'],
    honest: answer({ result: { sum: 3 } }),
    lies: {
      nothing: NOTHING,
      'another answer': answer({ result: { sum: 4 } }),
      'the answer to another request': answer({ result: { sum: 3 } }, 2),
      'the answer to the request "1"': answer({ result: { sum: 3 } }, '1'),
      'the answer to nothing': answer({ result: { sum: 3 } }, null),
      'an error': answer({ error: { sum: 3 } }),
      'a notification': said({ sum: 3 }, 'add'),
    },
  },
  'is answered with error': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered with error {"code": 7}'],
    honest: answer({ error: { code: 7, message: 'No' } }),
    lies: {
      nothing: NOTHING,
      'another error': answer({ error: { code: 8 } }),
      'the error of another request': answer({ error: { code: 7 } }, 2),
      'no error': answer({ result: { code: 7 } }),
    },
  },
  'is answered with an error': {
    protocol: 'json-rpc',
    steps: ['When Rob calls "add" with [1, 2]', 'Then he is answered with an error'],
    honest: answer({ error: { code: 7 } }),
    lies: { nothing: NOTHING, 'no error': answer({ result: {} }), 'another one': answer({ error: {} }, 2) },
  },
  'asks and is answered': {
    protocol: 'json-rpc',
    steps: ['When Rob asks {"jsonrpc": "2.0", "method": "add", "id": 7} and is answered {"sum": 3}'],
    honest: answer({ result: { sum: 3 } }, 7),
    lies: {
      nothing: NOTHING,
      'another answer': answer({ result: { sum: 4 } }, 7),
      'the answer to another request': answer({ result: { sum: 3, id: 7 } }, 8),
      'the answer to the request "7"': answer({ result: { sum: 3 } }, '7'),
      'a notification': said({ sum: 3, id: 7 }),
    },
  },
  'receives on a topic': {
    protocol: 'news',
    steps: ['Then Rob receives "Hello" on "/topic/news"'],
    honest: message('/topic/news', 'Hello'),
    lies: {
      nothing: NOTHING,
      'another topic': message('/topic/sports', 'Hello'),
      'a topic below': message('/topic/news/more', 'Hello'),
      'another content': message('/topic/news', 'Hullo'),
      'an error': message('/topic/news', 'Hello', 'ERROR'),
    },
  },
  'does not receive on a topic': {
    protocol: 'news',
    steps: ['Then Rob does not receive "Hello" on "/topic/news"'],
    honest: message('/topic/sports', 'Hello'),
    lies: { 'that message': message('/topic/news', 'Hello') },
  },
  'receives on a topic, so often': {
    protocol: 'news',
    steps: ['Then Rob receives "Hello" on "/topic/news" exactly once'],
    honest: message('/topic/news', 'Hello') + message('/topic/sports', 'Hello'),
    lies: {
      'it twice': message('/topic/news', 'Hello') + message('/topic/news', 'Hello'),
      'it elsewhere': message('/topic/sports', 'Hello'),
    },
  },
}

/** Does what a client of STOMP asks for, and then sends what it is to say. */
function serveNews(client: WebSocket, says: string): void {
  client.on('message', (data) => {
    const frame = String(data)
    const receipt = /^receipt:(.*)$/m.exec(frame)?.[1]
    if (frame.startsWith('CONNECT\n')) client.send('CONNECTED\nversion:1.2\n\n\0')
    if (receipt !== undefined) client.send(`RECEIPT\nreceipt-id:${receipt}\n\n\0`)
    if (frame.startsWith('SUBSCRIBE\n') && says !== '') client.send(says)
  })
}

/** Answers the first message of a client that asks for something, or says at once what it is to say. */
function serveCalls(client: WebSocket, says: string, waits: boolean): void {
  if (says === '') return
  if (waits) client.once('message', () => client.send(says))
  else client.send(says)
}

const trials = Object.entries(CLAIMS).flatMap(([sentence, claim]) => [
  { name: `${sentence}, honestly`, sentence, claim, says: claim.honest, isLie: false },
  ...Object.entries(claim.lies).map(([lie, says]) => ({
    name: `${sentence}: ${lie}`,
    sentence,
    claim,
    says,
    isLie: true,
  })),
])

describe('Sentences about what a protocol tells', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('run a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false })
    server = createServer().on('upgrade', (request, socket, head) => {
      const { searchParams, pathname } = new URL(request.url ?? '', 'ws://server')
      sockets.handleUpgrade(request, socket, head, (client) => {
        const says = searchParams.get('says') ?? ''
        if (pathname === '/news') serveNews(client, says)
        else serveCalls(client, says, searchParams.has('waits'))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const steps = Object.fromEntries(trials.map((trial) => [trial.name, stepsOf(trial)]))
    ;({ results } = await runScenarios(steps, {
      url: `ws://127.0.0.1:${port}`,
      ...{ timeout: '1s', quiet: '50ms', correlation: 'id' },
      protocols: { news: { name: 'stomp', subscribe: ['/topic/news'], heartbeat: 0 } },
      report: { diagram: 'never', transcript: 'never' },
    }))
  })

  after(() => server.close())

  it('are counted in docs/reliability.md', () => {
    const lies = trials.filter(({ isLie }) => isLie).length
    expect(readFileSync(join(__dirname, '../docs/reliability.md'), 'utf8')).to.contain(
      `Each of ${lies} such lies fails`,
    )
  })

  for (const sentence of Object.keys(CLAIMS)) {
    it(`«${sentence}» detects all lies`, () => {
      const wrong = trials
        .filter((trial) => trial.sentence === sentence)
        .filter(({ name, isLie }) => results.get(name)?.status !== (isLie ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
    })
  }
})

function stepsOf({ claim, says }: (typeof trials)[number]): string[] {
  const waits = claim.steps.some((step) => /calls|asks/.test(step)) ? '&waits' : ''
  const path = claim.protocol === 'news' ? '/news' : '/calls'
  return [
    `Given the server speaks "${claim.protocol}"`,
    `And Rob connects to "${path}?says=${encodeURIComponent(says)}${waits}"`,
    ...claim.steps,
  ]
}

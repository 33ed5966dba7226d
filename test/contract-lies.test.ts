/** A server that contradicts its AsyncAPI document, while sentences speak of something else: each such lie fails, and is named. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { asyncApi } from '../features/support/tutorial-documentation'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const page = join(__dirname, '../docs/reliability.md')

type Members = Readonly<Record<string, unknown>>

/** What the tutorial's server says at an address. */
interface Channel {
  readonly address: string
  /** By the names that the document has for them. */
  readonly says: Readonly<Record<string, Members>>
  /** What clients say there. */
  readonly hears: Readonly<Record<string, Members>>
  /** Members that may be anything, as `message.path`. */
  readonly free?: readonly string[]
  /** Members that may be missing. */
  readonly optional?: readonly string[]
  /** The sentence that passes, whatever is said before. */
  readonly last: Members
}

const saying = (action: string, message = 'Hello') => ({ action, payload: { message } })
const ends = { pong: { action: 'pong' }, error: saying('error'), complete: { action: 'complete' } }

const CHANNELS: readonly Channel[] = [
  {
    address: '/ws/system',
    says: { systemEcho: saying('system_echo'), ...ends },
    hears: { userMessage: saying('user_message'), ping: { action: 'ping' } },
    last: { action: 'complete' },
  },
  {
    address: '/ws/room/kitchen',
    says: {
      roomMessage: { action: 'room_message', payload: { message: 'Ann is here', room_name: 'kitchen' } },
      roomChat: saying('room_chat'),
      groupComplete: { action: 'group_complete' },
      ...ends,
    },
    hears: { kick: { action: 'kick' } },
    optional: ['roomMessage.payload.room_name'],
    last: { action: 'complete' },
  },
  {
    address: '/ws/background_jobs',
    says: {
      jobStatus: { action: 'job_status', payload: { status: 'queued', message: 'Wait', job: '7' } },
      eventComplete: { action: 'event_complete' },
      ...ends,
    },
    hears: { job: { action: 'job', payload: { type: 'translate', content: 'Hello' } } },
    optional: ['jobStatus.payload.message', 'jobStatus.payload.job'],
    last: { action: 'complete' },
  },
  {
    address: '/ws/topics',
    says: {
      published: { topic: 'news', payload: { title: 'It rains' } },
      answer: { ref: 1, status: 'ok', topic: 'weather' },
      error: saying('error'),
    },
    hears: { subscribe: { action: 'subscribe', topic: 'news' } },
    free: ['published.payload', 'published.payload.title', 'answer.ref'],
    optional: ['published.payload.title', 'answer.ref'],
    last: { status: 'error', reason: 'No' },
  },
]

interface Lie {
  readonly name: string
  readonly channel: Channel
  readonly message: unknown
  /** What a failure must say; undefined where the document does not speak of it. */
  readonly named: RegExp | undefined
}

const LIES: readonly Lie[] = CHANNELS.flatMap((channel) => {
  const { address, says, hears, free = [], optional = [] } = channel
  const altered = Object.entries(says).flatMap(([name, message]) =>
    pathsIn(message).flatMap((path) => {
      const pointer = `/${path.replaceAll('.', '/')}`
      return [
        {
          ...{ name: `${address}: ${name} without ${path}`, channel, message: without(message, path) },
          named: optional.includes(`${name}.${path}`) ? undefined : naming(path, `${pointer} is missing`),
        },
        {
          ...{ name: `${address}: ${name} with another type of ${path}`, channel, message: changed(message, path) },
          named: free.includes(`${name}.${path}`) ? undefined : naming(path, pointer),
        },
      ]
    }),
  )
  const unknown = { name: `${address}: an unknown event`, channel, message: saying('dance'), named: /"dance"|dance/ }
  const bare = { name: `${address}: a text`, channel, message: 'Hello', named: /must be object, and is "Hello"/ }
  const opposite = Object.entries(hears).map(([name, message]) => ({
    ...{ name: `${address}: ${name} the other way`, channel, message },
    named: new RegExp(`"${name}" goes the other way`),
  }))
  return [...altered, unknown, bare, ...opposite]
})

/** All is named by its place; what tells messages apart may be named by what the nearest message lacks. */
function naming(path: string, words: string): RegExp {
  return ['action', 'status', 'topic'].includes(path) ? new RegExp(`is missing|${path}`) : new RegExp(words)
}

function pathsIn(message: Members, before = ''): string[] {
  return Object.entries(message).flatMap(([name, value]) => [
    `${before}${name}`,
    ...(typeof value === 'object' ? pathsIn(value as Members, `${before}${name}.`) : []),
  ])
}

function without(message: Members, path: string): Members {
  const [first = '', ...rest] = path.split('.')
  const { [first]: member, ...others } = message
  return rest.length === 0 ? others : { ...message, [first]: without(member as Members, rest.join('.')) }
}

function changed(message: Members, path: string): Members {
  const [first = '', ...rest] = path.split('.')
  const { [first]: member } = message
  return { ...message, [first]: rest.length === 0 ? 42.5 : changed(member as Members, rest.join('.')) }
}

describe('An AsyncAPI document', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('run a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    const document = (_: IncomingMessage, response: ServerResponse) => response.end(JSON.stringify(asyncApi()))
    server = createServer(document).on('upgrade', (request, socket, head) => {
      const says = new URL(request.url as string, 'ws://server').searchParams.get('says') as string
      socket.cork()
      sockets.handleUpgrade(request, socket, head, (client) => {
        for (const message of JSON.parse(says)) client.send(JSON.stringify(message))
      })
      socket.uncork()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const scenario = ({ address, last }: Channel, ...before: unknown[]) => [
      `When Rob connects to "${address}?says=${encodeURIComponent(JSON.stringify([...before, last]))}"`,
      `Then Rob receives ${JSON.stringify(last)}`,
      'And Rob is still connected',
    ]
    const honest = CHANNELS.map((channel) => [channel.address, scenario(channel, ...Object.values(channel.says))])
    const lying = LIES.map(({ name, channel, message }) => [name, scenario(channel, message)])
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    ;({ results } = await runScenarios(Object.fromEntries([...honest, ...lying]), {
      ...{ url: `ws://${host}`, asyncapi: `http://${host}/asyncapi.json` },
      quiet: '1ms',
      report: { diagram: 'never', transcript: 'never' },
    }))
  })

  after(() => server.close())

  it('fails no honest server', () => {
    expect(CHANNELS.map(({ address }) => results.get(address)?.message)).to.deep.equal(CHANNELS.map(() => ''))
  })

  it('fails whoever contradicts it, names how, and fails nobody else', () => {
    const wrong = LIES.filter(({ name, named }) => {
      const message = results.get(name)?.message
      return named ? !/contradicts the contract/.test(message ?? '') || !named.test(message as string) : message !== ''
    })
    expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
  })

  it('has as many lies as the documentation says', () => {
    const forbidden = LIES.filter(({ named }) => named)
    const caught = forbidden.filter(({ name }) => results.get(name)?.status === 'FAILED')
    console.log(`      Lies: ${LIES.length} planted, ${forbidden.length} of them forbidden, ${caught.length} caught`)
    expect(readFileSync(page, 'utf8').replaceAll('\n', ' ')).to.contain(
      `Of ${LIES.length} such lies the document forbids ${forbidden.length}, and all of them fail their scenario`,
    )
  })
})

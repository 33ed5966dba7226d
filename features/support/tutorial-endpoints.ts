/** The endpoints of the tutorial's server: how they greet a peer, and what they answer. */

import { randomUUID } from 'node:crypto'

/** A client that is connected. */
export interface Peer {
  send(...messages: object[]): void
  close(code: number, reason: string): void
}

/** What a peer sends: an object, of whose members nothing is known. */
type Message = Readonly<Record<string, unknown>>

/** What happens at one path. */
interface Endpoint {
  opened?(peer: Peer): void
  received(peer: Peer, message: Message): void
  closed?(peer: Peer): void
}

/** All endpoints, and what can be done to them from outside. */
export interface Endpoints {
  at(path: string): Endpoint | undefined
  /** Sends a text to everyone in every room. */
  announce(text: string): void
  /** The jobs that wait for a worker. */
  jobs(): readonly object[]
  /** Sends the result of a job to the peer that gave it; returns whether there is such a job. */
  finishJob(job: string, result: string): boolean
}

/** Creates all endpoints. */
export function createEndpoints(): Endpoints {
  const [rooms, queue] = [createRooms(), createQueue()]
  const endpoints = new Map<string, Endpoint>([
    ['/ws/system', echo('System: Connection established!')],
    ['/ws/private', echo('System: Welcome, Rob!')],
    ['/ws/background_jobs', queue.endpoint],
    ['/ws/topics', topics(['news', 'weather', 'music'])],
  ])
  return {
    at(path) {
      const [, room] = /^\/ws\/room\/([^/]+)$/.exec(path) ?? []
      const name = room === undefined ? undefined : percentDecode(room)
      return name === undefined ? endpoints.get(path) : rooms.named(name)
    },
    announce: rooms.announce,
    jobs: queue.jobs,
    finishJob: queue.finish,
  }
}

/** Parses a message; one without members if it is not a JSON object. */
export function parseMessage(text: string): Message {
  try {
    return membersOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function echo(greeting: string): Endpoint {
  return {
    opened: (peer) => peer.send(textMessage('system_echo', greeting)),
    received(peer, message) {
      const { message: text } = membersOf(message.payload)
      if (message.action === 'user_message' && typeof text === 'string')
        reply(peer, textMessage('system_echo', `System Echo: ${text}`))
      else replyToOther(peer, message)
    },
  }
}

function createRooms() {
  const members = new Map<Peer, string>()

  function broadcast(room: string, message: object): void {
    for (const [peer, where] of members) if (where === room) peer.send(message, { action: 'group_complete' })
  }

  return {
    named: (room: string): Endpoint => ({
      opened(newcomer) {
        broadcast(room, notice(room, `Someone joined room '${room}'`))
        members.set(newcomer, room)
      },
      received(peer, message) {
        const { message: text } = membersOf(message.payload)
        if (message.action === 'room_chat' && typeof text === 'string') broadcast(room, textMessage('room_chat', text))
        else if (message.action === 'kick') peer.close(4001, 'Kicked')
        else replyToOther(peer, message)
      },
      closed: (peer) => members.delete(peer),
    }),
    announce(text: string) {
      for (const room of new Set(members.values())) broadcast(room, notice(room, text))
    },
  }
}

function createQueue() {
  const queue = new Map<string, { readonly content: string; readonly peer: Peer }>()
  return {
    endpoint: {
      opened: (peer) => peer.send(jobStatus({ status: 'connected', message: 'What shall be done?' })),
      received(peer, message) {
        const { type, content } = membersOf(message.payload)
        if (message.action !== 'job' || type !== 'translate' || typeof content !== 'string')
          return replyToOther(peer, message)
        const job = randomUUID()
        queue.set(job, { content, peer })
        reply(peer, jobStatus({ status: 'queuing' }), jobStatus({ status: 'queued', job }))
      },
    } satisfies Endpoint,
    jobs: () => [...queue].map(([id, { content }]) => ({ id, type: 'translate', content })),
    finish(job: string, message: string) {
      queue.get(job)?.peer.send(jobStatus({ status: 'result', message }), { action: 'event_complete' })
      return queue.delete(job)
    },
  }
}

function topics(names: readonly string[]): Endpoint {
  const subscribers = new Map<unknown, Set<Peer>>(names.map((name) => [name, new Set()]))
  return {
    received(peer, { action, topic, ref, payload }) {
      const listeners = subscribers.get(topic)
      if (action === undefined) peer.send(UNKNOWN_ACTION)
      else if (!listeners) peer.send({ ref, status: 'error', reason: 'There is no such topic.' })
      else if (action === 'subscribe') {
        listeners.add(peer)
        peer.send({ ref, status: 'ok', topic })
      } else if (action === 'publish') {
        // Delivered first: whoever published, and has the answer, knows that it is on its way to everyone.
        for (const listener of listeners) listener.send({ topic, payload })
        peer.send({ ref, status: 'ok', topic })
      } else peer.send({ ref, status: 'error', reason: 'Subscribe or publish.' })
    },
    closed(peer) {
      for (const listeners of subscribers.values()) listeners.delete(peer)
    },
  }
}

const UNKNOWN_ACTION = { action: 'error', payload: { message: 'Nobody here understands this.' } }

/** Sends an answer, and that it is complete. */
function reply(peer: Peer, ...messages: object[]): void {
  peer.send(...messages, { action: 'complete' })
}

/** What every endpoint answers to what it does not handle itself: to a ping, and to an unknown action. */
function replyToOther(peer: Peer, { action }: Message): void {
  reply(peer, action === 'ping' ? { action: 'pong' } : UNKNOWN_ACTION)
}

function textMessage(action: string, message: string): object {
  return { action, payload: { message } }
}

function notice(room: string, message: string): object {
  return { action: 'room_message', payload: { message, room_name: room } }
}

function jobStatus(payload: object): object {
  return { action: 'job_status', payload }
}

function membersOf(value: unknown): Message {
  return typeof value === 'object' && value !== null ? (value as Message) : {}
}

function percentDecode(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}

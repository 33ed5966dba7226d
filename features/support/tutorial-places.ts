/** The places of the tutorial's server: what they say to those who come, and how they answer. */

import { randomUUID } from 'node:crypto'

/** Somebody who has come. */
export interface Visitor {
  tell(...messages: object[]): void
  /** Closes the visitor's connection. */
  dismiss(code: number, reason: string): void
}

/** What a visitor says: an object, of whose members nothing is known. */
type Message = Readonly<Record<string, unknown>>

/** Where visitors talk. */
interface Place {
  enter?(visitor: Visitor): void
  hear(visitor: Visitor, message: Message): void
  leave?(visitor: Visitor): void
}

/** All places, and what can be done to them from outside. */
export interface Places {
  at(path: string): Place | undefined
  /** Tells a text to everyone in every room. */
  announce(text: string): void
  /** The jobs that wait for a worker. */
  jobs(): readonly object[]
  /** Tells the result of a job to whoever gave it; false if there is no such job. */
  finish(job: string, result: string): boolean
}

/** Opens all places. */
export function openPlaces(): Places {
  const [rooms, queue] = [openRooms(), openQueue()]
  const places = new Map<string, Place>([
    ['/ws/system', echo('System: Connection established!')],
    ['/ws/private', echo('System: Welcome, Rob!')],
    ['/ws/background_jobs', queue.place],
    ['/ws/topics', topics(['news', 'weather', 'music'])],
  ])
  return {
    at(path) {
      const [, room] = /^\/ws\/room\/([^/]+)$/.exec(path) ?? []
      const name = room === undefined ? undefined : decoded(room)
      return name === undefined ? places.get(path) : rooms.called(name)
    },
    announce: rooms.announce,
    jobs: queue.jobs,
    finish: queue.finish,
  }
}

/** The object that a text says; one without members if it says none. */
export function readMessage(text: string): Message {
  try {
    return membersOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function echo(greeting: string): Place {
  return {
    enter: (visitor) => visitor.tell(says('system_echo', greeting)),
    hear(visitor, message) {
      const { message: words } = membersOf(message.payload)
      if (message.action === 'user_message' && typeof words === 'string')
        reply(visitor, says('system_echo', `System Echo: ${words}`))
      else replyToAnything(visitor, message)
    },
  }
}

function openRooms() {
  const people = new Map<Visitor, string>()

  function tell(room: string, message: object): void {
    for (const [visitor, where] of people) if (where === room) visitor.tell(message, { action: 'group_complete' })
  }

  return {
    called: (room: string): Place => ({
      enter(newcomer) {
        tell(room, notice(room, `Someone joined room '${room}'`))
        people.set(newcomer, room)
      },
      hear(visitor, message) {
        const { message: words } = membersOf(message.payload)
        if (message.action === 'room_chat' && typeof words === 'string') tell(room, says('room_chat', words))
        else if (message.action === 'kick') visitor.dismiss(4001, 'Kicked')
        else replyToAnything(visitor, message)
      },
      leave: (visitor) => people.delete(visitor),
    }),
    announce(text: string) {
      for (const room of new Set(people.values())) tell(room, notice(room, text))
    },
  }
}

function openQueue() {
  const queue = new Map<string, { readonly content: string; readonly visitor: Visitor }>()
  return {
    place: {
      enter: (visitor) => visitor.tell(jobStatus({ status: 'connected', message: 'What shall be done?' })),
      hear(visitor, message) {
        const { type, content } = membersOf(message.payload)
        if (message.action !== 'job' || type !== 'translate' || typeof content !== 'string')
          return replyToAnything(visitor, message)
        const job = randomUUID()
        queue.set(job, { content, visitor })
        reply(visitor, jobStatus({ status: 'queuing' }), jobStatus({ status: 'queued', job }))
      },
    } satisfies Place,
    jobs: () => [...queue].map(([id, { content }]) => ({ id, type: 'translate', content })),
    finish(job: string, message: string) {
      queue.get(job)?.visitor.tell(jobStatus({ status: 'result', message }), { action: 'event_complete' })
      return queue.delete(job)
    },
  }
}

function topics(names: readonly string[]): Place {
  const subscribers = new Map<unknown, Set<Visitor>>(names.map((name) => [name, new Set()]))
  return {
    hear(visitor, { action, topic, ref, payload }) {
      const listeners = subscribers.get(topic)
      if (action === undefined) visitor.tell(MISUNDERSTOOD)
      else if (!listeners) visitor.tell({ ref, status: 'error', reason: 'There is no such topic.' })
      else if (action === 'subscribe') {
        listeners.add(visitor)
        visitor.tell({ ref, status: 'ok', topic })
      } else if (action === 'publish') {
        // Delivered first: whoever published, and has the answer, knows that it is on its way to everyone.
        for (const listener of listeners) listener.tell({ topic, payload })
        visitor.tell({ ref, status: 'ok', topic })
      } else visitor.tell({ ref, status: 'error', reason: 'Subscribe or publish.' })
    },
    leave(visitor) {
      for (const listeners of subscribers.values()) listeners.delete(visitor)
    },
  }
}

const MISUNDERSTOOD = { action: 'error', payload: { message: 'Nobody here understands this.' } }

/** Tells somebody an answer, and that it is complete. */
function reply(visitor: Visitor, ...messages: object[]): void {
  visitor.tell(...messages, { action: 'complete' })
}

/** What every place answers to whatever is not its own: to a ping, and to nonsense. */
function replyToAnything(visitor: Visitor, { action }: Message): void {
  reply(visitor, action === 'ping' ? { action: 'pong' } : MISUNDERSTOOD)
}

function says(action: string, message: string): object {
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

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** Phoenix Channels, in version 2 of their JSON serializer: what is pushed and broadcast to joined topics is received. */

import { isUtf8 } from 'node:buffer'
import { OBJECT, requireOptions, TEXT, TEXTS } from '../arguments'
import { stringifyExactly } from '../json/exact-number'
import { wellFormed } from '../protocol/binary-content'
import { intervalUpTo } from '../protocol/interval'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
} from '../protocol/json-content'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import { parseDuration } from '../time/duration'

interface PhoenixOptions {
  /** Which topics a client joins before it counts as connected. */
  readonly subscribe?: readonly string[]
  /** What a client says of itself when it joins a topic. */
  readonly params?: JsonObject
  /** Which event `sends` and `publishes` push. */
  readonly event?: string
  /** How long after one heartbeat the next is sent. Default 30 s, as Phoenix's own client has it. */
  readonly keepAlive?: string | number
}

/** The server may be silent for twice as long. */
const KEEP_ALIVE = intervalUpTo('12 days')

/** A frame; it may say nothing of which join and which push it belongs to. */
interface Frame {
  readonly joinRef: string | undefined
  readonly ref: string | undefined
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

const [JOIN, LEAVE, REPLY] = ['phx_join', 'phx_leave', 'phx_reply'] as const
/** What the server says of a channel that has ended. */
const [CLOSE, ERROR] = ['phx_close', 'phx_error'] as const

/** What a client sends. */
interface Push extends Frame {
  readonly ref: string
}

/** All have one ref, and are counted. Pushes count from 1. */
const HEARTBEAT: Push = { joinRef: undefined, ref: '0', topic: 'phoenix', event: 'heartbeat', payload: {} }

/** What the server has to confirm. */
interface Request {
  readonly confirmed: () => void
  readonly refused: (reason: string) => void
}

/** What the client has sent, and the server may answer. */
interface Asked {
  readonly topic: string
  readonly joinRef: string | undefined
  readonly request: Request | undefined
}

interface LeftChannel {
  readonly topic: string
  /** Whether the server may not have read that the client leaves it. */
  mayPush: boolean
}

class PhoenixSession implements ProtocolSession {
  private lastRef = 0
  /** How many heartbeats the server has not answered. */
  private heartbeats = 0
  /** By topic, in the order in which they were asked for, with the `ref` of their join. */
  private readonly channels = new Map<string, { readonly ref: string; isJoined: boolean }>()
  /** What has been sent and not been answered, by its `ref`. */
  private readonly asked = new Map<string | undefined, Asked>()
  /** The channels that the client has left, by the `ref` of their join: that the server closes them is expected. */
  private readonly left = new Map<string, LeftChannel>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: PhoenixOptions,
  ) {}

  start(): void {
    const { subscribe } = this.options
    const keepAlive = parseDuration(this.options.keepAlive ?? '30s')
    this.connection.every(keepAlive, () => {
      this.heartbeats++
      this.write(HEARTBEAT)
    })
    this.connection.idleTimeout(2 * keepAlive)
    const missing = new Set(subscribe)
    const openOnceJoined = () => {
      if (missing.size === 0) this.connection.opened()
    }
    openOnceJoined()
    for (const topic of [...missing]) {
      this.join(topic, {
        confirmed: () => {
          missing.delete(topic)
          openOnceJoined()
        },
        refused: (reason) => this.connection.refused(`${topic}: ${reason}`),
      })
    }
  }

  *received(data: string | Buffer): Generator<DecodedMessage> {
    const frame = Buffer.isBuffer(data) ? decodeBytes(data) : decodeText(data)
    const { topic, event, payload } = frame
    if (event === REPLY) yield* this.replied(frame)
    else if (event === CLOSE || event === ERROR) yield* this.channelEnded(frame)
    else if (event === JOIN || event === LEAVE) throw new Error(`servers do not send ${event}`)
    else {
      this.requireChannel(frame)
      yield { ...decodedValue(payload), event, topic }
    }
  }

  send(content: string | Buffer, kind?: ContentKind): void {
    this.push(this.lastJoined(), this.eventToPush(), payloadOf(content, kind))
  }

  publish(topic: string, content: string | Buffer, kind?: ContentKind): void {
    this.push(topic, this.eventToPush(), payloadOf(content, kind))
  }

  emit(event: string, content: string | Buffer | undefined, topic = this.lastJoined(), kind?: ContentKind): void {
    this.push(topic, event, payloadOf(content, kind))
  }

  call(event: string, content: string | Buffer | undefined, kind?: ContentKind): string {
    return this.push(this.lastJoined(), event, payloadOf(content, kind))
  }

  subscribe(topic: string): Promise<void> {
    return awaited((request) => this.join(topic, request))
  }

  unsubscribe(topic: string): Promise<void> {
    const channel = this.channels.get(topic)
    if (!channel) throw new Error('it has not joined it')
    const left = this.leave(topic, channel.ref, true)
    return awaited(({ confirmed, refused }) => {
      const request = {
        confirmed: () => {
          left.mayPush = false
          this.forgetPushes(channel.ref)
          confirmed()
        },
        refused,
      }
      this.write({ joinRef: channel.ref, ref: this.nextRef(), topic, event: LEAVE, payload: {} }, request)
    })
  }

  private join(topic: string, { confirmed, refused }: Request): void {
    const ref = this.nextRef()
    const channel = { ref, isJoined: false }
    // Phoenix closes the former channel of the topic, and its own client takes nothing of that any more.
    const former = this.channels.get(topic)
    if (former) this.leave(topic, former.ref, false)
    this.channels.set(topic, channel)
    const request = {
      confirmed: () => {
        channel.isJoined = true
        confirmed()
      },
      refused: (reason: string) => {
        this.forget(topic, ref)
        refused(reason)
      },
    }
    this.write({ joinRef: ref, ref, topic, event: JOIN, payload: this.options.params ?? {} }, request)
  }

  private leave(topic: string, ref: string, mayPush: boolean): LeftChannel {
    const left = { topic, mayPush }
    this.left.set(ref, left)
    this.channels.delete(topic)
    return left
  }

  private forget(topic: string, ref: string | undefined): void {
    if (this.channels.get(topic)?.ref === ref) this.channels.delete(topic)
  }

  /** A channel that has ended answers nothing that has been sent to it. */
  private forgetPushes(joinRef: string | undefined): void {
    for (const [ref, asked] of this.asked) if (asked.joinRef === joinRef && !asked.request) this.asked.delete(ref)
  }

  private *replied({ joinRef, ref, topic, payload }: Frame): Generator<DecodedMessage> {
    const asked = this.asked.get(ref)
    if (asked?.topic !== topic || (joinRef !== undefined && joinRef !== asked.joinRef)) {
      throw new Error('it answers nothing that the client has sent to this topic')
    }
    const { status, response } = requireObject(payload)
    const decoded = decodedValue(response)
    const { content } = decoded
    if (typeof status !== 'string') throw new Error('it has no status')
    const isError = status !== 'ok'
    const isHeartbeat = ref === HEARTBEAT.ref
    if (isHeartbeat) this.heartbeats--
    if (!isHeartbeat || this.heartbeats === 0) this.asked.delete(ref)
    const { request } = asked
    if (isError) request?.refused(`the server answers ${contentOf(status)}: ${content}`)
    else request?.confirmed()
    if (request && isError) return
    // What there is to tell beside that a topic is joined, or that the server is alive, is received.
    if ((request || isHeartbeat) && !isError && isNothing(content)) return
    yield { ...decoded, topic, ...(ref !== undefined && { answerTo: ref }), ...(isError && { isError }) }
  }

  /** @throws Error if it is of a channel in which the client is not, or not any more */
  private requireChannel(frame: Frame): void {
    if (this.isCurrent(frame) || this.leftBy(frame)?.[1].mayPush) return
    throw new Error('it is of a channel that the client has not joined, or has left')
  }

  /**
   * Whether it is of a channel that the client has: as Phoenix's own client has it, from its asking for it on, and also if nothing
   * is said of a join.
   */
  private isCurrent({ joinRef, topic }: Frame): boolean {
    const channel = this.channels.get(topic)
    return channel !== undefined && (joinRef === undefined || joinRef === channel.ref)
  }

  /** The channel of a topic that the client has left: of this join, or of any. */
  private leftBy({ joinRef, topic }: Frame): readonly [ref: string, LeftChannel] | undefined {
    return [...this.left].findLast(([ref, left]) => left.topic === topic && (joinRef === undefined || joinRef === ref))
  }

  private *channelEnded(frame: Frame): Generator<DecodedMessage> {
    const { joinRef, topic, event, payload } = frame
    const left = this.leftBy(frame)
    if (event === CLOSE && left && !this.isCurrent(frame)) {
      this.left.delete(left[0])
      const decoded = decodedValue(payload)
      if (!isNothing(decoded.content)) yield { ...decoded, event, topic }
      return
    }
    this.requireChannel(frame)
    const ref = joinRef ?? this.channels.get(topic)?.ref
    this.forget(topic, ref)
    const { request } = this.asked.get(ref) ?? {}
    this.asked.delete(ref)
    this.forgetPushes(ref)
    const decoded = decodedValue(payload)
    request?.refused(`the server answers ${event}: ${decoded.content}`)
    if (!request) yield { ...decoded, event, topic, ...(event === ERROR && { isError: true }) }
  }

  /** The one that was joined last. */
  get topic(): string | undefined {
    let last: string | undefined
    for (const [topic, { isJoined }] of this.channels) if (isJoined) last = topic
    return last
  }

  private lastJoined(): string {
    const last = this.topic
    if (last === undefined) {
      throw new Error(
        "no topic is joined: subscribe to one before, or write protocol: { name: 'phoenix', subscribe: ['room:lobby'] }",
      )
    }
    return last
  }

  private eventToPush(): string {
    const { event } = this.options
    if (event === undefined) {
      throw new Error("no setting says which event it pushes: write protocol: { name: 'phoenix', event: 'new_msg' }")
    }
    return event
  }

  /** @returns its `ref` */
  private push(topic: string, event: string, payload: unknown): string {
    const ref = this.nextRef()
    this.write({ joinRef: this.channels.get(topic)?.ref, ref, topic, event, payload })
    return ref
  }

  private nextRef(): string {
    return String(++this.lastRef)
  }

  private write({ joinRef, ref, topic, event, payload }: Push, request?: Request): void {
    this.asked.set(ref, { topic, joinRef, request })
    this.connection.send(
      Buffer.isBuffer(payload)
        ? encodeBytes([joinRef ?? '', ref, topic, event], payload)
        : stringifyExactly([joinRef ?? null, ref, topic, event, payload]),
    )
  }
}

/** A promise of what the server has to confirm. */
function awaited(begin: (request: Request) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    begin({ confirmed: resolve, refused: (reason) => reject(new Error(reason)) })
  })
}

function isNothing(content: string | Buffer): boolean {
  return content === '{}' || content === ''
}

function payloadOf(content: string | Buffer | undefined, kind: ContentKind | undefined): unknown {
  if (content === undefined) return {}
  return Buffer.isBuffer(content) ? content : jsonOf(content, kind)
}

function decodeText(data: string): Frame {
  const parts = parseFrame(data)
  const [joinRef, ref, topic, event, payload] = Array.isArray(parts) && parts.length === 5 ? parts : []
  if (payload === undefined || typeof topic !== 'string' || typeof event !== 'string') {
    throw new Error('it is not a list of a join_ref, a ref, a topic, an event and a payload')
  }
  return { joinRef: refOf(joinRef), ref: refOf(ref), topic, event, payload }
}

/** The number 2 is not what the client has sent, "2". */
function refOf(value: unknown): string | undefined {
  if (value !== null && typeof value !== 'string') throw new Error('its join_ref or its ref is not a text')
  return value ?? undefined
}

/** What stands before the bytes of a binary frame, by the kind that is its first byte: pushes, replies, broadcasts. */
const BINARY_PARTS = [
  ['joinRef', 'topic', 'event'],
  ['joinRef', 'ref', 'topic', 'status'],
  ['topic', 'event'],
] as const

/** After its kind come the lengths of its parts, a byte each, the parts, and the payload. */
function decodeBytes(data: Buffer): Frame {
  const names = BINARY_PARTS[data[0] as number]
  if (!names) throw new Error('it is neither a push, a reply nor a broadcast')
  const parts: { joinRef?: string; ref?: string; topic?: string; event?: string; status?: string } = {}
  let end = 1 + names.length
  for (const [at, name] of names.entries()) {
    const start = end
    end += data[1 + at] as number
    parts[name] = data.toString('utf8', start, end)
  }
  if (!(end <= data.length)) throw new Error('it ends before its payload')
  if (!isUtf8(data.subarray(1 + names.length, end))) throw new Error('its topic, or another text, is not UTF-8')
  const { joinRef, ref, topic, event = REPLY, status } = parts
  const bytes = data.subarray(end)
  const payload = status === undefined ? bytes : { status, response: bytes }
  return { joinRef: joinRef || undefined, ref: ref || undefined, topic: topic as string, event, payload }
}

/** A push of bytes. */
function encodeBytes(texts: readonly string[], payload: Buffer): Buffer {
  const parts = texts.map((text) => Buffer.from(wellFormed(text)))
  const long = parts.find(({ length }) => length > 255)
  if (long) throw new Error(`a binary push has no place for ${long.length} bytes of a topic or an event: at most 255`)
  return Buffer.concat([Buffer.from([0, ...parts.map(({ length }) => length)]), ...parts, payload])
}

export const protocol: Protocol = {
  name: 'phoenix',
  address(url) {
    if (url.pathname === '/') url.pathname = '/socket'
    if (!url.pathname.endsWith('/websocket')) url.pathname = `${url.pathname.replace(/\/$/, '')}/websocket`
    if (!url.searchParams.has('vsn')) url.search += `${url.search === '' ? '' : '&'}vsn=2.0.0`
  },
  open(connection, options) {
    requireOptions('the protocol phoenix', options, {
      ...{ subscribe: TEXTS, params: OBJECT, event: TEXT, keepAlive: KEEP_ALIVE },
    })
    return new PhoenixSession(connection, options)
  },
}

/** Socket.IO 4, over the WebSockets of Engine.IO 4: events and acknowledgements of a namespace are received. */

import type * as EngineIO from 'engine.io-parser'
import type * as SocketIO from 'socket.io-parser'
import { FLAG, type Kind, NAME, OBJECT, requireOptions } from '../arguments'
import { hasExactNumbers } from '../json/exact-number'
import { isNumber } from '../protocol/binary-content'
import type { DecodedContent } from '../protocol/codec'
import { MAX_RECORDS } from '../protocol/frame-limits'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
} from '../protocol/json-content'
import { optionalPackage } from '../protocol/optional-package'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import {
  bytesIn,
  isOfBytes,
  markNumber,
  markNumbers,
  reasonIn,
  requireNothing,
  requireSid,
  unmarkNumbers,
  withoutMarks,
} from '../protocol-frames/socket-io-packets'

const { decodePacket, encodePacket } = optionalPackage<typeof EngineIO>('socket.io', 'engine.io-parser', () =>
  require('engine.io-parser'),
)
const { Decoder, Encoder, PacketType } = optionalPackage<typeof SocketIO>('socket.io', 'socket.io-parser', () =>
  require('socket.io-parser'),
)

interface SocketIOOptions {
  /** Which namespace a client connects to. Default `/`. */
  readonly namespace?: string
  /** What a client says of itself when it connects. */
  readonly auth?: JsonObject
  /** Which event `sends` emits. Default `message`, as `socket.send` of Socket.IO has it. */
  readonly event?: string
  /** Whether the server is asked to acknowledge each event that is sent. */
  readonly acknowledged?: boolean
}

const NAMESPACE: Kind = {
  words: 'a namespace such as "/admin"',
  accepts: (value) => typeof value === 'string' && value.isWellFormed() && /^\/[^,?]*$/.test(value),
}

class SocketIOSession implements ProtocolSession {
  private readonly decoder = new Decoder({ maxAttachments: MAX_RECORDS })
  /** Whether the packet of the latest text has marked numbers. */
  private hasMarks = false
  private readonly namespace: string
  /** The packet that the latest frame has completed. */
  private packet: SocketIO.Packet | undefined
  /** A packet whose attachments have not all come: its text, then those that have. */
  private begun: (string | Buffer)[] = []
  /** How many bytes have come of its attachments. */
  private attached = 0
  /** Whether the server has begun, and whether it has let the client into the namespace. */
  private hasBegun = false
  private isConnected = false
  private lastId = 0
  /** The ids of the events that the server has not acknowledged. */
  private readonly asked = new Set<number>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: SocketIOOptions,
  ) {
    this.namespace = options.namespace ?? '/'
    this.decoder.on('decoded', (packet) => {
      this.packet = this.hasMarks ? { ...packet, data: unmarkNumbers(packet.data) } : packet
    })
  }

  /** The server begins. */
  start(): void {}

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const { type, data } = decodePacket(frame)
    switch (type) {
      case 'open':
        if (this.hasBegun) throw new Error('the server has opened the connection before')
        this.limitSilence(data)
        this.hasBegun = true
        this.write(PacketType.CONNECT, this.options.auth)
        break
      case 'ping':
        requireNothing(data)
        this.transmit({ type: 'pong' })
        break
      case 'close':
        requireNothing(data)
        this.connection.closed()
        break
      case 'message': {
        if (!this.hasBegun) throw new Error('the server has not opened the connection yet')
        const isAttachment = isOfBytes(frame, data)
        // What comes instead of an attachment is read by itself.
        if (!isAttachment) yield* this.ended()
        if (Buffer.isBuffer(data) && !isAttachment) throw new Error('its bytes are not in base64')
        yield* this.read(data)
        break
      }
      case 'noop':
        requireNothing(data)
        break
      case 'error':
        throw new Error('it is not a packet of Engine.IO')
      default:
        throw new Error(`servers do not send a packet ${type} over a WebSocket`)
    }
  }

  /** A packet whose attachments have not all come, and those that have. */
  *ended(): Generator<DecodedMessage> {
    const frames = this.begun
    this.forget()
    for (const content of frames) yield { content, problem: 'it is of a packet whose attachments have not all come' }
  }

  /** Waits for no attachment any more. */
  private forget(): void {
    this.decoder.destroy()
    this.begun = []
    this.attached = 0
  }

  send(content: string | Buffer, kind?: ContentKind): unknown {
    const { event = 'message', acknowledged = false } = this.options
    return acknowledged ? this.call(event, content, kind) : this.emit(event, content, undefined, kind)
  }

  emit(event: string, content: string | Buffer | undefined, _topic: undefined, kind?: ContentKind): void {
    this.write(PacketType.EVENT, valuesOf(event, content, kind))
  }

  /** An event that is to be acknowledged. */
  call(event: string, content: string | Buffer | undefined, kind?: ContentKind): number {
    const values = valuesOf(event, content, kind)
    const id = this.lastId++
    this.asked.add(id)
    this.write(PacketType.EVENT, values, id)
    return id
  }

  /** Acknowledges an event; an error is what the server is told, too. */
  answer(id: string | number, content: string | Buffer, _isError: boolean, kind?: ContentKind): void {
    this.write(PacketType.ACK, [dataOf(content, kind)], id as number)
  }

  close(): void {
    this.write(PacketType.DISCONNECT)
    this.transmit({ type: 'close' })
  }

  /** The server says after which time it sends a ping, and by how much it may be late, in ms. */
  private limitSilence(open: string | undefined): void {
    const { sid, pingInterval, pingTimeout } = requireObject(parseFrame(open ?? ''))
    if (typeof sid !== 'string') throw new Error('its sid is not a text')
    const timeOf = (value: unknown) => (isNumber(value) && Number(value) >= 0 ? Number(value) : Number.NaN)
    const longest = timeOf(pingInterval) + timeOf(pingTimeout)
    if (!(longest >= 1 && longest < 2 ** 31)) {
      throw new Error('its pingInterval and pingTimeout are not two numbers of ms')
    }
    this.connection.idleTimeout(longest)
  }

  private read(data: string | Buffer | undefined): readonly DecodedMessage[] {
    const packet = this.decode(data)
    if (!packet) return NONE
    if (Buffer.isBuffer(data)) this.requireFewBytes(bytesIn(packet.data))
    const { type, nsp, id, data: values } = packet
    if (nsp !== this.namespace) throw new Error(`it is of the namespace ${nsp}, where the client is not`)
    switch (type) {
      case PacketType.CONNECT:
        this.requireUnconnected()
        requireSid(values)
        this.isConnected = true
        this.connection.opened()
        break
      case PacketType.CONNECT_ERROR:
        // The client is not in the namespace any more.
        if (this.isConnected) this.connection.closed()
        this.requireUnconnected()
        this.connection.refused(reasonIn(values))
        break
      case PacketType.DISCONNECT:
        this.connection.closed()
        break
      case PacketType.ACK:
        if (!this.asked.delete(id as number)) throw new Error('it acknowledges nothing that the client has sent')
        return [{ ...contentOfAll(values), answerTo: id as number }]
      default: {
        const [event, ...others] = values
        const message = { ...contentOfAll(others), event: contentOf(event) }
        return [id === undefined ? message : { ...message, requestId: id }]
      }
    }
    return NONE
  }

  /** @throws Error if the server has let the client in before */
  private requireUnconnected(): void {
    if (this.isConnected) throw new Error('the server has connected the client to the namespace before')
  }

  /** The packet that a frame completes; none if more bytes are to come. */
  private decode(data: string | Buffer | undefined): SocketIO.Packet | undefined {
    this.packet = undefined
    try {
      if (Buffer.isBuffer(data)) {
        this.attached += data.length
        this.requireFewBytes(this.attached)
        this.decoder.add(data)
      } else {
        const marked = markNumbers(data)
        this.hasMarks = marked !== data
        this.decoder.add(marked)
      }
    } catch (error) {
      this.forget()
      throw error
    }
    if (this.packet) this.forget()
    else this.begun.push(data as string | Buffer)
    return this.packet
  }

  /** @throws Error if attachments have too many, each counted as often as a packet refers to it */
  private requireFewBytes(bytes: number): void {
    const { maxMessageBytes } = this.connection
    if (bytes > maxMessageBytes) throw new Error(`it has more than ${maxMessageBytes} bytes`)
  }

  private write(type: SocketIO.PacketType, values?: unknown, id?: number): void {
    const hasNumbers = hasExactNumbers(values)
    const encoder = new Encoder(hasNumbers ? markNumber : undefined)
    for (const data of encoder.encode({ type, nsp: this.namespace, data: values, id } as SocketIO.Packet)) {
      const isMarked = hasNumbers && typeof data === 'string'
      this.transmit({ type: 'message', data: isMarked ? withoutMarks(data) : data })
    }
  }

  private transmit(packet: EngineIO.Packet): void {
    encodePacket(packet, true, this.connection.send)
  }
}

const NONE: readonly DecodedMessage[] = []

/** An event with its value, if it has one. */
function valuesOf(
  event: string,
  content: string | Buffer | undefined,
  kind: ContentKind | undefined,
): readonly unknown[] {
  if (content === undefined) return [event]
  return [event, dataOf(content, kind)]
}

function dataOf(content: string | Buffer, kind: ContentKind | undefined): unknown {
  return Buffer.isBuffer(content) ? content : jsonOf(content, kind)
}

/** One value as it is, several as a list, none as nothing. Bytes within JSON are what Node makes of a Buffer there. */
function contentOfAll(values: readonly unknown[]): DecodedContent {
  return decodedValue(values.length > 1 ? values : values[0])
}

export const protocol: Protocol = {
  name: 'socket.io',
  topics: false,
  address(url) {
    if (url.pathname === '/') url.pathname = '/socket.io/'
    for (const [name, value] of [
      ['EIO', '4'],
      ['transport', 'websocket'],
    ] as const) {
      if (!url.searchParams.has(name)) url.search += `${url.search === '' ? '' : '&'}${name}=${value}`
    }
  },
  open(connection, options) {
    requireOptions('the protocol socket.io', options, {
      ...{ namespace: NAMESPACE, auth: OBJECT, event: NAME, acknowledged: FLAG },
    })
    return new SocketIOSession(connection, options)
  },
}

/** Socket.IO 4, over the WebSockets of Engine.IO 4: events and acknowledgements of a namespace are received. */

import { randomUUID } from 'node:crypto'
import type * as EngineIO from 'engine.io-parser'
import type * as SocketIO from 'socket.io-parser'
import { FLAG, type Kind, NAME, OBJECT, requireOptions } from '../arguments'
import { ExactNumber, hasExactNumbers } from '../json/exact-number'
import { contentOf, type JsonObject, jsonOf, parseFrame } from '../protocol/json-content'
import { optionalPackage } from '../protocol/optional-package'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'

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
  accepts: (value) => typeof value === 'string' && /^\/[^,?]*$/.test(value),
}

class SocketIOSession implements ProtocolSession {
  private readonly encoder = new Encoder(markNumber)
  private readonly decoder = new Decoder(unmarkNumber)
  private readonly namespace: string
  /** The packet that the latest frame has completed. */
  private packet: SocketIO.Packet | undefined
  private lastId = 0
  /** The ids of the events that the server has not acknowledged. */
  private readonly asked = new Set<number>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: SocketIOOptions,
  ) {
    this.namespace = options.namespace ?? '/'
    this.decoder.on('decoded', (packet) => {
      this.packet = packet
    })
  }

  /** The server begins. */
  start(): void {}

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const { type, data } = decodePacket(frame)
    switch (type) {
      case 'open':
        this.write({ type: PacketType.CONNECT, data: this.options.auth })
        break
      case 'ping':
        this.transmit({ type: 'pong', data })
        break
      case 'message':
        yield* this.read(data)
        break
      case 'error':
        throw new Error('it is not a packet of Engine.IO')
    }
  }

  send(content: string | Buffer): unknown {
    const { event = 'message', acknowledged = false } = this.options
    return acknowledged ? this.call(event, content) : this.emit(event, content)
  }

  emit(event: string, content: string | Buffer | undefined): void {
    this.write({ type: PacketType.EVENT, data: [event, ...valuesOf(content)] })
  }

  /** An event that is to be acknowledged. */
  call(event: string, content: string | Buffer | undefined): number {
    const id = this.lastId++
    this.asked.add(id)
    this.write({ type: PacketType.EVENT, data: [event, ...valuesOf(content)], id })
    return id
  }

  /** Acknowledges an event; an error is what the server is told, too. */
  answer(id: string | number, content: string | Buffer): void {
    this.write({ type: PacketType.ACK, data: [...valuesOf(content)], id: id as number })
  }

  close(): void {
    this.write({ type: PacketType.DISCONNECT })
    this.transmit({ type: 'close' })
  }

  private *read(data: string | Buffer | undefined): Generator<DecodedMessage> {
    const packet = this.decode(data)
    if (!packet) return
    const { type, nsp, id, data: values } = packet
    if (nsp !== this.namespace) throw new Error(`it is of the namespace ${nsp}, where the client is not`)
    switch (type) {
      case PacketType.CONNECT:
        this.connection.opened()
        break
      case PacketType.CONNECT_ERROR:
        this.connection.refused(contentOf(typeof values === 'string' ? values : values.message))
        break
      case PacketType.DISCONNECT:
        this.connection.closed()
        break
      case PacketType.ACK:
        if (!this.asked.delete(id as number)) throw new Error('it acknowledges nothing that the client has sent')
        yield { content: contentOfAll(values), answerTo: id as number }
        break
      default: {
        const [event, ...others] = values
        yield {
          ...{ content: contentOfAll(others), event: contentOf(event) },
          ...(id !== undefined && { requestId: id }),
        }
      }
    }
  }

  /** The packet that a frame completes; none if more bytes are to come. */
  private decode(data: string | Buffer | undefined): SocketIO.Packet | undefined {
    this.packet = undefined
    try {
      this.decoder.add(Buffer.isBuffer(data) ? data : markNumbers(data))
    } catch (error) {
      // Otherwise it would wait for the rest of a packet, and take nothing else.
      this.decoder.destroy()
      throw error
    }
    return this.packet
  }

  private write(packet: Omit<SocketIO.Packet, 'nsp'>): void {
    for (const data of this.encoder.encode({ ...packet, nsp: this.namespace })) {
      this.transmit({ type: 'message', data: typeof data === 'string' ? data.replace(MARKED, '$1') : data })
    }
  }

  private transmit(packet: EngineIO.Packet): void {
    encodePacket(packet, true, this.connection.send)
  }
}

/** The values of an event. */
function valuesOf(content: string | Buffer | undefined): readonly unknown[] {
  if (content === undefined) return []
  return [Buffer.isBuffer(content) ? content : jsonOf(content)]
}

/** One value as it is, several as a list, none as nothing. Bytes within JSON are what Node makes of a Buffer there. */
function contentOfAll(values: readonly unknown[]): string | Buffer {
  const [first, ...others] = values
  if (others.length > 0) return contentOf(values)
  return Buffer.isBuffer(first) ? first : contentOf(first)
}

/**
 * Stands before the digits of numbers, which are texts as long as the library has them: by itself it would round them.
 * Nobody else can write it.
 */
const MARK = randomUUID()
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g')

function markNumber(this: JsonObject, name: string, value: unknown): unknown {
  const number = this[name]
  return number instanceof ExactNumber ? MARK + number : value
}

function unmarkNumber(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value
}

/** What stands before the JSON of a packet: its type, how many attachments it has, its namespace, its number. */
const HEAD = /^\d(?:\d+-)?(?:\/[^,]*,?)?\d*/

/** A packet whose numbers are marked, where JavaScript would change them. */
function markNumbers(packet = ''): string {
  const [head] = HEAD.exec(packet) ?? []
  if (head === undefined) throw new Error('it is not a packet of Socket.IO')
  const json = packet.slice(head.length)
  if (json === '') return packet
  const value = parseFrame(json)
  return hasExactNumbers(value) ? head + JSON.stringify(value, markNumber) : packet
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

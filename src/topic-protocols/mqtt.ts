/** MQTT 3.1.1 and 5: the messages of topics are received. */

import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type * as MqttPackets from 'mqtt-packet'
import type { Packet, QoS } from 'mqtt-packet'
import { FLAG, type Kind, NAME, requireOptions } from '../arguments'
import { UsageError } from '../errors'
import { isObject } from '../json/json-value'
import { wellFormed } from '../protocol/binary-content'
import { Confirmations } from '../protocol/confirmations'
import { intervalUpTo } from '../protocol/interval'
import { decodeEach } from '../protocol/json-content'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import { constants, generate, PacketReader, type Words } from '../protocol-frames/mqtt-packets'
import { quoted } from '../text/excerpt'
import { parseDuration } from '../time/duration'

/** Section 3.2.2.3 of MQTT 3.1.1. */
const RETURN_CODES: Words = {
  1: 'Unacceptable protocol version',
  2: 'Identifier rejected',
  3: 'Server unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized',
}

/** Section 2.4 of MQTT 5: those that only a CONNACK has, and those that the library knows. */
const REASON_CODES: Words = {
  132: 'Unsupported Protocol Version',
  133: 'Client Identifier not valid',
  134: 'Bad User Name or Password',
  136: 'Server unavailable',
  138: 'Banned',
  140: 'Bad authentication method',
  ...constants.MQTT5_PUBACK_PUBREC_CODES,
  ...constants.MQTT5_SUBACK_CODES,
  ...constants.MQTT5_DISCONNECT_CODES,
}

/** From here on, codes are failures. */
const FIRST_FAILURE = 0x80
/** Only clients have the server publish the will when they disconnect. */
const WITH_WILL = 4

/** The message that the server publishes when the client has gone without a goodbye. */
interface Will {
  readonly topic: string
  readonly content: string
  readonly qos?: QoS
  readonly retain?: boolean
}

interface MqttOptions {
  /** Which version is spoken. Default 3.1.1. */
  readonly version?: '3.1.1' | 5
  /** Default: another one for each connection. */
  readonly clientId?: string
  readonly username?: string
  readonly password?: string
  /** How long after one PINGREQ the next is sent. Default 60 s; 0 for none. */
  readonly keepAlive?: string | number
  /** Whether the server is to forget an earlier session of the same client. Default true. */
  readonly clean?: boolean
  readonly will?: Will
  /** The topics that a client subscribes to before it counts as connected. */
  readonly subscribe?: readonly string[]
  /** The topic that `sends` publishes to. */
  readonly send?: string
  /** The quality of service of what is published, and the highest of what is subscribed to. Default 0. */
  readonly qos?: QoS
  /** Whether the server keeps what is published for those who subscribe later. Default false. */
  readonly retain?: boolean
}

const VERSION: Kind = { words: '"3.1.1" or 5', accepts: (value) => value === '3.1.1' || value === 5 }
/** What a CONNECT can say. */
const KEEP_ALIVE = intervalUpTo('65535 seconds', { mayBeNone: true })
const QOS: Kind = { words: '0, 1 or 2', accepts: (value) => value === 0 || value === 1 || value === 2 }
/** What a length of two bytes counts (section 1.5.3 of MQTT 3.1.1). */
const MAX_BYTES = 65_535
const SHORT = `of at most ${MAX_BYTES} bytes in UTF-8`
const SHORT_TEXT: Kind = {
  words: `a text ${SHORT}`,
  accepts: (value) => typeof value === 'string' && value.isWellFormed() && Buffer.byteLength(value) <= MAX_BYTES,
}
const STRING: Kind = {
  words: `a text ${SHORT}, without NUL`,
  accepts: (value) => SHORT_TEXT.accepts(value) && !(value as string).includes('\0'),
}
const TOPICS: Kind = {
  words: `a list of topics, such as ["house/#"], each ${SHORT}, without NUL`,
  accepts: (value) => Array.isArray(value) && value.every((topic) => NAME.accepts(topic) && STRING.accepts(topic)),
}
const TOPIC: Kind = {
  words: `a topic without the wildcards # and +, ${SHORT}, without NUL`,
  accepts: (value) => NAME.accepts(value) && STRING.accepts(value) && !hasWildcard(value as string),
}
const WILL: Kind = {
  words: `an object with \`topic\` and \`content\`, and perhaps \`qos\` and \`retain\`, each text ${SHORT}`,
  accepts(value) {
    if (!isObject(value)) return false
    const { topic, content, qos = 0, retain = false, ...others } = value
    const isComplete = TOPIC.accepts(topic) && SHORT_TEXT.accepts(content)
    return isComplete && QOS.accepts(qos) && FLAG.accepts(retain) && Object.keys(others).length === 0
  },
}

/** @throws Error for what can be neither a topic nor a filter of topics (section 4.7.3 of MQTT 3.1.1) */
function requireTopic(topic: string): void {
  wellFormed(topic)
  if (topic === '' || !STRING.accepts(topic)) throw new Error(`a topic has 1 to ${MAX_BYTES} bytes, and no NUL`)
}

/** @throws Error for what servers must not send (section 3.3.2.1 of MQTT 3.1.1, 3.3.2.3.5 of MQTT 5) */
function requireValid({ topic, payload, properties }: MqttPackets.IPublishPacket): void {
  const { responseTopic = topic } = properties ?? {}
  for (const [name, value] of Object.entries({ topic, responseTopic }))
    if (value === '' || hasWildcard(value)) throw new Error(`its ${name} is empty, or has wildcards`)
  // Section 3.3.2.3.2 of MQTT 5.
  if (properties?.payloadFormatIndicator && !isUtf8(payload as Buffer))
    throw new Error('its payload is not the UTF-8 that its payloadFormatIndicator says')
}

function hasWildcard(topic: string): boolean {
  return /[#+]/.test(topic)
}

class MqttSession implements ProtocolSession {
  private readonly packets: PacketReader
  private readonly version: 4 | 5
  private readonly qos: QoS
  /** In ms. */
  private readonly keepAlive: number
  private isAcknowledged = false
  /** What confirms the subscriptions of the settings, until it has. */
  private opening: string | undefined
  private lastId = 0
  private readonly confirmations = new Confirmations()
  /** How many topics the server has to confirm, and with which quality of service at most, by the ids of confirmations. */
  private readonly asked = new Map<string, { readonly topics: number; readonly qos: QoS }>()
  /** The messages that have been received, and whose ids the server has not released: it may send them again. */
  private readonly unreleased = new Map<number, Pick<MqttPackets.IPublishPacket, 'topic' | 'payload'>>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: MqttOptions,
  ) {
    this.version = options.version === 5 ? 5 : 4
    this.qos = options.qos ?? 0
    this.keepAlive = parseDuration(options.keepAlive ?? '60s')
    this.packets = new PacketReader(this.version, connection.maxMessageBytes)
  }

  start(): void {
    const { clientId = newClientId(), username, password, clean = true, will } = this.options
    this.write({
      ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: this.version, clientId, clean },
      keepalive: Math.ceil(this.keepAlive / 1000),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password: Buffer.from(password) }),
      ...(this.version === 5 && !clean && { properties: { sessionExpiryInterval: NEVER } }),
      ...(will && { will: { topic: will.topic, payload: will.content, qos: will.qos ?? 0, retain: !!will.retain } }),
    })
  }

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    if (typeof frame === 'string') throw new Error('it is a text, and the protocol has bytes alone')
    const { packets } = this
    yield* decodeEach(
      packets.read(frame),
      (bytes) => bytes,
      (bytes) => this.read(packets.decode(bytes)),
    )
  }

  *ended(): Generator<DecodedMessage> {
    const content = this.packets.rest()
    if (content.length > 0) yield { content, problem: 'the packet has not ended' }
  }

  get topic(): string | undefined {
    return this.options.send
  }

  send(content: string | Buffer): unknown {
    const { send } = this.options
    if (send === undefined) {
      throw new Error(
        "no setting says which topic it is for: write protocol: { name: 'mqtt', send: 'house/kitchen' }, " +
          'or name the topic, as in publishes "Hello" to "house/kitchen"',
      )
    }
    return this.publish(send, content)
  }

  publish(topic: string, payload: string | Buffer): unknown {
    if (hasWildcard(topic)) throw new Error('a message is published to one topic, without the wildcards # and +')
    requireTopic(topic)
    if (typeof payload === 'string') wellFormed(payload)
    const { qos } = this
    const packet = { cmd: 'publish', topic, payload, qos, retain: this.options.retain ?? false, dup: false } as const
    if (qos === 0) return this.write(packet)
    const messageId = this.nextId()
    if (qos === 1) return this.ask('puback', { ...packet, messageId })
    return this.ask('pubrec', { ...packet, messageId }).then(() => this.ask('pubcomp', { cmd: 'pubrel', messageId }))
  }

  subscribe(topic: string): Promise<void> {
    requireTopic(topic)
    return this.subscribeTo([topic])
  }

  unsubscribe(topic: string): Promise<void> {
    requireTopic(topic)
    return this.ask('unsuback', { cmd: 'unsubscribe', messageId: this.nextId(), unsubscriptions: [topic] })
  }

  close(): void {
    this.write({ cmd: 'disconnect', reasonCode: 0 })
  }

  private *read(packet: Packet): Generator<DecodedMessage> {
    // Section 3.2 of MQTT 3.1.1.
    if (!this.isAcknowledged && packet.cmd !== 'connack')
      throw new Error('the server has not acknowledged the connection')
    switch (packet.cmd) {
      case 'connack':
        this.acknowledged(packet)
        break
      case 'publish':
        requireValid(packet)
        if (this.isNew(packet)) yield this.messageOf(packet)
        break
      case 'pubrel':
        this.unreleased.delete(packet.messageId as number)
        this.write({ cmd: 'pubcomp', messageId: packet.messageId as number })
        break
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
      case 'suback':
      case 'unsuback':
        this.confirmed(packet)
        break
      case 'pingresp':
        break
      case 'disconnect':
        yield* this.farewell(packet)
        break
      default:
        throw new Error(`servers do not send ${packet.cmd.toUpperCase()}`)
    }
  }

  private acknowledged({ returnCode, reasonCode, sessionPresent, properties }: MqttPackets.IConnackPacket): void {
    if (this.isAcknowledged) throw new Error('the server has acknowledged the connection before')
    const code = (this.version === 5 ? reasonCode : returnCode) as number
    if (code !== 0) {
      const words = code < FIRST_FAILURE ? RETURN_CODES : REASON_CODES
      this.connection.refused(reasonOf(code, properties?.reasonString, words))
      return
    }
    // Section 3.2.2.2 of MQTT 3.1.1.
    if (sessionPresent && this.options.clean !== false) {
      throw new Error('the server has kept a session, and the client has asked for none')
    }
    this.isAcknowledged = true
    const { serverKeepAlive } = properties ?? {}
    const keepAlive = serverKeepAlive === undefined ? this.keepAlive : serverKeepAlive * 1000
    if (keepAlive > 0) {
      this.connection.every(keepAlive, () => this.write({ cmd: 'pingreq' }))
      // A PINGRESP has to come before the next PINGREQ but one.
      this.connection.idleTimeout(2 * keepAlive)
    }
    const { subscribe = [] } = this.options
    if (subscribe.length === 0) this.connection.opened()
    else {
      void this.subscribeTo(subscribe)
      this.opening = `suback ${this.lastId}`
    }
  }

  private messageOf({ payload, topic }: MqttPackets.IPublishPacket): DecodedMessage {
    return { content: this.connection.textOrBytes(payload as Buffer), topic }
  }

  /** Acknowledges a message; tells whether the client has not got it before. */
  private isNew({ qos, dup, messageId = 0, topic, payload }: MqttPackets.IPublishPacket): boolean {
    if (qos === 0) return true
    this.write({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId })
    if (qos === 1) return true
    const before = this.unreleased.get(messageId)
    const isSame = dup && isDeepStrictEqual(before, { topic, payload })
    if (before && !isSame) throw new Error('its id is that of a message that the client has not completed')
    this.unreleased.set(messageId, { topic, payload })
    return !before
  }

  private confirmed(packet: Confirmation): void {
    const { cmd, messageId, properties } = packet
    const codes = 'granted' in packet ? (packet.granted as number[]) : [packet.reasonCode ?? 0]
    const id = `${cmd} ${messageId}`
    const { topics, qos } = this.asked.get(id) ?? { topics: codes.length, qos: 2 }
    if (codes.length !== topics) throw new Error(`the number of its codes is ${codes.length}, not ${topics}`)
    // Section 3.8.4 of MQTT 3.1.1.
    const tooHigh = cmd === 'suback' && codes.find((code) => code > qos && code < FIRST_FAILURE)
    if (tooHigh) throw new Error(`it grants QoS ${tooHigh}, and the client has asked for ${qos} at most`)
    this.asked.delete(id)
    const failure = codes.find((code) => code >= FIRST_FAILURE)
    const reason = failure === undefined ? failure : reasonOf(failure, properties?.reasonString, REASON_CODES)
    if (reason === undefined) this.confirmations.confirm(id)
    else this.confirmations.refuse(id, reason)
    if (id === this.opening) this.openOrNot(reason)
  }

  private openOrNot(refusal: string | undefined): void {
    this.opening = undefined
    if (refusal === undefined) this.connection.opened()
    else this.connection.refused(refusal)
  }

  private *farewell({ reasonCode = 0, properties }: MqttPackets.IDisconnectPacket): Generator<DecodedMessage> {
    if (this.version !== 5 || reasonCode === WITH_WILL) throw new Error('servers do not send this DISCONNECT')
    const content = reasonOf(reasonCode, properties?.reasonString, REASON_CODES)
    const isError = reasonCode >= FIRST_FAILURE
    yield { content, event: 'DISCONNECT', ...(isError && { isError }) }
    this.connection.closed(isError ? content : undefined)
  }

  private subscribeTo(topics: readonly string[]): Promise<void> {
    const subscriptions = topics.map((topic) => ({ topic, qos: this.qos }))
    return this.ask('suback', { cmd: 'subscribe', messageId: this.nextId(), subscriptions }, topics.length)
  }

  /** Sends a packet that another one confirms, by a code for each of its topics. */
  private ask(by: Confirmation['cmd'], packet: Packet, topics = 1): Promise<void> {
    const id = `${by} ${packet.messageId}`
    this.asked.set(id, { topics, qos: this.qos })
    this.write(packet)
    return this.confirmations.wait(id)
  }

  private nextId(): number {
    this.lastId = (this.lastId % MAX_ID) + 1
    return this.lastId
  }

  private write(packet: Packet): void {
    this.connection.send(generate(packet, { protocolVersion: this.version }))
  }
}

const MAX_ID = 65_535
/** In seconds: the session is kept, as without this in version 3.1.1 (section 3.1.2.11.2 of MQTT 5). */
const NEVER = 0xffff_ffff

type Confirmation =
  | MqttPackets.IPubackPacket
  | MqttPackets.IPubrecPacket
  | MqttPackets.IPubcompPacket
  | MqttPackets.ISubackPacket
  | MqttPackets.IUnsubackPacket

/** Of 23 letters and digits, which every server has to take (section 3.1.3.1 of MQTT 3.1.1). */
function newClientId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 23)
}

/** What a code means, and what the server says of it itself. */
function reasonOf(code: number, reason: string | undefined, words: Words): string {
  const meaning = words[code] ?? `Reason code ${code}`
  return reason ? `${meaning}: ${reason}` : meaning
}

/** What a client may subscribe to, and no message is on (MQTT 5, sections 4.7.1 and 4.8.2). */
const FILTER = /[#+]|^\$share\//

export const protocol: Protocol = {
  name: 'mqtt',
  isVerbatim: true,
  events: ['DISCONNECT'],
  subprotocols: ['mqtt'],
  topicOf(topic) {
    if (!FILTER.test(topic)) return topic
    throw new UsageError(`${quoted(topic)} is a filter of topics, and a message is on one of them: write its topic`)
  },
  open(connection, options) {
    requireOptions('the protocol mqtt', options, {
      ...{ version: VERSION, clientId: STRING, username: STRING, password: SHORT_TEXT, keepAlive: KEEP_ALIVE },
      ...{ clean: FLAG, will: WILL, subscribe: TOPICS, send: TOPIC, qos: QOS, retain: FLAG },
    })
    return new MqttSession(connection, options)
  },
}

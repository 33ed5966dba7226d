/**
 * The packets of MQTT that servers send. The library reads them as well, but in silence where one is malformed: where a text is
 * not UTF-8, where a property stands twice or in a wrong packet, where a length is not that of what follows.
 */

import { isUtf8 } from 'node:buffer'
import type * as MqttPackets from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { optionalPackage } from '../protocol/optional-package'

const { generate, parser: newParser } = optionalPackage<typeof MqttPackets>('mqtt', 'mqtt-packet', () =>
  require('mqtt-packet'),
)

export { generate }

type Version = 4 | 5

/** What a code means, in the words of MQTT. */
export type Words = Readonly<Record<number, string>>

export const constants: Readonly<
  Record<'MQTT5_DISCONNECT_CODES' | 'MQTT5_SUBACK_CODES' | 'MQTT5_PUBACK_PUBREC_CODES' | 'propertiesCodes', Words> & {
    /** By the types of packets. */
    readonly requiredHeaderFlags: Readonly<Record<number, number>>
    readonly propertiesTypes: Readonly<Record<string, keyof typeof KINDS>>
  }
> = require('mqtt-packet/constants')

/** Cuts what comes into packets, which need not be those of the WebSocket. */
export class PacketReader {
  /** What has come of a packet that has not ended yet. */
  private parts: Buffer[] = []
  private size = 0
  /** How many bytes it has, as far as its head says so. */
  private needed = 0

  constructor(
    private readonly version: Version,
    private readonly maxBytes: number,
  ) {}

  /**
   * The packets that a frame completes.
   * @throws Error if what follows is none, or too large; it is lost, then
   */
  *read(frame: Buffer): Generator<Buffer> {
    this.parts.push(frame)
    this.size += frame.length
    const isTooLarge = Math.min(this.needed, this.size) > this.maxBytes
    if (!isTooLarge && this.size < this.needed) return
    let bytes = this.rest()
    // What is read after what cannot be read, or after too many packets, begins anew.
    this.keep(Buffer.alloc(0), 0)
    if (isTooLarge) throw new Error(`a packet has more than ${this.maxBytes} bytes`)
    let needed = this.lengthOf(bytes)
    while (needed > 0 && needed <= bytes.length) {
      yield bytes.subarray(0, needed)
      bytes = bytes.subarray(needed)
      needed = this.lengthOf(bytes)
    }
    this.keep(bytes, needed)
  }

  /** What has come of a packet that has not ended. */
  rest(): Buffer {
    return this.parts.length === 1 ? (this.parts[0] as Buffer) : Buffer.concat(this.parts)
  }

  /**
   * What a packet says.
   * @throws Error if it is malformed
   */
  decode(bytes: Buffer): Packet {
    requireWellFormed(bytes, this.version)
    let decoded: Packet | undefined
    newParser({ protocolVersion: this.version })
      .on('packet', (packet) => {
        decoded = packet
      })
      .on('error', (error) => {
        throw error
      })
      .parse(bytes)
    return decoded as unknown as Packet
  }

  private keep(rest: Buffer, needed: number): void {
    this.parts = rest.length > 0 ? [rest] : []
    this.size = rest.length
    this.needed = needed
  }

  /** How many bytes the first packet has; 0 if its head has not ended. */
  private lengthOf(bytes: Buffer): number {
    if (bytes.length === 0) return 0
    requireFlags(bytes[0] as number)
    // Only version 5 forbids lengths with more bytes than they need.
    const { value, end } = variableInteger(bytes, 1, this.version === 5)
    return end === undefined ? 0 : end + value
  }
}

const [CONNACK, PUBLISH, SUBACK, UNSUBACK, PINGRESP, DISCONNECT] = [2, 3, 9, 11, 13, 14]
/** PUBACK, PUBREC, PUBREL and PUBCOMP. */
const ACKNOWLEDGEMENTS: readonly number[] = [4, 5, 6, 7]
const DUP = 8

/** @throws Error for flags that a packet of this type does not have */
function requireFlags(head: number): void {
  const required = constants.requiredHeaderFlags[head >> 4]
  if (head >> 4 !== PUBLISH) {
    if (required !== (head & 0xf)) throw new Error('it begins as no packet of MQTT')
    return
  }
  const qos = (head >> 1) & 3
  if (qos === 3) throw new Error('its QoS is 3')
  if (qos === 0 && head & DUP) throw new Error('it is marked as sent again, and its QoS is 0')
}

/** @throws Error for a packet that does not have what it has to have, or has more */
function requireWellFormed(bytes: Buffer, version: Version): void {
  const [head = 0] = bytes
  const type = head >> 4
  const fields = new Fields(bytes, variableInteger(bytes, 1, version === 5).end as number)
  const allowed = PROPERTIES[type]
  if (type === PUBLISH) {
    fields.text()
    if (head & 6) fields.id()
    if (version === 5) fields.properties(allowed)
    return
  }
  const isAcknowledgement = ACKNOWLEDGEMENTS.includes(type)
  const hasCodes = type === SUBACK || type === UNSUBACK
  if (isAcknowledgement || hasCodes) fields.id()
  let mayEnd = version === 4
  if (type === CONNACK) {
    fields.number(1)
    // A server that does not speak this version says so in its own one.
    if (fields.number(1) > 0) mayEnd = true
  }
  if (isAcknowledgement || type === DISCONNECT) {
    mayEnd = true
    if (version === 5 && !fields.haveEnded) fields.number(1)
  }
  if (allowed && !(mayEnd && fields.haveEnded) && version === 5) fields.properties(allowed)
  if ((allowed || type === PINGRESP) && !hasCodes) fields.requireEnd()
}

const REASONS: readonly string[] = ['reasonString', 'userProperties']

/** Which properties servers may send to a client that has asked for none, by the types of packets (section 2.2.2.2 of MQTT 5). */
const PROPERTIES: Readonly<Record<number, readonly string[]>> = {
  [CONNACK]: [
    ...['sessionExpiryInterval', 'receiveMaximum', 'maximumQoS', 'retainAvailable', 'maximumPacketSize'],
    ...['assignedClientIdentifier', 'topicAliasMaximum', 'wildcardSubscriptionAvailable', 'serverKeepAlive'],
    ...['subscriptionIdentifiersAvailable', 'sharedSubscriptionAvailable', 'serverReference', ...REASONS],
  ],
  [PUBLISH]: [
    ...['payloadFormatIndicator', 'messageExpiryInterval', 'contentType', 'responseTopic', 'correlationData'],
    ...['subscriptionIdentifier', 'userProperties'],
  ],
  ...Object.fromEntries([...ACKNOWLEDGEMENTS, SUBACK, UNSUBACK].map((type) => [type, REASONS])),
  [DISCONNECT]: ['serverReference', ...REASONS],
}

/** Those that may stand several times. */
const REPEATABLE: readonly string[] = ['userProperties', 'subscriptionIdentifier']
/** Those that are not 0. */
const POSITIVE: readonly string[] = ['receiveMaximum', 'maximumPacketSize', 'subscriptionIdentifier']

/** How values are read, by the names that the library has for their types; each gives a number where it is one. */
const KINDS = {
  byte: (fields: Fields) => fields.flag(),
  int8: (fields: Fields) => fields.flag(),
  int16: (fields: Fields) => fields.number(2),
  int32: (fields: Fields) => fields.number(4),
  var: (fields: Fields) => fields.variableInteger(),
  string: (fields: Fields) => fields.text(),
  pair: (fields: Fields) => {
    fields.text()
    fields.text()
  },
  binary: (fields: Fields) => fields.take(fields.number(2)),
}

/** What a packet has behind its head, read from the left. */
class Fields {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  get haveEnded(): boolean {
    return this.at === this.bytes.length
  }

  take(count: number): Buffer {
    const start = this.at
    this.at += count
    if (this.at > this.bytes.length) throw new Error('it ends before what its lengths say')
    return this.bytes.subarray(start, this.at)
  }

  number(size: 1 | 2 | 4): number {
    return this.take(size).readUIntBE(0, size)
  }

  variableInteger(): number {
    const { value, end } = variableInteger(this.bytes, this.at)
    this.take((end ?? Number.POSITIVE_INFINITY) - this.at)
    return value
  }

  id(): void {
    if (this.number(2) === 0) throw new Error('it has no id')
  }

  flag(): void {
    if (this.number(1) > 1) throw new Error('it has a property that is neither 0 nor 1')
  }

  text(): void {
    const text = this.take(this.number(2))
    if (!isUtf8(text)) throw new Error('it has a text that is not UTF-8')
    if (text.includes(0)) throw new Error('it has a text with NUL')
  }

  properties(allowed: readonly string[] = []): void {
    const inner = new Fields(this.take(this.variableInteger()), 0)
    const seen = new Set<string>()
    while (!inner.haveEnded) {
      const id = inner.variableInteger()
      const name = constants.propertiesCodes[id]
      if (name === undefined || !allowed.includes(name)) {
        throw new Error(`it has the property ${name ?? id}, which servers do not send there`)
      }
      if (seen.has(name) && !REPEATABLE.includes(name)) throw new Error(`it has the property ${name} twice`)
      seen.add(name)
      const value = KINDS[constants.propertiesTypes[name] as keyof typeof KINDS](inner)
      if (value === 0 && POSITIVE.includes(name)) throw new Error(`its property ${name} is 0`)
    }
  }

  requireEnd(): void {
    if (!this.haveEnded) throw new Error('it has more than it may have')
  }
}

/**
 * A number of one to four bytes, and where it ends, if it does (section 1.5.5 of MQTT 5).
 * @throws Error if it is longer than that, or has more bytes than it needs
 */
function variableInteger(bytes: Buffer, start: number, isShortest = true): { value: number; end?: number } {
  let value = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number
    value += (byte & 0x7f) * 128 ** (at - start)
    if (byte < 0x80) {
      if (isShortest && byte === 0 && at > start) throw new Error('a length has more bytes than it needs')
      return { value, end: at + 1 }
    }
    if (at === start + 3) throw new Error('a length has more than four bytes')
  }
  return { value }
}

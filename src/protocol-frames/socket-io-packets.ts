/** The packets of Socket.IO, as far as its library reads them in silence where they are malformed, and rounds their numbers. */

import { randomUUID } from 'node:crypto'
import { ExactNumber, hasExactNumbers } from '../json/exact-number'
import { isContainer, isObject, mapInner, partsOf } from '../json/json-value'
import { type JsonObject, parseFrame } from '../protocol/json-content'

/**
 * Stands before the digits of numbers, which are texts as long as the library has them: by itself it would round them.
 * Nobody else can write it.
 */
const MARK = randomUUID()
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g')

/** Replaces a number by its mark: for JSON.stringify. */
export function markNumber(this: JsonObject, name: string, value: unknown): unknown {
  const number = this[name]
  return number instanceof ExactNumber ? MARK + number : value
}

/** Values as the library has read them, with their numbers. */
export function unmarkNumbers(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value
  return Buffer.isBuffer(value) ? value : mapInner(value, unmarkNumbers)
}

/** What stands before the JSON of a packet: its type, how many attachments it has, its namespace, its number. */
const HEAD = /^\d(?:(\d+)-)?(?:\/[^,]*,?)?(\d*)/

/**
 * A packet whose numbers are marked, where JavaScript would change them.
 * @throws Error for what is not a packet, and for attachments that are not those to which it refers
 */
export function markNumbers(packet = ''): string {
  const [head, attachments, id] = HEAD.exec(packet) ?? []
  if (head === undefined) throw new Error('it is not a packet of Socket.IO')
  if (!Number.isSafeInteger(Number(id))) throw new Error('its number is too large')
  const json = packet.slice(head.length)
  if (json === '') return packet
  if (!/^[[{"]/.test(json)) throw new Error('it has neither a list nor an object nor a text behind its head')
  const value = parseFrame(json)
  if (attachments !== undefined) requireAttachments(value, Number(attachments))
  return hasExactNumbers(value) ? head + JSON.stringify(value, markNumber) : packet
}

/** @throws Error if a packet refers to attachments that it does not have, or has others to which it does not refer */
function requireAttachments(value: unknown, count: number): void {
  const referred = new Set<unknown>()
  for (const { value: part } of partsOf(value)) {
    if (!isObject(part) || part._placeholder !== true) continue
    const { num, _placeholder, ...others } = part
    const isOne = Number.isInteger(num) && (num as number) >= 0 && (num as number) < count
    if (!isOne || Object.keys(others).length > 0) throw new Error('it refers to an attachment that it does not have')
    referred.add(num)
  }
  if (referred.size < count) throw new Error('it has attachments to which it does not refer')
}

/** A packet whose numbers are marked, as it is sent. */
export function withoutMarks(packet: string): string {
  return packet.replace(MARKED, '$1')
}

/** Whether a frame is of bytes, as they are or, as servers send them to `?b64=1`, in base64: the library skips what is none. */
export function isOfBytes(frame: string | Buffer, data: unknown): boolean {
  return Buffer.isBuffer(data) && (Buffer.isBuffer(frame) || frame === `b${data.toString('base64')}`)
}

/** @throws Error for a packet of Engine.IO with content that it does not have */
export function requireNothing(data: string | undefined): void {
  if (data) throw new Error('it has content, and packets of this type have none')
}

/** @throws Error if what a server says of a connection has no id of it */
export function requireSid(values: Partial<JsonObject> = {}): void {
  if (typeof values.sid === 'string') return
  throw new Error('it has no sid: the server may be one of Socket.IO 2, and the protocol is that of Socket.IO 3 and 4')
}

/** Why a server does not let a client into a namespace. */
export function reasonIn(values: string | JsonObject): string {
  const reason = typeof values === 'string' ? values : values.message
  if (typeof reason !== 'string') throw new Error('its message is not a text')
  return reason
}

/** How many bytes values have; each attachment as often as it is referred to. */
export function bytesIn(value: unknown): number {
  if (Buffer.isBuffer(value)) return value.length
  return isContainer(value) ? Object.values(value).reduce((sum: number, inner) => sum + bytesIn(inner), 0) : 0
}

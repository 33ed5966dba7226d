/** Numbers in the packets of Socket.IO, whose library would round them. */

import { randomUUID } from 'node:crypto'
import { ExactNumber, hasExactNumbers } from '../json/exact-number'
import { isObject } from '../json/json-value'
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
  if (Array.isArray(value)) return value.map(unmarkNumbers)
  if (!isObject(value) || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unmarkNumbers(inner)]))
}

/** What stands before the JSON of a packet: its type, how many attachments it has, its namespace, its number. */
const HEAD = /^\d(?:\d+-)?(?:\/[^,]*,?)?\d*/

/** A packet whose numbers are marked, where JavaScript would change them. */
export function markNumbers(packet = ''): string {
  const [head] = HEAD.exec(packet) ?? []
  if (head === undefined) throw new Error('it is not a packet of Socket.IO')
  const json = packet.slice(head.length)
  if (json === '') return packet
  const value = parseFrame(json)
  return hasExactNumbers(value) ? head + JSON.stringify(value, markNumber) : packet
}

/** A packet whose numbers are marked, as it is sent. */
export function withoutMarks(packet: string): string {
  return packet.replace(MARKED, '$1')
}

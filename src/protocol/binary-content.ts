/** Content of formats that have more than JSON: their values in the words of JSON, and back. */

import { ExactNumber } from '../json/exact-number'
import { MAX_JSON_DEPTH } from '../json/json-depth'
import { defineMember, isObject } from '../json/json-value'
import type { ContentKind } from '../message-details'
import type { DecodedContent } from './codec'
import { decodedValue, jsonOf } from './json-content'

export type { ContentKind } from '../message-details'

/** Shows a value of a format as JSON does. */
export type Show = (value: unknown) => unknown

/**
 * A value of a format as the content of a message: a text as it is, bytes as bytes, everything else as its JSON. Bytes within
 * it are what Node makes of a Buffer there.
 * @param special shows a value of a class that is the format's own, or throws
 */
export function contentOfValue(value: unknown, special: (value: object, show: Show) => unknown): DecodedContent {
  if (value instanceof Uint8Array) return { content: Buffer.from(value) }
  let depth = 0
  const show: Show = (inner) => {
    if (typeof inner === 'number' && !Number.isFinite(inner)) throw new Error(`it has ${inner}, which JSON has not`)
    if (typeof inner !== 'object' || inner === null) return inner
    if (inner instanceof Uint8Array) return { type: 'Buffer', data: [...inner] }
    if (++depth > MAX_JSON_DEPTH) throw new Error(`it is nested deeper than ${MAX_JSON_DEPTH} levels`)
    const shown = Array.isArray(inner)
      ? inner.map(show)
      : Object.getPrototypeOf(inner) === Object.prototype
        ? mapMembers(inner, show)
        : special(inner, show)
    depth--
    return shown
  }
  return decodedValue(show(value))
}

/** What a format makes of values of JSON. */
export interface Making {
  /** Makes a number; the default keeps it. */
  number?(value: number | bigint): unknown
  /** Makes a value of the format's own of an object that shows one; nothing of others. */
  special(value: object, make: Show): unknown
}

/**
 * The value of a format that a content is, the other way round.
 * @param kind whether a text is JSON, where that is said
 */
export function valueOfContent(
  content: string | Buffer,
  kind: ContentKind | undefined,
  { number = (value) => value, special }: Making,
): unknown {
  if (Buffer.isBuffer(content)) return new Uint8Array(content)
  const make: Show = (inner) => {
    if (inner instanceof ExactNumber) return number(heldNumber(inner))
    if (typeof inner === 'number') return number(inner)
    if (Array.isArray(inner)) return inner.map(make)
    if (typeof inner === 'string') return wellFormed(inner)
    if (!isObject(inner)) return inner
    Object.keys(inner).forEach(wellFormed)
    return shownBytes(inner) ?? special(inner, make) ?? mapMembers(inner, make)
  }
  return make(jsonOf(content, kind))
}

/**
 * A text that is to be written in UTF-8.
 * @throws Error if it has half a surrogate pair, which would become another character
 */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text
  throw new Error('it has half of a surrogate pair, which UTF-8 does not have')
}

/**
 * The bytes that an object shows as Node does.
 * @throws Error for a number that is no byte
 */
export function shownBytes(value: unknown): Uint8Array | undefined {
  if (!isObject(value) || value.type !== 'Buffer' || Object.keys(value).length !== 2) return undefined
  return listedBytes(value.data)
}

/**
 * The bytes of a list of numbers.
 * @param what see `integerFrom`
 * @throws Error for a number that is no byte
 */
export function listedBytes(list: unknown, what = 'it has the byte'): Uint8Array | undefined {
  if (!Array.isArray(list) || !list.every(isNumber)) return undefined
  return Uint8Array.from(list, (byte) => Number(integerFrom(byte, what, BYTE)))
}

/** The integers that something may be. */
export interface IntegerRange {
  readonly min: bigint
  readonly max: bigint
}

const BYTE: IntegerRange = { min: 0n, max: 255n }

/** A number of JSON, however it is written. */
export function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber
}

/**
 * The integer that a number of JSON is, however it is written: 32.0 is 32.
 * @param what it is, as an error begins: `it has a tag with the number`
 * @throws Error if it is none of these
 */
export function integerFrom(number: number | ExactNumber, what: string, { min, max }: IntegerRange): bigint {
  const held = typeof number === 'number' ? number : heldNumber(number)
  const integer = typeof held === 'bigint' || Number.isInteger(held) ? BigInt(held) : undefined
  if (integer !== undefined && integer >= min && integer <= max) return integer
  throw new Error(`${what} ${number}: write an integer from ${min} to ${max}`)
}

/** A number that is written otherwise than JavaScript would: a big integer if it is one, and no other one than this. */
export function heldNumber(number: ExactNumber): number | bigint {
  const source = number.toString()
  if (/^-?[1-9]\d*$/.test(source)) return BigInt(source)
  const held = Number(source)
  if (number.equals(held)) return held
  throw new Error(`it has ${source}, which a double does not hold`)
}

/** The same object if all members stay as they are: to copy one with very many of them takes long. */
function mapMembers(members: object, map: Show): object {
  let mapped: object | undefined
  for (const name in members) {
    const member = members[name as never]
    const inner = map(member)
    if (inner === member) continue
    mapped ??= { ...members }
    defineMember(mapped, name, inner)
  }
  return mapped ?? members
}

/** CBOR, as RFC 8949 has it. */

import type * as Cbor from 'cbor2'
import { requireOptions } from '../arguments'
import {
  contentOfValue,
  type IntegerRange,
  integerFrom,
  isNumber,
  type Show,
  valueOfContent,
} from '../protocol/binary-content'
import type { Codec, DecodedContent } from '../protocol/codec'
import { optionalPackage } from '../protocol/optional-package'

const { decode, encode, Tag } = optionalPackage<typeof Cbor>('cbor', 'cbor2', () => require('cbor2'), 'codec')

function read(payload: Buffer): DecodedContent {
  let value: unknown
  try {
    value = decode(payload, { createObject, ignoreGlobalTags: true })
  } catch (error) {
    // The library trusts what is declared, and reads beyond the end.
    if (error instanceof RangeError || error instanceof TypeError)
      throw new Error('it is not valid CBOR, or ends too early')
    throw error
  }
  return contentOfValue(withoutUndefined(value), showTag)
}

type Entries = Parameters<Required<Cbor.DecodeOptions>['createObject']>[0]

function createObject(entries: Entries): object {
  const names = new Set<string>()
  let count = 0
  let hasUndefined = false
  for (const [name, value] of entries) {
    if (typeof name !== 'string') throw new Error(`it has a map with the key ${describeKey(name)}, and JSON has texts`)
    names.add(name)
    hasUndefined ||= value === undefined
    if (names.size < ++count) throw new Error(`it has a map with the key ${JSON.stringify(name)} twice`)
  }
  return Object.fromEntries(hasUndefined ? entries.filter(([, value]) => value !== undefined) : entries)
}

function describeKey(key: unknown): string {
  return typeof key === 'object' && key !== null ? 'of several values' : String(key)
}

const withoutUndefined = (value: unknown) => (value === undefined ? null : value)

const DATE_TEXT = 0
const DATE_SECONDS = 1
const POSITIVE = 2
const NEGATIVE = 3
const SELF_DESCRIBED = 55799

function showTag(value: object, show: Show): unknown {
  if (!(value instanceof Tag)) throw new Error(`it has ${String(value)}, which JSON has not`)
  const { contents } = value
  const tag = value.tag as number | bigint
  if (contents instanceof Uint8Array && (tag === POSITIVE || tag === NEGATIVE)) return bigInteger(tag, contents)
  if (tag === DATE_TEXT && typeof contents === 'string') return contents
  if (tag === DATE_SECONDS && ['number', 'bigint'].includes(typeof contents)) {
    const date = new Date(Number(contents) * 1000)
    if (Number.isNaN(date.getTime())) throw new Error(`it has a time of ${contents} seconds, which no calendar has`)
    return date.toISOString()
  }
  if (tag === SELF_DESCRIBED) return show(contents)
  return { type: 'Tag', tag, value: show(contents) }
}

/** Longer ones take too long to be written in decimal digits. */
const MAX_INTEGER_BYTES = 1024

function bigInteger(tag: number | bigint, bytes: Uint8Array): bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new Error(`it has an integer of ${bytes.length} bytes`)
  const size = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
  return tag === POSITIVE ? size : -1n - size
}

/**
 * The tagged value that an object shows.
 * @throws Error for a number that no tag has
 */
function tagged(value: object, make: Show): unknown {
  const { type, tag } = value as { type?: unknown; tag?: unknown }
  if (type !== 'Tag' || !isNumber(tag) || Object.keys(value).length !== 3 || !('value' in value)) return undefined
  return new Tag(integerFrom(tag, 'it has a tag with the number', TAG_NUMBER), make(value.value))
}

const TAG_NUMBER: IntegerRange = { min: 0n, max: 2n ** 64n - 1n }

export const codec: Codec = {
  name: 'cbor',
  isBinary: true,
  open(_connection, options) {
    requireOptions('the codec cbor', options, {})
    return {
      decode: (payload) => [read(payload as Buffer)],
      encode: (content, kind) => Buffer.from(encode(valueOfContent(content, kind, { special: tagged }))),
    }
  },
}

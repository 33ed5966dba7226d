/** MessagePack. */

import { isUtf8 } from 'node:buffer'
import type * as MessagePack from '@msgpack/msgpack'
import { requireOptions } from '../arguments'
import { MAX_JSON_DEPTH } from '../json/json-depth'
import {
  type ContentKind,
  contentOfValue,
  type IntegerRange,
  integerFrom,
  isNumber,
  listedBytes,
  valueOfContent,
} from '../protocol/binary-content'
import type { Codec, DecodedContent } from '../protocol/codec'
import { optionalPackage } from '../protocol/optional-package'

const { decode, decodeTimestampToTimeSpec, encode, ExtData, ExtensionCodec } = optionalPackage<typeof MessagePack>(
  ...['msgpack', '@msgpack/msgpack', () => require('@msgpack/msgpack'), 'codec'],
)

const extensionCodec = new ExtensionCodec()
/* c8 ignore next -- the type needs a function, and it is used for decoding alone */
extensionCodec.register({ type: -1, encode: () => null, decode: timestamp })

/** A point in time as RFC 3339 has it; with nanoseconds, unless they are whole milliseconds. */
function timestamp(data: Uint8Array): string {
  const { sec, nsec } = decodeTimestampToTimeSpec(data)
  const date = new Date(sec * 1000)
  if (nsec > 999_999_999 || Number.isNaN(date.getTime())) {
    throw new Error(`it has a timestamp of ${sec} seconds and ${nsec} nanoseconds, which no calendar has`)
  }
  const fraction = String(nsec).padStart(9, '0')
  return `${date.toISOString().slice(0, -'.000Z'.length)}.${fraction.endsWith('000000') ? fraction.slice(0, 3) : fraction}Z`
}

function read(payload: Buffer): DecodedContent {
  let keys = 0
  const value = decodeWhole(payload, {
    extensionCodec,
    useBigInt64: true,
    mapKeyConverter: (key) => {
      if (typeof key !== 'string') throw new Error(`it has a map with the key ${describeKey(key)}, and JSON has texts`)
      keys++
      return key
    },
  })
  const content = contentOfValue(value, showExtension)
  if (countKeys(value) !== keys) throw new Error('it has a map with a key twice')
  return content
}

function decodeWhole(payload: Buffer, options: MessagePack.DecoderOptions): unknown {
  try {
    return decode(withMarksTwice(payload, markedTexts(payload)), options)
  } catch (error) {
    // The library reads beyond the end.
    if (error instanceof RangeError && !error.message.startsWith('Extra')) throw new Error('it ends too early')
    throw error
  }
}

/** U+FEFF: within a format, it is a character of a text that begins with it. */
const MARK = Buffer.from('\ufeff')

/** A text: where its head begins, the text itself, and what follows it. */
interface Text {
  readonly head: number
  readonly start: number
  readonly end: number
}

/** The library takes U+FEFF off long texts that begin with it: these get a second one, and the longest head. */
function withMarksTwice(bytes: Buffer, texts: readonly Text[]): Buffer {
  const parts: Buffer[] = []
  let copied = 0
  for (const { head, start, end } of texts) {
    const longest = Buffer.of(0xdb, 0, 0, 0, 0)
    longest.writeUInt32BE(end - start + MARK.length, 1)
    parts.push(bytes.subarray(copied, head), longest, MARK)
    copied = start
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)])
}

function beginsWithMark(text: Buffer): boolean {
  return text[0] === MARK[0] && MARK.equals(text.subarray(0, MARK.length))
}

/**
 * The library makes room for each list before it reads it: many that are declared long, one within the other, would take all
 * memory there is. What is declared takes a byte for each value.
 * @returns the texts that begin with U+FEFF, and would lose it
 * @throws RangeError if the bytes are fewer; Error for a text that is not UTF-8, which the library would read as another one
 */
function markedTexts(bytes: Buffer): readonly Text[] {
  const texts: Text[] = []
  let at = 0
  for (let values = 1; values > 0; values--) {
    if (values > bytes.length - at) throw new RangeError()
    const start = at
    const head = bytes.readUInt8(at++)
    const [size, rest, perUnit] = HEADS[head - 0xc0] ?? [0, 0, 0]
    const length = size > 0 ? bytes.readUIntBE(at, size) : shortLength(head)
    const isMap = perUnit === 2 || (head & 0xf0) === 0x80
    const isList = perUnit === 1 || (head & 0xf0) === 0x90
    at += size + rest
    if (isMap || isList) values += isMap ? 2 * length : length
    else at += length
    if (at > bytes.length) throw new RangeError()
    if (!isText(head)) continue
    const text = bytes.subarray(at - length, at)
    if (!isUtf8(text)) throw new Error('it has a text that is not UTF-8')
    if (beginsWithMark(text) && decode(bytes.subarray(start, at)) !== text.toString())
      texts.push({ head: start, start: at - length, end: at })
  }
  return texts
}

function isText(head: number): boolean {
  return (head & 0xe0) === 0xa0 || (head >= 0xd9 && head <= 0xdb)
}

/** What the head itself says: of short texts, lists and maps. */
function shortLength(head: number): number {
  if (head < 0x80 || head >= 0xc0) return 0
  return head < 0xa0 ? head & 0x0f : head & 0x1f
}

/** From 0xc0 on: how many bytes the length takes, how many follow beside it, and how many values stand for one of it. */
const HEADS: readonly (readonly [size: number, rest: number, values: number])[] = [
  ...[0, 0, 0, 0].map((rest) => [0, rest, 0] as const),
  ...[1, 2, 4].map((size) => [size, 0, 0] as const),
  ...[1, 2, 4].map((size) => [size, 1, 0] as const),
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17].map((rest) => [0, rest, 0] as const),
  ...[1, 2, 4].map((size) => [size, 0, 0] as const),
  ...[2, 4].map((size) => [size, 0, 1] as const),
  ...[2, 4].map((size) => [size, 0, 2] as const),
]

function describeKey(key: unknown): string {
  return typeof key === 'object' && key !== null ? 'of several values' : String(key)
}

function showExtension(value: object): unknown {
  const { type, data } = value as MessagePack.ExtData
  return { type: 'Ext', code: type, data: [...(data as Uint8Array)] }
}

/** The library keeps the last of several members of a name; then there are fewer than were read. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof ExtData) return 0
  const values = Object.values(value)
  return values.reduce((count, inner) => count + countKeys(inner), Array.isArray(value) ? 0 : values.length)
}

/** An extension's code takes a byte, which may be below zero. */
const CODE: IntegerRange = { min: -128n, max: 127n }

/**
 * The extension that an object shows.
 * @throws Error for a code that no extension has, and for a number that is no byte
 */
function extension(value: object): unknown {
  const { type, code, data } = value as { type?: unknown; code?: unknown; data?: unknown }
  if (type !== 'Ext' || !isNumber(code) || Object.keys(value).length !== 3) return undefined
  const bytes = listedBytes(data)
  return bytes && new ExtData(Number(integerFrom(code, 'it has an extension with the code', CODE)), bytes)
}

function write(content: string | Buffer, kind: ContentKind | undefined): Buffer {
  const value = valueOfContent(content, kind, { number: integer, special: extension })
  return Buffer.from(encode(value, { useBigInt64: true, maxDepth: 2 * MAX_JSON_DEPTH }))
}

/** Integers that take 64 bits are big ones: as numbers the library would make doubles of them. */
function integer(value: number | bigint): number | bigint {
  if (typeof value === 'number') return isLong(value) ? BigInt(value) : value
  if (value < -(2n ** 63n) || value >= 2n ** 64n) throw new Error(`it has ${value}, which takes more than 64 bits`)
  return value
}

function isLong(value: number): boolean {
  return Number.isSafeInteger(value) && (value < -(2 ** 31) || value >= 2 ** 32)
}

export const codec: Codec = {
  name: 'msgpack',
  isBinary: true,
  open(_connection, options) {
    requireOptions('the codec msgpack', options, {})
    return { decode: (payload) => [read(payload as Buffer)], encode: write }
  },
}

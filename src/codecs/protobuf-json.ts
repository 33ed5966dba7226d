/** Messages of Protocol Buffers as JSON, and back: names as in the `.proto` file, enums by name, bytes in base64. */

import type * as Protobuf from 'protobufjs'
import { ExactNumber, stringifyExactly } from '../json/exact-number'
import { parseJson } from '../json/json-text'
import { defineMember, isObject } from '../json/json-value'
import { heldNumber, listedBytes, shownBytes, wellFormed } from '../protocol/binary-content'
import { optionalPackage } from '../protocol/optional-package'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

export const protobuf = optionalPackage<typeof Protobuf>('protobuf', 'protobufjs', () => require('protobufjs'), 'codec')

/** How many fields are shown, those with a default counted: a message of two bytes may have any number of them. */
export interface FieldCount {
  readonly max: number
  count: number
}

/**
 * The JSON of a message: what it has not is its default, or is left out where none has been declared.
 * @throws Error if it has more fields than may be shown
 */
export function contentOfMessage(type: Protobuf.Type, message: object, fields: FieldCount): string {
  return stringifyExactly(shownMessage(type, message, fields))
}

/**
 * The message that JSON is.
 * @throws Error that says which field is wrong
 */
export function messageOfContent(type: Protobuf.Type, content: string): object {
  const message = madeMessage(type, parseJson(content, { keepSpelling: true })) as object
  const problem = type.verify(message)
  if (problem !== null) throw new Error(`it is not a ${nameOf(type)}: ${problem}`)
  return message
}

/** The name of a message, or of another part of a file, with its package. */
export function nameOf(part: Protobuf.ReflectionObject): string {
  return part.fullName.replace(/^\./, '')
}

type Members = Readonly<Record<string, unknown>>

function shownMessage(type: Protobuf.Type, message: object, fields: FieldCount): object {
  const json = {}
  for (const field of type.fieldsArray) {
    if (mayBeAbsent(field) && !Object.hasOwn(message, field.name)) continue
    if (++fields.count > fields.max) throw new Error(`it has more than ${fields.max} fields`)
    defineMember(json, field.name, shownField(field, (message as Members)[field.name], fields))
  }
  return json
}

/** Whether a field has no default: it is there, or it is not. */
function mayBeAbsent(field: Protobuf.Field): boolean {
  const isMessage = field.resolvedType instanceof protobuf.Type && !field.repeated && !field.map
  return isMessage || field.hasPresence
}

function shownField(field: Protobuf.Field, value: unknown, fields: FieldCount): unknown {
  if (field.repeated) return (value as readonly unknown[]).map((item) => shownValue(field, item, fields))
  if (!isMap(field)) return shownValue(field, value, fields)
  const json = {}
  for (const [key, item] of Object.entries(value as object)) {
    defineMember(json, shownKey(field.keyType, key), shownValue(field, item, fields))
  }
  return json
}

/** The library keeps keys of 64 bits as eight characters. */
function shownKey(type: string, key: string): string {
  return type.endsWith('64') && key.length === 8 ? protobuf.util.longFromHash(key, isUnsigned(type)).toString() : key
}

function shownValue({ type, resolvedType }: Protobuf.Field, value: unknown, fields: FieldCount): unknown {
  if (resolvedType instanceof protobuf.Enum) return resolvedType.valuesById[value as number] ?? value
  if (resolvedType) return shownMessage(resolvedType, value as object, fields)
  if (type === 'bytes') return Buffer.from(value as Uint8Array).toString('base64')
  if (type.endsWith('64')) return BigInt(String(value))
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) return String(value)
  return type === 'float' ? shortest(value) : value
}

/** The number with the fewest digits that is this one in 32 bits: 0.1 instead of 0.10000000149011612. */
function shortest(value: number): number {
  let digits = 1
  while (Math.fround(Number(value.toPrecision(digits))) !== value) digits++
  return Number(value.toPrecision(digits))
}

function madeMessage(type: Protobuf.Type, json: unknown): unknown {
  if (Array.isArray(json)) throw new Error(`${nameOf(type)} is an object, and not a list`)
  if (!isObject(json)) return json
  const message = {}
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined
    if (!field) throw new Error(describeUnknown(`${nameOf(type)} has no field`, name, Object.keys(type.fields)))
    if (value !== null) defineMember(message, name, madeField(field, value))
  }
  return message
}

function madeField(field: Protobuf.Field, json: unknown): unknown {
  if (field.repeated) return Array.isArray(json) ? json.map((item) => madeValue(field, item)) : json
  if (isMap(field) && Array.isArray(json)) throw new Error(`${nameOf(field)} is an object, and not a list`)
  if (!isMap(field) || !isObject(json)) return madeValue(field, json)
  const members = {}
  for (const [key, item] of Object.entries(json)) {
    requireKey(field, key)
    defineMember(members, key, madeValue(field, item))
  }
  return members
}

/** @throws Error for a name that would be another one; what is not an integer, the library sees */
function requireKey(field: Protobuf.Field & Protobuf.MapField, key: string): void {
  const range = INTEGERS[field.keyType]
  if (!range) wellFormed(key)
  else if (/^-?\d+$/.test(key)) requireInRange(field, field.keyType, BigInt(key))
}

function madeValue(field: Protobuf.Field, json: unknown): unknown {
  const { type, resolvedType } = field
  if (resolvedType instanceof protobuf.Enum) return madeEnum(resolvedType, json)
  if (resolvedType) return madeMessage(resolvedType, json)
  if (type === 'bytes')
    return shownBytes(json) ?? listedBytes(json, `${nameOf(field)} has the byte`) ?? base64(field, json)
  if (INTEGERS[type]) return madeInteger(field, json)
  if (type === 'string') return typeof json === 'string' ? wellFormed(json) : json
  if (!['float', 'double'].includes(type)) return json
  if (typeof json === 'string' && NOT_FINITE.includes(json)) return Number(json)
  const held = json instanceof ExactNumber ? double(field, json) : json
  return type === 'float' && typeof held === 'number' ? float(field, held) : held
}

function madeEnum(type: Protobuf.Enum, json: unknown): unknown {
  if (typeof json === 'string') return enumValue(type, json)
  return json instanceof ExactNumber ? Number(heldNumber(json)) : json
}

function enumValue(type: Protobuf.Enum, name: string): number {
  const value = Object.hasOwn(type.values, name) ? type.values[name] : undefined
  if (value === undefined)
    throw new Error(describeUnknown(`${nameOf(type)} has no value`, name, Object.keys(type.values)))
  return value
}

/** Of either alphabet, with the signs that fill it up or without them: Node skips what is no base64, and drops what is left over. */
function base64(field: Protobuf.Field, json: unknown): Buffer {
  const text = typeof json === 'string' ? json : undefined
  const bytes = Buffer.from(text ?? '', 'base64')
  const written = text?.replaceAll('-', '+').replaceAll('_', '/')
  const whole = bytes.toString('base64')
  if (written === whole || written === whole.replace(/=+$/, '')) return bytes
  throw new Error(
    `${nameOf(field)} takes bytes in base64, not ${text === undefined ? excerpt(stringifyExactly(json)) : quoted(text)}`,
  )
}

/** What each type holds: how many bits, and whether below zero. */
const INTEGERS: Readonly<Record<string, readonly [min: bigint, max: bigint]>> = {
  ...Object.fromEntries(['int32', 'sint32', 'sfixed32'].map((type) => [type, [-(2n ** 31n), 2n ** 31n - 1n]])),
  ...Object.fromEntries(['uint32', 'fixed32'].map((type) => [type, [0n, 2n ** 32n - 1n]])),
  ...Object.fromEntries(['int64', 'sint64', 'sfixed64'].map((type) => [type, [-(2n ** 63n), 2n ** 63n - 1n]])),
  ...Object.fromEntries(['uint64', 'fixed64'].map((type) => [type, [0n, 2n ** 64n - 1n]])),
}

function isUnsigned(type: string): boolean {
  return ['uint64', 'fixed64'].includes(type)
}

/** An integer; also as a text, as others write those of 64 bits. */
function madeInteger(field: Protobuf.Field, json: unknown): unknown {
  const held = json instanceof ExactNumber ? heldNumber(json) : json
  const isInteger =
    typeof held === 'bigint' || Number.isInteger(held) || (typeof held === 'string' && /^-?\d+$/.test(held))
  if (!isInteger) return held
  const value = BigInt(held as string | number | bigint)
  requireInRange(field, field.type, value)
  if (!field.type.endsWith('64')) return Number(value)
  const [low, high] = [value, value >> 32n].map((part) => Number(BigInt.asIntN(32, part)))
  return new protobuf.util.Long(low, high, isUnsigned(field.type))
}

function requireInRange(field: Protobuf.Field, type: string, value: bigint): void {
  const [min, max] = INTEGERS[type] as readonly [bigint, bigint]
  if (value >= min && value <= max) return
  throw new Error(`${nameOf(field)} is of type ${type}, which does not hold ${excerpt(String(value))}`)
}

function double(field: Protobuf.Field, json: ExactNumber): number {
  const held = Number(heldNumber(json))
  if (!json.equals(held)) throw new Error(`${nameOf(field)} is of type ${field.type}, which does not hold ${json}`)
  return held
}

/** A number that takes 32 bits is rounded, but not to another integer, and to none that is of another size. */
function float(field: Protobuf.Field, value: number): number {
  const held = Math.fround(value)
  const isHeld = Number.isInteger(value) ? held === value : held !== 0 && Number.isFinite(held)
  if (!isHeld) throw new Error(`${nameOf(field)} is of type ${field.type}, which does not hold ${value}`)
  return value
}

/** As the mapping of proto3 to JSON writes them. */
const NOT_FINITE = ['NaN', 'Infinity', '-Infinity']

function isMap(field: Protobuf.Field): field is Protobuf.Field & Protobuf.MapField {
  return field.map
}

function describeUnknown(problem: string, name: string, known: readonly string[]): string {
  const hint = nearest(name, known)
  return `${problem} ${quoted(name)}. ${hint ? `Did you mean ${hint}?` : `There are ${known.join(', ') || 'none'}.`}`
}

/** JSON as people write it. */

import { UsageError } from '../errors'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { ExactNumber, type NumberOptions, stringifyExactly } from './exact-number'
import { parseCompletely } from './json-depth'
import { isContainer } from './json-value'

/**
 * Parses JSON that a person wrote; a number that JavaScript cannot hold becomes an `ExactNumber`.
 * @throws UsageError that says what is wrong with it
 */
export function parseJson(text: string, options: NumberOptions = {}): unknown {
  try {
    return parseCompletely(text, options)
  } catch (error) {
    if (error instanceof UsageError) throw error
    learnSecrets((redaction) => redaction.learnFromText(text))
    throw new UsageError(
      `${excerpt(text)} is not valid JSON: ${excerpt((error as Error).message)}.\n` +
        'Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}',
    )
  }
}

/**
 * Writes a value as JSON.
 * @param noun what the value is, for an error
 * @throws UsageError if JSON would lose or change a part of it
 */
export function stringifyJson(value: unknown, noun = 'message'): string {
  try {
    return isPlain(value, noun) ? JSON.stringify(value) : stringifyExactly(value)
  } catch (error) {
    throw error instanceof UsageError ? error : unserializable(value, noun, error)
  }
}

/** A text, or a part of one, as JSON writes it between quotes. */
export function escapeForJson(part: string): string {
  return JSON.stringify(part).slice(1, -1)
}

/**
 * Whether JavaScript itself writes all numbers of a value as they are.
 * A walk of its own, without copies: as a replacer of JSON.stringify it takes several times as long.
 * @throws UsageError for what JSON cannot hold
 */
function isPlain(value: unknown, noun: string): boolean {
  if (typeof value === 'number') return isPlainNumber(value)
  if (typeof value === 'bigint' || value instanceof ExactNumber) return false
  if (!isContainer(value)) {
    if (value === undefined || typeof value === 'function' || typeof value === 'symbol')
      throw unserializable(value, noun)
    return true
  }
  requireSerializable(value, noun)
  if ('toJSON' in value && typeof value.toJSON === 'function') return isPlain(value.toJSON(), noun)
  const members = Object.values(value)
  requireComplete(value, members, noun)
  let isAllPlain = true
  // All of them, for what is lost in the last one.
  for (const member of members) if (!isPlain(member, noun)) isAllPlain = false
  return isAllPlain
}

function isPlainNumber(value: number): boolean {
  if (Number.isSafeInteger(value)) return !Object.is(value, -0)
  if (Number.isFinite(value) && !Number.isInteger(value)) return true
  throw new UsageError(
    Number.isFinite(value)
      ? `${value} is beyond ±9007199254740991, where JavaScript rounds numbers: write it as a big integer, such as ` +
          '9007199254740993n, or in a text: json(\'{"id": 9007199254740993}\').'
      : `JSON has no ${value}, and would have null in its place: write a number, null, or the text ${quoted(String(value))}.`,
  )
}

const UNSERIALIZABLE_CLASSES = [RegExp, Map, Set, Promise, Error, ArrayBuffer]

/** @throws UsageError for an instance of a class that JSON cannot hold, and for a date that is none: JSON makes it null */
function requireSerializable(value: object, noun: string): void {
  if (isLiteral(value)) return
  const isForeign = UNSERIALIZABLE_CLASSES.some((type) => value instanceof type) || ArrayBuffer.isView(value)
  if (isForeign || (value instanceof Date && Number.isNaN(value.getTime()))) throw unserializable(value, noun)
}

/** @throws UsageError if a value has parts that are not its members: what a class keeps elsewhere, or the gaps of a list */
function requireComplete(value: object, members: readonly unknown[], noun: string): void {
  const isInstance = !isLiteral(value)
  const isBoxed = isInstance && BOXES.some((type) => value instanceof type)
  const isIncomplete = Array.isArray(value) ? members.length !== value.length : isInstance && members.length === 0
  if (isBoxed || isIncomplete || Object.getOwnPropertySymbols(value).length > 0) throw unserializable(value, noun)
}

const BOXES = [String, Boolean, Number]

/** Whether it is of no class, as what is written between braces or brackets. */
function isLiteral(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

function unserializable(value: unknown, noun: string, cause?: unknown): UsageError {
  const type = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
  const error = new UsageError(
    `${excerpt(type)} is not a valid ${noun}: give a text, a value that JSON can hold, or bytes("de ad").${formatCause(cause)}`,
  )
  if (cause !== undefined) error.cause = cause
  return error
}

function formatCause(cause: unknown): string {
  if (cause === undefined) return ''
  if (cause instanceof RangeError) return ' It contains itself, or is nested too deep.'
  return ` Reading it failed: ${excerpt(cause instanceof Error ? cause.message : String(cause))}`
}

/** Whether a person who wrote this meant JSON. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text)
}

/** Whether a text may be JSON of any kind: cheaper than an exception for each that is not. */
export function mayBeJson(text: string): boolean {
  return /^\s*(?:[[{"\d-]|true|false|null)/.test(text)
}

/** Whether a text has variables: most have none, and need not be searched for them. */
export function hasVariables(text: string): boolean {
  return text.includes('${')
}

/** JSON whose variables stand without quotes, with quotes around them: so it can be parsed before they are filled in. */
export function quoteVariables(text: string): string {
  if (!hasVariables(text)) return text
  return text.replace(STRING_OR_VARIABLE, (found, variable: string | undefined) => (variable ? `"${found}"` : found))
}

/** A text that is not closed is one up to the end: to look for its quote again from each place would take for ever. */
const STRING_OR_VARIABLE = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|(\$\{[^{}]*\})/g

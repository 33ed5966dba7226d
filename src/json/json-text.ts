/** JSON as people write it. */

import { UsageError } from '../errors'
import { learnSecrets } from '../redaction'
import { excerpt } from '../text/excerpt'
import { parseBoundedJson } from './json-depth'
import { isContainer } from './json-value'

/**
 * Parses JSON that a person wrote.
 * @throws UsageError that says what is wrong with it
 */
export function parseJson(text: string): unknown {
  try {
    return parseBoundedJson(text)
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
 * @throws UsageError if JSON would lose a part of it
 */
export function stringifyJson(value: unknown): string {
  try {
    requireSerializable(value)
    return JSON.stringify(value)
  } catch (error) {
    throw error instanceof UsageError ? error : unserializable(value)
  }
}

/** A walk of its own, without copies: as a replacer of JSON.stringify it takes several times as long. */
function requireSerializable(value: unknown): void {
  if (!isContainer(value)) {
    if (value === undefined || UNSERIALIZABLE_TYPES.includes(typeof value)) throw unserializable(value)
    return
  }
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) requirePlain(value)
  if ('toJSON' in value && typeof value.toJSON === 'function') requireSerializable(value.toJSON())
  else for (const name of Object.keys(value)) requireSerializable((value as Record<string, unknown>)[name])
}

const UNSERIALIZABLE_TYPES = ['function', 'symbol', 'bigint']
const UNSERIALIZABLE_CLASSES = [RegExp, Map, Set, Promise, Error, ArrayBuffer]

function requirePlain(value: object): void {
  if (ArrayBuffer.isView(value) || UNSERIALIZABLE_CLASSES.some((type) => value instanceof type)) {
    throw unserializable(value)
  }
}

function unserializable(value: unknown): UsageError {
  const type = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
  return new UsageError(`${type} is not a valid message: give a text, a value that JSON can hold, or bytes("de ad").`)
}

/**
 * Makes sure that JavaScript has not rounded a number.
 * @throws UsageError if it has
 */
export function requireSafeNumber(value: unknown): void {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return
  if (Number.isFinite(value) && !Number.isInteger(value)) return
  throw new UsageError(
    'A number beyond ±9007199254740991 cannot be kept exactly, so others would be taken for it. ' +
      'Expect its digits instead: a message containing "…"',
  )
}

/** Whether a person who wrote this meant JSON. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text)
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

/** JSON as people write it. */

import { jsonIn } from '../matching/depth'
import { Mistake } from '../matching/errors'
import { excerpt } from '../matching/excerpt'
import { learnSecrets } from '../matching/redaction'

/**
 * Reads JSON that a person wrote.
 * @throws Mistake that says what is wrong with it
 */
export function parseJson(written: string): unknown {
  try {
    return jsonIn(written)
  } catch (error) {
    if (error instanceof Mistake) throw error
    learnSecrets((redaction) => redaction.learnFromText(written))
    throw new Mistake(
      `${excerpt(written)} is no JSON: ${(error as Error).message}.\n` +
        'Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}',
    )
  }
}

/**
 * Writes a value as JSON.
 * @throws Mistake if JSON would lose a part of it
 */
export function jsonTextOf(value: unknown): string {
  // The holder's member is the value before its own toJSON.
  const check = function (this: Record<string, unknown>, name: string, written: unknown) {
    if (isLostInJson(this[name])) throw new Mistake(noJson(this[name]))
    return written
  }
  try {
    return JSON.stringify(value, check)
  } catch (error) {
    throw error instanceof Mistake ? error : new Mistake(noJson(value))
  }
}

function isLostInJson(value: unknown): boolean {
  const isNothing = value === undefined || ['function', 'symbol', 'bigint'].includes(typeof value)
  return isNothing || FOREIGN.some((kind) => value instanceof kind) || ArrayBuffer.isView(value)
}

const FOREIGN = [RegExp, Map, Set, Promise, Error, ArrayBuffer]

function noJson(value: unknown): string {
  const what = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
  return `${what} is no message: give a text, a value that JSON can hold, or bytes("de ad").`
}

/** Whether a person who wrote this meant JSON. */
export function looksLikeJson(written: string): boolean {
  return /^\s*[{[]/.test(written)
}

/** Most texts have no variables, and need not be searched for them. */
export function hasVariables(written: string): boolean {
  return written.includes('${')
}

/** JSON whose variables stand without quotes, with quotes around them: so it can be parsed before they are filled in. */
export function withQuotedVariables(written: string): string {
  if (!hasVariables(written)) return written
  return written.replace(STRING_OR_VARIABLE, (found, variable: string | undefined) => (variable ? `"${found}"` : found))
}

/** A text that is not closed is one up to the end: to look for its quote again from each place would take for ever. */
const STRING_OR_VARIABLE = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|(\$\{[^{}]*\})/g

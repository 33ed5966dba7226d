/** JSON that is nested too deep: whatever looks at it, down to Cucumber's report, would end with the stack. */

import { UsageError } from '../errors'
import { requireUniqueMembers } from './duplicate-members'
import { mayHaveExactNumbers, type NumberOptions, parseExactly, stringifyExactly } from './exact-number'

/** How many levels may be nested: far more than a sensible message has. */
export const MAX_JSON_DEPTH = 500

/**
 * Parses JSON; a number that JavaScript cannot hold becomes an `ExactNumber`.
 * @throws SyntaxError if it is not valid, UsageError if it is nested too deep
 */
export function parseBoundedJson(text: string, options: NumberOptions = {}): unknown {
  return withExactNumbers(text, parseBounded(text), options)
}

/**
 * Parses JSON of which nothing may be lost: no number, and no member that stands twice.
 * @throws SyntaxError if it is not valid, UsageError if it is nested too deep or has a member twice
 */
export function parseCompletely(text: string, options: NumberOptions = {}): unknown {
  const value = parseBounded(text)
  // What JavaScript writes again as it was has no member twice, and no number that is spelled otherwise: most JSON has none.
  if (JSON.stringify(value) === text) return withExactNumbers(text, value, {})
  requireUniqueMembers(text, value)
  return withExactNumbers(text, value, options)
}

function parseBounded(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // Each level takes two brackets.
  if (text.length > 2 * MAX_JSON_DEPTH && isTooDeep(value)) {
    throw new UsageError(`JSON may be nested ${MAX_JSON_DEPTH} levels deep, and this is deeper.`)
  }
  return value
}

/** @param value what JavaScript makes of the text */
function withExactNumbers(text: string, value: unknown, options: NumberOptions): unknown {
  const isExact = mayHaveExactNumbers(text) || (options.keepSpelling === true && MAY_BE_RESPELLED.test(text))
  return isExact ? parseExactly(text, options) : value
}

/** A value for the code of a project, which may change it: no sentence sees that. */
export function copyOf(value: unknown): unknown {
  return typeof value === 'object' ? parseBoundedJson(stringifyExactly(value)) : value
}

/** What a number has that JavaScript may write otherwise; a text may have it, too. */
const MAY_BE_RESPELLED = /\d[.eE]|-0/

/** Whether a text is JSON that is nested too deep. */
export function isNestedTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_JSON_DEPTH || !/^\s*[[{]/.test(text)) return false
  try {
    return isTooDeep(JSON.parse(text))
  } catch {
    return false
  }
}

/** Walks without copies: lists of what each level has would take several times as long as to parse it. */
function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  for (const name in value) {
    if (depth === MAX_JSON_DEPTH || isTooDeep((value as Record<string, unknown>)[name], depth + 1)) return true
  }
  return false
}

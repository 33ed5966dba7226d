/** JSON that is nested too deep: whatever looks at it, down to Cucumber's report, would end with the stack. */

import { UsageError } from '../errors'
import { mayHaveExactNumbers, type NumberOptions, parseExactly } from './exact-number'
import { isContainer } from './json-value'

/** How many levels may be nested: far more than a sensible message has. */
export const MAX_JSON_DEPTH = 500

/**
 * Parses JSON; a number that JavaScript cannot hold becomes an `ExactNumber`.
 * @throws SyntaxError if it is not valid, UsageError if it is nested too deep
 */
export function parseBoundedJson(text: string, options: NumberOptions = {}): unknown {
  const value: unknown = JSON.parse(text)
  // Each level takes two brackets.
  if (text.length > 2 * MAX_JSON_DEPTH && isTooDeep(value)) {
    throw new UsageError(`JSON may be nested ${MAX_JSON_DEPTH} levels deep, and this is deeper.`)
  }
  return options.keepSpelling || mayHaveExactNumbers(text) ? parseExactly(text, options) : value
}

/** Whether a text is JSON that is nested too deep. */
export function isNestedTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_JSON_DEPTH || !/^\s*[[{]/.test(text)) return false
  try {
    return isTooDeep(JSON.parse(text))
  } catch {
    return false
  }
}

function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; depth <= MAX_JSON_DEPTH && level.length > 0; depth++) {
    level = level.flatMap((item) => (isContainer(item) ? Object.values(item) : []))
  }
  return level.length > 0
}

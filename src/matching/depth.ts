/** JSON that is nested too deep: whatever looks at it, down to Cucumber's report, would end with the stack. */

import { Mistake } from './errors'

/** How many levels may be nested: far more than a sensible message has. */
export const DEEPEST = 500

/**
 * The JSON in a text.
 * @throws SyntaxError if it is none, Mistake if it is nested too deep
 */
export function jsonIn(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // Each level takes two brackets.
  if (text.length <= 2 * DEEPEST || !isTooDeep(value)) return value
  throw new Mistake(`JSON may be nested ${DEEPEST} levels deep, and this is deeper.`)
}

function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return level.length > 0
}

/** JSON as people write it. */

import { Mistake } from '../matching/errors'
import { excerpt } from '../matching/excerpt'

/**
 * Reads JSON that a person wrote.
 * @throws Mistake that says what is wrong with it
 */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch (error) {
    throw new Mistake(
      `${excerpt(written)} is no JSON: ${(error as Error).message}.\n` +
        'Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}',
    )
  }
}

/** Whether a person who wrote this meant JSON. */
export function looksLikeJson(written: string): boolean {
  return /^\s*[{[]/.test(written)
}

/** JSON whose variables stand without quotes, with quotes around them: so it can be parsed before they are filled in. */
export function withQuotedVariables(written: string): string {
  return written.replace(STRING_OR_VARIABLE, (found, variable: string | undefined) => (variable ? `"${found}"` : found))
}

const STRING_OR_VARIABLE = /"(?:[^"\\]|\\[\s\S])*"|(\$\{[^{}]*\})/g

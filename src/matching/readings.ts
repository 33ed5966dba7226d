/** The texts of a message as a reader takes them: JSON may write characters as escapes, which mean the same. */

import { stringifyJson } from '../json/json-text'
import { partsOf } from '../json/json-value'
import { type MessageContent, NOT_JSON } from './matcher'
import { requireUnambiguous } from './unique-members'

/**
 * The text of a message, and if it is JSON with escapes, its JSON without needless ones.
 * @param options.withParts whether the names and texts in it follow, each by itself
 * @throws ExpectationError for JSON with escapes that is nested too deep
 */
export function* readings(message: MessageContent, { withParts = false } = {}): Generator<string> {
  const { text } = message
  if (text === undefined) return
  yield text
  // Most messages have none, and need not be parsed.
  if (!text.includes('\\')) return
  const { json } = message
  if (json === NOT_JSON) return requireUnambiguous(message)
  yield stringifyJson(json)
  if (withParts) yield* textsIn(json)
}

function* textsIn(json: unknown): Generator<string> {
  for (const { name, value } of partsOf(json)) {
    if (name !== undefined) yield name
    if (typeof value === 'string') yield value
  }
}

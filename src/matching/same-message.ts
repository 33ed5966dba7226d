/** Messages that say the same as another one. */

import { LiteralValue } from '../json/json-value'
import { bytesEqualTo } from './bytes-matcher'
import { jsonEqualTo } from './json-matcher'
import { type ComparingMatcher, type MessageContent, NOT_JSON } from './matcher'
import { phraseEqualTo } from './phrase-matcher'
import { requireUnambiguous } from './unique-members'

/**
 * Accepts messages with the same JSON as another one, or the same text, or the same bytes.
 * @throws ExpectationError for JSON that has a member twice
 */
export function sameMessage(message: MessageContent, description: string): ComparingMatcher {
  requireUnambiguous(message)
  const { text, json, bytes } = message
  if (bytes !== undefined) return bytesEqualTo(bytes, description)
  if (json === NOT_JSON) return phraseEqualTo(text as string, { description })
  return jsonEqualTo(new LiteralValue(json), description)
}

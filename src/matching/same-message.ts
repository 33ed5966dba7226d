/** Messages that say the same as another one. */

import { LiteralValue } from '../json/json-value'
import { bytesEqualTo } from './bytes-matcher'
import { jsonEqualTo } from './json-matcher'
import { type ComparingMatcher, type MessageContent, NOT_JSON } from './matcher'
import { phraseEqualTo } from './phrase-matcher'

/** Accepts messages with the same JSON as another one, or the same text, or the same bytes. */
export function sameMessage({ text, json, bytes }: MessageContent, description: string): ComparingMatcher {
  if (bytes !== undefined) return bytesEqualTo(bytes, description)
  if (json === NOT_JSON) return phraseEqualTo(text as string, { description })
  return jsonEqualTo(new LiteralValue(json), description)
}

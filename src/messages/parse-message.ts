/** Parses what a sentence, a table's cell or a doc string has where a message may stand. */

import { UsageError } from '../errors'
import { looksLikeJson } from '../json/json-text'
import { anyMessage } from '../matching/matcher'
import { json, validAgainst } from './json-message'
import { bytes, file, namedMessage } from './lazy-messages'
import type { MessageExpression } from './message-expression'
import { messageExpression } from './message-input'
import { containing, matchingPattern, phrase, text } from './phrase-message'

/** Parses a message in a sentence; in a table's cell and in the settings, a phrase may stand without its quotes. */
export function parseMessage(source: string): MessageExpression {
  if (looksLikeJson(source)) return json(source)
  if (source === 'any message') return messageExpression(anyMessage)
  for (const [pattern, create] of PATTERNS) {
    const quotedText = pattern.exec(source)?.[1]
    if (quotedText !== undefined) return create(unquote(quotedText))
  }
  return phrase(source)
}

const QUOTED = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`
const pattern = (before: string, after = '') => new RegExp(`^${before}(${QUOTED})${after}$`, 's')

/** The ways to write a message that have a quoted text, the most frequent first. */
const PATTERNS: readonly (readonly [RegExp, (text: string) => MessageExpression])[] = [
  [pattern(''), phrase],
  [pattern('a message containing '), containing],
  [pattern('a message matching '), matchingPattern],
  [pattern('a message valid against '), validAgainst],
  [pattern('the ', ' message'), namedMessage],
  [pattern('the file '), file],
  [pattern('the bytes '), bytes],
]

/** How a doc string is read. */
export interface DocStringOptions {
  /** `json`, or `text` for the text as it stands; without it JSON if it looks like JSON, else a phrase. */
  readonly mediaType?: string | undefined
  /** Whether a received message may have nothing else. */
  readonly exactly?: boolean
}

/**
 * Parses a doc string.
 * @throws UsageError if there is none, or its media type is unknown
 */
export function parseDocString(
  content: string,
  { mediaType = '', exactly = false }: DocStringOptions,
): MessageExpression {
  requireDocString(content)
  if (mediaType === 'text') return text(content)
  if (mediaType === 'json' || mediaType === 'application/json') return json(content, { exactly })
  if (mediaType !== '') {
    throw new UsageError(`A message cannot have the media type "${mediaType}": write json or text.`)
  }
  return looksLikeJson(content) ? json(content, { exactly }) : phrase(content, { exactly })
}

/**
 * Makes sure that there is a doc string: without one, Cucumber hands over something else.
 * @throws UsageError if not
 */
export function requireDocString(content: unknown, example = 'Hello, world!'): void {
  if (typeof content === 'string') return
  throw new UsageError(`This sentence needs a doc string below it:\n  """\n  ${example}\n  """`)
}

function unquote(source: string): string {
  const quote = source[0] as string
  return source.slice(1, -1).replaceAll(`\\${quote}`, quote)
}

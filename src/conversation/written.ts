/** Reads what a sentence, a table's cell or a doc string writes where a message may stand. */

import { Mistake } from '../matching/errors'
import { looksLikeJson } from './json-text'
import { anything, bytes, file, json, like, named, part, phrase, text, validAgainst, type Wording } from './wording'

/** The wording of a message in a sentence; in a table's cell, or in the settings, a phrase may stand without its quotes. */
export function wordingFrom(written: string): Wording {
  if (looksLikeJson(written)) return json(written)
  if (written === 'any message') return anything
  for (const [form, make] of FORMS) {
    const quotedText = form.exec(written)?.[1]
    if (quotedText !== undefined) return make(unquoted(quotedText))
  }
  return phrase(written)
}

const QUOTED = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`
const form = (before: string, after = '') => new RegExp(`^${before}(${QUOTED})${after}$`, 's')

/** The ways to write a message that have a quoted text, the most frequent first. */
const FORMS: readonly (readonly [RegExp, (text: string) => Wording])[] = [
  [form(''), phrase],
  [form('a message containing '), part],
  [form('a message matching '), like],
  [form('a message valid against '), validAgainst],
  [form('the ', ' message'), named],
  [form('the file '), file],
  [form('the bytes '), bytes],
]

/**
 * The wording of a doc string: of media type `json` it is JSON, of `text` it is that text as it stands;
 * without one it is JSON if it looks like it, else a phrase.
 */
export function wordingFromDocString(content: string, mediaType = '', exactly = false): Wording {
  mustBeDocString(content)
  if (mediaType === 'text') return text(content)
  if (mediaType === 'json' || mediaType === 'application/json') return json(content, exactly)
  if (mediaType !== '')
    throw new Mistake(`A doc string of media type "${mediaType}" is no message: write json or text.`)
  return looksLikeJson(content) ? json(content, exactly) : phrase(content, exactly)
}

function unquoted(written: string): string {
  const quote = written[0] as string
  const inside = written.slice(1, -1)
  // Few have a quote within.
  return inside.includes('\\') ? inside.replaceAll(`\\${quote}`, quote) : inside
}

/**
 * Makes sure that there is a doc string: without one, Cucumber hands over something else.
 * @throws Mistake if not
 */
export function mustBeDocString(content: unknown, example = 'Hello, world!'): void {
  if (typeof content === 'string') return
  throw new Mistake(`This sentence needs a doc string below it:\n  """\n  ${example}\n  """`)
}

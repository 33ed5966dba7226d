/** Reads what a sentence, a table's cell or a doc string writes where a message may stand. */

import { anything, json, like, looksLikeJson, part, phrase, text, type Wording } from '../conversation/wording'
import { Mistake } from '../matching/errors'

/** The wording of a message in a sentence. */
export function wordingFrom(written: string): Wording {
  if (looksLikeJson(written)) return json(written)
  if (written === 'any message') return anything
  const kind = /^a message (containing|matching) /.exec(written)?.[1]
  if (kind === undefined) return phrase(unquoted(written))
  const quoted = unquoted(written.slice(`a message ${kind} `.length))
  return kind === 'containing' ? part(quoted) : like(quoted)
}

/** The wording of a cell: any way to write a message, or a phrase without its quotes. */
export function wordingFromCell(cell: string): Wording {
  const isWritten =
    /^(?:any message|a message (?:containing|matching) (?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|[{[].*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/s.test(
      cell,
    )
  return isWritten ? wordingFrom(cell) : phrase(cell)
}

/**
 * The wording of a doc string: of media type `json` it is JSON, of `text` it is that text as it stands;
 * without one it is JSON if it looks like it, else a phrase.
 */
export function wordingFromDocString(content: string, mediaType = '', exactly = false): Wording {
  if (mediaType === 'text') return text(content)
  if (mediaType === 'json' || mediaType === 'application/json') return json(content, exactly)
  if (mediaType !== '')
    throw new Mistake(`A doc string of media type "${mediaType}" is no message: write json or text.`)
  return looksLikeJson(content) ? json(content, exactly) : phrase(content)
}

function unquoted(written: string): string {
  const quote = written[0] as string
  return written.slice(1, -1).replaceAll(`\\${quote}`, quote)
}

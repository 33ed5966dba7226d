/** A message that a client received. */

import { jsonIn } from '../matching/depth'
import { NOT_JSON, type Readable } from '../matching/matcher'

/** One message in an inbox, with its number in the order of arrival, from 1. */
export class Message implements Readable {
  readonly text: string | undefined
  readonly bytes: Buffer | undefined
  /** The one-time reaction that took it, so that no second one does. */
  takenBy: { readonly inWords: string } | undefined
  private parsed: unknown
  private looks = 0

  /** @param at ms since the conversation began */
  constructor(
    readonly number: number,
    readonly at: number,
    data: string | Buffer,
  ) {
    this.text = typeof data === 'string' ? data : undefined
    this.bytes = typeof data === 'string' ? undefined : data
  }

  /** Parsed when first asked for, once for all who ask. */
  get json(): unknown {
    if (this.parsed === undefined) this.parsed = parse(this.text)
    return this.parsed
  }

  /** Lets go of what was parsed on arrival: most messages are never looked at again. */
  forgetJson(): void {
    this.parsed = undefined
  }

  mayHave(pieces: readonly string[]): boolean {
    return this.parsed !== undefined || this.looksLikeHaving(pieces)
  }

  private looksLikeHaving(pieces: readonly string[]): boolean {
    const { text } = this
    if (text === undefined || ++this.looks > LOOKS) return true
    // What is escaped may stand for anything.
    return text.includes('\\') || pieces.every((piece) => text.includes(piece))
  }
}

/** How often a text is looked at before it is parsed, once for all who ask. */
const LOOKS = 2

function parse(text: string | undefined): unknown {
  // Cheaper than an exception for each plain text.
  if (text === undefined || !/^\s*[[{"\d\-tfn]/.test(text)) return NOT_JSON
  try {
    return jsonIn(text)
  } catch {
    return NOT_JSON
  }
}

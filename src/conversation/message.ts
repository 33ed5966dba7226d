/** A message that a client received: one of the client's inbox, and a line of the conversation's transcript. */

import { jsonIn } from '../matching/depth'
import { NOT_JSON, type Readable } from '../matching/matcher'
import type { Entry } from './transcript'

/** What has taken a message, in the words of its sentence. */
interface Taker {
  readonly inWords: string
}

/** One message in an inbox, with its number in the order of arrival, from 1. */
export class Message implements Readable, Entry {
  readonly what = 'receives'
  readonly reaction = false
  // What is private to the language is in no copy of the line, and in no JSON of it.
  #isUnread = true
  #taker: Taker | undefined
  #json: unknown
  #looks = 0

  /**
   * @param at ms since the conversation began
   * @param detail the message itself
   */
  constructor(
    readonly number: number,
    readonly at: number,
    readonly detail: string | Buffer,
    readonly who = '',
    readonly url = '',
  ) {}

  get text(): string | undefined {
    return typeof this.detail === 'string' ? this.detail : undefined
  }

  get bytes(): Buffer | undefined {
    return typeof this.detail === 'string' ? undefined : this.detail
  }

  /** Parsed when first asked for, once for all who ask. */
  get json(): unknown {
    if (this.#json === undefined) this.#json = parse(this.text)
    return this.#json
  }

  /**
   * Lets go of what was parsed on arrival: most messages are never looked at again.
   * @internal
   */
  forgetJson(): void {
    this.#json = undefined
  }

  mayHave(pieces: readonly string[]): boolean {
    const { text } = this
    if (this.#json !== undefined || text === undefined || ++this.#looks > LOOKS) return true
    // What is escaped may stand for anything.
    return text.includes('\\') || pieces.every((piece) => text.includes(piece))
  }

  /** Whether no sentence has read it, and none has taken it for noise. */
  get isUnread(): boolean {
    return this.#isUnread
  }

  /**
   * It was read, or is noise.
   * @internal
   */
  leaveUnread(): void {
    this.#isUnread = false
  }

  /** The one-time reaction that took it, so that no second one does. */
  get takenBy(): Taker | undefined {
    return this.#taker
  }

  /** @internal */
  take(taker: Taker): void {
    this.#taker = taker
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

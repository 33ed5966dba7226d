/** A message that a client received: a line of the conversation's transcript, and one of the client's inbox. */

import { jsonIn } from '../matching/depth'
import { NOT_JSON, type Readable } from '../matching/matcher'
import type { Entry } from './transcript'

/** One message in an inbox, with its number in the order of arrival, from 1. */
export class Message implements Readable, Entry {
  /** Whether no sentence has read it, and none has taken it for noise. */
  isUnread = true
  /** The one-time reaction that took it, so that no second one does. */
  takenBy: { readonly inWords: string } | undefined

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

  get what(): 'receives' {
    return 'receives'
  }

  get reaction(): boolean {
    return false
  }

  get text(): string | undefined {
    return typeof this.detail === 'string' ? this.detail : undefined
  }

  get bytes(): Buffer | undefined {
    return typeof this.detail === 'string' ? undefined : this.detail
  }

  /** Parsed when first asked for, once for all who ask before another message is looked at. */
  get json(): unknown {
    const known = knownOf(this)
    if (known.json === undefined) known.json = parse(this.text)
    return known.json
  }

  mayHave(pieces: readonly string[]): boolean {
    const known = knownOf(this)
    const { text } = this
    if (known.json !== undefined || text === undefined || ++known.looks > LOOKS) return true
    // What is escaped may stand for anything.
    return text.includes('\\') || pieces.every((piece) => text.includes(piece))
  }
}

/** How often a text is looked at before it is parsed, once for all who ask. */
const LOOKS = 2

/** What is known of the message that was looked at last; most are never looked at again after all who wait have. */
const lastLookedAt: { message?: Message; json: unknown; looks: number } = { json: undefined, looks: 0 }

function knownOf(message: Message): typeof lastLookedAt {
  if (lastLookedAt.message !== message) {
    lastLookedAt.message = message
    lastLookedAt.json = undefined
    lastLookedAt.looks = 0
  }
  return lastLookedAt
}

function parse(text: string | undefined): unknown {
  // Cheaper than an exception for each plain text.
  if (text === undefined || !/^\s*[[{"\d\-tfn]/.test(text)) return NOT_JSON
  try {
    return jsonIn(text)
  } catch {
    return NOT_JSON
  }
}

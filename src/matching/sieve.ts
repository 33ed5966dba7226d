/** A sieve for many who wait: most messages are meant by none of them, and one look at the text tells so. */

import { literally } from './literally'
import type { Matcher, Readable } from './matcher'

/** How much of a clue is looked for: longer ones would take long to look for, and tell little more. */
const LENGTH = 30

/** A matcher of which many may be waited for. */
export abstract class WithClues {
  /** Who wraps such a matcher, in whatever way, does not take over its clues. */
  readonly #isMeant = true

  /**
   * One of these stands in the text of each message that it accepts, unless the text has a backslash in it; without any
   * every message may be meant.
   */
  abstract get clues(): readonly string[] | undefined

  static of(matcher: Matcher): readonly string[] | undefined {
    return #isMeant in matcher ? matcher.clues : undefined
  }
}

/** Holds back the messages that none of some matchers can accept. */
export class Sieve {
  private readonly pattern: RegExp

  /** @param clues of the matchers, see {@link WithClues.clues} */
  constructor(clues: readonly string[]) {
    // A search stops at each letter with which a clue begins, and JSON is full of quotes.
    const beginnings = new Set(clues.map((clue) => clue.replace(/^"(?=.)/s, '').slice(0, LENGTH)))
    this.pattern = new RegExp([...beginnings].map(literally).join('|'))
  }

  letsThrough({ text }: Readable): boolean {
    // What is escaped may stand for anything.
    return text === undefined || text.includes('\\') || this.pattern.test(text)
  }
}

/** The clues of several matchers; undefined if there are no matchers, or one of them has none. */
export function cluesOf(matchers: readonly Matcher[] = []): readonly string[] | undefined {
  const clues = matchers.map((matcher) => WithClues.of(matcher))
  return clues.length > 0 && clues.every((some) => some !== undefined) ? clues.flat() : undefined
}

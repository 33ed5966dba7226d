/** A sieve for many who wait: most messages are meant by none of them, and one look at the text tells so. */

import { literally } from './literally'
import type { Matcher, Readable } from './matcher'

/** How much of a clue is looked for; longer ones would take memory, and tell no more. */
const LENGTH = 100

/** Holds back the messages that none of some matchers can accept. */
export class Sieve {
  private readonly pattern: RegExp

  /** @param clues of the matchers, see {@link Matcher.clues} */
  constructor(clues: readonly string[]) {
    const beginnings = new Set(clues.map((clue) => clue.slice(0, LENGTH)))
    this.pattern = new RegExp([...beginnings].map(literally).join('|'))
  }

  letsThrough({ text }: Readable): boolean {
    // What is escaped may stand for anything.
    return text === undefined || text.includes('\\') || this.pattern.test(text)
  }
}

/** The clues of several matchers; undefined if there are no matchers, or one of them has none. */
export function cluesOf(matchers: readonly Matcher[] = []): readonly string[] | undefined {
  return matchers.length > 0 && matchers.every(({ clues }) => clues)
    ? matchers.flatMap(({ clues = [] }) => clues)
    : undefined
}

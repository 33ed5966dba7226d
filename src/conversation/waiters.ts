/** Those who wait for a client's messages. */

import { cluesOf, Sieve } from '../matching/sieve'
import type { Expectation } from './expectation'
import type { Message } from './message'

/** After how many messages a sieve pays: to make one takes each who waits as long as some hundred looks. */
const MANY = 100

/** Those who wait, in the order in which they began; each is shown the messages that may concern it. */
export class Waiters<Waiter extends { readonly expectation: Expectation }> implements Iterable<Waiter> {
  private readonly waiters = new Set<Waiter>()
  /** For those who do not heed every message; one who waits no more may still be in it, and among the others. */
  private sieve: Sieve | undefined
  private heedingAll: readonly Waiter[] = []
  /** How many messages have come since the last one began. */
  private came = 0

  begin(waiter: Waiter): void {
    this.waiters.add(waiter)
    this.sieve = undefined
    this.came = 0
  }

  end(waiter: Waiter): void {
    this.waiters.delete(waiter)
  }

  has(waiter: Waiter): boolean {
    return this.waiters.has(waiter)
  }

  [Symbol.iterator](): Iterator<Waiter> {
    return this.waiters.values()
  }

  /** Those whom it may concern, undefined if it surely concerns nobody; one who waits no more may be among them. */
  concernedBy(message: Message): Iterable<Waiter> | undefined {
    if (++this.came <= MANY) return this
    this.sieve ??= this.makeSieve()
    if (this.sieve.letsThrough(message)) return this
    return this.heedingAll.length > 0 ? this.heedingAll : undefined
  }

  private makeSieve(): Sieve {
    const clues = [...this].map(({ expectation }) => cluesOf(expectation.heeds))
    this.heedingAll = [...this].filter((_, index) => clues[index] === undefined)
    return new Sieve(clues.flatMap((some) => some ?? []))
  }
}

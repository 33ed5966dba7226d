/** Those who wait for a client's messages. */

import { cluesOf, Sieve } from '../matching/sieve'
import type { Expectation } from './expectation'
import type { Message } from './message'

/** After how many looks a sieve pays: it takes as long to make. */
const MANY = 100

/** Those who wait, in the order in which they began; each is shown the messages that may concern it. */
export class Waiters<Waiter extends { readonly expectation: Expectation }> implements Iterable<Waiter> {
  private readonly waiters = new Set<Waiter>()
  /** For those who do not heed every message; one who waits no more may still be in it. */
  private sieve: Sieve | undefined
  private heedingAll: readonly Waiter[] = []
  /** How often one of them has looked at a message since the last one began. */
  private looks = 0

  begin(waiter: Waiter): void {
    this.waiters.add(waiter)
    this.sieve = undefined
    this.looks = 0
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

  concernedBy(message: Message): Iterable<Waiter> {
    this.looks += this.waiters.size
    if (this.looks <= MANY) return this
    this.sieve ??= this.makeSieve()
    return this.sieve.letsThrough(message) ? this : this.heedingAll.filter((waiter) => this.has(waiter))
  }

  private makeSieve(): Sieve {
    const clues = new Map([...this].map((waiter) => [waiter, cluesOf(waiter.expectation.heeds)] as const))
    this.heedingAll = [...this].filter((waiter) => clues.get(waiter) === undefined)
    return new Sieve([...clues.values()].flatMap((some) => some ?? []))
  }
}

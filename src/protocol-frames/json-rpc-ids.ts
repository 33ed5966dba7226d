/** The ids of requests of JSON-RPC: those that sentences write, and those of calls. */

import { ExactNumber } from '../json/exact-number'
import { contentOf } from '../protocol/json-content'

/** What an answer is known by; a number is the same however it is written. */
export function idOf(id: unknown): string | number {
  if (!(id instanceof ExactNumber)) return id as string | number
  const near = Number(String(id))
  return id.equals(near) ? near : String(id)
}

/** The ids of what a client has asked. */
export class AskedIds {
  /** How often each has been asked, and has not been answered. */
  private readonly counts = new Map<string, number>()
  /** Those that sentences have written, answered or not. */
  private readonly written = new Set<string>()
  private lastId = 0
  /** That of the latest call. */
  private called: string | undefined

  /** A new id for a call: the next number that no sentence has written. */
  forCall(): number {
    do this.lastId++
    while (this.written.has(keyOf(this.lastId)))
    this.called = keyOf(this.lastId)
    this.add(this.called)
    return this.lastId
  }

  /**
   * Those that a sentence has written.
   * @throws Error if one is that of a call whose answer may be waited for: nobody could tell which of them is answered
   */
  write(ids: readonly unknown[]): void {
    const keys = ids.map(keyOf)
    const ofCall = keys.find((key) => key === this.called || (this.count(key) > 0 && !this.written.has(key)))
    if (ofCall !== undefined) {
      throw new Error(`the id ${ofCall} is that of a call of the client: write another one, such as "a"`)
    }
    for (const key of keys) {
      this.written.add(key)
      this.add(key)
    }
  }

  /** @throws Error if the client has not asked it, or has been answered */
  take(id: unknown): void {
    const key = keyOf(id)
    const left = this.count(key) - 1
    if (left < 0) throw new Error('it answers nothing that the client has asked')
    if (left > 0) this.counts.set(key, left)
    else this.counts.delete(key)
  }

  private add(key: string): void {
    this.counts.set(key, this.count(key) + 1)
  }

  private count(key: string): number {
    return this.counts.get(key) ?? 0
  }
}

/** The number 7 and the text "7" are two ids. */
function keyOf(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id) : contentOf(idOf(id))
}

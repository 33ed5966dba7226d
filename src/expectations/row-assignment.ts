/** Which message meets which row, where the rows may be met in any order, each by a message of its own. */

import { evaluate } from '../evaluation-limit'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'

/** With so few rows, to find one for a message takes next to no time. */
const FEW_ROWS = 100

/** A maximum matching of messages and rows, which no order of arrival makes smaller. */
export class RowAssignment {
  private readonly messageOf = new Map<number, Message>()
  private readonly rowOf = new Map<Message, number>()
  private readonly freeRows: Set<number>
  /** Rows whose messages fit no other row that is free, until a message is put elsewhere. */
  private readonly deadEnds = new Set<number>()
  /** The rows that accept a message, of those that have been asked: to ask may take long. */
  private readonly answers = new WeakMap<Message, Map<number, boolean>>()

  constructor(private readonly matchers: readonly Matcher[]) {
    this.freeRows = new Set(matchers.keys())
  }

  /** The messages that meet a row, in the order of arrival. */
  get messages(): readonly Message[] {
    return [...this.rowOf.keys()].sort((a, b) => a.number - b.number)
  }

  has(message: Message): boolean {
    return this.rowOf.has(message)
  }

  isMet(row: number): boolean {
    return this.messageOf.has(row)
  }

  /**
   * Finds a row for the message, if there is one; returns whether all rows are met.
   * @throws UsageError if there are so many ways that it takes too long
   */
  assign(message: Message): boolean {
    const { length } = this.matchers
    const tooLong = () =>
      `To find the messages for ${length} rows in any order takes too long: write less of them in one table, ` +
      'or rows that fewer messages fit.'
    const isAssigned = evaluate(() => this.assignFree(message), { isBounded: true, tooLong })
    if (!isAssigned) evaluate(() => this.reassign(message), { isBounded: length <= FEW_ROWS, tooLong })
    return this.freeRows.size === 0
  }

  private assignFree(message: Message): boolean {
    for (const row of this.freeRows) {
      if (!this.accepts(row, message)) continue
      this.put(message, row)
      return true
    }
    return false
  }

  /** Frees a row by moving its message to another one, and so on until one is free: the shortest augmenting path. */
  private reassign(message: Message): boolean {
    const reachedBy = new Map<number, Message>()
    const candidates = [message]
    for (const candidate of candidates) {
      for (const row of this.matchers.keys()) {
        if (reachedBy.has(row) || this.deadEnds.has(row) || !this.accepts(row, candidate)) continue
        reachedBy.set(row, candidate)
        const holder = this.messageOf.get(row)
        if (holder === undefined) return this.move(row, reachedBy)
        candidates.push(holder)
      }
    }
    for (const row of reachedBy.keys()) this.deadEnds.add(row)
    return false
  }

  private move(freeRow: number, reachedBy: ReadonlyMap<number, Message>): true {
    for (let row: number | undefined = freeRow; row !== undefined; ) {
      const message = reachedBy.get(row) as Message
      const previous = this.rowOf.get(message)
      this.put(message, row)
      row = previous
    }
    return true
  }

  private put(message: Message, row: number): void {
    this.deadEnds.clear()
    this.messageOf.set(row, message)
    this.rowOf.set(message, row)
    this.freeRows.delete(row)
  }

  private accepts(row: number, message: Message): boolean {
    const known = this.answers.get(message) ?? new Map<number, boolean>()
    this.answers.set(message, known)
    const answer = known.get(row) ?? this.matchers[row]?.accepts(message) === true
    known.set(row, answer)
    return answer
  }
}

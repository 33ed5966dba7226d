/** A client's pings and the pongs that answer them (RFC 6455, sections 5.5.2 and 5.5.3). */

import { Condition } from './condition'

/** Matches pongs with pings: one that answers none of this connection is nothing that a sentence waits for. */
export class Pings {
  private readonly unanswered = new Set<string>()
  private readonly condition = new Condition()
  private sent = 0
  private pongs = 0

  /** The payload of one more ping. */
  next(): string {
    const payload = `${++this.sent}`
    this.unanswered.add(payload)
    return payload
  }

  answered(payload: string): void {
    if (!this.unanswered.delete(payload)) return
    this.pongs++
    this.condition.changed()
  }

  /** Whether a pong is still to come. */
  get areAwaited(): boolean {
    return this.unanswered.size > 0
  }

  /** A new connection knows nothing of the old one's pings. */
  forget(): void {
    this.unanswered.clear()
    this.pongs = 0
  }

  /** Has everyone who waits look whether there is still a connection. */
  connectionEnded(): void {
    this.condition.changed()
  }

  /**
   * Waits for a pong and takes it, so that each is taken once; says whether one came.
   * @param within in ms
   */
  async takePong(isOpen: () => boolean, within: number): Promise<boolean> {
    let taken = false
    const take = () => {
      if (this.pongs === 0) return !isOpen()
      this.pongs--
      taken = true
      return true
    }
    await this.condition.until(take, within)
    return taken
  }
}

/** A client's pings and the pongs that answer them (RFC 6455, sections 5.5.2 and 5.5.3). */

import { Condition } from './condition'

/** Matches pongs with pings: one that answers none of this connection is nothing that a sentence waits for. */
export class Pings {
  private unanswered: string[] = []
  private readonly condition = new Condition()
  private sent = 0
  private pongs = 0

  /** The payload of one more ping. */
  next(): string {
    const payload = `${++this.sent}`
    this.unanswered.push(payload)
    return payload
  }

  answered(payload: string): void {
    if (!this.unanswered.includes(payload)) return
    this.unanswered = this.unanswered.filter((one) => one !== payload)
    this.pongs++
    this.condition.changed()
  }

  /** Whether a pong is still to come. */
  get areAwaited(): boolean {
    return this.unanswered.length > 0
  }

  /** A new connection knows nothing of the old one's pings. */
  forget(): void {
    this.unanswered = []
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

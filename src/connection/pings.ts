/** A client's pings and the pongs that answer them (RFC 6455, sections 5.5.2 and 5.5.3). */

import { Condition } from '../time/condition'

/** Matches pongs with the pings of the current connection; other pongs are ignored. */
export class Pings {
  private unanswered: readonly string[] = []
  private readonly condition = new Condition()
  private sent = 0
  private pongs = 0

  /** The payload of one more ping. */
  nextPayload(): string {
    const payload = `${++this.sent}`
    this.unanswered = [...this.unanswered, payload]
    return payload
  }

  answered(payload: string): void {
    if (!this.unanswered.includes(payload)) return
    this.unanswered = this.unanswered.filter((other) => other !== payload)
    this.pongs++
    this.condition.changed()
  }

  /** Whether a pong is still to come. */
  get hasPending(): boolean {
    return this.unanswered.length > 0
  }

  /** Forgets the pings of the connection before. */
  reset(): void {
    this.unanswered = []
    this.pongs = 0
  }

  /** Makes everyone who waits check whether there is still a connection. */
  disconnected(): void {
    this.condition.changed()
  }

  /**
   * Waits for a pong, and removes it, so that each is returned once; returns whether one came.
   * @param timeout in ms
   */
  async takePong(isOpen: () => boolean, timeout: number): Promise<boolean> {
    let taken = false
    const take = () => {
      if (this.pongs === 0) return !isOpen()
      this.pongs--
      taken = true
      return true
    }
    await this.condition.until(take, timeout)
    return taken
  }
}

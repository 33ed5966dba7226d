/** What a client has asked its server to confirm, as whoever has asked waits for it. */

import { RefusedError } from '../connection/connection'
import { describeThrown } from '../guarded-call'

export class Unconfirmed {
  private readonly rejects = new Set<(error: Error) => void>()

  get isEmpty(): boolean {
    return this.rejects.size === 0
  }

  /**
   * Resolves to what the protocol's own promise does.
   * @throws RefusedError if that is rejected, and an Error if the connection ends before
   */
  add(result: Promise<unknown>): Promise<unknown> {
    const confirmed = new Promise((resolve, reject) => {
      this.rejects.add(reject)
      const refuse = (error: unknown) => reject(new RefusedError(describeThrown(error)))
      result.then(resolve, refuse).finally(() => this.rejects.delete(reject))
    })
    // It is awaited after what is on its way.
    confirmed.catch(() => {})
    return confirmed
  }

  /** The connection ends: the server cannot confirm anything any more. */
  rejectAll(): void {
    for (const reject of this.rejects) reject(new Error('the connection ended before the server had confirmed it'))
  }
}

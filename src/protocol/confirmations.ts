/** What a client has asked a server to confirm, until it has. */

import { type Kind, requireArgument, TEXT } from '../arguments'
import { isRequestId, type RequestId } from '../connection/connection'

/** What a request is known by. */
export const REQUEST_ID: Kind = { words: 'a text or a number', accepts: isRequestId }

/** Why what a server says is not taken, although it can be read. */
export const AFTER_FAREWELL = 'the server has ended the conversation before'

/** What is being read just now: whether the server has said its farewell before, so that nothing is confirmed any more. */
export const reading = { isLate: false }

interface Waiting {
  resolve(): void
  reject(error: Error): void
}

/**
 * What a client has asked a server to confirm; each is known by what the confirmation says of it.
 * @example
 * const confirmations = new Confirmations()
 * const subscribed = confirmations.wait(7)
 * confirmations.confirm(7)
 * await subscribed
 */
export class Confirmations {
  private readonly waiting = new Map<RequestId, Waiting>()

  /** A promise that is fulfilled when the server has confirmed it, and rejected when it has refused it. */
  wait(id: RequestId): Promise<void> {
    requireArgument('wait', 'id', id, REQUEST_ID)
    const confirmed = new Promise<void>((resolve, reject) => this.waiting.set(id, { resolve, reject }))
    // Nobody may wait for what a protocol does by itself.
    confirmed.catch(() => {})
    return confirmed
  }

  /** Whether it has not been confirmed. */
  has(id: RequestId): boolean {
    requireArgument('has', 'id', id, REQUEST_ID)
    return this.waiting.has(id)
  }

  /**
   * The server has confirmed it.
   * @throws Error if the client has not asked for it
   */
  confirm(id: RequestId): void {
    requireArgument('confirm', 'id', id, REQUEST_ID)
    this.take(id).resolve()
  }

  /**
   * The server has refused it, for a reason in its words.
   * @throws Error if the client has not asked for it
   */
  refuse(id: RequestId, reason: string): void {
    requireArgument('refuse', 'id', id, REQUEST_ID)
    requireArgument('refuse', 'reason', reason, TEXT)
    this.take(id).reject(new Error(reason))
  }

  private take(id: RequestId): Waiting {
    if (reading.isLate) throw new Error(AFTER_FAREWELL)
    const waiting = this.waiting.get(id)
    if (!waiting) throw new Error('it confirms nothing that the client has sent')
    this.waiting.delete(id)
    return waiting
  }
}

/** Calls of a client: what they reject with, and what becomes of those that nobody awaits. */

import { neverSettled } from '../time/settles-within'
import type { ClientState } from './client-state'
import { requireConversation } from './preconditions'

/** How far a conversation has come. */
interface Heed {
  /** See `ClientContext.failsUnheeded`. */
  readonly failsUnheeded: boolean
  /** See `ClientContext.isAbandoned`. */
  readonly isAbandoned: boolean
}

/** Does what takes its time. What is not awaited may fail because the conversation has ended: that must not end the process. */
export function heedUntilEnd<T>(context: Heed, act: () => Promise<T>): Promise<T> {
  const wasAbandoned = context.isAbandoned
  const outcome = act().catch((error) => {
    if (context.isAbandoned && !wasAbandoned) return neverSettled()
    if (context.failsUnheeded) outcome.catch(() => {})
    throw error
  })
  return outcome
}

/** The calls of one client. */
export class ClientCalls {
  constructor(private readonly client: ClientState) {}

  /**
   * Does what takes its time, and is told at the end if nobody has awaited it.
   * @param goal what the client does meanwhile: `send`
   * @param action the same, as it is said once the conversation has ended
   */
  attend<T>(goal: string, act: () => Promise<T>, action = goal): Promise<T> {
    const { pendingGoals, context } = this.client
    const actOrTimeOut = () =>
      new Promise<T>((resolve, reject) => {
        const pending = { goal, reject }
        pendingGoals.add(pending)
        const done = context.beginWork()
        this.start(action, act)
          .finally(() => {
            pendingGoals.delete(pending)
            done()
          })
          .then(resolve, reject)
      })
    return this.wait(action, actOrTimeOut)
  }

  /** The same for what has been sent. Most of it is on its way at once, and each promise takes time: see `each-client.ts`. */
  attendUnsent(goal: string, sent: Promise<void>): Promise<void> {
    return this.client.connection.hasUnsent ? this.attend(goal, () => sent) : sent
  }

  /** Does what takes its time, and is among the goals of the inbox meanwhile. */
  wait<T>(action: string, act: () => Promise<T>): Promise<T> {
    return heedUntilEnd(this.client.context, () => this.start(action, act))
  }

  /** What is thrown at once becomes a rejection, too; what the end forbids may well not be awaited. */
  start<T>(action: string, act: () => Promise<T>): Promise<T> {
    try {
      requireConversation(this.client, action)
      return act()
    } catch (error) {
      const rejected: Promise<never> = Promise.reject(error)
      if (this.client.context.isOver) rejected.catch(() => {})
      return rejected
    }
  }
}

/** A promise beside a deadline. */

import { Deadline } from './deadline'

/**
 * Resolves to whether a promise is fulfilled in time; rejects if it is rejected before.
 * @param timeout in ms
 */
export async function settlesWithin(timeout: number, promise: Promise<unknown>): Promise<boolean> {
  let deadline: Deadline | undefined
  const timedOut = new Promise<boolean>((resolve) => {
    deadline = new Deadline(timeout, () => resolve(false))
  })
  try {
    return await Promise.race([promise.then(() => true), timedOut])
  } finally {
    deadline?.cancel()
  }
}

/** For what nobody awaits any more: whoever has wrapped it would fail at a time that is another scenario's. */
export function neverSettled(): Promise<never> {
  return new Promise(() => {})
}

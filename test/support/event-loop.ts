/** The event loop, for tests: its turns, and what keeps it alive. */

import { WorkQueue } from '../../src/time/turns'

/** One turn, in which all that is due happens. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** How many timers are set. The runner of the tests sets one of its own in a test's first turn. */
export function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}

/** Works for so long without a turn, in ms. */
export function beBusy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

/** Has work wait for its turn, however many there are, until the action has been done. */
export async function whileWorkWaits<T>(action: () => Promise<T>): Promise<T> {
  let isOver = false
  function* work(): Generator<void> {
    for (; !isOver; beBusy(5)) yield
  }
  new WorkQueue({ pause: () => {}, resume: () => {} }).doInPieces(work())
  try {
    return await action()
  } finally {
    isOver = true
  }
}

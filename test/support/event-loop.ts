/** The event loop, for tests: its turns, and what keeps it alive. */

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

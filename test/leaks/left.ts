/** What a process holds on to. */

/** What a process has at one time. */
export interface Left {
  /** Bytes in use after all garbage is collected. */
  readonly heap: number
  /** What keeps the event loop alive, by kind. */
  readonly resources: Readonly<Record<string, number>>
  /** Listeners of the process itself. */
  readonly listeners: number
}

/** Collects all garbage, and looks around; for a process that is run with `--expose-gc`. */
export async function whatIsLeft(): Promise<Left> {
  for (let time = 0; time < 5; time++) {
    await new Promise((resolve) => setImmediate(resolve))
    globalThis.gc?.()
  }
  const resources: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
  return {
    heap: process.memoryUsage().heapUsed,
    resources,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  }
}

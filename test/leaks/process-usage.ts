/** The memory, resources and listeners of a process. */

/** What a process uses at one time. */
export interface ProcessUsage {
  /** Bytes in use after all garbage is collected. */
  readonly heap: number
  /** What keeps the event loop alive, by kind. */
  readonly resources: Readonly<Record<string, number>>
  /** Listeners of the process itself. */
  readonly listeners: number
}

/** Measures after all garbage is collected; for a process that is run with `--expose-gc`. */
export async function measureUsage(): Promise<ProcessUsage> {
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

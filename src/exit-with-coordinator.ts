/** Ends a worker of a parallel run whose coordinator is gone. */

/** What is needed of the process. */
type WorkerProcess = Pick<NodeJS.Process, 'env' | 'exit'> & { once(event: 'disconnect', listener: () => void): unknown }

/**
 * Ends the process, and by that its programs, when the process that has forked it is gone: Cucumber's own worker would go on
 * until its step is over. A worker thread ends with its process, and is never disconnected.
 */
export function exitWithCoordinator(worker: WorkerProcess = process): void {
  if (worker.env.CUCUMBER_WORKER_ID === undefined) return
  worker.once('disconnect', () => worker.exit(1))
}

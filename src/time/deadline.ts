/** The end of a wait: the one place that sets timers. */

/** Calls back once when its time has passed, unless it is cancelled before. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined
  private immediate: NodeJS.Immediate | undefined

  /** @param timeout in ms */
  constructor(timeout: number, onTimeout: () => void) {
    this.timer = setTimeout(() => {
      // A busy process runs late timers before it reads its sockets: one more turn lets in what has arrived in time.
      this.immediate = setImmediate(onTimeout)
    }, timeout)
  }

  cancel(): void {
    clearTimeout(this.timer)
    clearImmediate(this.immediate)
  }
}

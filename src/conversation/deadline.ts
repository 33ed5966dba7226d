/** The end of a wait: the one place that sets timers. */

/** Calls back once when its time has come, unless it is called off before. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined
  private turn: NodeJS.Immediate | undefined

  /** @param after in ms */
  constructor(after: number, reached: () => void) {
    this.timer = setTimeout(() => {
      // A busy process runs late timers before it reads its sockets: one more turn lets in what has arrived in time.
      this.turn = setImmediate(reached)
    }, after)
  }

  callOff(): void {
    clearTimeout(this.timer)
    clearImmediate(this.turn)
  }
}

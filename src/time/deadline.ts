/** The end of a wait: the one place that sets timers. */

import { performance } from 'node:perf_hooks'

/** How long it waits for what has arrived before its time had passed, and waits for its turn, in ms: servers may send without end. */
const MAX_DELAY = 750

/** After a turn of so many ms, in which much may have come, there is another one. */
const LONG_TURN = 5

const isNeverBehind = () => false

/** Calls back once when its time has passed, unless it is cancelled before. */
export class Deadline {
  private readonly timer: NodeJS.Timeout
  private immediate: NodeJS.Immediate | undefined
  private hasPassed = false

  /**
   * @param timeout in ms
   * @param isBehind whether something waits that has arrived, and that it has to come after; without it, it comes in the next turn
   */
  constructor(
    readonly timeout: number,
    private onTimeout: () => void,
    private isBehind = isNeverBehind,
  ) {
    this.timer = setTimeout(() => {
      this.hasPassed = true
      this.endAfterArrivals(performance.now() + MAX_DELAY)
    }, timeout)
  }

  /** A busy process runs late timers before it reads its sockets: at least one more turn lets in what has arrived in time. */
  private endAfterArrivals(latest: number): void {
    const begun = performance.now()
    this.immediate = setImmediate(() => {
      const now = performance.now()
      const isBusy = now - begun > LONG_TURN || this.isBehind()
      if (isBusy && now < latest) this.endAfterArrivals(latest)
      else this.onTimeout()
    })
  }

  cancel(): void {
    clearTimeout(this.timer)
    clearImmediate(this.immediate)
  }

  /** Cancels it, but keeps its timer, which keeps no process alive; returns whether it can begin again. */
  suspend(): boolean {
    if (this.hasPassed) this.cancel()
    else this.timer.unref()
    this.onTimeout = () => {}
    return !this.hasPassed
  }

  /** Begins again after it was suspended; returns whether it could, as its time had not passed. */
  resume(onTimeout: () => void, isBehind = isNeverBehind): boolean {
    if (this.hasPassed) return false
    this.onTimeout = onTimeout
    this.isBehind = isBehind
    this.timer.ref().refresh()
    return true
  }
}

/** Deadlines that follow one another. Most are cancelled; their timer serves the next, as a new one takes several times as long. */
export class Deadlines {
  private spare: Deadline | undefined

  /** As a new one. */
  begin(...[timeout, onTimeout, isBehind]: ConstructorParameters<typeof Deadline>): Deadline {
    const { spare } = this
    if (spare?.timeout !== timeout || !spare.resume(onTimeout, isBehind))
      return new Deadline(timeout, onTimeout, isBehind)
    this.spare = undefined
    return spare
  }

  cancel(deadline: Deadline): void {
    if (!deadline.suspend()) return
    this.end()
    this.spare = deadline
  }

  /** No timer is kept any longer. */
  end(): void {
    this.spare?.cancel()
    this.spare = undefined
  }
}

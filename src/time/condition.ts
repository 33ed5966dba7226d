/** Waiting for a condition, which is checked when something has changed, never in between. */

import { Deadline } from './deadline'
import { isWorkWaiting } from './turns'

/** Tells those who wait that something has changed. */
export class Condition {
  private checks: readonly (() => void)[] = []

  /** Makes everyone who waits check again. */
  changed(): void {
    for (const check of this.checks) check()
  }

  /**
   * Resolves to true as soon as the condition holds, to false if it does not hold in time.
   * @param timeout in ms
   * @param isBehind whether something waits that has arrived, and may change it: by default, any work
   */
  until(holds: () => boolean, timeout: number, isBehind = isWorkWaiting): Promise<boolean> {
    if (holds()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        deadline.cancel()
        this.checks = this.checks.filter((other) => other !== check)
        resolve(held)
      }
      const check = () => {
        if (holds()) end(true)
      }
      const deadline = new Deadline(timeout, () => end(holds()), isBehind)
      this.checks = [...this.checks, check]
    })
  }
}

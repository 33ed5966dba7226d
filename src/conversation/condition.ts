/** Waiting for a state of affairs: looked at when something has changed, never in between. */

import { Deadline } from './deadline'

/** Shared by all for whom nobody waits, as thousands of clients are held at once. */
const NOBODY: readonly (() => void)[] = []

/** Tells those who wait that something has changed. */
export class Condition {
  private waiting = NOBODY

  /** Has everyone who waits look again. */
  changed(): void {
    for (const look of this.waiting) look()
  }

  /**
   * Resolves to true as soon as the state holds, to false if it does not hold in time.
   * @param within in ms
   */
  until(holds: () => boolean, within: number): Promise<boolean> {
    if (holds()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        deadline.callOff()
        this.waiting = this.waiting.filter((one) => one !== look)
        resolve(held)
      }
      const look = () => {
        if (holds()) end(true)
      }
      const deadline = new Deadline(within, () => end(holds()))
      this.waiting = [...this.waiting, look]
    })
  }
}

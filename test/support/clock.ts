/** A clock that stands still until a test moves it: what has a limit of time does not depend on the machine. */

/** The time of `performance.now`, instead of the real one. */
export class Clock {
  private readonly original = performance.now
  private time = performance.now()

  constructor() {
    performance.now = () => this.time
  }

  /** @param ms that have passed */
  pass(ms: number): void {
    this.time += ms
  }

  restore(): void {
    performance.now = this.original
  }
}

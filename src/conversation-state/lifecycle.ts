/** How far a conversation has come, and how much is under way that may fail after its end. */

import { UsageError } from '../errors'

/** How far a conversation has come, which never goes back. */
export const Phase = {
  goingOn: 0,
  /** Reactions have happened; what is still under way is told now. */
  settling: 1,
  /** Nothing wrong was found. */
  settled: 2,
  ending: 3,
  /** Nothing can be done any more. */
  over: 4,
  ended: 5,
} as const

/** The phases of one conversation. */
export class Lifecycle {
  /** Whether nobody can await anything once it ends: the steps and hooks of its scenario are done. */
  abandonsWaits = false
  private reached: number = Phase.goingOn
  /** How much is under way. */
  private work = 0

  /** @param onDone is called once it has ended, and nothing is under way any more */
  constructor(private readonly onDone: () => void) {}

  get phase(): number {
    return this.reached
  }

  reach(phase: number): void {
    this.reached = Math.max(this.reached, phase)
  }

  /** Whether nothing can be done any more. */
  get isOver(): boolean {
    return this.reached >= Phase.over
  }

  /** Whether nobody has to heed what fails from now on: it has been told that this was still under way, or the end has come. */
  get failsUnheeded(): boolean {
    return this.reached >= Phase.settling
  }

  /** Whether it has ended, and nobody can await what was under way. */
  get isAbandoned(): boolean {
    return this.isOver && this.abandonsWaits
  }

  /** Tells that something begins which may fail after the end; the function tells that it is done. */
  beginWork(): () => void {
    this.work++
    return () => {
      this.work--
      if (this.reached === Phase.ended && this.work === 0) this.onDone()
    }
  }

  /**
   * @param problem what cannot be done: `No server can be set`
   * @throws UsageError if it is over
   */
  requireGoingOn(problem: string): void {
    if (this.isOver) throw new UsageError(`${problem} any more: the conversation has ended.`)
  }
}

/** How long a conversation may take in all, and what is waited for beside its clients. */

import { scenarioTimeoutFailure } from '../failures/lazy-failures'
import { Deadline } from '../time/deadline'
import { formatDuration } from '../time/duration'
import { isWorkWaiting } from '../time/turns'

/** What is waited for beside the clients. */
interface PendingWork {
  /** In words: `the command "worker" was still running`. */
  readonly goal: () => string
  /** By an error, or since the conversation has ended. */
  end(error?: Error): void
}

/** The time limit of one conversation. */
export class TimeLimit {
  private limit = Number.POSITIVE_INFINITY
  private deadline: Deadline | undefined
  private readonly pending = new Set<PendingWork>()

  /** @param onReached is called when the time is over, with the number of waits that fail */
  constructor(private readonly onReached: (failedCount: number) => void) {}

  /** From the beginning of the conversation to its end, in ms; infinite without a limit. */
  get duration(): number {
    return this.limit
  }

  /**
   * Limits the time from now on, instead of what was set before.
   * @param passed of this time, in ms
   */
  start(duration: number, passed: number): void {
    this.deadline?.cancel()
    this.limit = duration
    this.deadline = new Deadline(Math.max(0, duration - passed), () => this.reached(), isWorkWaiting)
  }

  private reached(): void {
    const pending = [...this.pending]
    for (const { goal, end } of pending) end(scenarioTimeoutFailure(this.limit, goal()))
    this.onReached(pending.length)
  }

  /** Waits for work that goes on by itself, but not longer than the conversation may take. */
  until<T>(goal: () => string, work: Promise<T>): Promise<T> {
    if (this.limit === Number.POSITIVE_INFINITY) return work
    return new Promise((resolve, reject) => {
      const pending = { goal, end: (error?: Error) => error && reject(error) }
      this.pending.add(pending)
      work.then(resolve, reject).finally(() => this.pending.delete(pending))
    })
  }

  /** Resolves after so many ms, or when the conversation ends. */
  delay(ms: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const delay = {
        goal: () => goalOfPause(ms),
        end: (error?: Error) => {
          deadline.cancel()
          this.pending.delete(delay)
          if (error) reject(error)
          else resolve()
        },
      }
      const deadline = new Deadline(ms, () => delay.end())
      this.pending.add(delay)
    })
  }

  /** The conversation ends: nothing is waited for any more. */
  end(): void {
    this.deadline?.cancel()
    for (const pending of [...this.pending]) pending.end()
  }
}

/** What is not done as long as a pause goes on, in words. */
export function goalOfPause(duration: number): string {
  return `a pause of ${formatDuration(duration)} was not over`
}

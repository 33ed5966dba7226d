/** Calls that take their time: what nobody has awaited is told at the end, and its failure does not end the process. */

import { heedUntilEnd } from '../client-state/client-calls'
import { UsageError } from '../errors'

/** What the calls need of their conversation. */
interface CallsContext {
  /** Whether nobody has to heed what fails from now on. */
  readonly failsUnheeded: boolean
  /** See `ClientContext.isAbandoned`. */
  readonly isAbandoned: boolean
  /** See `ClientContext.beginWork`. */
  beginWork(): () => void
}

/** The calls of a conversation that are under way. */
export class CallsUnderWay {
  /** In words, which may take their time. */
  private readonly goals = new Set<() => string>()

  constructor(private readonly context: CallsContext) {}

  /**
   * Does what somebody should await.
   * @param goal what is not done as long as it is under way: `the program "chat" was not ready`
   */
  attend<T>(goal: () => string, act: () => Promise<T>): Promise<T> {
    const words = () => goal()
    this.goals.add(words)
    const done = this.context.beginWork()
    return heedUntilEnd(this.context, () =>
      act().finally(() => {
        this.goals.delete(words)
        done()
      }),
    )
  }

  get areUnderWay(): boolean {
    return this.goals.size > 0
  }

  /** An error for each that nobody can have awaited, as the scenario has ended. */
  forgotten(): UsageError[] {
    return [...this.goals].map((goal) => forgottenCall(goal().replace(/^./, (first) => first.toUpperCase())))
  }
}

/** @param what was still under way: `Rob was still waiting to send` */
export function forgottenCall(what: string): UsageError {
  return new UsageError(`${what} when the scenario ended: is an await missing?`)
}

/** Errors of the background, which the next sentence throws. */

import { ExpectationError } from '../errors'

/** How many of several errors are shown. */
const MAX_SHOWN = 5

/** How many are kept, so that a flood of them takes no memory. */
const MAX_KEPT = 100

/** What went wrong while no sentence was waiting. */
export class DeferredErrors {
  private errors: Error[] = []
  /** What whoever was waiting has thrown, so that the sentence may have failed by it. */
  private thrown: Error[] = []

  add(error: Error): void {
    if (this.errors.length < MAX_KEPT) this.errors.push(error)
  }

  /** Adds an error that whoever was waiting throws: it counts again if the sentence passes nevertheless. */
  addThrown(error: Error): void {
    if (this.thrown.length < MAX_KEPT) this.thrown.push(error)
  }

  /** The sentence has passed, whatever was thrown in it. */
  sentencePassed(): void {
    this.errors.push(...this.thrown)
    this.thrown = []
  }

  /** @throws what was added since the last call: one error as it is, several as one */
  throwAll(): void {
    const { errors } = this
    this.errors = []
    if (errors.length === 1) throw errors[0]
    if (errors.length === 0) return
    const messages = [...new Set(errors.map(({ message }) => message))]
    const rest = messages.length > MAX_SHOWN ? [`… and ${messages.length - MAX_SHOWN} more`] : []
    throw new ExpectationError([...messages.slice(0, MAX_SHOWN), ...rest].join('\n\n'))
  }
}

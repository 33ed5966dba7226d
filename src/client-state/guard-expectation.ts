/** Expectations that were written elsewhere: whatever their functions do, a failure says so in words. */

import { FLAG, type Kind, TEXTS } from '../arguments'
import { UsageError } from '../errors'
import { callGuarded } from '../guarded-call'
import type { Expectation, Failed, InboxView, Progress } from '../inbox/expectation'
import { Message } from '../inbox/message'

const PROGRESS: Kind = {
  words: 'an object with a function `consider`',
  accepts: (value) => typeof (value as Partial<Progress> | null | undefined)?.consider === 'function',
}
const VERDICT: Kind = {
  words: 'the messages that meet it, { reason: "…" } if none can any more, or undefined',
  accepts: (value) =>
    value === undefined ||
    (Array.isArray(value)
      ? value.every((item) => item instanceof Message)
      : typeof (value as Partial<Failed> | null)?.reason === 'string'),
}

/**
 * What a client expects, with its functions checked.
 * @throws UsageError for what is not an expectation, such as a message
 */
export function guardExpectation(given: unknown): Expectation {
  const { start, goal } = (given ?? {}) as Partial<Expectation>
  if (typeof start === 'function' && typeof goal === 'string') return new GuardedExpectation(given as Expectation)
  throw new UsageError(
    'What a client expects is made by inOrder([…]), nextMessage(…) and their like; for a message write `receives`.',
  )
}

class GuardedExpectation implements Expectation {
  readonly silence?: NonNullable<Expectation['silence']>
  readonly seesAll: boolean
  readonly includeRead?: NonNullable<Expectation['includeRead']>
  readonly matcher?: NonNullable<Expectation['matcher']>
  private readonly name = () => `The expectation «${this.goal}»`

  constructor(private readonly expectation: Expectation) {
    const { silence, matcher, seesAll = false, includeRead } = expectation
    this.seesAll = seesAll
    if (includeRead) this.includeRead = includeRead
    if (silence) this.silence = silence
    if (matcher) this.matcher = matcher
  }

  get goal(): string {
    return this.expectation.goal
  }

  start(inbox: InboxView): Progress {
    return new GuardedProgress(
      this.name,
      callGuarded(this.name, PROGRESS, () => this.expectation.start(inbox)),
    )
  }
}

class GuardedProgress implements Progress {
  readonly dependsOn?: NonNullable<Progress['dependsOn']>
  readonly missing?: NonNullable<Progress['missing']>

  constructor(
    private readonly name: () => string,
    private readonly progress: Progress,
  ) {
    const { dependsOn, missing } = progress
    if (dependsOn) this.dependsOn = (message) => this.call(FLAG, () => dependsOn.call(progress, message))
    if (missing) this.missing = () => this.call(TEXTS, () => missing.call(progress))
  }

  consider(message: Message) {
    return this.call(VERDICT, () => this.progress.consider(message))
  }

  private call<T>(kind: Kind, act: () => T): T {
    return callGuarded(this.name, kind, act)
  }
}

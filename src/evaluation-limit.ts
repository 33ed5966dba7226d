/** Evaluations: what a reader's or a server's text makes us evaluate ends in time, whatever it is. */

import { type Context, createContext, Script } from 'node:vm'
import { ConversationError, UsageError } from './errors'

/**
 * How long what is evaluated may take at once, in ms: far more than sensible evaluations need, far less than a timeout; what
 * is read, such as a schema of a megabyte in YAML; and what a failure says beside what happened.
 */
const [LIMIT, READING_LIMIT, EXPLAINING_LIMIT] = [750, 5000, 500]

/** Which part of the time that passes they may take beside that, so that many short ones never add up to a long one. */
const RECOVERY = 0.25

/** What is shorter, in ms, is neither counted nor stopped, so that ordinary evaluations never pay for those before them. */
const UNCOUNTED = 1

/** How an evaluation is stopped. */
interface EvaluationOptions {
  /** Says what takes too long, on what, and what to write instead. */
  readonly tooLong: () => string
  /** Whether it ends soon by itself, however wild the texts: it need not be watched, which takes 0.15 ms. Default `false`. */
  readonly isBounded?: boolean
  /** Whether a document is read, which has a longer time of its own. Default `false`. */
  readonly isReading?: boolean
}

/** A time that evaluations share. */
interface Budget {
  readonly limit: number
  /** The time that the latest evaluations have taken, in ms; what has recovered is subtracted. */
  used: number
  /** When that was, in ms. */
  usedAt: number
}

const evaluating: Budget = { limit: LIMIT, used: 0, usedAt: 0 }
const reading: Budget = { limit: READING_LIMIT, used: 0, usedAt: 0 }
const explaining: Budget = { limit: EXPLAINING_LIMIT, used: 0, usedAt: 0 }
let isWatching = false
/** Until when a failure may be explained; undefined while none is. */
let explainedUntil: number | undefined

/** Gives what follows the whole budget again: a new sentence does not pay for those before it. */
export function renewBudget(): void {
  for (const budget of [evaluating, reading, explaining]) budget.used = 0
  forgetVainTime()
}

/**
 * Evaluates what somebody wrote: a regular expression, a path, a schema.
 * @throws UsageError if this one takes too long, or has taken the rest of what the latest ones left
 */
export function evaluate<T>(work: () => T, options: EvaluationOptions): T {
  // What is part of a larger evaluation is stopped with it.
  if (isWatching) return work()
  if (explainedUntil !== undefined) return stopInTime(work, options, explainedUntil - performance.now())
  return spend(options.isReading ? reading : evaluating, (left) => stopInTime(work, options, left))
}

/** @param work is given how much of the budget is left, in ms */
function spend<T>(budget: Budget, work: (left: number) => T): T {
  const start = performance.now()
  budget.used = Math.max(0, budget.used - (start - budget.usedAt) * RECOVERY)
  budget.usedAt = start
  try {
    return work(budget.limit - budget.used)
  } finally {
    const duration = performance.now() - start
    if (duration > UNCOUNTED) budget.used += duration
  }
}

function stopInTime<T>(work: () => T, { tooLong, isBounded = false }: EvaluationOptions, left: number): T {
  // Each ends soon, but there may be many of them.
  if (isBounded && left <= 0) throw new UsageError(tooLong())
  try {
    return isBounded ? work() : watch(work, Math.max(UNCOUNTED, Math.ceil(left)))
  } catch (error) {
    // What calls itself without end uses up the stack, in a realm of its own.
    const { code, name } = error as NodeJS.ErrnoException
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' || name === 'RangeError' ? new UsageError(tooLong()) : error
  }
}

/**
 * What a failure says beside what happened; undefined where it cannot be found out, or those before it have taken the time
 * that all of a sentence have together.
 */
export function explain<T>(work: () => T): T | undefined {
  if (explainedUntil !== undefined) return evaluateIfPossible(work)
  return spend(explaining, (left) => {
    if (left <= 0) return undefined
    explainedUntil = performance.now() + left
    try {
      return evaluateIfPossible(work)
    } finally {
      explainedUntil = undefined
    }
  })
}

/** One after the other; within an explanation only those for which there is time. */
export function* inTime<T>(items: readonly T[]): Generator<T> {
  for (const item of items) {
    if (explainedUntil !== undefined && performance.now() >= explainedUntil) return
    yield item
  }
}

/** The first of them that is accepted. */
export function findInTime<T>(items: readonly T[], accepts: (item: T) => boolean | undefined): T | undefined {
  for (const item of inTime(items)) if (accepts(item)) return item
  return undefined
}

/** How much is looked at before the time is asked for, in characters or bytes, and as how much more each message counts. */
const [PORTION, EACH] = [2 ** 16, 2 ** 10]

/** How long large messages were looked at in vain in this turn of the event loop, in ms: other clients wait for as long. */
let vainTime = 0

/** What a wait may look at before anything else has its turn, the timer of its end included. */
export class LookingLimit {
  private untimed = 0
  private start: number | undefined
  /** How many messages it has looked at. */
  count = 0
  /** Whether there was no time for more. */
  isOver = false
  /** How long it may look, in ms: at least as long as an evaluation, even if the timeout is shorter. */
  readonly limit: number

  /** @param timeout of the wait, in ms */
  constructor(timeout: number) {
    this.limit = Math.max(timeout, LIMIT)
  }

  /**
   * Whether there is time for one more message.
   * @param length in characters or bytes
   */
  allows(length: number): boolean {
    if (this.untimed >= PORTION) {
      const now = performance.now()
      this.start ??= now
      this.isOver = vainTime + now - this.start > this.limit
      if (this.isOver) return false
      this.untimed = 0
    }
    this.untimed += length + EACH
    this.count++
    return true
  }

  /** Nothing was found: those who look in the same turn have so much less time. */
  endInVain(): void {
    if (this.start === undefined) return
    if (vainTime === 0) setImmediate(forgetVainTime).unref()
    vainTime += performance.now() - this.start
  }
}

function forgetVainTime(): void {
  vainTime = 0
}

/** What can be found out; undefined where it cannot, as a failure itself must be told. */
export function evaluateIfPossible<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof ConversationError) return undefined
    throw error
  }
}

/** Only a script of its own can be stopped in the midst of a loop, or of an expression that backtracks for ever. */
function watch<T>(work: () => T, timeout: number): T {
  // Made when they are needed: few evaluations are wild.
  // As a part of this file, it is not a frame in the stack of an error either.
  script ??= new Script('work()', { filename: __filename })
  context ??= createContext({})
  isWatching = true
  try {
    // What is thrown keeps its stack, without a line of code before it.
    return script.runInContext(Object.assign(context, { work }), { timeout, displayErrors: false })
  } finally {
    isWatching = false
    context.work = undefined
  }
}

let script: Script | undefined
let context: Context | undefined

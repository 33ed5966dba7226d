/** Evaluations: what a reader's or a server's text makes us evaluate ends in time, whatever it is. */

import { type Context, createContext, Script } from 'node:vm'
import { ConversationError, UsageError } from './errors'

/** How long evaluations may take at once, in ms: far more than sensible ones need, far less than a timeout. */
const LIMIT = 750

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
}

/** The time that the latest evaluations have taken, in ms; what has recovered is subtracted. */
let used = 0
/** When that was, in ms. */
let usedAt = 0
let isWatching = false

/** Gives what follows the whole budget again: a new sentence does not pay for those before it. */
export function renewBudget(): void {
  used = 0
}

/**
 * Evaluates what somebody wrote: a regular expression, a path, a schema.
 * @throws UsageError if this one takes too long, or has taken the rest of what the latest ones left
 */
export function evaluate<T>(work: () => T, options: EvaluationOptions): T {
  // What is part of a larger evaluation is stopped with it.
  if (isWatching) return work()
  const start = performance.now()
  used = Math.max(0, used - (start - usedAt) * RECOVERY)
  usedAt = start
  try {
    return stopInTime(work, options)
  } finally {
    const duration = performance.now() - start
    if (duration > UNCOUNTED) used += duration
  }
}

function stopInTime<T>(work: () => T, { tooLong, isBounded = false }: EvaluationOptions): T {
  // Each ends soon, but there may be many of them.
  if (isBounded && used >= LIMIT) throw new UsageError(tooLong())
  try {
    return isBounded ? work() : watch(work, Math.max(UNCOUNTED, Math.ceil(LIMIT - used)))
  } catch (error) {
    // What calls itself without end uses up the stack, in a realm of its own.
    const { code, name } = error as NodeJS.ErrnoException
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' || name === 'RangeError' ? new UsageError(tooLong()) : error
  }
}

/** What a failure may say beside what happened; undefined where it cannot be found out, as the failure itself must be told. */
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
  script ??= new Script('work()')
  context ??= createContext({})
  isWatching = true
  try {
    return script.runInContext(Object.assign(context, { work }), { timeout })
  } finally {
    isWatching = false
    context.work = undefined
  }
}

let script: Script | undefined
let context: Context | undefined

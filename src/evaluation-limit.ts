/** Evaluations: what a reader's or a server's text makes us evaluate ends in time, whatever it is. */

import { type Context, createContext, Script } from 'node:vm'
import { ConversationError, UsageError } from './errors'

/**
 * How long what is evaluated may take at once, in ms: far more than sensible evaluations need, far less than a timeout; and what
 * is read, such as a schema of a megabyte in YAML.
 */
const [LIMIT, READING_LIMIT] = [750, 5000]

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
let isWatching = false

/** Gives what follows the whole budget again: a new sentence does not pay for those before it. */
export function renewBudget(): void {
  for (const budget of [evaluating, reading]) budget.used = 0
}

/**
 * Evaluates what somebody wrote: a regular expression, a path, a schema.
 * @throws UsageError if this one takes too long, or has taken the rest of what the latest ones left
 */
export function evaluate<T>(work: () => T, options: EvaluationOptions): T {
  // What is part of a larger evaluation is stopped with it.
  if (isWatching) return work()
  const budget = options.isReading ? reading : evaluating
  const start = performance.now()
  budget.used = Math.max(0, budget.used - (start - budget.usedAt) * RECOVERY)
  budget.usedAt = start
  try {
    return stopInTime(work, options, budget.limit - budget.used)
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
  // As a part of this file, it is no frame in the stack of an error either.
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

/** Calls of functions that were written elsewhere: what they throw, and what they should not return, becomes a UsageError. */

import { describeValue, type Kind } from './arguments'
import { ConversationError, UsageError } from './errors'
import { excerpt } from './text/excerpt'

/**
 * Calls a function that was written elsewhere.
 * @param name what it belongs to, as an error calls it; a function if that takes its time
 * @throws UsageError if it throws, or returns something of another kind
 */
export function callGuarded<T>(name: string | (() => string), kind: Kind, call: () => T): T {
  let result: T
  try {
    result = call()
    if (kind.accepts(result)) return result
  } catch (error) {
    throw failureOf(name, error)
  }
  // A promise is the wrong result, however it ends.
  Promise.resolve(result).catch(() => {})
  throw new UsageError(`${wordsOf(name)} should say ${kind.words}, not ${describeValue(result)}.`)
}

/** What a function that was written elsewhere has thrown, at once or by and by, as an error that says so. */
export function failureOf(name: string | (() => string), error: unknown): ConversationError {
  if (error instanceof ConversationError) return error
  const failure = new UsageError(`${wordsOf(name)} failed: ${describeThrown(error)}`)
  failure.cause = error
  return failure
}

function wordsOf(name: string | (() => string)): string {
  return typeof name === 'string' ? name : name()
}

/** The promise that a function has returned, of whichever library; undefined for anything else. */
export function promiseOf(result: unknown): Promise<unknown> | undefined {
  if (result instanceof Promise) return result
  try {
    const { then } = (result ?? {}) as { then?: unknown }
    return typeof then === 'function' ? Promise.resolve(result) : undefined
  } catch (error) {
    return Promise.reject(error)
  }
}

/** The message of an error, also of one that comes from elsewhere; anything may be thrown, even what throws when it is read. */
export function describeThrown(error: unknown): string {
  try {
    const { message = error } = (error ?? {}) as { message?: unknown }
    return typeof message === 'string' ? excerpt(message) : describeValue(message)
  } catch {
    return 'something that throws when it is read'
  }
}

/** Calls hooks and step definitions as Cucumber does: with a time limit, and with a callback where they take one. */

import { formatDuration } from '../time/duration'

/** What is called. */
export interface Call {
  readonly code: (...args: unknown[]) => unknown
  readonly hasCallback: boolean
  /** In ms; none if it is negative. */
  readonly timeout: number
}

/**
 * Calls it; what it returns is awaited if it is a promise.
 * @throws what it throws, and an Error if it takes too long
 */
export function call({ code, hasCallback, timeout }: Call, world: object, args: unknown[]): unknown {
  if (hasCallback) return inTime(withCallback(code, world, args), timeout)
  const result = code.apply(world, args)
  return isPromise(result) && timeout >= 0 ? inTime(result, timeout) : result
}

/** Whether it must be waited for: to wait for nothing takes its time, too. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function withCallback(code: Call['code'], world: object, args: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    code.apply(world, [...args, (error: unknown, result: unknown) => (error ? reject(error) : resolve(result))])
  })
}

function inTime(result: Promise<unknown>, timeout: number): Promise<unknown> {
  if (timeout < 0) return result
  return new Promise((resolve, reject) => {
    const onTimeout = () => reject(new Error(`It has taken longer than ${formatDuration(timeout)}.`))
    const timer = setTimeout(onTimeout, timeout)
    Promise.resolve(result)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

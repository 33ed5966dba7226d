/** Calls hooks and step definitions by Cucumber's rules, which its `user_code_runner` has. */

import { format } from 'node:util'

/** What is called. */
export interface Call {
  readonly code: (...args: unknown[]) => unknown
  /** In ms; none if it is negative. */
  readonly timeout: number
}

/**
 * Calls it; what it returns is a promise only if there is something to wait for. One that takes an argument more is given a
 * callback, and is over when that is called.
 *
 * Cucumber's own `user_code_runner` listens for uncaught exceptions as long as it waits: of thousands of users each would listen,
 * and all would fail by what befell one.
 * @throws an Error, or a text for what is thrown and is none
 */
export function call({ code, timeout }: Call, world: object, args: readonly unknown[]): unknown {
  if (code.length === args.length + 1) return callWithCallback({ code, timeout }, world, args)
  const returned = apply(code, world, [...args, ignore])
  return isPromise(returned) ? inTime(returned, timeout, 'promise resolves') : returned
}

/** Whether it must be waited for: to wait for nothing takes its time, too. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return value !== null && value !== undefined && typeof (value as { then?: unknown }).then === 'function'
}

/** Cucumber gives a callback also to those who do not ask for it. */
const ignore = () => {}

function callWithCallback({ code, timeout }: Call, world: object, args: readonly unknown[]): Promise<unknown> {
  let callback: ((error?: unknown, result?: unknown) => void) | undefined
  const called = new Promise<unknown>((resolve, reject) => {
    callback = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error))
  })
  // What it says by the callback does not matter any more if it throws.
  called.catch(ignore)
  const returned = apply(code, world, [...args, callback])
  if (!isPromise(returned)) return inTime(called, timeout, 'callback is executed')
  returned.then(ignore, ignore)
  throw new Error(
    'function uses multiple asynchronous interfaces: callback and promise\n' +
      'to use the callback interface: do not return a promise\n' +
      'to use the promise interface: remove the last argument to the function',
  )
}

function apply(code: Call['code'], world: object, args: readonly unknown[]): unknown {
  try {
    return Reflect.apply(code, world, args)
  } catch (error) {
    throw error instanceof Error ? error : format(error)
  }
}

function inTime(result: PromiseLike<unknown>, timeout: number, expected: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onTimeout = () =>
      reject(new Error(`function timed out, ensure the ${expected} within ${timeout} milliseconds`))
    const timer = timeout < 0 ? undefined : setTimeout(onTimeout, timeout)
    Promise.resolve(result)
      .then(resolve, (error) => reject(rejectedBy(error)))
      .finally(() => clearTimeout(timer))
  })
}

function rejectedBy(error: unknown): unknown {
  if (error instanceof Error) return error
  return error === null || error === undefined ? new Error('Promise rejected without a reason') : format(error)
}

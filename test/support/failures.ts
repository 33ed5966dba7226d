/** Catches failures, for tests of errors and their messages. */

import { expect } from 'chai'
import { turn } from './event-loop'

/** An error of any kind, with what some kinds have. */
export interface Failure extends Error {
  readonly expected?: unknown
  readonly actual?: unknown
  readonly status?: number
  readonly code?: string
}

/** The error that is thrown, or rejected with. */
export async function failureOf(act: () => unknown): Promise<Failure> {
  try {
    await act()
  } catch (error) {
    return error as Failure
  }
  throw new Error('This did not fail.')
}

/** The message of the error, where each time since the beginning is `+0 ms`: no two runs have the same. */
export async function failureMessage(act: () => unknown): Promise<string> {
  return (await failureOf(act)).message.replace(/\+[\d.]+ m?s\b/g, '+0 ms')
}

/** Expects a failure with a message of these lines, where each time since the beginning is `+0 ms`; returns it. */
export async function expectFailure(act: () => unknown, ...lines: string[]): Promise<Failure> {
  const failure = await failureOf(act)
  expect((await failureMessage(() => Promise.reject(failure))).split('\n')).to.deep.equal(lines)
  return failure
}

/** The messages of the unhandled rejections meanwhile: outside of a test the first would end the process. */
export async function unhandledRejectionsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const reasons = new Set<Error>()
  const add = (reason: Error) => reasons.add(reason)
  process.on('unhandledRejection', add)
  try {
    await act()
    await turn()
  } finally {
    process.off('unhandledRejection', add)
  }
  return [...reasons].map(({ message }) => message)
}

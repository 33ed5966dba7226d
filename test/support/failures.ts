/** What is to fail, caught: for tests about failures and their words. */

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

/** The messages of the rejections that nobody hears meanwhile: outside of a test the first would end the process. */
export async function unhandledRejectionsDuring(happening: () => Promise<unknown>): Promise<string[]> {
  const unheard = new Set<Error>()
  const hear = (reason: Error) => unheard.add(reason)
  process.on('unhandledRejection', hear)
  try {
    await happening()
    await turn()
  } finally {
    process.off('unhandledRejection', hear)
  }
  return [...unheard].map(({ message }) => message)
}

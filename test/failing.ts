/** What is to fail, caught: for tests about failures and their words. */

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
export async function wordsOf(act: () => unknown): Promise<string> {
  return (await failureOf(act)).message.replace(/\+[\d.]+ m?s\b/g, '+0 ms')
}

/** Errors of files, in the words of a command. */

import { UsageError } from '../errors'

/** What went wrong with what was asked for. */
export function inWords(error: unknown, what: string): UsageError {
  return error instanceof UsageError ? error : new UsageError(`${what}: ${(error as Error).message}`)
}

/** Whatever a person may write, for the properties of all that reads it. */

import fc from 'fast-check'
import { UsageError } from '../../src/errors'

/** In characters: work that grows with the square of them takes minutes. */
const LONG = 200_000

/** What is read, or the UsageError that says why not; every other error is thrown on. */
export function orUsageError<T>(read: () => T): T | UsageError {
  try {
    return read()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

/** Texts of any letters, and of the pieces that mean something to whoever reads them. */
export function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  const letter = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
  return fc.string({ unit: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, letter), maxLength: 30 })
}

/** Each piece again and again, after each beginning. */
export function* longTextsOf(pieces: readonly string[], beginnings: readonly string[] = ['']): Generator<string> {
  for (const beginning of beginnings) {
    for (const piece of pieces) yield beginning + piece.repeat(LONG / piece.length)
  }
}

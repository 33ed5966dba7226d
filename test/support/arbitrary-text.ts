/** Arbitrary texts, for property tests of everything that reads a text of a feature. */

import fc from 'fast-check'
import { UsageError } from '../../src/errors'

/** In characters: anything of quadratic time takes minutes. */
const LONG = 200_000

/** The result, or the UsageError that is thrown instead; every other error is thrown on. */
export function orUsageError<T>(read: () => T): T | UsageError {
  try {
    return read()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

/** Texts of arbitrary characters and of these pieces, which have a meaning in the syntax. */
export function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  const letter = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
  return fc.string({ unit: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, letter), maxLength: 30 })
}

/** Very long texts: each beginning, followed by repetitions of each piece. */
export function* longTextsOf(pieces: readonly string[], beginnings: readonly string[] = ['']): Generator<string> {
  for (const beginning of beginnings) {
    for (const piece of pieces) yield beginning + piece.repeat(LONG / piece.length)
  }
}

/** Regular expressions that people write: read as Unicode, and stopped when they would run for ever. */

import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { excerpt, quoted } from './excerpt'

/** A regular expression that cannot run for ever. */
export interface Pattern {
  readonly source: string
  /** @throws UsageError if the expression runs too long on this text */
  test(text: string): boolean
}

/**
 * Compiles a regular expression, read as Unicode.
 * @param flags of JavaScript, beside `u`; `(?i)` before the expression ignores the case, too, as in other languages
 * @throws UsageError if it is not a valid one
 */
export function compilePattern(source: string, flags = ''): Pattern {
  const bare = source.replace(IGNORE_CASE, '')
  if (bare === '') throw new UsageError('The regular expression is empty, and fits every text.')
  const expression = compile(bare, IGNORE_CASE.test(source) ? `${flags}i` : flags)
  const waysFor = countWays(source)
  return {
    source,
    test: (text) =>
      evaluate(() => expression.test(text), {
        tooLong: () =>
          `The regular expression ${quoted(source)} takes too long on a text of ${text.length} characters. ` +
          'Repetitions within repetitions, like (a+)+, and choices that overlap, like (a|a)*, are the likeliest cause: ' +
          'write it without them.',
        isBounded: waysFor(text.length) <= MAX_WAYS,
      }),
  }
}

/** Why one of several texts is not a regular expression that can be compiled, without the full stop; undefined if each is. */
export function patternProblem(sources: readonly unknown[]): string | undefined {
  try {
    for (const source of sources) if (typeof source === 'string') compilePattern(source)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/\.$/, '')
  }
}

const IGNORE_CASE = /^\(\?i\)/

/** How many ways to match are tried within a few ms. */
const MAX_WAYS = 1e7

/** How many ways to match there are at most, by the length of a text. */
function countWays(source: string): (length: number) => number {
  // A character class chooses by itself, and an escaped character is none of the signs below.
  const bare = source.replace(/\\(?:[pPu]\{[^}]*\}|[^1-9k])/g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (bare.includes('\\')) return () => Number.POSITIVE_INFINITY
  const choices = bare.match(/[*+?{|]/g)?.length ?? 0
  const isNested = /\)[*+?{]/.test(bare)
  // So many repetitions may each be of nothing.
  if (isNested && bare.includes('{')) return () => Number.POSITIVE_INFINITY
  // Within a repetition, all of them may be made anew at each character, and steps are more than ways.
  if (isNested) return (length) => 100 * (choices + 1) ** (length + 1)
  // Each multiplies the ways by the length at most, and so does the place to begin at.
  return (length) => (length + 1) ** (choices + 1)
}

/** What is longer is compiled for minutes, which nothing can stop. */
const MAX_LENGTH = 10_000

function compile(source: string, flags: string): RegExp {
  if (source.length > MAX_LENGTH) {
    throw new UsageError(
      `A regular expression may have ${MAX_LENGTH} characters, and ${quoted(source)} has more: write a shorter one.`,
    )
  }
  try {
    return new RegExp(source, [...new Set(`u${flags}`)].join(''))
  } catch (error) {
    throw new UsageError(`${quoted(source)} is not a valid regular expression: ${excerpt((error as Error).message)}.`)
  }
}

/** Regular expressions that people write: read as Unicode, and stopped when they would run for ever. */

import { type Context, createContext, Script } from 'node:vm'
import { UsageError } from '../errors'
import { quoted } from './excerpt'

/** How long one text may take, in ms: far more than any sensible expression needs, far less than a timeout. */
const TIME_LIMIT = 1000

/** Up to this many characters, an expression with one unbounded repetition ends at once, whatever it is. */
const SHORT_TEXT = 10_000

/** A regular expression that cannot run for ever. */
export interface Pattern {
  readonly source: string
  /** @throws UsageError if the expression runs too long on this text */
  test(text: string): boolean
}

/**
 * Compiles a regular expression.
 * @throws UsageError if it is not a valid one
 */
export function compilePattern(source: string): Pattern {
  const expression = compile(source)
  const isHarmless = countRepetitions(source) <= 1
  return {
    source,
    test(text) {
      if (isHarmless && text.length <= SHORT_TEXT) return expression.test(text)
      context ??= createContext({})
      try {
        // Only a script of its own can be stopped in the midst of an expression that backtracks for ever.
        return script.runInContext(Object.assign(context, { expression, text }), { timeout: TIME_LIMIT })
      } catch {
        throw new UsageError(
          `The regular expression ${quoted(source)} takes too long on a text of ${text.length} characters. ` +
            'Nested repetitions like (a+)+ are the likeliest cause: write it without them.',
        )
      }
    },
  }
}

const script = new Script('expression.test(text)')
/** Made when it is needed: few expressions are that wild. */
let context: Context | undefined

/** How many parts of an expression may repeat without end: with one alone the time is at most the length squared. */
function countRepetitions(source: string): number {
  const bare = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x')
  return bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch (error) {
    throw new UsageError(`${quoted(source)} is not a valid regular expression: ${(error as Error).message}.`)
  }
}

/** Regular expressions that people write: read as Unicode, and stopped when they would run for ever. */

import { type Context, createContext, Script } from 'node:vm'
import { Mistake } from './errors'
import { quoted } from './excerpt'

/** How long one text may take, in ms: far more than any sensible expression needs, far less than a timeout. */
const PATIENCE = 1000

/** Up to this many characters, an expression with one open repetition is done at once, whatever it is. */
const SHORT = 10_000

/** Says whether a text fits. */
export interface Pattern {
  readonly source: string
  /** @throws Mistake if the expression runs too long on this text */
  test(text: string): boolean
}

/**
 * The regular expression that a person wrote.
 * @throws Mistake if it is none
 */
export function regularExpression(source: string): Pattern {
  const expression = compile(source)
  const isTame = repetitions(source) <= 1
  return {
    source,
    test(text) {
      if (isTame && text.length <= SHORT) return expression.test(text)
      context ??= createContext({})
      try {
        // Only a script of its own can be stopped in the midst of an expression that backtracks for ever.
        return script.runInContext(Object.assign(context, { expression, text }), { timeout: PATIENCE })
      } catch {
        throw new Mistake(
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
function repetitions(source: string): number {
  const bare = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x')
  return bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch (error) {
    throw new Mistake(`${quoted(source)} is no regular expression: ${(error as Error).message}.`)
  }
}

/** The sentences of the vocabulary in another language: a table of expressions, beside the ones that are defined. */

import type { Given } from '@cucumber/cucumber'
import { describeValue, OBJECT, requireArgument } from './arguments'
import { UsageError } from './errors'
import { quoted } from './text/excerpt'
import { nearest } from './text/nearest'

type DefineStep = typeof Given
type Code = (this: unknown, ...values: unknown[]) => unknown

interface Sentence {
  /** What stands between the expression and the code: options, or nothing. */
  readonly options: readonly unknown[]
  readonly code: Code
  /** Cucumber's function that defined it. */
  readonly define: (...definition: unknown[]) => void
}

const sentences = new Map<string, Sentence>()

/** One of Cucumber's functions that define steps, which also keeps what it defines. */
export function recorded(defineStep: DefineStep): DefineStep {
  const define = defineStep as Sentence['define']
  return (expression: unknown, ...rest: unknown[]) => {
    sentences.set(String(expression), { options: rest.slice(0, -1), code: rest.at(-1) as Code, define })
    define(expression, ...rest)
  }
}

/** An expression as docs/vocabulary.md has it: of verbs that mean the same, which the page explains once, it has one. */
export function documentedForm(expression: string): string {
  return expression
    .replace(/receive(\(s\)|s|)(:?)\/get\1\2\/see\1\2/g, 'receive$1$2')
    .replace(/send\(s\)(:?)\/say\(s\)\1(?:\/answer\(s\)\1\/reply\1\/replies\1)?/g, 'send(s)$1')
    .replaceAll('is/are/am/be', 'is/are')
    .replaceAll('is/are/am', 'is/are')
    .replaceAll('is/am/was/be refused/rejected', 'is refused')
    .replaceAll('disconnect(s)/leave(s)', 'disconnect(s)')
}

/**
 * Says sentences of the vocabulary in other words too, such as those of another language.
 *
 * To be called in a support file, after `cucumber-websocket/register` is loaded. The words of the parameters stay English: `she`,
 * `2 seconds`, `a message containing "…"`.
 * @param table Each Cucumber Expression as docs/vocabulary.md has it, with one or several others for it: they have the same
 * parameters, whose order may be another
 * @throws UsageError for an expression that the vocabulary has not, or whose parameters are others
 * @example translateSentences({ '{client} cannot connect': '{client} kann sich nicht verbinden' })
 */
export function translateSentences(table: Readonly<Record<string, string | readonly string[]>>): void {
  requireArgument('translateSentences', 'table', table, OBJECT)
  for (const [expression, translations] of Object.entries(table)) {
    const { options, code, define } = findSentence(expression)
    for (const translation of [translations].flat()) {
      define(translation, ...options, reorder(code, parameterOrder(expression, translation)))
    }
  }
}

function findSentence(expression: string): Sentence {
  const byForm = new Map([...sentences].map(([defined, sentence]) => [documentedForm(defined), sentence]))
  const sentence = sentences.get(expression) ?? byForm.get(expression)
  if (sentence) return sentence
  if (sentences.size === 0) {
    throw new UsageError(
      'There are no sentences to translate yet: load cucumber-websocket/register before the file that calls translateSentences.',
    )
  }
  const hint = nearest(expression, byForm.keys())
  const advice = hint ? `Did you mean ${quoted(hint)}?` : 'Write it as docs/vocabulary.md has it.'
  throw new UsageError(`translateSentences: ${quoted(expression)} is not a sentence of the vocabulary. ${advice}`)
}

/** Which of the sentence's values the translation has at each place; several of one type keep their order. */
function parameterOrder(expression: string, translation: unknown): number[] {
  const expected = parametersOf(expression)
  const found = typeof translation === 'string' ? parametersOf(translation) : undefined
  if (found === undefined || [...found].sort().join() !== [...expected].sort().join()) {
    throw new UsageError(
      `translateSentences: a translation of ${quoted(expression)} is a text with the parameters ` +
        `${expected.join(', ') || '(none)'}, but ${describeValue(translation)} was given.`,
    )
  }
  const unused = expected.map((name, index) => ({ name, index }))
  return found.map((name) => {
    const at = unused.findIndex((parameter) => parameter.name === name)
    return unused.splice(at, 1)[0]?.index as number
  })
}

/** An escaped bracket is text. */
const parametersOf = (expression: string): readonly string[] =>
  expression.replace(/\\./gs, '').match(/\{[^{}]*\}/g) ?? []

/** Code that takes the values in the order of the translation; a doc string or a table comes last in both. */
function reorder(code: Code, order: readonly number[]): Code {
  if (order.every((index, place) => index === place)) return code
  function reordered(this: unknown, ...values: unknown[]): unknown {
    const meant = [...values]
    order.forEach((index, place) => {
      meant[index] = values[place]
    })
    return code.apply(this, meant)
  }
  // Cucumber tells by the number of parameters whether code fits its expression.
  return Object.defineProperty(reordered, 'length', { value: code.length })
}

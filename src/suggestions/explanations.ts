/** Explains a step that no sentence matches, or not with what stands below it. */

import { resolve, sep } from 'node:path'
import { type ITestStepHookParameter, supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { UsageError } from '../errors'
import { lazyFunction } from '../lazy-function'
import type { suggestionsFor } from './suggestions'

const VOCABULARY = resolve(__dirname, '../vocabulary') + sep

type PickleStep = ITestStepHookParameter['pickleStep']
type Definitions = ReturnType<typeof supportCodeLibraryBuilder.finalize>['stepDefinitions']

let found: Definitions | undefined

/** Loaded when it is needed: most scenarios need no suggestion. */
const suggest: typeof suggestionsFor = lazyFunction(() => require('./suggestions').suggestionsFor)

/** Cucumber hands its definitions to nobody, but compiles them again when asked. */
function definitions(): Definitions {
  found ??= supportCodeLibraryBuilder.finalize().stepDefinitions
  return found
}

/**
 * Finds the steps that were meant for a sentence that there is, and tells which.
 * @throws UsageError if there is one; a step that comes near no sentence is left to Cucumber, which offers to define it
 */
export function explainUndefinedSteps(steps: readonly PickleStep[], placeOf: (step: PickleStep) => string): void {
  const explained = steps
    .filter((step) => !definitions().some(({ expression }) => expression.match(step.text) !== null))
    .map((step) => ({
      step,
      meant: suggest({ text: step.text, hasArgument: step.argument !== undefined }, definitions()),
    }))
    .filter(({ meant }) => meant.length > 0)
    .map(({ step, meant }) => `No sentence says: ${step.text} (${placeOf(step)})\n${formatSuggestions(meant)}`)
  if (explained.length > 0) throw new UsageError(explained.join('\n\n'))
}

/**
 * Makes sure that what stands below a step is taken: Cucumber would only speak of the arguments of a function.
 * @throws UsageError if the step's sentence takes none
 */
export function explainArgument({ text, argument }: PickleStep): void {
  if (argument === undefined || text.endsWith(':')) return
  const definition = definitions().find(({ expression }) => expression.match(text) !== null)
  // Of a project's own steps Cucumber knows better.
  if (!definition || !resolve(definition.uri).startsWith(VOCABULARY)) return
  const what = argument.docString ? 'doc string' : 'table'
  const withColon = definitions().filter(({ pattern }) => String(pattern).endsWith(':'))
  const meant = suggest({ text, hasArgument: true }, withColon)
  throw new UsageError(
    [`This sentence takes no ${what} below it.`, ...(meant.length > 0 ? [formatSuggestions(meant)] : [])].join('\n'),
  )
}

function formatSuggestions(meant: readonly string[]): string {
  if (meant.length === 1) return `Did you mean: ${meant[0]}`
  return ['Did you mean one of these?', ...meant.map((sentence) => `  ${sentence}`)].join('\n')
}

/** Explains a step that no sentence matches, or not with what stands below it. */

import { createRequire } from 'node:module'
import { resolve, sep } from 'node:path'
import { type ITestStepHookParameter, supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { UsageError } from '../errors'
import { lazyFunctions } from '../lazy-functions'
import { observeMatches } from './expressions'
import type * as Suggestions from './suggestions'

const VOCABULARIES = ['vocabulary', 'system-vocabulary'].map((folder) => resolve(__dirname, '..', folder) + sep)

type PickleStep = ITestStepHookParameter['pickleStep']
type Definitions = ReturnType<typeof supportCodeLibraryBuilder.finalize>['stepDefinitions']

let found: Definitions | undefined

/** Whether what is held against the expressions is a sentence that a step may have meant. */
let isAnswering = false

/** Loaded when it is needed: most scenarios need no suggestion. */
const { answerTo } = lazyFunctions<typeof Suggestions>(() => require('./suggestions'))

/** Cucumber hands its definitions to nobody, but compiles them again when asked. */
function definitions(): Definitions {
  found ??= supportCodeLibraryBuilder.finalize().stepDefinitions
  return found
}

/**
 * Finds the steps that no sentence says, and tells what to write instead.
 * @throws UsageError if there is one; a step about something else is left to Cucumber, which offers to define it
 */
export function explainUndefinedSteps(steps: readonly PickleStep[], placeOf: (step: PickleStep) => string): void {
  const explained = steps
    .filter((step) => !definitions().some(({ expression }) => expression.match(step.text) !== null))
    .map((step) => ({
      step,
      help: helpFor(step.text, step.argument !== undefined),
    }))
    .filter(({ help }) => help !== undefined)
    .map(({ step, help }) => `No sentence says: ${step.text} (${placeOf(step)})\n${help}`)
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
  if (!definition || !VOCABULARIES.some((folder) => resolve(definition.uri).startsWith(folder))) return
  const what = argument.docString ? 'doc string' : 'table'
  const withColon = definitions().filter(({ pattern }) => String(pattern).endsWith(':'))
  const { sentences: meant } = answerTo({ text, hasArgument: true }, withColon)
  throw new UsageError(
    [`This sentence takes no ${what} below it.`, ...(meant.length > 0 ? [formatSuggestions(meant)] : [])].join('\n'),
  )
}

/** What to write instead of a step that is undefined; nothing for one that is about something else. */
export function helpFor(text: string, hasArgument: boolean): string | undefined {
  isAnswering = true
  const { sentences: meant, advice } = answerTo({ text, hasArgument }, definitions())
  isAnswering = false
  if (meant.length === 0) return advice
  const [first = ''] = meant
  const hasMore = AND.test(withoutQuotes(text)) && !/\n.*\n| and |\n *[^ |]/.test(withoutQuotes(first))
  return formatSuggestions(meant) + (hasMore ? '\nWrite a sentence of its own for what follows «and».' : '')
}

/** What is needed of the class that words the snippets of Cucumber. */
interface SnippetBuilder {
  build(options: { readonly pickleStep: PickleStep }): string
}

/** Has Cucumber write the same above the snippet that it offers for a step that nobody defines, in a dry run, too. */
export function explainInSnippets(): void {
  const prototype = findSnippetBuilder()
  if (prototype === undefined || EXPLAINING in prototype.build) return
  const { build } = prototype
  prototype.build = Object.assign(
    function (this: SnippetBuilder, options: { readonly pickleStep: PickleStep }) {
      const { text, argument } = options.pickleStep
      const help = helpFor(text, argument !== undefined)
      const comment = help === undefined ? '' : `${help.replace(/^/gm, '// ')}\n// Only if you mean something else:\n`
      return comment + build.call(this, options)
    },
    { [EXPLAINING]: true },
  )
}

const EXPLAINING = Symbol.for('cucumber-websocket.explaining')

function findSnippetBuilder(): SnippetBuilder | undefined {
  try {
    const cucumber = createRequire(require.resolve('@cucumber/cucumber'))
    const loaded = cucumber.cache[cucumber.resolve('./formatter/step_definition_snippet_builder')]?.exports
    return loaded.default.prototype
    /* c8 ignore next 3 -- of a Cucumber that words its snippets elsewhere */
  } catch {
    return undefined
  }
}

/** Goes on with something else than another client or number. */
const AND = / and (?:is|are|has|have|the|its?|prints|ends|says|accepts|gets|receives|then)\b/

function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\{.*\}/g, '')
}

/** Prints the same at the end of a dry run, in which no hook runs. */
export function explainAtExit(): void {
  const isDefined = new Map<string, boolean>()
  observeMatches((text, matches) => {
    if (!isAnswering) isDefined.set(text, matches || isDefined.get(text) === true)
  })
  process.once('exit', () => {
    for (const text of [...isDefined].flatMap(([step, found]) => (found ? [] : [step]))) {
      const help = helpFor(text, text.endsWith(':'))
      if (help !== undefined) console.error(`\nNo sentence says: ${text}\n${help}`)
    }
  })
}

function formatSuggestions(meant: readonly string[]): string {
  const lines = meant.map((sentence) => sentence.replace(/^/gm, '  '))
  if (meant.length > 1) return ['Did you mean one of these?', ...lines].join('\n')
  return /\n/.test(`${lines}`) ? `Did you mean:\n${lines}` : `Did you mean: ${meant[0]}`
}

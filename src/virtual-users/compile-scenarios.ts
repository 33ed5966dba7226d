/** Matches the sentences of scenarios with the step definitions, once for all users. */

import type { GherkinDocument, Pickle, PickleStep } from '@cucumber/messages'
import { UsageError } from '../errors'
import { locationOf } from '../steps/step-sentence'
import { quoted } from '../text/excerpt'
import type { Call } from './call'
import type { HookDefinition, PlannedPickle, SentenceArgument, StepDefinition, SupportCode } from './cucumber-project'

/** A sentence, and what it calls. */
export interface CompiledStep extends Call {
  readonly text: string
  readonly location: string
  readonly step: PickleStep
  readonly arguments: readonly SentenceArgument[]
  readonly definition: StepDefinition
}

/** A hook, and what it calls. */
export interface CompiledHook extends Call {
  readonly definition: HookDefinition
}

/** A scenario that users can run. */
export interface CompiledScenario {
  readonly name: string
  readonly location: string
  readonly pickle: Pickle
  readonly document: GherkinDocument
  readonly before: readonly CompiledHook[]
  readonly after: readonly CompiledHook[]
  readonly beforeStep: readonly CompiledHook[]
  readonly afterStep: readonly CompiledHook[]
  readonly steps: readonly CompiledStep[]
}

/** @throws UsageError that names every sentence for which there is not one step definition, and each that takes other arguments */
export function compileScenarios(planned: readonly PlannedPickle[], support: SupportCode): CompiledScenario[] {
  const problems: string[] = []
  const match = matchOnce(support.stepDefinitions)
  const compiled = planned.map(({ pickle, document, location }) => {
    const hooks = (definitions: readonly HookDefinition[]) =>
      definitions
        .filter((definition) => definition.appliesToTestCase(pickle))
        .map((definition) => compileHook(definition, support, problems))
    return {
      ...{ name: pickle.name, location, pickle, document },
      before: hooks(support.beforeTestCaseHookDefinitions),
      after: hooks(support.afterTestCaseHookDefinitions).reverse(),
      beforeStep: hooks(support.beforeTestStepHookDefinitions),
      afterStep: hooks(support.afterTestStepHookDefinitions).reverse(),
      steps: pickle.steps.flatMap((step) => {
        const place = locationOf(step, document)
        const matches = match(step.text)
        const problem = problemOf(matches, step)
        if (problem !== undefined) problems.push(`${place}: ${quoted(step.text)} ${problem}`)
        const [found] = matches
        return problem === undefined && found ? [compileStep(step, place, found, support)] : []
      }),
    }
  })
  if (problems.length > 0) throw new UsageError(['Users cannot run these:', ...new Set(problems)].join('\n'))
  return compiled
}

interface Match {
  readonly definition: StepDefinition
  readonly values: readonly SentenceArgument[]
}

function matchOnce(definitions: readonly StepDefinition[]): (text: string) => readonly Match[] {
  const known = new Map<string, readonly Match[]>()
  return (text) => {
    const matches =
      known.get(text) ??
      definitions.flatMap((definition) => {
        const values = definition.expression.match(text)
        return values === null ? [] : [{ definition, values }]
      })
    known.set(text, matches)
    return matches
  }
}

function problemOf(matches: readonly Match[], step: PickleStep): string | undefined {
  const [match] = matches
  if (!match) return 'is undefined: no step definition matches it'
  if (matches.length > 1) {
    return `is ambiguous: ${matches.map(({ definition }) => `${definition.expression.source} (${placeOf(definition)})`).join(', ')}`
  }
  return lengthProblem(match.definition, argumentCount(match, step))
}

function argumentCount({ values }: Match, { argument }: PickleStep): number {
  return values.length + [argument?.dataTable, argument?.docString].filter(Boolean).length
}

/** As Cucumber has it, one more is a callback. */
function lengthProblem(definition: StepDefinition, count: number): string | undefined {
  const { length } = definition.code
  if (length === count || length === count + 1) return undefined
  return `has ${count} arguments, but its step definition takes ${length} (${placeOf(definition)})`
}

function compileStep(step: PickleStep, location: string, match: Match, support: SupportCode): CompiledStep {
  const { definition, values } = match
  return {
    ...{ text: step.text, location, step, arguments: values, definition },
    code: definition.code,
    timeout: definition.options.timeout ?? support.defaultTimeout,
  }
}

function compileHook(definition: HookDefinition, support: SupportCode, problems: string[]): CompiledHook {
  const { code, options } = definition
  if (code.length > 2)
    problems.push(`${placeOf(definition)}: the hook takes ${code.length} arguments, instead of 0 to 2`)
  return { definition, code, timeout: options.timeout ?? support.defaultTimeout }
}

/** Where it is defined. */
export function placeOf({ uri, line }: { readonly uri: string; readonly line: number }): string {
  return `${uri}:${line}`
}

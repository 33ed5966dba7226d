/** What a run tells about a system: its features, each with what became of its scenarios. */

import {
  type Attachment,
  type Background,
  type Examples,
  type Feature,
  type ParseError,
  type PickleStepArgument,
  type Rule,
  type Scenario,
  type Step,
  type Tag,
  type TestCaseStarted,
  type TestStep,
  type TestStepFinished,
  TimeConversion,
} from '@cucumber/messages'
import type { Query } from '@cucumber/query'
import { anchors } from './anchors'

/** What became of a step or a scenario, the best first; `unknown` is a scenario without steps. */
export const STATUSES = ['passed', 'unknown', 'skipped', 'pending', 'undefined', 'ambiguous', 'failed'] as const
export type Status = (typeof STATUSES)[number]

/** All features of a run. */
export interface Documentation {
  readonly features: readonly DocumentedFeature[]
  /** What went wrong outside of scenarios, each as Cucumber tells it. */
  readonly troubles: readonly string[]
}

/** What has a name in a feature file. */
export interface Named {
  readonly keyword: string
  readonly name: string
  /** Markdown. */
  readonly description: string
  readonly tags: readonly string[]
}

export interface DocumentedFeature extends Named {
  readonly anchor: string
  readonly uri: string
  /** Of the words of Gherkin, such as `en` or `de`. */
  readonly language: string
  readonly parts: readonly (DocumentedBackground | DocumentedRule | DocumentedScenario)[]
}

export interface DocumentedRule extends Named {
  readonly is: 'rule'
  readonly parts: readonly (DocumentedBackground | DocumentedScenario)[]
}

export interface DocumentedBackground extends Omit<Named, 'tags'> {
  readonly is: 'background'
  readonly steps: readonly Step[]
}

export interface DocumentedScenario extends Named {
  readonly is: 'scenario'
  /** The last part of its address. */
  readonly anchor: string
  /** As they stand in the feature file. */
  readonly steps: readonly Step[]
  /** The tables of an outline. */
  readonly examples: readonly Examples[]
  /** One, or one for each row of an outline that was run. */
  readonly runs: readonly Run[]
}

/** A scenario, or one row of an outline, as it was run. */
export interface Run {
  readonly anchor: string
  readonly status: Status
  /** All that hold for it: the feature's, the rule's, its own, and those of its examples. */
  readonly tags: readonly string[]
  /** The cells of the row of an outline, by the names of its columns. */
  readonly values: ReadonlyMap<string, string>
  /** The row's id. */
  readonly row: string | undefined
  /** How often it was tried; the last time counts. */
  readonly attempts: number
  /** How earlier attempts failed. */
  readonly earlier: readonly string[]
  readonly steps: readonly RunStep[]
}

/** A step or hook as it was run; hooks only where they have something to say. */
export interface RunStep {
  readonly is: 'step' | 'background' | 'hook'
  readonly keyword: string
  readonly text: string
  /** Where the parameters are: from and to, in letters of the text. */
  readonly parameters: readonly (readonly [number, number])[]
  readonly argument: PickleStepArgument | undefined
  readonly status: Status
  /** How it failed. */
  readonly message: string
  readonly attachments: readonly Attachment[]
}

/**
 * Gathers what a run has told.
 * @param attempts every attempt at a test case, in the order in which they began
 * @param parseErrors what is wrong with feature files
 */
export function documentationOf(
  query: Query,
  attempts: readonly TestCaseStarted[],
  parseErrors: readonly ParseError[] = [],
): Documentation {
  const runs = runsOf(query, attempts)
  const features = new Map<Feature, string>()
  for (const pickle of query.findAllPickles()) {
    const { feature } = query.findLineageBy(pickle) ?? {}
    if (feature) features.set(feature, pickle.uri)
  }
  const anchorOf = anchors()
  const documented = [...features]
    .map(([feature, uri]) => documentedFeature(feature, uri, runs, anchorOf))
    .filter(({ parts }) => parts.some((part) => part.is !== 'background'))
  return { features: documented, troubles: [...parseErrors.map(inWords), ...troublesOf(query)] }
}

type RunsByScenario = ReadonlyMap<string, readonly Omit<Run, 'anchor'>[]>
type AnchorOf = (...names: string[]) => string

function documentedFeature(feature: Feature, uri: string, runs: RunsByScenario, anchorOf: AnchorOf): DocumentedFeature {
  const path = uri.replace(/^features[\\/]/, '').replace(/\.feature(\.md)?$/, '')
  return {
    ...named(feature),
    anchor: anchorOf(path),
    uri,
    language: feature.language,
    parts: feature.children.flatMap((child) => partOf(child, runs, (name) => anchorOf(path, name))),
  }
}

interface Child {
  readonly background?: Background
  readonly scenario?: Scenario
  readonly rule?: Rule
}

function partOf(
  { background, scenario, rule }: Child,
  runs: RunsByScenario,
  anchorOf: AnchorOf,
): (DocumentedBackground | DocumentedRule | DocumentedScenario)[] {
  if (background) return [{ is: 'background', ...named({ ...background, tags: [] }), steps: background.steps }]
  if (scenario) return documentedScenario(scenario, runs.get(scenario.id) ?? [], anchorOf)
  if (!rule) return []
  const parts = rule.children.flatMap((child) => partOf(child, runs, anchorOf) as DocumentedScenario[])
  return parts.some(({ is }) => is === 'scenario') ? [{ is: 'rule', ...named(rule), parts }] : []
}

/** A scenario that was not run, as it was not asked for, is not told; but it has its address, whatever is run. */
function documentedScenario(
  scenario: Scenario,
  runs: readonly Omit<Run, 'anchor'>[],
  anchorOf: AnchorOf,
): DocumentedScenario[] {
  const anchor = anchorOf(scenario.name)
  const rows = scenario.examples.flatMap(({ tableBody }) => tableBody)
  const anchorsOfRows = new Map(rows.map(({ id }, index) => [id, anchorOf(`${scenario.name} ${index + 1}`)]))
  if (runs.length === 0) return []
  const { steps, examples } = scenario
  const anchored = runs.map((run) => ({ ...run, anchor: anchorsOfRows.get(run.row ?? '') ?? anchor }))
  return [{ is: 'scenario', ...named(scenario), anchor, steps, examples, runs: anchored }]
}

function named({ keyword, name, description, tags }: Omit<Named, 'tags'> & { tags: readonly Tag[] }): Named {
  return { keyword, name, description, tags: tags.map((tag) => tag.name) }
}

function runsOf(query: Query, attempts: readonly TestCaseStarted[]): RunsByScenario {
  const attemptsByPickle = new Map<string, TestCaseStarted[]>()
  for (const attempt of attempts) {
    const { id } = query.findPickleBy(attempt) as { id: string }
    attemptsByPickle.set(id, [...(attemptsByPickle.get(id) ?? []), attempt])
  }
  const runs = new Map<string, Omit<Run, 'anchor'>[]>()
  for (const pickle of query.findAllPickles()) {
    const [last, ...earlier] = (attemptsByPickle.get(pickle.id) ?? []).toReversed()
    const { scenario, examples, example } = query.findLineageBy(pickle) ?? {}
    if (!last || !scenario) continue
    const columns = examples?.tableHeader?.cells ?? []
    const run = {
      // Its hooks pass all the same.
      status: pickle.steps.length === 0 ? ('unknown' as const) : statusOf(query, last),
      tags: pickle.tags.map(({ name }) => name),
      values: new Map(columns.map(({ value }, index) => [value, example?.cells[index]?.value ?? ''])),
      row: example?.id,
      attempts: earlier.length + 1,
      earlier: earlier.toReversed().map((attempt) => messageOf(query.findMostSevereTestStepResultBy(attempt))),
      steps: stepsOf(query, last),
    }
    runs.set(scenario.id, [...(runs.get(scenario.id) ?? []), run])
  }
  return runs
}

function statusOf(query: Query, attempt: TestCaseStarted): Status {
  return asStatus(query.findMostSevereTestStepResultBy(attempt)?.status)
}

function asStatus(status = 'UNKNOWN'): Status {
  return status.toLowerCase() as Status
}

function stepsOf(query: Query, attempt: TestCaseStarted): RunStep[] {
  const { background, ruleBackground } = query.findLineageBy(attempt) ?? {}
  const before = new Set([background, ruleBackground].flatMap((one) => one?.steps ?? []).map(({ id }) => id))
  return query
    .findTestStepFinishedAndTestStepBy(attempt)
    .flatMap(([finished, testStep]) =>
      testStep.pickleStepId ? sentence(query, finished, testStep, before) : hook(query, finished, testStep),
    )
}

function sentence(
  query: Query,
  finished: TestStepFinished,
  testStep: TestStep,
  before: ReadonlySet<string>,
): RunStep[] {
  const pickleStep = query.findPickleStepBy(testStep)
  if (!pickleStep) return []
  const step = query.findStepBy(pickleStep)
  const { text, argument } = pickleStep
  const [match] = testStep.stepMatchArgumentsLists?.length === 1 ? testStep.stepMatchArgumentsLists : []
  const parameters = (match?.stepMatchArguments ?? []).flatMap(({ group: { start, value } }) =>
    start === undefined || value === undefined ? [] : [[start, start + value.length] as const],
  )
  const is = step && before.has(step.id) ? 'background' : 'step'
  return [{ is, keyword: step?.keyword.trim() ?? '', text, parameters, argument, ...outcomeOf(query, finished) }]
}

/** A hook is told where it failed or attached something: nobody wrote it into the feature. */
function hook(query: Query, finished: TestStepFinished, testStep: TestStep): RunStep[] {
  const { name = '', type } = query.findHookBy(testStep) ?? {}
  const outcome = outcomeOf(query, finished)
  if (outcome.status !== 'failed' && outcome.attachments.length === 0) return []
  return [{ is: 'hook', keyword: hookKeyword(type), text: name, parameters: [], argument: undefined, ...outcome }]
}

function outcomeOf(query: Query, finished: TestStepFinished): Pick<RunStep, 'status' | 'message' | 'attachments'> {
  const { testStepResult } = finished
  const status = asStatus(testStepResult.status)
  const message = status === 'passed' ? '' : messageOf(testStepResult)
  return { status, message, attachments: query.findAttachmentsBy(finished) }
}

function hookKeyword(type = ''): string {
  const words = type.replace('TEST_CASE', 'SCENARIO').replace('TEST_', '').toLowerCase().replaceAll('_', ' ')
  return words.replace(/^./, (first) => first.toUpperCase()) || 'Hook'
}

function messageOf(result: { message?: string; exception?: { message?: string } } | undefined): string {
  return (result?.message ?? result?.exception?.message ?? '').trim()
}

function troublesOf(query: Query): string[] {
  const hooks = query
    .findAllTestRunHookFinished()
    .flatMap(({ result }) => (asStatus(result.status) === 'failed' ? [messageOf(result)] : []))
  const run = query.findTestRunFinished()
  return [...hooks, ...[run?.message ?? run?.exception?.message ?? ''].filter((message) => message !== '')]
}

function inWords({ source, message }: ParseError): string {
  return `${source.uri ?? 'A feature'} cannot be read: ${message}`
}

/** When the run began, and how long it took, in ms. */
export function timesOf(query: Query): { readonly began: Date | undefined; readonly took: number | undefined } {
  const started = query.findTestRunStarted()
  const duration = query.findTestRunDuration()
  return {
    began: started && new Date(TimeConversion.timestampToMillisecondsSinceEpoch(started.timestamp)),
    took: duration && TimeConversion.durationToMilliseconds(duration),
  }
}

/** What became of scenarios: each as it was run, step by step. */

import type {
  Attachment,
  Hook,
  PickleStep,
  PickleStepArgument,
  Step,
  TestCaseStarted,
  TestStep,
  TestStepFinished,
} from '@cucumber/messages'
import type { Lineage, Query } from '@cucumber/query'

/** What became of a step or a scenario, the best first; `unknown` is a scenario without steps. */
export const STATUSES = ['passed', 'unknown', 'skipped', 'pending', 'undefined', 'ambiguous', 'failed'] as const
export type Status = (typeof STATUSES)[number]

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

/** A run that has no address on the page yet. */
export type UnaddressedRun = Omit<Run, 'anchor'>

export type RunsByScenario = ReadonlyMap<string, readonly UnaddressedRun[]>

/** The runs of each scenario, by its id. */
export function runsOf(query: Query, attempts: readonly TestCaseStarted[]): RunsByScenario {
  const attemptsByPickle = new Map<string, TestCaseStarted[]>()
  for (const attempt of attempts) {
    const { id } = query.findPickleBy(attempt) as { id: string }
    attemptsByPickle.set(id, [...(attemptsByPickle.get(id) ?? []), attempt])
  }
  const runs = new Map<string, UnaddressedRun[]>()
  for (const pickle of query.findAllPickles()) {
    const [last, ...earlier] = (attemptsByPickle.get(pickle.id) ?? []).toReversed()
    const { scenario, examples, example } = query.findLineageBy(pickle) as Lineage
    if (!last || !scenario) continue
    const columns = examples?.tableHeader?.cells ?? []
    const run = {
      // Its hooks pass all the same.
      status: pickle.steps.length === 0 ? ('unknown' as const) : statusOf(query, last),
      tags: pickle.tags.map(({ name }) => name),
      values: new Map(columns.map(({ value }, index) => [value, example?.cells[index]?.value as string])),
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
  const { background, ruleBackground } = query.findLineageBy(attempt) as Lineage
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
  const pickleStep = query.findPickleStepBy(testStep) as PickleStep
  const step = query.findStepBy(pickleStep) as Step
  const { text, argument } = pickleStep
  const [match] = testStep.stepMatchArgumentsLists?.length === 1 ? testStep.stepMatchArgumentsLists : []
  const parameters = (match?.stepMatchArguments ?? []).flatMap(({ group: { start, value } }) =>
    start === undefined || value === undefined ? [] : [[start, start + value.length] as const],
  )
  const is = before.has(step.id) ? 'background' : 'step'
  return [{ is, keyword: step.keyword.trim(), text, parameters, argument, ...outcomeOf(query, finished) }]
}

/** A hook is told where it ended otherwise than well, or attached something: nobody wrote it into the feature. */
function hook(query: Query, finished: TestStepFinished, testStep: TestStep): RunStep[] {
  const { name = '', type } = query.findHookBy(testStep) as Hook
  const outcome = outcomeOf(query, finished)
  if (['passed', 'skipped'].includes(outcome.status) && outcome.attachments.length === 0) return []
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
  return words.replace(/^./, (first) => first.toUpperCase())
}

/** What Cucumber says of how something ended. */
export function messageOf(result: { message?: string } | undefined): string {
  return (result?.message ?? '').trim()
}

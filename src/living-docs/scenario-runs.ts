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
import { isCoverage } from '../coverage/attachment'
import { placeOfScenario } from '../coverage/collect-coverage'
import { escapeInvisible } from '../text/lazy-visible'

/** What became of a step or a scenario, the best first; `unknown` is a scenario without steps. */
export const STATUSES = ['passed', 'unknown', 'skipped', 'pending', 'undefined', 'ambiguous', 'failed'] as const
export type Status = (typeof STATUSES)[number]

/** A scenario, or one row of an outline, as it was run. */
export interface ScenarioRun {
  readonly anchor: string
  /** Its file and line. */
  readonly at: string
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
  readonly steps: readonly StepRun[]
}

/** A step or hook as it was run; hooks only where they have something to say. */
export interface StepRun {
  readonly is: 'step' | 'background' | 'hook'
  readonly keyword: string
  readonly text: string
  /** Where the parameters are: from and to, in characters of the text. */
  readonly parameters: readonly (readonly [number, number])[]
  readonly argument: PickleStepArgument | undefined
  readonly status: Status
  /** How it failed. */
  readonly message: string
  readonly attachments: readonly Attachment[]
}

/** A run that has no address on the page yet. */
export type RunWithoutAnchor = Omit<ScenarioRun, 'anchor'>

export type RunsByScenario = ReadonlyMap<string, readonly RunWithoutAnchor[]>

/** The runs of each scenario, by its id. */
export function collectRuns(query: Query, attempts: readonly TestCaseStarted[]): RunsByScenario {
  const attemptsByPickle = new Map<string, TestCaseStarted[]>()
  for (const attempt of attempts) {
    const { id } = query.findPickleBy(attempt) as { id: string }
    attemptsByPickle.set(id, [...(attemptsByPickle.get(id) ?? []), attempt])
  }
  const runs = new Map<string, RunWithoutAnchor[]>()
  for (const pickle of query.findAllPickles()) {
    const [last, ...earlier] = (attemptsByPickle.get(pickle.id) ?? []).toReversed()
    const { scenario, examples, example } = query.findLineageBy(pickle) as Lineage
    if (!last || !scenario) continue
    const columns = examples?.tableHeader?.cells ?? []
    const run = {
      at: placeOfScenario(query, pickle),
      // Its hooks pass all the same.
      status: pickle.steps.length === 0 ? ('unknown' as const) : attemptStatus(query, last),
      tags: pickle.tags.map(({ name }) => name),
      values: new Map(columns.map(({ value }, index) => [value, example?.cells[index]?.value as string])),
      row: example?.id,
      attempts: earlier.length + 1,
      earlier: earlier.toReversed().map((attempt) => resultMessage(query.findMostSevereTestStepResultBy(attempt))),
      steps: collectSteps(query, last),
    }
    runs.set(scenario.id, [...(runs.get(scenario.id) ?? []), run])
  }
  return runs
}

function attemptStatus(query: Query, attempt: TestCaseStarted): Status {
  if (isBrokenOff(query, attempt)) return 'failed'
  return toStatus(query.findMostSevereTestStepResultBy(attempt)?.status)
}

/** Whether the process that ran it has ended before: what it has not told did not pass. */
function isBrokenOff(query: Query, attempt: TestCaseStarted): boolean {
  return query.findTestCaseFinishedBy(attempt) === undefined
}

const BROKEN_OFF: StepRun = {
  ...{ is: 'hook', keyword: 'Broken off', text: '', parameters: [], argument: undefined, attachments: [] },
  status: 'failed',
  message: 'The process that ran the scenario has ended before it was over.',
}

function toStatus(status = 'UNKNOWN'): Status {
  return status.toLowerCase() as Status
}

function collectSteps(query: Query, attempt: TestCaseStarted): StepRun[] {
  const { background, ruleBackground } = query.findLineageBy(attempt) as Lineage
  const before = new Set([background, ruleBackground].flatMap((one) => one?.steps ?? []).map(({ id }) => id))
  const steps = query
    .findTestStepFinishedAndTestStepBy(attempt)
    .flatMap(([finished, testStep]) =>
      testStep.pickleStepId ? stepRun(query, finished, testStep, before) : hookRun(query, finished, testStep),
    )
  return isBrokenOff(query, attempt) ? [...steps, BROKEN_OFF] : steps
}

function stepRun(query: Query, finished: TestStepFinished, testStep: TestStep, before: ReadonlySet<string>): StepRun[] {
  const pickleStep = query.findPickleStepBy(testStep) as PickleStep
  const step = query.findStepBy(pickleStep) as Step
  const { text, argument } = pickleStep
  const [match] = testStep.stepMatchArgumentsLists?.length === 1 ? testStep.stepMatchArgumentsLists : []
  const parameters = (match?.stepMatchArguments ?? []).flatMap(({ group: { start, value } }) =>
    start === undefined || value === undefined ? [] : [[start, start + value.length] as const],
  )
  const is = before.has(step.id) ? 'background' : 'step'
  return [{ is, keyword: step.keyword.trim(), text, parameters, argument, ...stepResult(query, finished) }]
}

/** A hook is part of a run if it did not pass, or attached something: it does not stand in the feature. */
function hookRun(query: Query, finished: TestStepFinished, testStep: TestStep): StepRun[] {
  const { name = '', type } = query.findHookBy(testStep) as Hook
  const outcome = stepResult(query, finished)
  if (['passed', 'skipped'].includes(outcome.status) && outcome.attachments.length === 0) return []
  return [{ is: 'hook', keyword: hookKeyword(type), text: name, parameters: [], argument: undefined, ...outcome }]
}

function stepResult(query: Query, finished: TestStepFinished): Pick<StepRun, 'status' | 'message' | 'attachments'> {
  const { testStepResult } = finished
  const status = toStatus(testStepResult.status)
  const message = status === 'passed' ? '' : resultMessage(testStepResult)
  // What was seen of the contract is told in a section of its own.
  const attachments = query.findAttachmentsBy(finished).filter((attachment) => !isCoverage(attachment))
  return { status, message, attachments }
}

function hookKeyword(type = ''): string {
  const words = type.replace('TEST_CASE', 'SCENARIO').replace('TEST_', '').toLowerCase().replaceAll('_', ' ')
  return words.replace(/^./, (first) => first.toUpperCase())
}

/** What Cucumber says of how something ended. */
export function resultMessage(result: { message?: string } | undefined): string {
  return escapeInvisible((result?.message ?? '').trim(), '\n\t')
}

/** Runs a scenario as one user, as Cucumber would: hooks, sentences and what is between them, without its runner. */

import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { format } from 'node:util'
import {
  type GherkinDocument,
  type Pickle,
  type TestStepResult,
  TestStepResultStatus,
  TimeConversion,
} from '@cucumber/messages'
import { type Call, call, isPromise } from './call'
import type { CompiledHook, CompiledScenario, CompiledStep } from './compile-scenarios'
import type { CucumberProject } from './cucumber-project'

/** How a scenario ended; `pending` only if the profile is not strict. */
export type Outcome =
  | { readonly status: 'passed' | 'skipped' | 'pending' }
  | {
      readonly status: 'failed'
      readonly error: unknown
      /** The sentence that failed, or after which it failed; undefined before and after all of them. */
      readonly step: CompiledStep | undefined
      readonly part: FailedPart
    }

/** What of a scenario has failed: a sentence, what came after the last one, or another hook. */
export type FailedPart = 'sentence' | 'end' | 'hook'

/** What is told while a user is under way. */
export interface UserListener {
  /** A sentence has passed, in so many ms. */
  sentencePassed(text: string, ms: number): void
}

/** What users need of Cucumber. */
export type UserSurroundings = Pick<CucumberProject, 'createTable' | 'formatError' | 'isStrict'>

const { PASSED, SKIPPED, PENDING, FAILED } = TestStepResultStatus

/** What has become of a call, or of a sentence with the hooks around it. */
interface Attempt {
  readonly status: TestStepResultStatus
  readonly ms: number
  readonly error: unknown
}

/** An attempt, and what was attempted. */
interface PlacedAttempt {
  readonly attempt: Attempt
  readonly step: CompiledStep | undefined
  readonly part: FailedPart
}

/** What all hooks of a scenario are told. */
interface ScenarioParameter {
  readonly gherkinDocument: GherkinDocument
  readonly pickle: Pickle
  readonly testCaseStartedId: string
}

/** One user. */
export class VirtualUser {
  /** The first of those that have gone worst, as Cucumber judges a scenario. */
  private worst: PlacedAttempt | undefined

  constructor(
    private readonly scenario: CompiledScenario,
    private readonly world: object,
    private readonly surroundings: UserSurroundings,
    private readonly listener: UserListener,
  ) {}

  /** Runs the scenario; what goes wrong is its outcome. */
  async run(): Promise<Outcome> {
    const { document: gherkinDocument, before, after, steps } = this.scenario
    const pickle = pickleOfOneUser(this.scenario.pickle)
    const about = { gherkinDocument, pickle, testCaseStartedId: randomUUID() }
    await this.runHooks(before, about)
    // To Cucumber, what comes after no sentence comes before them.
    if (steps.length === 0) await this.runHooks(after, about)
    else {
      const error = await this.runSteps(about)
      for (const hook of after) {
        const result = this.resultOf((this.worst as PlacedAttempt).attempt)
        const attempt = await this.attempt(hook, [{ ...about, result, error, willBeRetried: false }])
        this.note(attempt, undefined, 'end')
      }
    }
    return this.outcome()
  }

  private async runHooks(hooks: readonly CompiledHook[], about: ScenarioParameter): Promise<void> {
    for (const hook of hooks) {
      if (this.isSkipping()) return
      this.note(await this.attempt(hook, [{ ...about }]), undefined, 'hook')
    }
  }

  private isSkipping(): boolean {
    return this.worst !== undefined && this.worst.attempt.status !== PASSED
  }

  /** Returns the error of the last sentence, which is all that Cucumber tells hooks after the scenario. */
  private async runSteps(about: ScenarioParameter): Promise<unknown> {
    const { steps } = this.scenario
    let error: unknown
    for (const [index, step] of steps.entries()) {
      if (this.isSkipping()) return undefined
      error = await this.runStep(step, index, about)
    }
    return error
  }

  private async runStep(step: CompiledStep, index: number, about: ScenarioParameter): Promise<unknown> {
    const { beforeStep, afterStep, steps } = this.scenario
    const { gherkinDocument, pickle, testCaseStartedId } = about
    const pickleStep = pickle.steps[index]
    const testStepId = randomUUID()
    // Written out, as to spread an object takes as long as a sentence.
    const before = {
      gherkinDocument,
      pickle,
      pickleStep,
      testCaseStartedId,
      testStepId,
      result: undefined,
      error: undefined,
    }
    let worst: Attempt | undefined
    let part: FailedPart = 'sentence'
    let ms = 0
    for (const hook of beforeStep) {
      const hooked = this.attempt(hook, [before])
      const attempt = isPromise(hooked) ? await hooked : hooked
      if (isWorse(attempt, worst)) worst = attempt
      ms += attempt.ms
    }
    let performed: Attempt | undefined
    if (worst?.status !== FAILED) {
      performed = await this.perform(step)
      if (isWorse(performed, worst)) worst = performed
      ms += performed.ms
    }
    const result = performed && this.resultOf(performed)
    const error = performed?.error
    const after = { gherkinDocument, pickle, pickleStep, testCaseStartedId, testStepId, result, error }
    for (const hook of afterStep) {
      const hooked = this.attempt(hook, [after])
      const attempt = isPromise(hooked) ? await hooked : hooked
      if (isWorse(attempt, worst)) {
        worst = attempt
        part = index === steps.length - 1 ? 'end' : 'hook'
      }
      ms += attempt.ms
    }
    this.note({ ...(worst as Attempt), ms }, step, part)
    return error
  }

  private async perform(step: CompiledStep): Promise<Attempt> {
    const began = performance.now()
    try {
      const args = this.argumentsOf(step)
      const attempted = this.attempt(step, isPromise(args) ? await args : args, began)
      const attempt = isPromise(attempted) ? await attempted : attempted
      if (attempt.status === PASSED) this.listener.sentencePassed(step.text, attempt.ms)
      return attempt
    } catch (error) {
      return failed(error, began)
    }
  }

  private argumentsOf(step: CompiledStep): unknown[] | Promise<unknown[]> {
    const { dataTable, docString } = step.step.argument ?? {}
    const args = step.arguments.map((argument) => argument.getValue(this.world))
    if (dataTable) args.push(this.surroundings.createTable(dataTable))
    if (docString) args.push(docString.content)
    return args.some(isPromise) ? Promise.all(args) : args
  }

  /** A promise only if there is something to wait for. */
  private attempt(
    callee: Call,
    args: readonly unknown[],
    began: number = performance.now(),
  ): Attempt | PromiseLike<Attempt> {
    try {
      const returned = call(callee, this.world, args)
      if (!isPromise(returned)) return judged(returned, began)
      return returned.then(
        (value) => judged(value, began),
        (error) => failed(error, began),
      )
    } catch (error) {
      return failed(error, began)
    }
  }

  private note(attempt: Attempt, step: CompiledStep | undefined, part: FailedPart): void {
    if (isWorse(attempt, this.worst?.attempt)) this.worst = { attempt, step, part }
  }

  /** As hooks are told of it. */
  private resultOf({ status, ms, error }: Attempt): TestStepResult {
    const duration = TimeConversion.millisecondsToDuration(ms)
    if (error === null || error === undefined) return { duration, status }
    return { duration, status, ...this.surroundings.formatError(error) }
  }

  private outcome(): Outcome {
    if (!this.worst) return { status: 'passed' }
    const { attempt, step, part } = this.worst
    const { status, error } = attempt
    if (status === PASSED) return { status: 'passed' }
    if (status === SKIPPED) return { status: 'skipped' }
    if (status === FAILED) return { status: 'failed', error, step, part }
    if (!this.surroundings.isStrict) return { status: 'pending' }
    return { status: 'failed', error: new Error(part === 'sentence' ? STEP_PENDING : HOOK_PENDING), step, part }
  }
}

const STEP_PENDING = 'The step definition is pending.'
const HOOK_PENDING = 'The hook is pending.'

const ORDER: readonly TestStepResultStatus[] = [PASSED, SKIPPED, PENDING, FAILED]

/** Of those that are alike, the first counts. */
function isWorse(one: Attempt, other: Attempt | undefined): boolean {
  return other === undefined || ORDER.indexOf(one.status) > ORDER.indexOf(other.status)
}

function judged(value: unknown, began: number): Attempt {
  const status = value === 'skipped' ? SKIPPED : value === 'pending' ? PENDING : PASSED
  return { status, ms: performance.now() - began, error: undefined }
}

function failed(error: unknown, began: number): Attempt {
  return { status: FAILED, ms: performance.now() - began, error }
}

/** Cucumber runs a scenario once at a time, and what is kept by its ids, or on it, belongs to one run. */
function pickleOfOneUser(pickle: Pickle): Pickle {
  return { ...pickle, id: randomUUID(), steps: pickle.steps.map((step) => ({ ...step, id: randomUUID() })) }
}

/** What went wrong, in words. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name
  return typeof error === 'string' ? error || 'Error' : format(error)
}

/** Runs a scenario as one user, as Cucumber would: hooks, sentences and what is between them, without its runner. */

import { performance } from 'node:perf_hooks'
import { call, isPromise } from './call'
import type { CompiledHook, CompiledScenario, CompiledStep } from './compile-scenarios'
import type { CucumberProject } from './cucumber-project'

/** How a scenario ended. */
export type Outcome =
  | { readonly status: 'passed' | 'skipped' }
  | { readonly status: 'failed'; readonly error: unknown; readonly step: CompiledStep | undefined }

/** What is told while a user is under way. */
export interface UserListener {
  /** A sentence has passed, in so many ms. */
  sentencePassed(text: string, ms: number): void
}

/** What hooks are told of a sentence, or of the scenario, as far as it has come. */
interface StepResult {
  readonly status: 'PASSED' | 'FAILED' | 'SKIPPED'
  readonly message?: string
  readonly duration: { readonly seconds: number; readonly nanos: number }
}

const NO_TIME = { seconds: 0, nanos: 0 }
const PASSED: StepResult = { status: 'PASSED', duration: NO_TIME }
const SKIPPED: StepResult = { status: 'SKIPPED', duration: NO_TIME }

/** One user. */
export class VirtualUser {
  private outcome: Outcome = { status: 'passed' }

  constructor(
    private readonly scenario: CompiledScenario,
    private readonly world: object,
    private readonly project: Pick<CucumberProject, 'createTable'>,
    private readonly listener: UserListener,
  ) {}

  /** Runs the scenario; what goes wrong is its outcome. */
  async run(): Promise<Outcome> {
    const { pickle, document: gherkinDocument, before, after, steps } = this.scenario
    const about = { pickle, gherkinDocument, testCaseStartedId: '' }
    for (const hook of before) {
      if (this.outcome.status !== 'passed') break
      await this.attempt(hook, about)
    }
    for (const step of steps) {
      if (this.outcome.status !== 'passed') break
      await this.runStep(step, about)
    }
    for (const hook of after) {
      const { result, error } = this.soFar()
      await this.attempt(hook, { ...about, result, error, willBeRetried: false })
    }
    return this.outcome
  }

  private async runStep(step: CompiledStep, about: object): Promise<void> {
    const { beforeStep, afterStep } = this.scenario
    const aboutStep = { ...about, pickleStep: step.step, testStepId: '' }
    for (const hook of beforeStep) {
      const hooked = this.attempt(hook, aboutStep, step)
      if (hooked) await hooked
    }
    if (this.outcome.status === 'passed') await this.perform(step)
    for (const hook of afterStep) {
      const hooked = this.attempt(hook, { ...aboutStep, ...this.soFar() }, step)
      if (hooked) await hooked
    }
  }

  private async perform(step: CompiledStep): Promise<void> {
    const began = performance.now()
    try {
      const args = this.argumentsOf(step)
      const result = call(step, this.world, isPromise(args) ? await args : args)
      const value = isPromise(result) ? await result : result
      if (value === 'skipped') this.outcome = { status: 'skipped' }
      else if (value === 'pending') this.fail(new Error('The step definition is pending.'), step)
      else this.listener.sentencePassed(step.text, performance.now() - began)
    } catch (error) {
      this.fail(error, step)
    }
  }

  private argumentsOf(step: CompiledStep): unknown[] | Promise<unknown[]> {
    const { dataTable, docString } = step.step.argument ?? {}
    const args = step.arguments.map((argument) => argument.getValue(this.world))
    if (dataTable) args.push(this.project.createTable(dataTable))
    if (docString) args.push(docString.content)
    return args.some(isPromise) ? Promise.all(args) : args
  }

  /** A promise only if there is something to wait for. */
  private attempt(hook: CompiledHook, parameter: object, step?: CompiledStep): Promise<void> | undefined {
    try {
      const result = call(hook, this.world, [parameter])
      if (isPromise(result))
        return result.then(
          (value) => this.hooked(value, step),
          (error) => this.fail(error, step),
        )
      this.hooked(result, step)
    } catch (error) {
      this.fail(error, step)
    }
    return undefined
  }

  private hooked(value: unknown, step: CompiledStep | undefined): void {
    if (value === 'skipped' && this.outcome.status === 'passed') this.outcome = { status: 'skipped' }
    if (value === 'pending') this.fail(new Error('The hook is pending.'), step)
  }

  /** What goes wrong first is told. */
  private fail(error: unknown, step: CompiledStep | undefined): void {
    if (this.outcome.status !== 'failed') this.outcome = { status: 'failed', error, step }
  }

  private soFar(): { readonly result: StepResult; readonly error?: unknown } {
    const { outcome } = this
    if (outcome.status !== 'failed') return { result: outcome.status === 'passed' ? PASSED : SKIPPED }
    const { error } = outcome
    return { result: { status: 'FAILED', message: messageOf(error), duration: NO_TIME }, error }
  }
}

/** What went wrong, in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

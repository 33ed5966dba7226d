/** The engine that runs scenarios of features as Artillery's virtual users. */

import { isMainThread } from 'node:worker_threads'
import { UsageError } from '../errors'
import type { CompiledScenario } from '../virtual-users/compile-scenarios'
import { messageOf } from '../virtual-users/virtual-user'
import type { RunEvents, RunUser, ScenarioEvents, ScenarioSpec, Script } from './artillery'
import { LoadMeasures } from './load-measures'
import { type PreparedRun, type PreparedScenarios, prepareRun } from './prepare-run'

export type { RunEvents, RunUser, ScenarioEvents, ScenarioSpec, Script, UserContext } from './artillery'
export type { LoadFailure, LoadPlan, LoadScenario } from './load-failures'
export type { EngineOptions, ScenarioOptions } from './options'

/** What Artillery keeps for all engines. */
interface ArtilleryGlobal {
  readonly artillery?: {
    readonly testRunId?: string
    /** A worker's is passed on. */
    suggestedExitCode?: number
  }
}

/**
 * An engine of Artillery's, by the name `cucumber-websocket`.
 * @example module.exports = require('cucumber-websocket/artillery').ArtilleryEngine
 */
export class ArtilleryEngine {
  private prepared: PreparedRun | undefined
  private phasesLeft: number
  private running = 0
  private hasFinished = false

  constructor(
    private readonly script: Script,
    events?: RunEvents,
  ) {
    this.phasesLeft = script.config.phases?.length ?? 1
    events?.on('phaseCompleted', () => {
      this.phasesLeft--
      void this.finishIfDone()
    })
  }

  /** Prepares what users run, and runs the hooks BeforeAll; whatever is wrong is told here, and ends the run. */
  async init(): Promise<void> {
    try {
      const run = (globalThis as ArtilleryGlobal).artillery?.testRunId ?? ''
      const surroundings = { folder: process.cwd(), run, warn: (text: string) => console.warn(text) }
      this.prepared = await prepareRun(this.script, surroundings)
      await this.prepared.hooks.beforeAll()
    } catch (error) {
      return endRun(error as Error)
    }
  }

  /** Called by Artillery for each entry of `scenarios`. */
  createScenario(spec: ScenarioSpec, events: ScenarioEvents): RunUser {
    const scenarios = this.prepared?.scenarios.get(spec)
    if (!this.prepared || !scenarios)
      throw new UsageError('The engine was not prepared for this scenario of the script.')
    const { users } = this.prepared
    const measures = new LoadMeasures(events)
    const next = choose(scenarios)
    return (context, done) => {
      events.emit('started')
      this.running++
      void users.run(next(), context, measures).then(async (failure) => {
        this.running--
        // Artillery waits for its users, and so for the hooks AfterAll.
        await this.finishIfDone()
        done(failure, context)
      })
    }
  }

  private async finishIfDone(): Promise<void> {
    if (this.phasesLeft > 0 || this.running > 0 || this.hasFinished) return
    this.hasFinished = true
    await this.prepared?.hooks.afterAll().catch((error) => {
      console.error(messageOf(error))
      const { artillery } = globalThis as ArtilleryGlobal
      if (artillery) artillery.suggestedExitCode = 1
    })
  }
}

/** Which scenario the next user runs. */
function choose({ compiled, options }: PreparedScenarios): () => CompiledScenario {
  let next = 0
  const index = options.order === 'random' ? () => Math.floor(Math.random() * compiled.length) : () => next++
  return () => compiled[index() % compiled.length] as CompiledScenario
}

/** Artillery would go on without the engine, and report success: what is thrown in a worker ends it. */
function endRun(error: Error): Promise<never> {
  // Artillery shows the stack, which says nothing to the writer of a script.
  const shown = error instanceof UsageError ? Object.assign(new Error(error.message), { stack: error.message }) : error
  if (isMainThread) throw shown
  /* c8 ignore next 5 -- Its coverage is lost with the worker. */
  setImmediate(() => {
    throw shown
  })
  return new Promise(() => {})
}

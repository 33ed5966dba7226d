/** Starts programs and runs commands on this machine. */

import {
  commandFailed,
  commandTimedOut,
  type ProcessLabel,
  programCrashed,
  programExitedEarly,
} from '../conversation/program-failure'
import type { Command, FillVariables, Program, Programs } from '../conversation/programs'
import { ExpectationError } from '../errors'
import { settlesWithin } from '../time/settles-within'
import { ManagedProcess } from './managed-process'
import { requireFreeAddress, waitUntilReady } from './program-readiness'
import { signOfLife } from './readiness-probe'
import type { ProcessEnd } from './watchdog'
import { watchdogCommand } from './watchdog-command'

/** How long a program has to end after SIGTERM before it is killed, in ms. */
const STOP_GRACE = 1000

/** How long the news that a program has ended may take, in ms. */
const NEWS_TIMEOUT = 5000

/** When a program crashed of which no scenario has told. */
const AFTER_LAST_USE = ' after the last scenario that used it'

/** Starts each program and command under a watchdog, which ends it when our own process is gone. */
export class LocalPrograms implements Programs {
  private readonly started = new Map<string, StartedProgram>()
  private readonly commands = new Set<ManagedProcess>()

  /** @param grace how long they have to end after SIGTERM before they are killed, in ms */
  constructor(private readonly grace = STOP_GRACE) {}

  start(name: string, program: Program, timeout: number, fill: FillVariables = unfilled): Promise<void> {
    const known = this.started.get(name)
    if (known) return this.requireRunning(name, known, timeout)
    const started: StartedProgram = { program, fill, ready: Promise.resolve() }
    this.started.set(name, started)
    started.ready = this.startProcess(name, started, timeout)
    return started.ready
  }

  async run(
    name: string,
    command: Command,
    timeout: number,
    fill: FillVariables = unfilled,
  ): Promise<{ readonly output: string }> {
    const label: ProcessLabel = { kind: 'command', name }
    const process = new ManagedProcess(watchdogCommand(label, command, { fill, grace: this.grace }))
    this.commands.add(process)
    try {
      if (!(await settlesWithin(timeout, process.ended))) {
        throw commandTimedOut(name, { timeout, lines: process.output.lastLines() })
      }
      await process.gone()
      process.requireStarted(label)
      const end = process.end as ProcessEnd
      if (end.code !== 0) throw commandFailed(name, end, process.output.lastLines())
      return { output: process.output.text }
    } finally {
      await process.stop()
      this.commands.delete(process)
    }
  }

  async stop({ includeKept }: { readonly includeKept: boolean }): Promise<void> {
    const due = [...this.started].filter(([, { program }]) => includeKept || !program.keep)
    for (const [name] of due) this.started.delete(name)
    const processes = [...due.map(([, { process }]) => process), ...this.commands]
    await Promise.all(processes.map((process) => process?.stop()))
  }

  async takeCrashes(names?: ReadonlySet<string>): Promise<string[]> {
    if (names) return this.crashesOf(names)
    const addressed = [...this.started].filter(([, { program }]) => hasAddress(program))
    await this.untilIdle(new Set(addressed.map(([name]) => name)), NEWS_TIMEOUT)
    return this.crashesOf(this.started.keys(), AFTER_LAST_USE)
  }

  async untilIdle(names: ReadonlySet<string>, timeout: number): Promise<void> {
    const running = [...this.started].filter(([name, { process }]) => names.has(name) && process && !process.end)
    const controller = new AbortController()
    const answers = running.map(([name, { program, process }]) =>
      Promise.race([process?.ended, signOfLife(name, program.ready, controller.signal)]),
    )
    await settlesWithin(timeout, Promise.all(answers))
    controller.abort()
  }

  /** A program may have ended, and the news of it be on its way: it is asked for an answer, if it has an address. */
  private async requireRunning(name: string, { program, ready }: StartedProgram, timeout: number): Promise<void> {
    await ready
    if (hasAddress(program)) await this.untilIdle(new Set([name]), timeout)
    const [crash] = await this.crashesOf([name], AFTER_LAST_USE)
    if (crash !== undefined) throw new ExpectationError(crash)
  }

  private crashesOf(names: Iterable<string>, moment = ''): Promise<string[]> {
    const crashed = [...names].flatMap((name) => {
      const process = this.started.get(name)?.process
      return process?.end ? [{ name, process, end: process.end }] : []
    })
    for (const { name } of crashed) this.started.delete(name)
    return Promise.all(
      crashed.map(async ({ name, process, end }) => {
        await process.stop()
        return programCrashed(name, { ...end, moment }, process.output.lastLines())
      }),
    )
  }

  private async startProcess(name: string, started: StartedProgram, timeout: number): Promise<void> {
    const { program, fill } = started
    const label: ProcessLabel = { kind: 'program', name }
    try {
      const command = watchdogCommand(label, program, { fill, grace: this.grace })
      await requireFreeAddress(name, program.ready, timeout)
      // It may have been stopped meanwhile.
      if (this.started.get(name) !== started) throw programExitedEarly(name, { code: null, signal: null }, [])
      started.process = new ManagedProcess(command)
      await waitUntilReady(label, { ready: program.ready, process: started.process, timeout })
    } catch (error) {
      await started.process?.stop()
      if (this.started.get(name) === started) this.started.delete(name)
      throw error
    }
  }
}

/** Where there are no variables. */
const unfilled: FillVariables = (text) => text

/** Whether a program can be asked for an answer. */
function hasAddress({ ready }: Program): boolean {
  return ready !== undefined && !('output' in ready)
}

interface StartedProgram {
  readonly program: Program
  readonly fill: FillVariables
  ready: Promise<void>
  process?: ManagedProcess
}

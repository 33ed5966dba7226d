/** Starts programs and runs commands on this machine. */

import { setMaxListeners } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import { ExpectationError } from '../errors'
import {
  commandFailed,
  commandTimedOut,
  type ProcessLabel,
  programCrashed,
  programExitedEarly,
  programNotRunning,
  programNotStopped,
} from '../processes/program-failure'
import type { Command, Program, ProgramEnding, Programs, RunningTimes, VariableValues } from '../processes/programs'
import { settlesWithin } from '../time/settles-within'
import { FreePorts } from './free-port'
import { ManagedProcess } from './managed-process'
import { requirePrintedText } from './printed-text'
import { requireFreeAddress, waitUntilAnswered, waitUntilReady } from './program-readiness'
import { hasAddress, signOfLife, takesConnections } from './readiness-probe'
import { type FilledReadyCheck, fillReadyCheck, isReadyAt } from './ready-check'
import type { ProcessEnd, WatchdogCommand } from './watchdog'
import { watchdogCommand } from './watchdog-command'

/** How long a program has to end after SIGTERM before it is killed, in ms. */
const STOP_GRACE = 1000

/** How long the news that a program has ended may take, in ms. */
const NEWS_TIMEOUT = 5000

/** How long one that is to end, and does not answer, is given to end by itself, as it may be about to, in ms. */
const OWN_END_TIMEOUT = 250

/** When a program crashed of which no scenario has told. */
const AFTER_LAST_USE = ' after the last scenario that used it'

/** Starts each program and command under a watchdog, which ends it when our own process is gone. */
export class LocalPrograms implements Programs {
  private readonly started = new Map<string, StartedProgram>()
  /** Those that sentences have ended, until the scenario is over. */
  private readonly ended = new Map<string, EndedProgram>()
  private readonly commands = new Set<ManagedProcess>()
  private readonly ports = new FreePorts()

  /** @param grace how long they have to end after SIGTERM before they are killed, in ms */
  constructor(private readonly grace = STOP_GRACE) {}

  async start(
    name: string,
    program: Program,
    timeout: number,
    variables: VariableValues = NO_VARIABLES,
  ): Promise<boolean> {
    const launch = this.createLaunch(name, program, variables)
    const known = this.started.get(name)
    if (known) {
      await known.ready
      const isSame = isDeepStrictEqual(known.launch, launch)
      await this.requireAnswer(name, known as RunningProgram, { timeout, isReplaced: !isSame })
      if (isSame) return false
      await this.end(name, 'stopped', timeout)
    }
    await this.launch(name, launch, timeout)
    return known !== undefined
  }

  async end(name: string, ending: ProgramEnding, timeout: number): Promise<void> {
    const { launch } = await this.runningProgram(name)
    if (hasAddress(launch.ready)) await this.untilIdle(new Set([name]), OWN_END_TIMEOUT)
    const { process } = await this.runningProgram(name)
    this.started.delete(name)
    this.ended.set(name, { process, ending, launch })
    await process.endBy(ending === 'killed' ? 'kill' : { stopWithin: timeout })
    if (process.end?.isOwn) throw new ExpectationError(programCrashed(name, process.end, process.lastLines()))
    if (ending === 'killed' || process.end?.signal !== 'SIGKILL') return
    throw programNotStopped(name, { timeout, lines: process.lastLines() })
  }

  async startAgain(name: string, timeout: number): Promise<void> {
    const ended = this.ended.get(name)
    if (!ended) throw programNotRunning(name, undefined)
    await this.launch(name, ended.launch, timeout)
  }

  async requireRunning(name: string, { timeout, quiet }: RunningTimes): Promise<void> {
    const { launch, process } = await this.runningProgram(name)
    if (hasAddress(launch.ready)) await waitUntilAnswered(name, { ready: launch.ready, process, timeout })
    else await settlesWithin(quiet, process.ended)
    await this.runningProgram(name)
  }

  async requirePrinted(name: string, text: string, timeout: number): Promise<void> {
    const started = this.started.get(name)
    await started?.ready
    const process = started?.process ?? this.ended.get(name)?.process
    if (!process) throw programNotRunning(name, undefined)
    await requirePrintedText(name, { process, text, timeout })
  }

  serves(name: string, url: string): boolean | undefined {
    const isAt = (one: string) => isReadyAt(this.started.get(one)?.launch.ready, url)
    return isAt(name) ?? ([...this.started.keys()].some(isAt) ? false : undefined)
  }

  readonly isListening = takesConnections

  freePort(): Promise<number> {
    return this.ports.take()
  }

  async run(
    name: string,
    command: Command,
    timeout: number,
    variables: VariableValues = NO_VARIABLES,
    more?: string,
  ): Promise<{ readonly output: string }> {
    const label: ProcessLabel = { kind: 'command', name }
    const process = new ManagedProcess(
      watchdogCommand(label, command, { variables, arguments: more, grace: this.grace }),
    )
    this.commands.add(process)
    try {
      if (!(await settlesWithin(timeout, process.ended))) {
        throw commandTimedOut(name, { timeout, lines: process.lastLines() })
      }
      await process.gone()
      process.requireStarted(label)
      const end = process.end as ProcessEnd
      if (end.code !== 0) throw commandFailed(name, end, process.lastLines())
      return { output: process.output.text }
    } finally {
      await process.stop()
      this.commands.delete(process)
    }
  }

  async stop({ includeKept }: { readonly includeKept: boolean }): Promise<void> {
    const due = [...this.started].filter(([, { launch }]) => includeKept || !launch.keep)
    for (const [name] of due) this.started.delete(name)
    const ended = [...this.ended.values()]
    this.ended.clear()
    const processes = [
      ...[...due.map(([, program]) => program), ...ended].map(({ process }) => process),
      ...this.commands,
    ]
    await Promise.all(processes.map((process) => process?.stop()))
  }

  async takeCrashes(names?: ReadonlySet<string>): Promise<string[]> {
    if (names) return this.crashesOf(names)
    const addressed = [...this.started].filter(([, { launch }]) => hasAddress(launch.ready))
    await this.untilIdle(new Set(addressed.map(([name]) => name)), NEWS_TIMEOUT)
    return this.crashesOf(this.started.keys(), AFTER_LAST_USE)
  }

  async untilIdle(names: ReadonlySet<string>, timeout: number): Promise<void> {
    const running = [...this.started].filter(([name, { process }]) => names.has(name) && process && !process.end)
    const controller = new AbortController()
    // Each program is asked by several sockets.
    setMaxListeners(0, controller.signal)
    const answers = running.map(([name, { launch, process }]) =>
      Promise.race([process?.ended, signOfLife(name, launch.ready, controller.signal)]),
    )
    await settlesWithin(timeout, Promise.all(answers))
    controller.abort()
  }

  /**
   * A program may have ended, and the news of it be on its way: it is asked for an answer, if it has an address. One that is to be
   * replaced need not give it.
   */
  private async requireAnswer(
    name: string,
    { launch: { ready }, process }: RunningProgram,
    { timeout, isReplaced }: { readonly timeout: number; readonly isReplaced: boolean },
  ): Promise<void> {
    if (hasAddress(ready)) {
      if (isReplaced) await this.untilIdle(new Set([name]), timeout)
      else await waitUntilAnswered(name, { ready, process, timeout })
    }
    const [crash] = await this.crashesOf([name], AFTER_LAST_USE)
    if (crash !== undefined) throw new ExpectationError(crash)
  }

  /** The program that runs, once it is ready. */
  private async runningProgram(name: string): Promise<RunningProgram> {
    const started = this.started.get(name)
    if (!started) throw programNotRunning(name, this.ended.get(name)?.ending)
    await started.ready
    const [crash] = await this.crashesOf([name])
    if (crash !== undefined) throw new ExpectationError(crash)
    return started as RunningProgram
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
        return programCrashed(name, { ...end, moment }, process.lastLines())
      }),
    )
  }

  private createLaunch(name: string, program: Program, variables: VariableValues): Launch {
    const command = watchdogCommand({ kind: 'program', name }, program, { variables, grace: this.grace })
    return { command, ready: fillReadyCheck(name, program.ready, variables), keep: program.keep === true }
  }

  private launch(name: string, launch: Launch, timeout: number): Promise<void> {
    const started: StartedProgram = { launch, ready: Promise.resolve() }
    this.started.set(name, started)
    this.ended.delete(name)
    started.ready = this.startProcess(name, started, timeout)
    return started.ready
  }

  private async startProcess(name: string, started: StartedProgram, timeout: number): Promise<void> {
    const { command, ready } = started.launch
    try {
      await requireFreeAddress(name, ready, timeout)
      // It may have been stopped meanwhile.
      if (this.started.get(name) !== started) throw programExitedEarly(name, { code: null, signal: null }, [])
      started.process = new ManagedProcess(command)
      await waitUntilReady({ kind: 'program', name }, { ready, process: started.process, timeout })
    } catch (error) {
      await started.process?.stop()
      if (this.started.get(name) === started) this.started.delete(name)
      throw error
    }
  }
}

const NO_VARIABLES: VariableValues = { fill: (text) => text, hasRemembered: () => false }

/** What is started, with its variables filled in. */
interface Launch {
  readonly command: WatchdogCommand
  readonly ready: FilledReadyCheck | undefined
  readonly keep: boolean
}

interface StartedProgram {
  readonly launch: Launch
  ready: Promise<void>
  process?: ManagedProcess
}

type RunningProgram = StartedProgram & { readonly process: ManagedProcess }

interface EndedProgram {
  readonly process: ManagedProcess
  readonly ending: ProgramEnding
  readonly launch: Launch
}

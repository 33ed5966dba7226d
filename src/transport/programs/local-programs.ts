/** Real programs, each under a keeper that ends it when our own process is gone. */

import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { resolve as resolvePath } from 'node:path'
import {
  addressInUse,
  commandFailed,
  commandTimedOut,
  invalidCommandLine,
  missingWorkingDirectory,
  type ProcessLabel,
  programCrashed,
  programExitedEarly,
  programNotReady,
  startFailed,
} from '../../conversation/program-failure'
import type { Command, Program, Programs, ReadyCheck } from '../../conversation/programs'
import { Deadline } from '../../time/deadline'
import { splitCommandLine } from './command-line'
import { Output } from './output'
import { readinessAttempt, readinessProbe } from './readiness-probe'
import { type ProcessEnd, type WatchdogCommand, type WatchdogMessage, watchdogScript } from './watchdog'

/** How long a program has to end after SIGTERM before it is killed, in ms. */
const STOP_GRACE = 1000

/** Programs and commands on this machine. */
export class LocalPrograms implements Programs {
  private readonly started = new Map<string, StartedProgram>()
  private readonly commands = new Set<ManagedProcess>()

  /** @param grace how long they have to end after SIGTERM before they are killed, in ms */
  constructor(private readonly grace = STOP_GRACE) {}

  start(name: string, program: Program, timeout: number): Promise<void> {
    const known = this.started.get(name)
    if (known && !known.run?.end) return known.ready
    const started: StartedProgram = { program, ready: Promise.resolve() }
    this.started.set(name, started)
    started.ready = this.begin(name, started, timeout)
    return started.ready
  }

  private async begin(name: string, started: StartedProgram, timeout: number): Promise<void> {
    const { program } = started
    const runner: ProcessLabel = { kind: 'program', name }
    try {
      const order = watchdogCommand(runner, program, this.grace)
      await assertAddressFree(name, program.ready, timeout)
      // It may have been called off meanwhile.
      if (this.started.get(name) !== started) throw programExitedEarly(name, { code: null, signal: null }, [])
      started.run = new ManagedProcess(order)
      await waitUntilReady(runner, program.ready, started.run, timeout)
    } catch (error) {
      await started.run?.stop()
      if (this.started.get(name) === started) this.started.delete(name)
      throw error
    }
  }

  async run(name: string, command: Command, timeout: number): Promise<{ readonly output: string }> {
    const runner: ProcessLabel = { kind: 'command', name }
    const run = new ManagedProcess(watchdogCommand(runner, command, this.grace))
    this.commands.add(run)
    try {
      if (!(await settlesWithin(timeout, run.ended))) throw commandTimedOut(name, timeout, run.output.lastLines())
      await run.gone()
      run.assertStarted(runner)
      if (run.end?.code !== 0) throw commandFailed(name, run.end as ProcessEnd, run.output.lastLines())
      return { output: run.output.text }
    } finally {
      await run.stop()
      this.commands.delete(run)
    }
  }

  async stop({ includeKept }: { readonly includeKept: boolean }): Promise<void> {
    const due = [...this.started].filter(([, { program }]) => includeKept || !program.keep)
    for (const [name] of due) this.started.delete(name)
    const runs = [...due.map(([, { run }]) => run), ...this.commands]
    await Promise.all(runs.map((run) => run?.stop()))
  }

  async takeCrashes(): Promise<string[]> {
    const over = [...this.started].flatMap(([name, { run }]) => (run?.end ? [{ name, run, end: run.end }] : []))
    for (const { name } of over) this.started.delete(name)
    return Promise.all(
      over.map(async ({ name, run, end }) => {
        await run.stop()
        return programCrashed(name, end, run.output.lastLines())
      }),
    )
  }
}

interface StartedProgram {
  readonly program: Program
  ready: Promise<void>
  run?: ManagedProcess
}

/** A program or command under its keeper. */
class ManagedProcess {
  readonly output = new Output()
  /** How it ended, as soon as it has. */
  end: ProcessEnd | undefined
  readonly begun: Promise<void>
  readonly ended: Promise<void>
  private readonly keeper: ChildProcess
  private readonly closed: Promise<void>

  constructor(private readonly order: WatchdogCommand) {
    this.keeper = spawnWatchdog(order)
    this.begun = new Promise((resolve) => {
      this.keeper.on('message', (tidings: WatchdogMessage) => tidings === 'started' && resolve())
    })
    this.ended = new Promise((resolve) => {
      const end = (how: ProcessEnd) => {
        this.end ??= how
        resolve()
      }
      this.keeper.on('message', (tidings: WatchdogMessage) => tidings !== 'started' && end(tidings))
      this.keeper.on('error', (error) => end(watchdogFailure(error)))
      this.keeper.on('disconnect', () => end({ code: null, signal: null }))
    })
    this.closed = this.closing()
  }

  private async closing(): Promise<void> {
    const outputs = [this.keeper.stdout, this.keeper.stderr].filter((stream) => stream !== null)
    for (const stream of outputs) this.output.readFrom(stream)
    const read = outputs.map((stream) => new Promise((resolve) => stream.on('close', resolve)))
    // The keeper's own `close` does not come if we were the ones to disconnect.
    await new Promise((resolve) => this.keeper.on('exit', resolve).on('error', resolve))
    // Who left the group may go on and hold the output, which is then not awaited for ever.
    await settlesWithin(this.order.grace, Promise.all(read))
    for (const stream of outputs) stream.destroy()
  }

  /** Resolves when it has ended with all its children, and its output has been read. */
  async gone(): Promise<void> {
    this.keeper.ref()
    await this.closed
  }

  stop(): Promise<void> {
    if (this.keeper.connected) this.keeper.disconnect()
    return this.gone()
  }

  /** @throws Mistake if the system refused to start it */
  assertStarted(runner: ProcessLabel): void {
    const { words, cwd } = this.order
    if (this.end?.failed) throw startFailed(runner, words[0], cwd, this.end.failed)
  }
}

function spawnWatchdog(order: WatchdogCommand): ChildProcess {
  // Options for Node are meant for the program, which gets them from its keeper.
  const { NODE_OPTIONS, NODE_V8_COVERAGE, ...env } = process.env
  const keeper = spawn(process.execPath, ['-e', watchdogScript()], {
    ...{ env, detached: true, windowsHide: true },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  // That it failed is told by an error, or by its end.
  keeper.send?.(order, () => {})
  // A program that nobody stops must not keep us: it ends after us.
  keeper.unref()
  keeper.channel?.unref()
  for (const pipe of [keeper.stdout, keeper.stderr]) (pipe as Socket | null)?.unref()
  return keeper
}

/** The keeper itself was not started: what the code says would be taken for the program's. */
function watchdogFailure({ message }: Error): ProcessEnd {
  return { code: null, signal: null, failed: { code: '', message } }
}

/** @throws Mistake if the command or its folder is none */
function watchdogCommand(
  runner: ProcessLabel,
  { command, cwd = '', env, shell = false }: Command,
  grace: number,
): WatchdogCommand {
  const folder = resolvePath(cwd)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw missingWorkingDirectory(runner, folder)
  const [file, ...args] = (shell && command.trim() !== '' ? [command] : splitCommandLine(command)) ?? []
  if (file === undefined) throw invalidCommandLine(runner, command)
  return {
    title: `keeper of the ${runner.kind} ${runner.name}`,
    words: [file, ...args],
    ...{ shell, cwd: folder, env: { ...process.env, ...env }, grace },
  }
}

/** @throws Mistake if somebody else is where the program should be, and would be taken for it */
async function assertAddressFree(name: string, ready: ReadyCheck | undefined, timeout: number): Promise<void> {
  if (!ready || 'output' in ready) return
  const over = new AbortController()
  let problem: string | undefined = 'nobody has answered in time'
  const attempt = readinessAttempt(name, ready)
  const asked = attempt(over.signal).then((found) => {
    problem = found
  })
  await settlesWithin(timeout, asked)
  over.abort()
  if (problem === undefined) throw addressInUse(name, ready)
}

/** @throws UnmetExpectation if the program ends, or is not ready in time */
async function waitUntilReady(
  { kind, name }: ProcessLabel,
  ready: ReadyCheck | undefined,
  run: ManagedProcess,
  timeout: number,
): Promise<void> {
  const sign = readinessProbe(name, ready, run)
  const inTime = await settlesWithin(timeout, Promise.race([sign.ready, run.ended]))
  sign.cancel()
  if (run.end) {
    await run.gone()
    run.assertStarted({ kind, name })
    throw programExitedEarly(name, run.end, run.output.lastLines())
  }
  if (!inTime) throw programNotReady(name, timeout, sign.problem, run.output.lastLines())
}

/** Whether it comes in time. */
async function settlesWithin(timeout: number, awaited: Promise<unknown>): Promise<boolean> {
  let deadline: Deadline | undefined
  const late = new Promise<boolean>((resolve) => {
    deadline = new Deadline(timeout, () => resolve(false))
  })
  try {
    return await Promise.race([awaited.then(() => true), late])
  } finally {
    deadline?.cancel()
  }
}

/** Real programs, each under a keeper that ends it when our own process is gone. */

import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { resolve as resolvePath } from 'node:path'
import { Deadline } from '../conversation/deadline'
import {
  type Command,
  endedEarly,
  failed,
  fallen,
  homeless,
  neverReady,
  type Program,
  type Programs,
  type Ready,
  type Runner,
  taken,
  unfinished,
  unreadable,
  unstartable,
} from '../conversation/programs'
import { wordsOf } from './command-line'
import { type End, keeperScript, type Order, type Tidings } from './keeper'
import { Output } from './output'
import { attemptOf, signOf } from './readiness'

/** How long a program has to end after SIGTERM before it is killed, in ms. */
const GRACE = 1000

/** Programs and commands on this machine. */
export class LocalPrograms implements Programs {
  private readonly started = new Map<string, Started>()
  private readonly commands = new Set<Run>()

  /** @param grace how long they have to end after SIGTERM before they are killed, in ms */
  constructor(private readonly grace = GRACE) {}

  start(name: string, program: Program, timeout: number): Promise<void> {
    const known = this.started.get(name)
    if (known && !known.run?.end) return known.ready
    const started: Started = { program, ready: Promise.resolve() }
    this.started.set(name, started)
    started.ready = this.begin(name, started, timeout)
    return started.ready
  }

  private async begin(name: string, started: Started, timeout: number): Promise<void> {
    const { program } = started
    const runner: Runner = { kind: 'program', name }
    try {
      const order = orderOf(runner, program, this.grace)
      await assertFree(name, program.ready, timeout)
      // It may have been called off meanwhile.
      if (this.started.get(name) !== started) throw endedEarly(name, { code: null, signal: null }, [])
      started.run = new Run(order)
      await untilReady(runner, program.ready, started.run, timeout)
    } catch (error) {
      await started.run?.stop()
      if (this.started.get(name) === started) this.started.delete(name)
      throw error
    }
  }

  async run(name: string, command: Command, timeout: number): Promise<{ readonly output: string }> {
    const runner: Runner = { kind: 'command', name }
    const run = new Run(orderOf(runner, command, this.grace))
    this.commands.add(run)
    try {
      if (!(await within(timeout, run.ended))) throw unfinished(name, timeout, run.output.lastLines())
      await run.gone()
      run.assertStarted(runner)
      if (run.end?.code !== 0) throw failed(name, run.end as End, run.output.lastLines())
      return { output: run.output.text }
    } finally {
      await run.stop()
      this.commands.delete(run)
    }
  }

  async stop(onlyUnkept: boolean): Promise<void> {
    const due = [...this.started].filter(([, { program }]) => !(onlyUnkept && program.keep))
    for (const [name] of due) this.started.delete(name)
    const runs = [...due.map(([, { run }]) => run), ...this.commands]
    await Promise.all(runs.map((run) => run?.stop()))
  }

  async fallen(): Promise<string[]> {
    const over = [...this.started].flatMap(([name, { run }]) => (run?.end ? [{ name, run, end: run.end }] : []))
    for (const { name } of over) this.started.delete(name)
    return Promise.all(
      over.map(async ({ name, run, end }) => {
        await run.stop()
        return fallen(name, end, run.output.lastLines())
      }),
    )
  }
}

interface Started {
  readonly program: Program
  ready: Promise<void>
  run?: Run
}

/** A program or command under its keeper. */
class Run {
  readonly output = new Output()
  /** How it ended, as soon as it has. */
  end: End | undefined
  readonly begun: Promise<void>
  readonly ended: Promise<void>
  private readonly keeper: ChildProcess
  private readonly closed: Promise<void>

  constructor(private readonly order: Order) {
    this.keeper = spawnKeeper(order)
    this.begun = new Promise((resolve) => {
      this.keeper.on('message', (tidings: Tidings) => tidings === 'started' && resolve())
    })
    this.ended = new Promise((resolve) => {
      const end = (how: End) => {
        this.end ??= how
        resolve()
      }
      this.keeper.on('message', (tidings: Tidings) => tidings !== 'started' && end(tidings))
      this.keeper.on('error', (error) => end(failedBy(error)))
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
    await within(this.order.grace, Promise.all(read))
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
  assertStarted(runner: Runner): void {
    const { words, cwd } = this.order
    if (this.end?.failed) throw unstartable(runner, words[0], cwd, this.end.failed)
  }
}

function spawnKeeper(order: Order): ChildProcess {
  // Options for Node are meant for the program, which gets them from its keeper.
  const { NODE_OPTIONS, NODE_V8_COVERAGE, ...env } = process.env
  const keeper = spawn(process.execPath, ['-e', keeperScript()], {
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
function failedBy({ message }: Error): End {
  return { code: null, signal: null, failed: { code: '', message } }
}

/** @throws Mistake if the command or its folder is none */
function orderOf(runner: Runner, { command, cwd = '', env, shell = false }: Command, grace: number): Order {
  const folder = resolvePath(cwd)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw homeless(runner, folder)
  const [file, ...args] = (shell && command.trim() !== '' ? [command] : wordsOf(command)) ?? []
  if (file === undefined) throw unreadable(runner, command)
  return {
    title: `keeper of the ${runner.kind} ${runner.name}`,
    words: [file, ...args],
    ...{ shell, cwd: folder, env: { ...process.env, ...env }, grace },
  }
}

/** @throws Mistake if somebody else is where the program should be, and would be taken for it */
async function assertFree(name: string, ready: Ready | undefined, timeout: number): Promise<void> {
  if (!ready || 'output' in ready) return
  const over = new AbortController()
  let problem: string | undefined = 'nobody has answered in time'
  const attempt = attemptOf(name, ready)
  const asked = attempt(over.signal).then((found) => {
    problem = found
  })
  await within(timeout, asked)
  over.abort()
  if (problem === undefined) throw taken(name, ready)
}

/** @throws UnmetExpectation if the program ends, or is not ready in time */
async function untilReady({ kind, name }: Runner, ready: Ready | undefined, run: Run, timeout: number): Promise<void> {
  const sign = signOf(name, ready, run)
  const inTime = await within(timeout, Promise.race([sign.given, run.ended]))
  sign.giveUp()
  if (run.end) {
    await run.gone()
    run.assertStarted({ kind, name })
    throw endedEarly(name, run.end, run.output.lastLines())
  }
  if (!inTime) throw neverReady(name, timeout, sign.problem, run.output.lastLines())
}

/** Whether it comes in time. */
async function within(timeout: number, awaited: Promise<unknown>): Promise<boolean> {
  let deadline: Deadline | undefined
  const late = new Promise<boolean>((resolve) => {
    deadline = new Deadline(timeout, () => resolve(false))
  })
  try {
    return await Promise.race([awaited.then(() => true), late])
  } finally {
    deadline?.callOff()
  }
}

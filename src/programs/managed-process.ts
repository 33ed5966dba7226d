/** A program or command under its watchdog. */

import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { type ProcessLabel, startFailed } from '../processes/program-failure'
import { Secrets } from '../secrets/secrets'
import { settlesWithin } from '../time/settles-within'
import { ProcessOutput } from './output'
import {
  type ProcessEnd,
  type WatchdogCommand,
  type WatchdogMessage,
  type WatchdogRequest,
  watchdogScript,
} from './watchdog'
import { learnFromWatchdogCommand } from './watchdog-command'

/** A process that its watchdog starts, and ends when our own process is gone. */
export class ManagedProcess {
  readonly output = new ProcessOutput()
  /** How it ended, as soon as it has. */
  end: ProcessEnd | undefined
  readonly started: Promise<void>
  readonly ended: Promise<void>
  private readonly watchdog: ChildProcess
  private readonly closed: Promise<void>

  constructor(private readonly command: WatchdogCommand) {
    this.watchdog = spawnWatchdog(command)
    this.started = new Promise((resolve) => {
      this.watchdog.on('message', (message: WatchdogMessage) => message === 'started' && resolve())
    })
    this.ended = new Promise((resolve) => {
      const endWith = (end: ProcessEnd) => {
        this.end ??= end
        resolve()
        this.output.changes.changed()
      }
      this.watchdog.on('message', (message: WatchdogMessage) => message !== 'started' && endWith(message))
      this.watchdog.on('error', (error) => endWith(watchdogFailure(error)))
      this.watchdog.on('disconnect', () => endWith({ code: null, signal: null }))
    })
    this.closed = this.close()
  }

  /** The last lines that it printed, without the passwords it was given: it may outlive the conversation that started it. */
  lastLines(): string[] {
    const secrets = new Secrets()
    learnFromWatchdogCommand(secrets, this.command)
    return this.output.lastLines().map((line) => secrets.hide(line))
  }

  /** Resolves when it has ended with all its children, and its output has been read. */
  async gone(): Promise<void> {
    this.watchdog.ref()
    await this.closed
  }

  /** Ends it, with all its children. */
  stop(): Promise<void> {
    if (this.watchdog.connected) this.watchdog.disconnect()
    return this.gone()
  }

  /**
   * Asks its watchdog to end it in another way, and resolves when it has ended with all its children.
   * @param request by SIGTERM, with a time of its own until it is killed, or at once
   */
  async endBy(request: WatchdogRequest): Promise<void> {
    // Without a channel it has ended already.
    if (this.watchdog.connected) this.watchdog.send(request, () => {})
    await this.gone()
  }

  /** @throws UsageError if the system refused to start it */
  requireStarted(label: ProcessLabel): void {
    const { words, cwd } = this.command
    if (this.end?.failed) throw startFailed(label, { file: words[0], folder: cwd, ...this.end.failed })
  }

  private async close(): Promise<void> {
    const streams = [this.watchdog.stdout, this.watchdog.stderr].filter((stream) => stream !== null)
    for (const stream of streams) this.output.readFrom(stream)
    const read = streams.map((stream) => new Promise((resolve) => stream.on('close', resolve)))
    // The watchdog's own `close` does not come if we were the ones to disconnect.
    await new Promise((resolve) => this.watchdog.on('exit', resolve).on('error', resolve))
    // A process that left the group may go on and hold the output, which is then not awaited for ever.
    await settlesWithin(this.command.grace, Promise.all(read))
    for (const stream of streams) stream.destroy()
  }
}

function spawnWatchdog(command: WatchdogCommand): ChildProcess {
  // Options for Node are meant for the program, which gets them from its watchdog.
  const { NODE_OPTIONS, NODE_V8_COVERAGE, ...env } = process.env
  const watchdog = spawn(process.execPath, ['-e', watchdogScript()], {
    env,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  // If it fails, an error or its end says so.
  watchdog.send?.({ ...command, env: { ...process.env, ...command.env } }, () => {})
  // A program that nobody stops must not keep us: it ends after us.
  watchdog.unref()
  watchdog.channel?.unref()
  for (const pipe of [watchdog.stdout, watchdog.stderr]) (pipe as Socket | null)?.unref()
  return watchdog
}

/** The watchdog itself was not started; its code would be taken for the program's. */
function watchdogFailure({ message }: Error): ProcessEnd {
  return { code: null, signal: null, failed: { code: '', message } }
}

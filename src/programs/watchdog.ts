/** The watchdog of a program: a process beside ours that ends the program and its children when ours is gone. */

import type { ChildProcess } from 'node:child_process'

/** What a watchdog has to start. */
export interface WatchdogCommand {
  readonly title: string
  /** The program and its arguments, or a line for the shell. */
  readonly words: readonly [file: string, ...args: string[]]
  readonly shell: boolean
  readonly cwd: string
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>
  /** How long they have to end after SIGTERM, in ms; then they are killed. */
  readonly grace: number
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  /** Whether it had ended by itself before it was asked to end. */
  readonly isOwn?: boolean
  /** Why it could not be started. */
  readonly failed?: { readonly code: string; readonly message: string }
}

/** What a watchdog is asked to do to its program: to end it by SIGTERM, with so many ms until it is killed, or to kill it. */
export type WatchdogRequest = { readonly stopWithin: number } | 'kill'

/** What a watchdog reports. */
export type WatchdogMessage = 'started' | ProcessEnd

/**
 * A script for `node -e`, so that it is at hand in whatever way this library was loaded.
 * It takes its command from its IPC channel; the channel's end, which no way to die can prevent, is the signal to end.
 */
export function watchdogScript(): string {
  return `(${runWatchdog})(require)`
}

/** Runs from its source text: it may use nothing else of this file, nor what is imported. */
function runWatchdog(load: NodeJS.Require): void {
  const { spawn } = load('node:child_process') as typeof import('node:child_process')
  const { readdirSync, readFileSync } = load('node:fs') as typeof import('node:fs')
  const windows = process.platform === 'win32'
  let program: ChildProcess | undefined
  let grace = 0
  let ending = false
  /** Whether it had begun to end by itself when it was asked to. */
  let isLeaving = false
  let isKilled = false
  let deadline = Number.POSITIVE_INFINITY

  process.once('message', (command) => {
    start(command as WatchdogCommand)
    process.on('message', (request) => obey(request as WatchdogRequest))
  })
  process.once('disconnect', () => end())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end())

  function start(command: WatchdogCommand) {
    const { words, shell, cwd, env } = command
    const [file, ...args] = words
    process.title = command.title
    grace = command.grace
    try {
      // A group of its own, which the watchdog is not in: so it can see whether all of them have gone.
      program = spawn(file, args, {
        cwd,
        env,
        shell,
        detached: !windows,
        windowsHide: true,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      program.on('spawn', () => report('started'))
      program.on('error', fail)
      program.on('exit', (code, signal) => {
        report({ code, signal, isOwn: !ending || isLeaving || (isKilled && signal !== 'SIGKILL') })
        end()
      })
    } catch (error) {
      fail(error as NodeJS.ErrnoException)
    }
  }

  function obey(request: WatchdogRequest) {
    // It may have ended already, and the news be waiting: that is read in the next turn of the event loop.
    setImmediate(() => setImmediate(() => carryOut(request)))
  }

  function carryOut(request: WatchdogRequest) {
    const pid = program?.pid
    isLeaving = !ending && pid !== undefined && isExiting(pid)
    if (request !== 'kill') return end(request.stopWithin)
    if (pid !== undefined && !windows) isKilled = send('SIGKILL', pid)
    end()
  }

  function fail({ code = '', message }: NodeJS.ErrnoException) {
    report({ code: null, signal: null, failed: { code, message } })
    exit()
  }

  function report(message: WatchdogMessage) {
    // With a callback an error, such as a closed channel, is not thrown.
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }

  /** @param patience in ms; the shortest one counts: when the program itself has ended, its children get the usual time */
  function end(patience = grace) {
    deadline = Math.min(deadline, performance.now() + patience)
    if (ending) return
    ending = true
    const pid = program?.pid
    if (pid === undefined) exit()
    else if (windows) killTree(pid)
    else endGroup(pid)
  }

  function endGroup(pid: number) {
    send('SIGTERM', pid)
    let isOverdue = false
    const check = () => {
      const late = performance.now() - deadline
      // Not even a killed process ends while the system holds it, which may be for good.
      if ((hasExited() && !isAlive(pid)) || late > 1000) return exit()
      if (late >= 0 && !isOverdue) isOverdue = send('SIGKILL', pid)
      setTimeout(check, 10)
    }
    check()
  }

  function killTree(pid: number) {
    const killing = spawn('taskkill', ['/pid', `${pid}`, '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    killing.on('exit', exit).on('error', exit)
  }

  /** Whether that has been reported: a zombie has exited a little before. */
  function hasExited(): boolean {
    return program?.exitCode !== null || program?.signalCode !== null
  }

  /** Sends a signal to the group; returns whether there is one. */
  function send(signal: NodeJS.Signals | 0, pid: number): boolean {
    try {
      return process.kill(-pid, signal)
    } catch {
      return false
    }
  }

  function isAlive(pid: number): boolean {
    if (!send(0, pid)) return false
    // In a container zombies are often not reaped: they stay in the group, but are not alive.
    const entries = processes()
    return entries === undefined || entries.some((entry) => belongsTo(entry, pid))
  }

  /** The ids that the system lists; undefined where it does not list them in the way of Linux. */
  function processes(): string[] | undefined {
    if (process.platform !== 'linux') return undefined
    try {
      return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
    } catch {
      return undefined
    }
  }

  function belongsTo(entry: string, group: number): boolean {
    const [state, , pgrp] = statusOf(entry)
    return Number(pgrp) === group && state !== 'Z' && state !== 'X'
  }

  /** Whether the system is ending it: its connections are closed before that is reported (PF_EXITING in Linux' sched.h). */
  function isExiting(pid: number): boolean {
    const [, , , , , , flags] = statusOf(`${pid}`)
    return (Number(flags) & 4) !== 0
  }

  /** What the system says of a process, after its name (proc(5), /proc/[pid]/stat); nothing of one that it does not list. */
  function statusOf(entry: string): string[] {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    } catch {
      return []
    }
  }

  function exit() {
    ending = true
    program?.unref()
    if (process.connected) process.disconnect()
  }
}

/** The keeper of a program: a process beside ours that ends the program and its children when ours is gone. */

import type { ChildProcess } from 'node:child_process'

/** What a keeper is to start. */
export interface WatchdogCommand {
  readonly title: string
  /** The program and its arguments, or a line for the shell. */
  readonly words: readonly [file: string, ...args: string[]]
  readonly shell: boolean
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** How long they have to end after SIGTERM, in ms; then they are killed. */
  readonly grace: number
}

/** How a program came to its end. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  /** Why there was no beginning. */
  readonly failed?: { readonly code: string; readonly message: string }
}

/** What a keeper tells. */
export type WatchdogMessage = 'started' | ProcessEnd

/**
 * A script for `node -e`, so that it is at hand in whatever way this library was loaded.
 * It takes an order from its IPC channel; the channel's end, which no way to die can prevent, is the order to end.
 */
export function watchdogScript(): string {
  return `(${watchdog})(require)`
}

/** Stands alone, for it runs from its source text: it may use nothing of this file, nor what is imported. */
function watchdog(load: NodeJS.Require): void {
  const { spawn } = load('node:child_process') as typeof import('node:child_process')
  const { readdirSync, readFileSync } = load('node:fs') as typeof import('node:fs')
  const windows = process.platform === 'win32'
  let program: ChildProcess | undefined
  let grace = 0
  let ending = false

  process.once('message', begin)
  process.once('disconnect', end)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

  function begin(order: WatchdogCommand) {
    const { words, shell, cwd, env } = order
    const [file, ...args] = words
    process.title = order.title
    grace = order.grace
    try {
      // A group of its own, which the keeper is not in: so it can see whether all of them have gone.
      program = spawn(file, args, {
        ...{ cwd, env, shell, detached: !windows, windowsHide: true },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      program.on('spawn', () => tell('started'))
      program.on('error', fail)
      program.on('exit', (code, signal) => {
        tell({ code, signal })
        end()
      })
    } catch (error) {
      fail(error as NodeJS.ErrnoException)
    }
  }

  function fail({ code = '', message }: NodeJS.ErrnoException) {
    tell({ code: null, signal: null, failed: { code, message } })
    leave()
  }

  function tell(tidings: WatchdogMessage) {
    // With a callback an error, such as that nobody is there any more, is not thrown.
    if (process.connected) process.send?.(tidings, undefined, undefined, () => {})
  }

  function end() {
    if (ending) return
    ending = true
    const pid = program?.pid
    if (pid === undefined) leave()
    else if (windows) killTree(pid)
    else endGroup(pid)
  }

  function endGroup(pid: number) {
    send('SIGTERM', pid)
    const until = performance.now() + grace
    let killed = false
    const look = () => {
      const late = performance.now() - until
      // Not even a killed process ends while the system holds it, which may be for good.
      if (!present(pid) || late > 1000) return leave()
      if (late >= 0 && !killed) killed = send('SIGKILL', pid)
      setTimeout(look, 10)
    }
    look()
  }

  function killTree(pid: number) {
    const killing = spawn('taskkill', ['/pid', `${pid}`, '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    killing.on('exit', leave).on('error', leave)
  }

  /** Whether there is still somebody to signal. */
  function send(signal: NodeJS.Signals | 0, pid: number): boolean {
    try {
      return process.kill(-pid, signal)
    } catch {
      return false
    }
  }

  function present(pid: number): boolean {
    if (!send(0, pid)) return false
    // In a container often nobody clears the dead away: they are in the group for good, but not alive.
    const entries = processes()
    return entries === undefined || entries.some((entry) => lives(entry, pid))
  }

  /** Those that the system shows; nothing if it does not show them in the way of Linux. */
  function processes(): string[] | undefined {
    if (process.platform !== 'linux') return undefined
    try {
      return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
    } catch {
      return undefined
    }
  }

  function lives(entry: string, group: number): boolean {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1')
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(pgrp) === group && state !== 'Z' && state !== 'X'
    } catch {
      return false
    }
  }

  function leave() {
    ending = true
    program?.unref()
    if (process.connected) process.disconnect()
  }
}

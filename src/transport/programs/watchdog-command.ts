/** Makes a command of the settings into the command for its watchdog. */

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { invalidCommandLine, missingWorkingDirectory, type ProcessLabel } from '../../conversation/program-failure'
import type { Command } from '../../conversation/programs'
import { splitCommandLine } from './command-line'
import type { WatchdogCommand } from './watchdog'

/**
 * Checks a command of the settings and splits it into words.
 * @param grace how long the process has to end after SIGTERM before it is killed, in ms
 * @throws UsageError if the command line or the working directory is not valid
 */
export function watchdogCommand(
  label: ProcessLabel,
  { command, cwd = '', env, shell = false }: Command,
  grace: number,
): WatchdogCommand {
  const folder = resolve(cwd)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw missingWorkingDirectory(label, folder)
  const [file, ...args] = (shell && command.trim() !== '' ? [command] : splitCommandLine(command)) ?? []
  if (file === undefined) throw invalidCommandLine(label, command)
  return {
    title: `watchdog of the ${label.kind} ${label.name}`,
    words: [file, ...args],
    shell,
    cwd: folder,
    env: { ...process.env, ...env },
    grace,
  }
}

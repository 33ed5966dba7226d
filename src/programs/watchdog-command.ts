/** Makes a command of the settings into the command for its watchdog. */

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillCommand, fillEnvironment } from '../command-values/fill-command'
import { missingWorkingDirectory, type ProcessLabel } from '../processes/program-failure'
import type { Command, VariableValues } from '../processes/programs'
import { learnSecrets, type Redaction } from '../redaction'
import type { WatchdogCommand } from './watchdog'

interface WatchdogOptions {
  readonly variables: VariableValues
  /** More arguments, written as in a command line. */
  readonly arguments?: string | undefined
  /** How long the process has to end after SIGTERM before it is killed, in ms. */
  readonly grace: number
}

/**
 * Checks a command of the settings, splits it into words, and fills in its variables.
 * @throws UsageError if the command line, the value of a variable or the working directory is not valid
 */
export function watchdogCommand(label: ProcessLabel, command: Command, options: WatchdogOptions): WatchdogCommand {
  const { cwd = '', env = {}, shell = false } = command
  const folder = resolve(cwd)
  learnSecrets((redaction) => {
    for (const text of [command.command, options.arguments ?? '', cwd, folder]) redaction.learnFromCommand(text)
  })
  if (!isFolder(folder)) throw missingWorkingDirectory(label, folder)
  const { words, values } = fillCommand(label, command, options)
  const filled = {
    title: `watchdog of the ${label.kind} ${label.name}`,
    words,
    shell,
    cwd: folder,
    env: { ...fillEnvironment(label, env, options.variables), ...values },
    grace: options.grace,
  }
  learnSecrets((redaction) => learnFromWatchdogCommand(redaction, filled))
  return filled
}

/** Learns the passwords that a program is given. */
export function learnFromWatchdogCommand(
  redaction: Pick<Redaction, 'learnFromCommand'>,
  { words, cwd, env }: WatchdogCommand,
): void {
  for (const text of [...words, cwd, ...Object.values(env)]) redaction.learnFromCommand(text)
}

/** Also a name that no system takes, such as one with a null byte, is none of a folder. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

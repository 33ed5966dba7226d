/** Fills the values of variables into commands: each is one argument or a part of one, and what a server has sent is not code. */

import {
  invalidArguments,
  invalidCommandLine,
  needsShell,
  type ProcessLabel,
  unsafeCommandValue,
} from '../processes/program-failure'
import type { Command, VariableValues } from '../processes/programs'
import { learnSecrets } from '../redaction'
import { findShellSyntax, splitCommandLine } from './command-line'
import { loadsCode } from './loading-variables'
import { requireServerArguments, serverVariableIn } from './server-values'
import { referToValues } from './shell-line'

/** A command whose variables have values. */
export interface FilledCommand {
  /** The program and its arguments, or a line for the shell. */
  readonly words: readonly [file: string, ...args: string[]]
  /** The environment variables to which a line for the shell refers. */
  readonly values: Readonly<Record<string, string>>
}

/** What decides how a command is filled. */
export interface FillOptions {
  readonly variables: VariableValues
  /** More arguments, written as in a command line. */
  readonly arguments?: string | undefined
  /** Default: the one we run on. */
  readonly platform?: NodeJS.Platform
}

/**
 * Splits a command line into words and fills in variables: a value is one argument or a part of one. A shell is given
 * references to environment variables in their place, and nothing that a server has sent.
 * @throws UsageError if a quote is left open, if the line takes a shell, or a value cannot be passed safely
 */
export function fillCommand(label: ProcessLabel, { command, shell }: Command, options: FillOptions): FilledCommand {
  const more = options.arguments === undefined ? [] : splitArguments(label, options.arguments)
  if (shell && command.trim() !== '') return fillShellLine(label, command, more, options)
  const [file, ...args] = splitCommandLine(command) ?? []
  if (file === undefined) throw invalidCommandLine(label, command)
  requireNoShell(label, command)
  const { variables } = options
  const words = [...args, ...more]
  requireServerArguments(label, [file, ...words], variables)
  const fill = (word: string) => fillText(label, word, variables)
  return { words: [fill(file), ...words.map(fill)], values: {} }
}

function splitArguments(label: ProcessLabel, text: string): string[] {
  const words = splitCommandLine(text)
  if (!words?.length) throw invalidArguments(label, text)
  requireNoShell(label, text, { isArgument: true })
  return words
}

function requireNoShell(label: ProcessLabel, text: string, where?: { readonly isArgument: boolean }): void {
  const syntax = findShellSyntax(text)
  if (syntax === undefined) return
  // It stands for what is quoted in a way of its own.
  learnSecrets((redaction) => redaction.learnFromCommand(syntax))
  throw needsShell(label, syntax, where)
}

/**
 * Fills variables into the environment of a command.
 * @throws UsageError if a value that a server has sent would be code there, or one cannot stand there
 */
export function fillEnvironment(
  label: ProcessLabel,
  env: Readonly<Record<string, string>>,
  variables: VariableValues,
): Record<string, string> {
  const filled = Object.entries(env).map(([name, text]) => {
    const variable = serverVariableIn(text, variables)
    if (variable && loadsCode(name)) throw unsafeCommandValue(label, variable, 'is loaded as code')
    return [name, fillText(label, text, variables)] as const
  })
  return Object.fromEntries(filled)
}

function fillShellLine(
  label: ProcessLabel,
  line: string,
  args: readonly string[],
  { variables, platform = process.platform }: FillOptions,
): FilledCommand {
  const found = /\$\{[^{}]*\}/.exec(line)?.[0] ?? args[0]
  if (found === undefined) return { words: [line], values: {} }
  const variable = serverVariableIn([line, ...args].join(' '), variables)
  if (variable) throw unsafeCommandValue(label, variable, 'is read by a shell', '"shell": true')
  if (platform === 'win32') throw unsafeCommandValue(label, found, 'is for a shell of Windows')
  const values: Record<string, string> = {}
  let count = 0
  const refer = (word: string) => {
    const name = `CUCUMBER_WEBSOCKET_VALUE_${++count}`
    values[name] = fillText(label, word, variables)
    return name
  }
  const text = referToValues(label, line, refer)
  // After the end of a line the arguments would be a command of their own.
  const given = args.map((word) => ` "\${${refer(word)}}"`).join('')
  return { words: [given ? text.trimEnd() + given : text], values }
}

function fillText(label: ProcessLabel, text: string, variables: VariableValues): string {
  const value = variables.fill(text)
  if (value.includes('\0') && !text.includes('\0')) throw unsafeCommandValue(label, text, 'has a null byte')
  return value
}

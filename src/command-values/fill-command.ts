/** Fills the values of variables into commands, so that nothing in a value is parsed: a server may have sent it. */

import {
  invalidArguments,
  invalidCommandLine,
  needsShell,
  type ProcessLabel,
  unsafeCommandValue,
} from '../processes/program-failure'
import type { Command, FillVariables } from '../processes/programs'
import { findShellSyntax, splitCommandLine } from './command-line'
import { requireNoCode } from './command-rules'
import type { Refuse } from './command-word'
import { commandWord, fillArguments, requireNoNullByte, UNTRUSTED } from './fill-words'
import { loadsCode } from './loading-variables'
import { ShellLine } from './shell-line'
import { ShellVariables } from './shell-variables'

/** A command whose variables have values. */
export interface FilledCommand {
  /** The program and its arguments, or a line for the shell. */
  readonly words: readonly [file: string, ...args: string[]]
  /** The environment variables to which a line for the shell refers. */
  readonly values: Readonly<Record<string, string>>
}

/** What decides how a command is filled. */
export interface FillOptions {
  readonly fill: FillVariables
  /** More arguments, written as in a command line. */
  readonly arguments?: string | undefined
  /** Default: the one we run on. */
  readonly platform?: NodeJS.Platform
}

/**
 * Splits a command line into words and fills in variables: a value is one argument or a part of one. A shell is given
 * references to environment variables in their place.
 * @throws UsageError if a quote is left open, if the line takes a shell, or a value cannot be passed safely
 */
export function fillCommand(label: ProcessLabel, { command, shell }: Command, options: FillOptions): FilledCommand {
  const more = options.arguments === undefined ? [] : splitArguments(label, options.arguments)
  if (shell && command.trim() !== '') return fillShellLine(label, command, more, options)
  const [file, ...args] = splitCommandLine(command) ?? []
  if (file === undefined) throw invalidCommandLine(label, command)
  const syntax = findShellSyntax(command)
  if (syntax !== undefined) throw needsShell(label, syntax)
  const words = [file, ...args, ...more]
  requireSafeWords(label, words, options.fill)
  return {
    words: [options.fill(file), ...fillArguments(label, words.slice(1), { ...options, isAfterOptions: false })],
    values: {},
  }
}

function splitArguments(label: ProcessLabel, text: string): string[] {
  const words = splitCommandLine(text)
  if (!words?.length) throw invalidArguments(label, text)
  const syntax = findShellSyntax(text)
  if (syntax !== undefined) throw needsShell(label, syntax, { isArgument: true })
  return words
}

/**
 * Fills variables into the environment of a command.
 * @throws UsageError if a value would be code there, or cannot stand there
 */
export function fillEnvironment(
  label: ProcessLabel,
  env: Readonly<Record<string, string>>,
  fill: FillVariables,
): Record<string, string> {
  const filled = Object.entries(env).map(([name, text]) => {
    const [variable] = UNTRUSTED.exec(text) ?? []
    if (variable && loadsCode(name)) throw unsafeCommandValue(label, variable, 'is loaded as code')
    const value = fill(text)
    requireNoNullByte(label, text, value)
    return [name, value] as const
  })
  return Object.fromEntries(filled)
}

function requireSafeWords(label: ProcessLabel, words: readonly string[], fill: FillVariables): void {
  const command = words.map((word) => commandWord(word, fill))
  if (!command.some(({ value }) => value !== undefined)) return
  const refuse: Refuse = (found, problem) => {
    throw unsafeCommandValue(label, found, problem)
  }
  const around = new ShellVariables(command)
  const checkLine = (line: string) =>
    new ShellLine(label, fill, line).requireNoCode({ around, hasValues: true, mayReadValues: false })
  requireNoCode(command, { refuse, mayReadValues: false, checkLine })
}

function fillShellLine(
  label: ProcessLabel,
  line: string,
  args: readonly string[],
  options: FillOptions,
): FilledCommand {
  const found = /\$\{[^{}]*\}/.exec(line)?.[0] ?? args[0]
  if (found === undefined) return { words: [line], values: {} }
  const { fill, platform = process.platform } = options
  if (platform === 'win32') throw unsafeCommandValue(label, found, 'is for a shell of Windows')
  // After the end of a line the arguments would be a command of their own.
  const filled = new ShellLine(label, fill, args.length > 0 ? line.trimEnd() : line)
  filled.addArguments(args)
  filled.requireNoCode()
  return { words: [filled.text], values: filled.values }
}

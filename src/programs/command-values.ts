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
  return { words: fillWords(label, [file, ...args, ...more], options.fill), values: {} }
}

function splitArguments(label: ProcessLabel, text: string): string[] {
  const words = splitCommandLine(text)
  if (!words?.length) throw invalidArguments(label, text)
  const syntax = findShellSyntax(text)
  if (syntax !== undefined) throw needsShell(label, syntax, { isArgument: true })
  return words
}

/** Environment variables by which the system, a shell or an interpreter is told what to load and run. */
const LOADS_CODE =
  /^(?:PATH|PATHEXT|COMSPEC|SHELL|ENV|BASH_ENV|BASH_FUNC_.*|PROMPT_COMMAND|IFS|PS4|LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|PYTHON(?:PATH|HOME|STARTUP|INSPECT)|PERL5?(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)|PHPRC|PHP_INI_SCAN_DIR|_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH)$/i

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
    if (variable && LOADS_CODE.test(name)) throw unsafeCommandValue(label, variable, 'is loaded as code')
    const value = fill(text)
    requireNoNullByte(label, text, value)
    return [name, value] as const
  })
  return Object.fromEntries(filled)
}

/** Variables, but for those of the environment, which no server sets. */
const UNTRUSTED = /\$\{(?!env\.)[^{}]*\}/

function fillWords(label: ProcessLabel, words: readonly string[], fill: FillVariables): [string, ...string[]] {
  const [file = '', ...args] = words
  const program = UNTRUSTED.exec(file)
  if (program) throw unsafeCommandValue(label, program[0], 'names the program')
  return [fill(file), ...fillArguments(label, args, { fill, isAfterOptions: false })]
}

interface ArgumentOptions {
  readonly fill: FillVariables
  /** Whether the word -- stands before them. */
  readonly isAfterOptions: boolean
}

function fillArguments(label: ProcessLabel, words: readonly string[], options: ArgumentOptions): string[] {
  const { fill, isAfterOptions } = options
  return words.map((word, index) => {
    const value = fill(word)
    const variable = UNTRUSTED.exec(word)
    // What stands before it may be empty, too.
    const isFirst = variable !== null && fill(word.slice(0, variable.index)) === ''
    const mayBeOption = !isAfterOptions && !words.slice(0, index).includes('--')
    if (isFirst && mayBeOption) requireNoOption(label, variable[0], value)
    requireNoNullByte(label, word, value)
    return value
  })
}

function requireNoOption(label: ProcessLabel, variable: string, value: string): void {
  if (value.startsWith('-') && UNTRUSTED.test(variable)) throw unsafeCommandValue(label, variable, 'is an option')
}

function requireNoNullByte(label: ProcessLabel, source: string, value: string): void {
  if (value.includes('\0') && !source.includes('\0')) throw unsafeCommandValue(label, source, 'has a null byte')
}

/** A character after a backslash, a quoted text, a variable, or what stands between them. */
const PIECE = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\$\{[^{}]*\}|[^\\'"$]+|[\s\S]/g
const QUOTED_PIECE = /\\[\s\S]|\$\{[^{}]*\}|[^\\$]+|\$/g
const VARIABLE = /\$\{[^{}]*\}/

/** What makes a shell read a part of the line by other rules than those of words and quotes. */
const NESTED = /`|\$[([]/
const UNSUPPORTED = /`|\$[(['"]|<<|\(\(|\[\[|(?<=^|[\s;&|()])#/

/** Builtins and words of a shell that run, or read anew, what follows them. */
const RUNS_ARGUMENTS = /^\s*(?:\w+=\S*\s+)*(?:eval|source|\.|trap|alias|command|builtin|exec|time|coproc)\s/

/** What stands before the name of a program in its command. */
const PROGRAM_POSITION = /^\s*(?:(?:\w+=\S*|if|then|else|elif|while|until|do|exec|!|\{)\s+)*[^\s=]*$/

function fillShellLine(
  label: ProcessLabel,
  line: string,
  args: readonly string[],
  options: FillOptions,
): FilledCommand {
  const found = VARIABLE.exec(line)?.[0] ?? args[0]
  if (found === undefined) return { words: [line], values: {} }
  const { fill, platform = process.platform } = options
  if (platform === 'win32') throw unsafeCommandValue(label, found, 'is for a shell of Windows')
  const filled = new ShellLine(label, fill)
  // After the end of a line the arguments would be a command of their own.
  for (const [piece] of (args.length > 0 ? line.trimEnd() : line).matchAll(PIECE)) filled.add(piece)
  filled.addArguments(args)
  return { words: [filled.text], values: filled.values }
}

/** A line for a POSIX shell, with references in the place of its variables (IEEE 1003.1, Shell Command Language, 2.2). */
class ShellLine {
  text = ''
  readonly values: Record<string, string> = {}
  /** The line so far, without what is quoted. */
  private bare = ''
  /** The text of the word so far. */
  private word = ''

  constructor(
    private readonly label: ProcessLabel,
    private readonly fill: FillVariables,
  ) {}

  add(piece: string): void {
    if (piece.length === 1 && /['"\\]/.test(piece)) throw invalidCommandLine(this.label, this.text + piece)
    if (piece.startsWith("'")) this.addSingleQuoted(piece)
    else if (piece.startsWith('"')) this.addDoubleQuoted(piece)
    else if (piece.startsWith('${')) this.addText(`"${this.reference(piece)}"`, '""')
    else if (piece.startsWith('\\')) this.addEscaped(piece)
    else this.addBare(piece)
    const [unsupported] = UNSUPPORTED.exec(this.bare) ?? []
    if (unsupported) throw unsafeCommandValue(this.label, unsupported, 'is not supported')
  }

  /** Words of their own, after the line, which the shell sees as references alone. */
  addArguments(words: readonly string[]): void {
    const isAfterOptions = /(?:^|\s)--(?:\s|$)/.test(this.lastCommand)
    const values = fillArguments(this.label, words, { fill: this.fill, isAfterOptions })
    for (const [index, value] of values.entries()) {
      this.requireSafePosition(words[index] as string)
      this.addText(` "${this.store(value)}"`, ' ""')
    }
  }

  private addText(text: string, bare: string): void {
    this.text += text
    this.bare += bare
  }

  private addEscaped(piece: string): void {
    this.word += piece.slice(1)
    this.addText(piece, 'x')
  }

  /** After a space or an operator another word begins. */
  private addBare(piece: string): void {
    const [rest] = /[^\s;&|()<>]*$/.exec(piece) as RegExpExecArray
    this.word = rest.length === piece.length ? this.word + piece : rest
    this.addText(piece, piece)
  }

  private addSingleQuoted(piece: string): void {
    const [variable] = VARIABLE.exec(piece) ?? []
    if (variable) throw unsafeCommandValue(this.label, variable, 'is in single quotes')
    this.word += piece.slice(1, -1)
    this.addText(piece, "''")
  }

  private addDoubleQuoted(piece: string): void {
    this.text += '"'
    for (const [part] of piece.slice(1, -1).matchAll(QUOTED_PIECE)) {
      const isVariable = VARIABLE.test(part)
      this.text += isVariable ? this.reference(part) : part
      if (!isVariable) this.word += part
    }
    const [nested] = NESTED.exec(piece.replace(/\\[\s\S]/g, '')) ?? []
    if (nested) throw unsafeCommandValue(this.label, nested, 'is not supported')
    this.addText('"', '""')
  }

  /** A reference to an environment variable that has the value. */
  private reference(variable: string): string {
    const value = this.fill(variable)
    this.requireSafePosition(variable)
    if (this.word === '' && !/(?:^|\s)--\s/.test(this.lastCommand)) requireNoOption(this.label, variable, value)
    requireNoNullByte(this.label, variable, value)
    this.word += value
    return this.store(value)
  }

  /** The last one so far, without what is quoted. */
  private get lastCommand(): string {
    const [command] = /[^;&|\n()]*$/.exec(this.bare) as RegExpExecArray
    return command
  }

  /** @param word with a variable, or without */
  private requireSafePosition(word: string): void {
    const [variable] = UNTRUSTED.exec(word) ?? []
    if (variable === undefined) return
    // It would name a file to read or write, or the program itself: `>log ${x}` runs it.
    if (/[<>]/.test(this.bare)) throw unsafeCommandValue(this.label, variable, 'follows a redirection')
    if (PROGRAM_POSITION.test(this.lastCommand) || RUNS_ARGUMENTS.test(this.lastCommand)) {
      throw unsafeCommandValue(this.label, variable, 'names the program')
    }
  }

  /** The name of a new environment variable that has the value, as a reference. */
  private store(value: string): string {
    const name = `CUCUMBER_WEBSOCKET_VALUE_${Object.keys(this.values).length + 1}`
    this.values[name] = value
    return `\${${name}}`
  }
}

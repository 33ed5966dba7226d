/** The text of errors of programs and commands. */

import { ExpectationError, UsageError } from '../errors'
import { excerpt, quoted } from '../text/excerpt'
import { formatDuration } from '../time/duration'
import type { ProgramEnding } from './programs'

/** How many lines of a command's output are shown. */
const MAX_SHOWN_LINES = 20

const LAST_OUTPUT = 'The last that it printed was'

/** Which process an error is about: `program` or `command`, and the name in the settings. */
export interface ProcessLabel {
  readonly kind: 'program' | 'command'
  readonly name: string
}

/** How a process ended by itself; without either, it was stopped. */
export interface ExitStatus {
  readonly code: number | null
  readonly signal: string | null
}

/** A process that took too long. */
interface TimedOut {
  /** In ms. */
  readonly timeout: number
  /** The last that it printed. */
  readonly lines: readonly string[]
}

/** A program that went on, but was not ready in time. */
export function programNotReady(name: string, wait: TimedOut & { readonly problem: string }): ExpectationError {
  const { timeout, problem, lines } = wait
  const time = formatDuration(timeout)
  return new ExpectationError(withOutput(`${program(name)} was not ready within ${time}: ${problem}.`, lines))
}

/** A program that was ready, but does not answer any more. */
export function programNotAnswering(name: string, wait: TimedOut & { readonly problem: string }): ExpectationError {
  const { timeout, problem, lines } = wait
  const text = `${program(name)} does not answer at its address within ${formatDuration(timeout)}: ${problem}.`
  return new ExpectationError(withOutput(text, lines))
}

/** A program that ended when it should have become ready. */
export function programExitedEarly(name: string, status: ExitStatus, lines: readonly string[]): ExpectationError {
  const hint = status.code === 0 ? ' A program is to go on; what ends by itself belongs to "commands".' : ''
  const text = `${program(name)} ended ${describeExit(status)} before it was ready.${hint}`
  return new ExpectationError(withOutput(text, lines))
}

interface Crash extends ExitStatus {
  /** When it was, if not in the scenario that tells it: ` after the last scenario that used it`. */
  readonly moment?: string
}

/** Describes a program that ended after it was ready. */
export function programCrashed(name: string, crash: Crash, lines: readonly string[]): string {
  return withOutput(`${program(name)} has ended by itself ${describeExit(crash)}${crash.moment ?? ''}.`, lines)
}

/** A command that ended, but not with code 0. */
export function commandFailed(name: string, status: ExitStatus, lines: readonly string[]): ExpectationError {
  return new ExpectationError(withOutput(`${command(name)} ended ${describeExit(status)}.`, lines))
}

/** A command that did not end in time. */
export function commandTimedOut(name: string, { timeout, lines }: TimedOut): ExpectationError {
  const time = formatDuration(timeout)
  return new ExpectationError(withOutput(`${command(name)} was still running after ${time}, and was stopped.`, lines))
}

/** A program that a sentence speaks of though it does not run. */
export function programNotRunning(name: string, ending: ProgramEnding | undefined): UsageError {
  const reason = ending === undefined ? '' : ': a sentence has ended it'
  return new UsageError(
    `${program(name)} is not running${reason}. Write before this: the ${quoted(name)} program is running`,
  )
}

/** A program that did not end by SIGTERM in time. */
export function programNotStopped(name: string, { timeout, lines }: TimedOut): ExpectationError {
  const text =
    `${program(name)} did not end within ${formatDuration(timeout)} after SIGTERM, and was killed. ` +
    `If that is right, write: the ${quoted(name)} program crashes`
  return new ExpectationError(withOutput(text, lines))
}

/** A text that a program has not printed. */
interface Unprinted extends TimedOut {
  readonly text: string
  /** How the program ended, if it has. */
  readonly end: ExitStatus | undefined
}

/** A program that has not printed what it should. */
export function programOutputFailure(name: string, { text, timeout, end, lines }: Unprinted): ExpectationError {
  const reason = end ? `: it has ended ${describeExit(end)}` : ` within ${formatDuration(timeout)}`
  return new ExpectationError(withOutput(`${program(name)} has not printed ${quoted(text)}${reason}.`, lines))
}

/** A command that has not printed what it should. */
export function outputFailure(name: string, text: string, output: string): ExpectationError {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const problem = `${command(name)} should print ${quoted(text)}.`
  return new ExpectationError(withOutput(problem, lines.slice(-MAX_SHOWN_LINES), LAST_OUTPUT))
}

/** Something else is where a program should be. */
export function addressInUse(name: string, ready: { port: number } | { url: string }): UsageError {
  const place = 'port' in ready ? `on port ${ready.port}` : `at ${ready.url}`
  return new UsageError(
    `${program(name)} was not started: ${place} something else listens already, and would be taken for it. ` +
      'Stop that first, or give the program another port. In a parallel run, each worker starts its own.',
  )
}

/** An address that does not say whether a program is ready. */
export function unsupportedReadyUrl(name: string, url: string): UsageError {
  return new UsageError(
    `${program(name)} cannot be awaited: ${quoted(url)} is not a valid address of HTTP. ` +
      'Write "ready" like { "url": "http://localhost:8080/health" } or { "port": 8080 }.',
  )
}

/** A command line that cannot be split into words. */
export function invalidCommandLine(label: ProcessLabel, commandLine: string): UsageError {
  const problem =
    commandLine.trim() === ''
      ? 'its command is empty'
      : `a quote or a backslash is left open in ${excerpt(commandLine)}`
  return new UsageError(`${formatLabel(label)} cannot be started: ${problem}.`)
}

/** A command line with a part that is passed on as it is, and would mean something to a shell. */
export function needsShell(label: ProcessLabel, syntax: string, { isArgument = false } = {}): UsageError {
  const problem = `${formatLabel(label)} cannot be started: ${quoted(syntax)} means something to a shell alone`
  const remedy = isArgument ? ', which reads no arguments. Put' : '. Say "shell": true beside the command, or put'
  return new UsageError(`${problem}${remedy} it in single quotes to pass it on as it is.`)
}

/** Arguments of a sentence that cannot be split into words. */
export function invalidArguments(label: ProcessLabel, text: string): UsageError {
  const problem =
    text.trim() === ''
      ? 'the sentence gives it no arguments'
      : `a quote or a backslash is left open in ${excerpt(text)}`
  const advice = `Write arguments like the ${quoted(label.name)} ${label.kind} runs with "--room kitchen 'Good night'"`
  return new UsageError(`${formatLabel(label)} cannot be started: ${problem}. ${advice}`)
}

/** The value of a variable that is not a port. */
export function invalidReadyPort(name: string, source: string, value: string): UsageError {
  return new UsageError(
    `${program(name)} cannot be started: its "ready.port", ${source}, is ${quoted(value)}, and should be a number from 1 to ` +
      '65535. Write before this: "port" stands for a free port',
  )
}

/** A machine on which something listens on every port that could be given. */
export function noFreePort(first: number, last: number): UsageError {
  return new UsageError(`There is no free port between ${first} and ${last}: something listens on each of them.`)
}

const UNSAFE_VALUES = {
  'names the program': (variable: string) =>
    `the program's name cannot come from ${variable}, whose value a server has sent. ` +
    'Write the name itself, or a variable of the environment: ${env.NAME}',
  'is an option': (variable: string) =>
    `the value of ${variable}, which a server has sent, begins with "-", and would be taken for an option. ` +
    `Write it after its option, as in --name=${variable}, or after the word --`,
  'has a null byte': (variable: string) => `the value of ${variable} has a null byte, which no argument can have`,
  'is loaded as code': (variable: string) =>
    `the value of ${variable}, which a server has sent, would say in its "env" what is loaded or run. ` +
    'Write the value itself, or a variable of the environment: ${env.NAME}',
  'is read by a shell': (variable: string, shell: string) =>
    `a server has sent the value of ${variable}, and with ${shell} a shell reads the command, where the value could become a ` +
    `command of its own. Write the program without a shell, and ${variable} as an argument of its own; or set ` +
    `"env": { "X": ${quoted(variable)} } beside the command, and read it as "$X" in a script of the project`,
  'could be run': (variable: string, program: string) =>
    `a server has sent the value of ${variable}, and ${program} may run what its arguments say. ` +
    `Write it as an argument of a program of the project, as in node check.js ${variable} or npm run check -- ${variable}, ` +
    `or set "env": { "X": ${quoted(variable)} } beside the command`,
  'stands before a script': (variable: string, program: string) =>
    `a server has sent the value of ${variable}, and ${program} could run it. Write it after the file of a script, such as ` +
    './check.js, and before that file only options with their values behind =, such as --option=value',
  'is in single quotes': (variable: string) =>
    `${variable} is in single quotes, where a shell reads no values. Write it without quotes, or in double quotes`,
  'is not supported': (found: string) =>
    `a line for a shell with variables or arguments cannot have ${found}. Move that into a script, and give it the values as arguments`,
  'is for a shell of Windows': (variable: string) =>
    `a shell of Windows would read the value of ${variable} as a part of the command. ` +
    'Leave "shell" out, and name a program that can be started without it, such as "node script.js"',
} as const

/** Why a value cannot stand where it does in a command. */
export type CommandValueProblem = keyof typeof UNSAFE_VALUES

/**
 * A value that would not be passed on as it is.
 * @param found a variable, or what a shell has around it
 * @param program what would read it
 */
export function unsafeCommandValue(
  label: ProcessLabel,
  found: string,
  problem: CommandValueProblem,
  program = '',
): UsageError {
  return new UsageError(`${formatLabel(label)} cannot be started: ${UNSAFE_VALUES[problem](found, program)}.`)
}

/** A working directory that does not exist. */
export function missingWorkingDirectory(label: ProcessLabel, folder: string): UsageError {
  return new UsageError(`${formatLabel(label)} cannot be started: its "cwd", ${excerpt(folder)}, is not a folder.`)
}

/** What the system said instead of starting a file. */
export interface StartProblem {
  readonly file: string
  readonly folder: string
  readonly code: string
  readonly message: string
}

/** A process that the system refused to start. */
export function startFailed(label: ProcessLabel, problem: StartProblem): UsageError {
  return new UsageError(
    `${formatLabel(label)} could not be started: ${describeProblem(problem)}.${startHint(problem.file)}`,
  )
}

function describeProblem({ file, folder, code, message }: StartProblem): string {
  switch (code) {
    case 'ENOENT':
      return /[\\/]/.test(file) ? `there is no ${file} in ${folder}` : `there is no ${file} on the PATH`
    case 'EACCES':
      return `${file} may not be executed (EACCES)`
    case 'ENOEXEC':
      return `${file} is not a program; a script needs its interpreter before it, or in a first line #!`
    default:
      return excerpt(message)
  }
}

/** Words at a command's beginning that mean something to a shell alone. */
const SHELL = /^(\w+=.*|cd|source|export|set|eval|exec|\.|[({!].*)$/s

function startHint(file: string): string {
  if (SHELL.test(file)) return ' That takes a shell: say "shell": true beside the command.'
  /* c8 ignore next -- one half of it is for Windows alone */
  return process.platform === 'win32' ? ' On Windows npm and the like need "shell": true beside the command.' : ''
}

function describeExit({ code, signal }: ExitStatus): string {
  if (signal) return `by the signal ${signal}`
  return code === null ? 'because it was stopped' : `with code ${code}`
}

function program(name: string): string {
  return formatLabel({ kind: 'program', name })
}

function command(name: string): string {
  return formatLabel({ kind: 'command', name })
}

function formatLabel({ kind, name }: ProcessLabel): string {
  return `The ${kind} ${quoted(name)}`
}

function withOutput(text: string, lines: readonly string[], heading = outputHeading(lines)): string {
  if (lines.length === 0) return `${text}\nIt has printed nothing.`
  return [text, heading, ...lines.map((line) => `  ${excerpt(line)}`)].join('\n')
}

function outputHeading(lines: readonly string[]): string {
  return lines.length === 1 ? LAST_OUTPUT : `The last ${lines.length} lines that it printed were`
}

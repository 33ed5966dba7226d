/** The text of errors of programs and commands. */

import { ExpectationError, UsageError } from '../errors'
import { excerpt, quoted } from '../text/excerpt'
import { formatDuration } from '../time/duration'

/** How many lines of a command's output are shown. */
const MAX_SHOWN_LINES = 20

/** Who a failure is about: `program` or `command`, and the name in the settings. */
export interface ProcessLabel {
  readonly kind: 'program' | 'command'
  readonly name: string
}

/** How it ended by itself; without either, somebody stopped it. */
export interface ExitStatus {
  readonly code: number | null
  readonly signal: string | null
}

/** A program that went on, but was not ready. */
export function programNotReady(
  name: string,
  within: number,
  problem: string,
  lines: readonly string[],
): ExpectationError {
  const sentence = `${formatLabel({ kind: 'program', name })} was not ready within ${formatDuration(within)}: ${problem}.`
  return new ExpectationError(paragraph(sentence, lines))
}

/** A program that ended when it should have become ready. */
export function programExitedEarly(name: string, outcome: ExitStatus, lines: readonly string[]): ExpectationError {
  const hint = outcome.code === 0 ? ' A program is to go on; what ends by itself belongs to "commands".' : ''
  const sentence = `${formatLabel({ kind: 'program', name })} ended ${describeExit(outcome)} before it was ready.${hint}`
  return new ExpectationError(paragraph(sentence, lines))
}

/** A program that ended after it was ready. */
export function programCrashed(name: string, outcome: ExitStatus, lines: readonly string[]): string {
  return paragraph(`${formatLabel({ kind: 'program', name })} has ended by itself ${describeExit(outcome)}.`, lines)
}

/** A command that ended, but not well. */
export function commandFailed(name: string, outcome: ExitStatus, lines: readonly string[]): ExpectationError {
  return new ExpectationError(
    paragraph(`${formatLabel({ kind: 'command', name })} ended ${describeExit(outcome)}.`, lines),
  )
}

/** A command that did not end. */
export function commandTimedOut(name: string, within: number, lines: readonly string[]): ExpectationError {
  const sentence = `${formatLabel({ kind: 'command', name })} was still running after ${formatDuration(within)}, and was stopped.`
  return new ExpectationError(paragraph(sentence, lines))
}

/** A command that has not printed what it should. */
export function outputFailure(name: string, text: string, output: string): ExpectationError {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const shown = lines.slice(-MAX_SHOWN_LINES).map((line) => `  ${excerpt(line)}`)
  const printed = lines.length === 0 ? ['It has printed nothing.'] : ['The last that it printed was', ...shown]
  return new ExpectationError([`The command "${name}" should print ${quoted(text)}.`, ...printed].join('\n'))
}

/** Somebody else is where a program should be. */
export function addressInUse(name: string, ready: { port: number } | { url: string }): UsageError {
  const place = 'port' in ready ? `on port ${ready.port} something else listens` : `at ${ready.url} something answers`
  return new UsageError(
    `${formatLabel({ kind: 'program', name })} was not started: ${place} already, and would be taken for it. ` +
      'Stop that first, or give the program another port. In a parallel run, each worker starts its own.',
  )
}

/** An address of which nobody could become ready. */
export function unsupportedReadyUrl(name: string, url: string): UsageError {
  return new UsageError(
    `${formatLabel({ kind: 'program', name })} cannot be awaited: ${quoted(url)} is no address to ask by HTTP. ` +
      'Write "ready" like { "url": "http://localhost:8080/health" } or { "port": 8080 }.',
  )
}

/** A command line that is none. */
export function invalidCommandLine(runner: ProcessLabel, command: string): UsageError {
  const problem = command.trim() === '' ? 'its command is empty' : `a quote or a backslash is left open in ${command}`
  return new UsageError(`${formatLabel(runner)} cannot be started: ${problem}.`)
}

/** What the system said when it should have started something. */
export function startFailed(
  runner: ProcessLabel,
  file: string,
  folder: string,
  problem: { code: string; message: string },
) {
  return new UsageError(
    `${formatLabel(runner)} could not be started: ${startProblem(file, folder, problem)}.${startHint(file)}`,
  )
}

/** A folder to run in that is none. */
export function missingWorkingDirectory(runner: ProcessLabel, folder: string): UsageError {
  return new UsageError(`${formatLabel(runner)} cannot be started: its "cwd", ${folder}, is no folder.`)
}

function startProblem(file: string, folder: string, { code, message }: { code: string; message: string }): string {
  if (code === 'ENOENT')
    return /[\\/]/.test(file) ? `there is no ${file} in ${folder}` : `there is no ${file} on the PATH`
  if (code === 'EACCES') return `${file} may not be executed (EACCES)`
  if (code === 'ENOEXEC')
    return `${file} is no program; a script needs its interpreter before it, or in a first line #!`
  return message
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

function formatLabel({ kind, name }: ProcessLabel): string {
  return `The ${kind} ${quoted(name)}`
}

function paragraph(sentence: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${sentence}\nIt has printed nothing.`
  const heading =
    lines.length === 1 ? 'The last that it printed was' : `The last ${lines.length} lines that it printed were`
  return [sentence, heading, ...lines.map((line) => `  ${excerpt(line)}`)].join('\n')
}

/** The port to programs: what a conversation asks to be started and run beside it, and the words when that fails. */

import { Mistake } from '../matching/errors'
import { excerpt, quoted } from '../matching/excerpt'
import { inWords } from './duration'
import { UnmetExpectation } from './errors'

/** What is run, and where. */
export interface Command {
  /** Split into words as a shell does, quotes respected; nothing else in it has a meaning without `shell`. */
  readonly command: string
  /** The folder to run in; without it, ours. */
  readonly cwd?: string
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether a shell runs the command. */
  readonly shell?: boolean
}

/** What tells that a program is ready: somebody listens, answers with a status below 500, or a line contains a text. */
export type Ready = { readonly port: number } | { readonly url: string } | { readonly output: string }

/** A command that goes on while scenarios run. */
export interface Program extends Command {
  /** Without it, a program is ready once it runs. */
  readonly ready?: Ready
  /** Whether it goes on for the next scenarios. */
  readonly keep?: boolean
}

/** Starts programs and runs commands. All that it started ends with our process, whatever that ends by. */
export interface Programs {
  /**
   * Resolves when the program is ready, at once if it runs already.
   * @param timeout in ms
   * @throws UnmetExpectation if it is not ready in time; it is stopped then
   * @throws Mistake if it cannot be started, or something else is where it should be
   */
  start(name: string, program: Program, timeout: number): Promise<void>
  /** Resolves when programs and commands have ended, with all their children. */
  stop(onlyUnkept: boolean): Promise<void>
  /**
   * Resolves when the command has succeeded, to what it printed: its last million letters, without colours.
   * @param timeout in ms
   * @throws UnmetExpectation if it does not succeed in time; it is stopped then
   * @throws Mistake if it cannot be started
   */
  run(name: string, command: Command, timeout: number): Promise<{ readonly output: string }>
  /** What became of programs that ended by themselves after they were ready, each told once; those stopped are not told. */
  fallen(): Promise<string[]>
}

/** Who a failure is about: `program` or `command`, and the name in the settings. */
export interface Runner {
  readonly kind: 'program' | 'command'
  readonly name: string
}

/** How it ended by itself; without either, somebody stopped it. */
export interface Outcome {
  readonly code: number | null
  readonly signal: string | null
}

/** A program that went on, but was not ready. */
export function neverReady(name: string, within: number, problem: string, lines: readonly string[]): UnmetExpectation {
  const sentence = `${the({ kind: 'program', name })} was not ready within ${inWords(within)}: ${problem}.`
  return new UnmetExpectation(paragraph(sentence, lines))
}

/** A program that ended when it should have become ready. */
export function endedEarly(name: string, outcome: Outcome, lines: readonly string[]): UnmetExpectation {
  const hint = outcome.code === 0 ? ' A program is to go on; what ends by itself belongs to "commands".' : ''
  const sentence = `${the({ kind: 'program', name })} ended ${how(outcome)} before it was ready.${hint}`
  return new UnmetExpectation(paragraph(sentence, lines))
}

/** A program that ended after it was ready. */
export function fallen(name: string, outcome: Outcome, lines: readonly string[]): string {
  return paragraph(`${the({ kind: 'program', name })} has ended by itself ${how(outcome)}.`, lines)
}

/** A command that ended, but not well. */
export function failed(name: string, outcome: Outcome, lines: readonly string[]): UnmetExpectation {
  return new UnmetExpectation(paragraph(`${the({ kind: 'command', name })} ended ${how(outcome)}.`, lines))
}

/** A command that did not end. */
export function unfinished(name: string, within: number, lines: readonly string[]): UnmetExpectation {
  const sentence = `${the({ kind: 'command', name })} was still running after ${inWords(within)}, and was stopped.`
  return new UnmetExpectation(paragraph(sentence, lines))
}

/** Somebody else is where a program should be. */
export function taken(name: string, ready: { port: number } | { url: string }): Mistake {
  const place = 'port' in ready ? `on port ${ready.port} something else listens` : `at ${ready.url} something answers`
  return new Mistake(
    `${the({ kind: 'program', name })} was not started: ${place} already, and would be taken for it. ` +
      'Stop that first, or give the program another port. In a parallel run, each worker starts its own.',
  )
}

/** An address of which nobody could become ready. */
export function unaskable(name: string, url: string): Mistake {
  return new Mistake(
    `${the({ kind: 'program', name })} cannot be awaited: ${quoted(url)} is no address to ask by HTTP. ` +
      'Write "ready" like { "url": "http://localhost:8080/health" } or { "port": 8080 }.',
  )
}

/** A command line that is none. */
export function unreadable(runner: Runner, command: string): Mistake {
  const problem = command.trim() === '' ? 'its command is empty' : `a quote or a backslash is left open in ${command}`
  return new Mistake(`${the(runner)} cannot be started: ${problem}.`)
}

/** What the system said when it should have started something. */
export function unstartable(runner: Runner, file: string, folder: string, problem: { code: string; message: string }) {
  return new Mistake(`${the(runner)} could not be started: ${reason(file, folder, problem)}.${advice(file)}`)
}

/** A folder to run in that is none. */
export function homeless(runner: Runner, folder: string): Mistake {
  return new Mistake(`${the(runner)} cannot be started: its "cwd", ${folder}, is no folder.`)
}

function reason(file: string, folder: string, { code, message }: { code: string; message: string }): string {
  if (code === 'ENOENT')
    return /[\\/]/.test(file) ? `there is no ${file} in ${folder}` : `there is no ${file} on the PATH`
  if (code === 'EACCES') return `${file} may not be executed (EACCES)`
  if (code === 'ENOEXEC')
    return `${file} is no program; a script needs its interpreter before it, or in a first line #!`
  return message
}

/** Words at a command's beginning that mean something to a shell alone. */
const SHELL = /^(\w+=.*|cd|source|export|set|eval|exec|\.|[({!].*)$/s

function advice(file: string): string {
  if (SHELL.test(file)) return ' That takes a shell: say "shell": true beside the command.'
  /* c8 ignore next -- one half of it is for Windows alone */
  return process.platform === 'win32' ? ' On Windows npm and the like need "shell": true beside the command.' : ''
}

function how({ code, signal }: Outcome): string {
  if (signal) return `by the signal ${signal}`
  return code === null ? 'because it was stopped' : `with code ${code}`
}

function the({ kind, name }: Runner): string {
  return `The ${kind} ${quoted(name)}`
}

function paragraph(sentence: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${sentence}\nIt has printed nothing.`
  const heading =
    lines.length === 1 ? 'The last that it printed was' : `The last ${lines.length} lines that it printed were`
  return [sentence, heading, ...lines.map((line) => `  ${excerpt(line)}`)].join('\n')
}

/** The port to programs and commands: what a conversation asks to be started and run beside it. */

/**
 * What is run, and where.
 * @example const worker: Command = { command: 'node worker.js', cwd: 'server' }
 */
export interface Command {
  /**
   * Split into words as a shell does, quotes respected; what else a shell would understand is refused without `shell`, unless
   * it is quoted. The value of a variable is one argument, or a part of one, whatever is in it.
   */
  readonly command: string
  /** The folder to run in; without it, ours. */
  readonly cwd?: string
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether a shell runs the command. */
  readonly shell?: boolean
}

/**
 * How to tell that a program is ready: something listens on a port, a URL answers with a status below 500, or a line that
 * is printed contains a text.
 * @example const ready: ReadyCheck = { port: 8080 }
 */
export type ReadyCheck = { readonly port: number } | { readonly url: string } | { readonly output: string }

/**
 * A command that keeps running while scenarios run.
 * @example const chat: Program = { command: 'node server.js', ready: { port: 8080 }, keep: true }
 */
export interface Program extends Command {
  /** Without it, a program is ready once it runs. */
  readonly ready?: ReadyCheck
  /** Whether it is kept running for the next scenarios. */
  readonly keep?: boolean
}

/** Fills the values of variables into a text. */
export type FillVariables = (text: string) => string

/** Starts programs and runs commands. Each of them ends when our own process ends, however that happens. */
export interface Programs {
  /**
   * Resolves when the program is ready, at once if it runs already.
   * @param timeout in ms
   * @param fill fills variables into each word of the command line
   * @throws ExpectationError if it is not ready in time; it is stopped then
   * @throws ExpectationError if it was started before, and has ended by itself since; another call starts it again
   * @throws UsageError if it cannot be started, or if something else is at its address
   */
  start(name: string, program: Program, timeout: number, fill: FillVariables): Promise<void>
  /**
   * Resolves when programs and commands have ended, with all their children.
   * @param options.includeKept whether those are stopped, too, that are kept from one scenario to the next
   */
  stop(options: { readonly includeKept: boolean }): Promise<void>
  /**
   * Resolves when the command has succeeded, to what it printed: its last million characters, without colours.
   * @param timeout in ms
   * @param fill fills variables into each word of the command line
   * @throws ExpectationError if it does not succeed in time; it is stopped then
   * @throws UsageError if it cannot be started
   */
  run(name: string, command: Command, timeout: number, fill: FillVariables): Promise<{ readonly output: string }>
  /**
   * Describes the programs that have ended by themselves after they were ready, each once.
   * @param names of the programs that are looked at; without them, all
   */
  takeCrashes(names?: ReadonlySet<string>): Promise<string[]>
  /**
   * Resolves when these programs have handled what happened before: each answers again at its address, or has ended. A program
   * without an address is given all the time.
   * @param timeout in ms
   */
  untilIdle(names: ReadonlySet<string>, timeout: number): Promise<void>
}

/** The port to programs and commands: what a conversation asks to be started and run beside it. */

/**
 * What is run, and where.
 * @example const worker: Command = { command: 'node worker.js', cwd: 'server' }
 */
export interface Command {
  /**
   * Split into words as a shell does, quotes respected; what else a shell would understand is refused without `shell`, unless
   * it is quoted. The value of a variable is one argument, or a part of one, whatever is in it; one that a server has sent is
   * refused where a shell, or another program that runs its arguments, would read it.
   */
  readonly command: string
  /** The folder to run in; without it, ours. */
  readonly cwd?: string
  /** Added to our own environment; the value of a variable may stand in it, but one that a server has sent not where it would be code: `NODE_OPTIONS`. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether a shell runs the command. */
  readonly shell?: boolean
  /**
   * How long a command may run, or a program take until it is ready, and to end when a sentence stops it: `20s`, or a number of
   * ms. By default the timeout of the settings.
   */
  readonly timeout?: string | number
}

/**
 * How to tell that a program is ready: something listens on a port, a URL answers with a status below 500, or a line that
 * is printed contains a text. Each may have variables: `{ port: '${port}' }`.
 * @example const ready: ReadyCheck = { port: 8080 }
 */
export type ReadyCheck = { readonly port: number | string } | { readonly url: string } | { readonly output: string }

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

/** The values of variables. */
export interface VariableValues {
  /** Fills them into a text; each may be encoded. */
  fill(text: string, encode?: (value: string) => string): string
  /** Whether a server has sent the value of a variable in a text. */
  hasRemembered(text: string): boolean
}

/** How a sentence ends a program: by SIGTERM, or killed at once. */
export type ProgramEnding = 'stopped' | 'killed'

/** How long a program may take to answer at its address, and how long one without an address is watched, in ms. */
export interface RunningTimes {
  readonly timeout: number
  readonly quiet: number
}

/** Starts programs and runs commands. Each of them ends when our own process ends, however that happens. */
export interface Programs {
  /**
   * Resolves when the program is ready, at once if it runs already with the same values of its variables; with others, it is
   * started anew.
   * @param timeout in ms
   * @param variables are filled into each word of the command line
   * @returns whether one that ran has been ended for that
   * @throws ExpectationError if it is not ready in time; it is stopped then
   * @throws ExpectationError if it was started before, and has ended by itself since; another call starts it again
   * @throws ExpectationError if it was started before, and does not answer at its address in time
   * @throws UsageError if it cannot be started, or if something else is at its address
   */
  start(name: string, program: Program, timeout: number, variables: VariableValues): Promise<boolean>
  /**
   * Resolves when programs and commands have ended, with all their children.
   * @param options.includeKept whether those are stopped, too, that are kept from one scenario to the next
   */
  stop(options: { readonly includeKept: boolean }): Promise<void>
  /**
   * Resolves when a program has ended, with all its children. That is not a crash, and what it has printed is kept.
   * @param timeout how long it has after SIGTERM, in ms
   * @throws UsageError if it is not running
   * @throws ExpectationError if it has ended by itself, or had to be killed though it was to be stopped
   */
  end(name: string, ending: ProgramEnding, timeout: number): Promise<void>
  /**
   * Starts a program again, as it was started before a sentence has ended it, and resolves when it is ready.
   * @param timeout in ms
   * @throws what `start` throws
   */
  startAgain(name: string, timeout: number): Promise<void>
  /**
   * Resolves when a program has answered at its address; one without an address need only not end in the quiet time.
   * @throws UsageError if it was not started, or a sentence has ended it
   * @throws ExpectationError if it has ended by itself, or does not answer in time
   */
  requireRunning(name: string, times: RunningTimes): Promise<void>
  /**
   * Resolves when a program, also one that a sentence has ended, has printed a text since it was started, of whole words and
   * numbers: in its last million characters, without colours.
   * @param timeout in ms
   * @throws UsageError if it was not started
   * @throws ExpectationError if it has not printed that in time, or before it ended
   */
  requirePrinted(name: string, text: string, timeout: number): Promise<void>
  /**
   * Whether a connection to this address is one to this program, by the ports of `ready`: its own, and those of the others.
   * Undefined where they do not tell, since it has none or the address is not one of a port of this machine.
   */
  serves(name: string, url: string): boolean | undefined
  /**
   * Whether something takes connections at this address.
   * @param timeout in ms
   */
  isListening(url: string, timeout: number): Promise<boolean>
  /**
   * A TCP port of this machine on which nothing listens, and which no other call has got, nor one in another worker of the run;
   * after some thousand calls ports that are free again are given again.
   */
  freePort(): Promise<number>
  /**
   * Resolves when the command has succeeded, to what it printed: its last million characters, without colours.
   * @param timeout in ms
   * @param variables are filled into each word of the command line
   * @param more further arguments, written as in a command line
   * @throws ExpectationError if it does not succeed in time; it is stopped then
   * @throws UsageError if it cannot be started
   */
  run(
    name: string,
    command: Command,
    timeout: number,
    variables: VariableValues,
    more?: string,
  ): Promise<{ readonly output: string }>
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

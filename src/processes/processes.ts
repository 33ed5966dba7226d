/** The programs and commands of a conversation, which the settings name. */

import { DURATION, requireArgument, requireOptions, TEXT } from '../arguments'
import type { WaitOptions } from '../client-state/client-state'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { requireSomething } from '../text/require-something'
import { parseDuration } from '../time/duration'
import type { Transcript } from '../transcript'
import type { Variables } from '../variables/variables'
import type { Command, Program, ProgramEnding, Programs } from './programs'

/** The settings that concern programs and commands; durations in ms. */
export interface ProcessSettings {
  readonly timeout: number
  readonly quiet: number
  readonly programs: Readonly<Record<string, Program>>
  readonly commands: Readonly<Record<string, Command>>
}

/** What ends connections. */
export interface ConnectionEnding {
  /** Whether it ends those to this address; undefined if only the end shows that. */
  isTo(url: string): boolean | undefined
  /** @returns whether it has ended anything */
  act(): Promise<boolean>
  /** Whether something takes connections at this address. */
  isListening(url: string): Promise<boolean>
}

/** What programs and commands need of their conversation. */
export interface ProcessContext {
  readonly settings: ProcessSettings
  readonly programs: Programs
  readonly variables: Variables
  readonly transcript: Transcript
  /** Whether the conversation has ended. */
  readonly isOver: () => boolean
  /**
   * Does what somebody should await, and waits for it, but not longer than the conversation may take.
   * @param goal for a failure: `the program "chat" was not ready`
   */
  attend<T>(goal: () => string, act: () => Promise<T>): Promise<T>
  /** Does what ends connections: the ends of those to what has ended need not be reported by a sentence. */
  readonly announceEnds: (ending: ConnectionEnding) => Promise<void>
}

/**
 * How long a command may run, and what it is given beside its command line.
 * @example await conversation.processes.run('announce', { within: '20 seconds', arguments: "'Good night'" })
 */
export interface CommandOptions extends WaitOptions {
  /** Written as in a command line, and split before its variables are filled in: the value of one is one argument, or a part of one. */
  readonly arguments?: string | undefined
}

/**
 * Starts programs, runs commands, and keeps the output of the last command.
 * @example await conversation.processes.start('chat')
 */
export class Processes {
  private readonly used = new Set<string>()
  private lastRun: { readonly name: string; readonly output: string } | undefined

  /** @internal */
  constructor(private readonly context: ProcessContext) {}

  /**
   * Starts a program and waits until it is ready; it is stopped with the conversation, or kept.
   * @throws UsageError for an unknown name, ExpectationError if it is not ready in time
   */
  start(name: string): Promise<void> {
    return this.context.attend(
      () => `the program ${quoted(name)} was not ready`,
      async () => {
        const { settings, programs, transcript, variables } = this.context
        const program = this.programNamed('start', name)
        transcript.add('starts', name)
        // With other values of its variables, it takes the place of the one that runs.
        await this.announceEnds(name, () => programs.start(name, program, timeoutOf(program, settings), variables))
      },
    )
  }

  /**
   * Stops a program by SIGTERM and waits until it has ended, with its children and the connections to it.
   * @throws UsageError if it is not running, ExpectationError if it has crashed or does not end in time
   * @example await conversation.processes.stop('chat')
   */
  stop(name: string): Promise<void> {
    return this.endConnections('stop', name, 'stopped')
  }

  /**
   * Stops a program by SIGTERM, starts it again as it was started, and waits until it is ready.
   * @throws UsageError if it is not running, ExpectationError if it has crashed, or does not end or become ready in time
   * @example await conversation.processes.restart('chat')
   */
  restart(name: string): Promise<void> {
    const { programs, transcript } = this.context
    return this.endConnections('restart', name, 'stopped', async (timeout) => {
      transcript.add('starts', name)
      await programs.startAgain(name, timeout)
    })
  }

  /**
   * Kills a program and its children at once, by SIGKILL; this is not reported as a crash of its own.
   * @throws UsageError if it is not running, ExpectationError if it has crashed before
   * @example await conversation.processes.crash('chat')
   */
  crash(name: string): Promise<void> {
    return this.endConnections('crash', name, 'killed')
  }

  /**
   * Expects that a program is running, and answers at its address in time; one without an address need only not end in the quiet
   * time.
   * @throws UsageError if it was not started, or has been stopped; ExpectationError if it has ended by itself or does not answer
   * @example await conversation.processes.expectRunning('chat')
   */
  expectRunning(name: string): Promise<void> {
    return this.context.attend(
      () => `the program ${quoted(name)} was still watched`,
      async () => {
        const { settings, programs } = this.context
        this.programNamed('expectRunning', name)
        await programs.requireRunning(name, { timeout: settings.timeout, quiet: settings.quiet })
      },
    )
  }

  /**
   * Expects that a program has printed a text since it was started, or does so in time: as whole words and numbers.
   * @throws UsageError if it was not started, ExpectationError if it has not printed this in time
   * @example await conversation.processes.expectProgramOutput('chat', 'Clients: 2', { within: '1 second' })
   */
  expectProgramOutput(name: string, text: string, options: WaitOptions = {}): Promise<void> {
    return this.context.attend(
      () => `the program ${quoted(name)} had not printed ${quoted(text)}`,
      async () => {
        const { settings, programs } = this.context
        requireArgument('expectProgramOutput', 'text', text, TEXT)
        requireOptions('expectProgramOutput', options, { within: DURATION })
        this.programNamed('expectProgramOutput', name)
        const timeout = parseDuration(options.within ?? settings.timeout)
        await programs.requirePrinted(name, requireSomething(text), timeout)
      },
    )
  }

  /**
   * A TCP port on which nothing listens, and which no other call of this run gets.
   * @example conversation.variables.set('port', await conversation.processes.freePort())
   */
  freePort(): Promise<number> {
    return this.context.attend(
      () => 'a free port was still looked for',
      async () => {
        this.requireConversation('port can be found')
        return this.context.programs.freePort()
      },
    )
  }

  /**
   * Describes the programs of this conversation that have ended by themselves after they were ready, each once.
   * @internal
   */
  takeCrashes(): Promise<string[]> {
    return this.context.programs.takeCrashes(this.used)
  }

  /**
   * Resolves when the programs of this conversation have had the time to notice that its clients have left.
   * @param timeout in ms
   * @internal
   */
  untilIdle(timeout: number): Promise<void> {
    return this.context.programs.untilIdle(this.used, timeout)
  }

  /**
   * Runs a command, which must succeed.
   * @throws UsageError for an unknown name, ExpectationError if it does not succeed in time
   * @example await conversation.processes.run('worker', { within: '20 seconds' })
   */
  run(name: string, options: CommandOptions = {}): Promise<void> {
    return this.context.attend(
      () => `the command ${quoted(name)} was still running`,
      () => this.runCommand(name, options),
    )
  }

  private async runCommand(name: string, options: CommandOptions): Promise<void> {
    const { settings, programs, transcript, variables } = this.context
    this.lastRun = undefined
    requireArgument('run', 'name', name, TEXT)
    requireOptions('run', options, { within: DURATION, arguments: TEXT })
    this.requireConversation()
    const command = entryNamed(settings.commands, name, 'command')
    transcript.add('starts', name)
    const timeout = options.within === undefined ? timeoutOf(command, settings) : parseDuration(options.within)
    const { output } = await programs.run(name, command, timeout, variables, options.arguments)
    this.lastRun = { name, output }
  }

  /**
   * Expects that the last command has printed a text, of whole words and numbers: `1` is not printed by `Jobs: 12`.
   * @throws ExpectationError if it has not, UsageError if no command has run
   */
  expectOutput(text: string): void {
    requireArgument('expectOutput', 'text', text, TEXT)
    this.requireConversation('output can be expected')
    if (!this.lastRun) throw new UsageError('No command has run yet. Write before this: the "…" command runs')
    requireSomething(text)
    const { name, output } = this.lastRun
    const { includesWords } = require('../text/whole-words') as typeof import('../text/whole-words')
    if (includesWords(output, text)) return
    const { outputFailure } = require('./program-failure') as typeof import('./program-failure')
    throw outputFailure(name, text, output)
  }

  /** @throws UsageError for an unknown name, or if the conversation is over */
  private programNamed(call: string, name: string): Program {
    requireArgument(call, 'name', name, TEXT)
    this.requireConversation()
    const program = entryNamed(this.context.settings.programs, name, 'program')
    this.used.add(name)
    return program
  }

  /** Ends a program, and so the connections to it. */
  private endConnections(
    call: string,
    name: string,
    ending: ProgramEnding,
    then?: (timeout: number) => Promise<void>,
  ): Promise<void> {
    return this.context.attend(
      () => `the call ${call}(${quoted(name)}) was not over`,
      async () => {
        const { settings, programs } = this.context
        const timeout = timeoutOf(this.programNamed(call, name), settings)
        await this.announceEnds(name, async () => {
          await programs.end(name, ending, timeout)
          return true
        })
        await then?.(timeout)
      },
    )
  }

  private announceEnds(name: string, act: () => Promise<boolean>): Promise<void> {
    const { settings, programs, announceEnds } = this.context
    return announceEnds({
      act,
      isTo: (url) => programs.serves(name, url),
      isListening: (url) => programs.isListening(url, settings.timeout),
    })
  }

  /** @throws UsageError if the conversation is over */
  private requireConversation(act = 'program can be used'): void {
    if (this.context.isOver()) throw new UsageError(`No ${act} any more: the conversation has ended.`)
  }
}

/** How long it has, in ms. */
function timeoutOf({ timeout }: Command, settings: ProcessSettings): number {
  return parseDuration(timeout ?? settings.timeout)
}

function entryNamed<T>(entries: Readonly<Record<string, T>>, name: string, kind: 'program' | 'command'): T {
  if (Object.hasOwn(entries, name)) return entries[name] as T
  const hint = nearest(name, Object.keys(entries))
  const advice = hint ? `Did you mean ${quoted(hint)}?` : `Write it to "${kind}s" in worldParameters.websocket.`
  throw new UsageError(`There is no ${kind} ${quoted(name)} in the settings. ${advice}`)
}

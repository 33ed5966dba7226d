/** The programs and commands of a conversation, which the settings name. */

import { requireArgument, TEXT } from '../arguments'
import { UsageError } from '../errors'
import type { Variables } from '../messages/variables'
import { nearest } from '../text/nearest'
import { requireSomething } from '../text/require-something'
import type { Transcript } from '../transcript'
import type { FillVariables, Programs } from './programs'
import type { ResolvedSettings } from './resolved-settings'

/** What programs and commands need of their conversation. */
export interface ProcessContext {
  readonly settings: ResolvedSettings
  readonly programs: Programs
  readonly variables: Variables
  readonly transcript: Transcript
  /** Whether the conversation has ended. */
  readonly isOver: () => boolean
  /** See `ClientContext.beginWork`. */
  readonly beginWork: () => () => void
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
  async start(name: string): Promise<void> {
    const { settings, programs, transcript } = this.context
    requireArgument('start', 'name', name, TEXT)
    this.requireConversation()
    const program = entryNamed(settings.programs, name, 'program')
    transcript.add('starts', name)
    this.used.add(name)
    await programs.start(name, program, settings.timeout, this.fill).finally(this.context.beginWork())
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
   */
  async run(name: string): Promise<void> {
    const { settings, programs, transcript } = this.context
    this.lastRun = undefined
    requireArgument('run', 'name', name, TEXT)
    this.requireConversation()
    const command = entryNamed(settings.commands, name, 'command')
    transcript.add('starts', name)
    const run = programs.run(name, command, settings.timeout, this.fill)
    const { output } = await run.finally(this.context.beginWork())
    this.lastRun = { name, output }
  }

  /**
   * Expects that the last command has printed a text, of whole words and numbers: `1` is not printed by `Jobs: 12`.
   * @throws ExpectationError if it has not, UsageError if no command has run
   */
  expectOutput(text: string): void {
    this.requireConversation('output can be expected')
    requireArgument('expectOutput', 'text', text, TEXT)
    if (!this.lastRun) throw new UsageError('No command has run yet. Write before this: the "…" command runs')
    requireSomething(text)
    const { name, output } = this.lastRun
    const { includesWords } = require('../text/whole-words') as typeof import('../text/whole-words')
    if (includesWords(output, text)) return
    const { outputFailure } = require('./program-failure') as typeof import('./program-failure')
    throw outputFailure(name, text, output)
  }

  /** @throws UsageError if the conversation is over */
  private requireConversation(act = 'program can be started'): void {
    if (this.context.isOver()) throw new UsageError(`No ${act} any more: the conversation has ended.`)
  }

  /** Not before the line is split: a value must not become several words, or commands of a shell. */
  private readonly fill: FillVariables = (text) => this.context.variables.fill(text)
}

function entryNamed<T>(entries: Readonly<Record<string, T>>, name: string, kind: 'program' | 'command'): T {
  if (Object.hasOwn(entries, name)) return entries[name] as T
  const hint = nearest(name, Object.keys(entries))
  const advice = hint ? `Did you mean "${hint}"?` : `Write it to "${kind}s" in worldParameters.websocket.`
  throw new UsageError(`There is no ${kind} "${name}" in the settings. ${advice}`)
}

/** The conversation of a scenario, which is kept on its World, whatever class that World is. */

import type { IWorld, IWorldOptions } from '@cucumber/cucumber'
import { UsageError } from './errors'
import type { Settings } from './settings/settings'
import type { Conversation } from './websocket-conversation'

/** Registered, not private, so that it is found even if the library should be loaded twice. */
const CONVERSATION = Symbol.for('cucumber-websocket.conversation')

/** The worldParameters of a run. */
export interface RunParameters {
  readonly websocket?: Settings
}

interface ConversationHolder {
  [CONVERSATION]?: Conversation
  readonly parameters?: RunParameters
}

let runParameters: RunParameters | undefined

/** Keeps the worldParameters of the run, for Worlds that do not. */
export function rememberParameters(parameters: object): void {
  runParameters = parameters
}

/**
 * Reads the documents that describe the servers, before any scenario.
 * @throws UsageError for one that is wrong, and for a wrong setting
 */
export async function requireReadableDocuments(): Promise<void> {
  const { Conversation } = require('./websocket-conversation') as typeof import('./websocket-conversation')
  const { forgetContracts } = require('./contract/read-contract') as typeof import('./contract/read-contract')
  forgetContracts()
  await new Conversation(runParameters?.websocket).end()
}

/**
 * The conversation of the scenario that has this World.
 * @throws UsageError for a wrong setting, or if this is not a World
 * @example const rob = conversationOf(this).client('Rob')
 */
export function conversationOf(world: object): Conversation {
  if (typeof world !== 'object' || world === null || Object.getPrototypeOf(world) === Object.prototype) {
    throw new UsageError(
      'conversationOf(this) needs the World of a scenario: write the step with function, not with =>.',
    )
  }
  const holder = world as ConversationHolder
  if (!holder[CONVERSATION]) {
    if (!Object.isExtensible(world))
      throw new UsageError('The World keeps the conversation of its scenario: do not freeze or seal it.')
    const websocket = holder.parameters?.websocket ?? runParameters?.websocket
    // Loaded when it is needed: a dry run, and the process that hands out the scenarios of a parallel run, have none.
    const { Conversation } = require('./websocket-conversation') as typeof import('./websocket-conversation')
    keepConversation(holder, new Conversation(websocket))
  }
  return holder[CONVERSATION] as Conversation
}

/**
 * Has a World, which has none yet, take part in a conversation.
 * @internal
 */
export function keepConversation(world: object, conversation: Conversation): void {
  Object.defineProperty(world, CONVERSATION, { value: conversation })
}

/** The conversation if there is one already: with wrong settings there is none. */
export function existingConversationOf(world: object): Conversation | undefined {
  return (world as ConversationHolder)[CONVERSATION]
}

/**
 * A World to extend, or to write as the type of `this`; any other class serves as well.
 * @example setWorldConstructor(class extends ConversationWorld {})
 */
export class ConversationWorld<Parameters = object> implements IWorld<Parameters> {
  /** Cucumber's own. */
  readonly attach: IWorld['attach']
  /** Cucumber's own. */
  readonly log: IWorld['log']
  /** Cucumber's own. */
  readonly link: IWorld['link']
  /** The worldParameters of the run. */
  readonly parameters: Parameters

  constructor({ attach, log, link, parameters }: IWorldOptions<Parameters>) {
    this.attach = attach
    this.log = log
    this.link = link
    this.parameters = parameters
  }

  /** The scenario's conversation. */
  get conversation(): Conversation {
    return conversationOf(this)
  }
}

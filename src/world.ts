/** A scenario's conversation, kept on its World, whatever class that World is. */

import type { IWorld, IWorldOptions } from '@cucumber/cucumber'
import { Mistake } from './matching/errors'
import type { Settings } from './settings/settings'
import { Conversation } from './websocket-conversation'

/** Registered, not private, so that it is found even if the library should be loaded twice. */
const CONVERSATION = Symbol.for('cucumber-websocket.conversation')

interface Holder {
  [CONVERSATION]?: Conversation
  readonly parameters?: { readonly websocket?: Settings }
}

let parametersOfTheRun: Holder['parameters']

/** Keeps the run's worldParameters, for Worlds that don't. */
export function rememberParameters(parameters: object): void {
  parametersOfTheRun = parameters
}

/**
 * The conversation of the scenario that has this World.
 * @throws Mistake for a wrong setting
 */
export function conversationOf(world: object): Conversation {
  if (typeof world !== 'object' || world === null || Object.getPrototypeOf(world) === Object.prototype) {
    throw new Mistake('conversationOf(this) needs the World of a scenario: write the step with function, not with =>.')
  }
  const holder = world as Holder
  if (!holder[CONVERSATION]) {
    const websocket = holder.parameters?.websocket ?? parametersOfTheRun?.websocket
    Object.defineProperty(holder, CONVERSATION, { value: new Conversation(websocket) })
  }
  return holder[CONVERSATION] as Conversation
}

/** The conversation if there is one already: with wrong settings there is none. */
export function startedConversationOf(world: object): Conversation | undefined {
  return (world as Holder)[CONVERSATION]
}

/** A World to extend, or to write as the type of `this`; any other class serves as well. */
export class ConversationWorld<Parameters = object> implements IWorld<Parameters> {
  readonly attach: IWorld['attach']
  readonly log: IWorld['log']
  readonly link: IWorld['link']
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

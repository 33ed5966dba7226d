/** What stands in a sentence where a message may stand: it becomes a message to send, or a matcher of received ones. */

import { UsageError } from '../errors'
import type { ComparingMatcher, Matcher } from '../matching/matcher'
import type { ContentKind, MessageAddress } from '../message-details'
import { Variables } from '../variables/variables'
import type { ProjectFiles } from './project-files'
import type { PhraseTemplates } from './templates'

/**
 * What an expression is evaluated with.
 * @example const greeting: MessageExpression['toSend'] = ({ variables }) => variables.fill('Hello ${client}')
 */
export interface MessageContext {
  /** Those of the client that acts. */
  readonly variables: Variables
  /** How phrases travel. */
  readonly phrases: PhraseTemplates
  /** The path of the member that says the type of a message. Default `type`. */
  readonly typePath?: string
  /** @internal */
  readonly files: ProjectFiles
  /** @internal */
  readonly protocols?: ProtocolsOfMessages | undefined
  /**
   * The documents that describe the servers, which name messages.
   * @internal
   */
  readonly contracts?: { messageNamed(name: string, options?: { isExpected?: boolean }): ContractMessage } | undefined
}

/** What the protocols of a conversation, or of a client, say of their messages. */
interface ProtocolsOfMessages {
  /**
   * Why they cannot have topics, or events; undefined where they can.
   * @param event one that is to be received
   */
  lack(part: 'topics' | 'events', event?: string): string | undefined
  /**
   * The topic that they have of which a sentence speaks.
   * @throws Error if no message can have it
   */
  topicOf(topic: string): string
}

/** A message of a document that describes the servers. */
export interface ContractMessage {
  readonly name: string
  readonly matcher: ComparingMatcher
  /** Whether it is a text that is sent as it is, without quotes. */
  readonly isText: boolean
  /** A message that is as the document has it; undefined if it has none. */
  readonly example: unknown
  /** One that is made from its schema; undefined where none can be made. */
  makeExample(): unknown
  /** The name of the other message that a value is, where it is not this one; undefined if it is none. */
  otherNameOf(json: unknown): string | undefined
}

/**
 * A message as a sentence writes it; `phrase`, `json`, `bytes` and their like create one.
 * @example const greeting: MessageExpression = phrase('Hello ${client}')
 */
export interface MessageExpression {
  /** As it is written, for the text of a failure. */
  describe(): string
  /**
   * The message to send.
   * @throws UsageError if it can only be expected
   */
  toSend(context: MessageContext): string | Buffer
  /**
   * Where it is sent to, in a protocol that has topics or events; without it, to nowhere in particular.
   * @throws UsageError if the protocol has none
   * @internal
   */
  toAddress?(context: MessageContext): MessageAddress
  /**
   * What its content is, whatever it looks like.
   * @internal
   */
  readonly kind?: ContentKind | undefined
  /**
   * Whether it contradicts the document that describes the server on purpose.
   * @internal
   */
  readonly isContrary?: boolean
  /** The matcher of received messages. */
  toMatcher(context: MessageContext): Matcher
  /**
   * Makes sure, before its variables are known, that it can be sent.
   * @throws UsageError if not
   */
  checkSendable?(): void
}

/** An expression for received messages alone, such as `a message containing "lo"`. */
export function receiveOnly(description: string, toMatcher: (context: MessageContext) => Matcher): MessageExpression {
  const toSend = () => {
    throw new UsageError(`«${description}» can be expected, not sent: write the message itself.`)
  }
  return { describe: () => description, toMatcher, toSend, checkSendable: toSend }
}

/** Whether a received message is another one for each client, since `${client}` stands in it, or in the template. */
export function differsByClient(expression: MessageExpression, context: MessageContext): boolean {
  const { variables } = context
  let isAsked = false
  const own = {
    get client() {
      isAsked = true
      return variables.get('client')
    },
  }
  expression.toMatcher({ ...context, variables: new Variables(own, variables) })
  return isAsked
}

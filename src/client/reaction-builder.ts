/** What follows `client.when(…)` and `client.whenever(…)`: the action that makes a rule of it. */

import { DURATION, FUNCTION, NAME, requireArgument, requireOptions } from '../arguments'
import type { Matcher } from '../matching/matcher'
import type { MessageExpression } from '../messages/message-expression'
import { type MessageInput, matcherOf, messageExpression } from '../messages/message-input'
import { conjugate } from '../text/grammar'
import { formatDuration, parseDuration } from '../time/duration'
import type { ClientState } from './client-state'
import { ensureDisconnected } from './connecting'
import { requireConversation } from './preconditions'
import { Reaction, type ReactionAction, type SourceLocation } from './reaction'
import { type SendOptions, sendMessage } from './sending'

/** A reaction that lacks its action. */
export interface Trigger {
  readonly message: MessageInput
  readonly repeats: boolean
  readonly source: SourceLocation
}

/**
 * Arms a reaction, once its action is known.
 * @example rob.when('Who is there?').send('Rob')
 */
export class ReactionBuilder {
  private readonly matcher: Matcher
  private readonly hasAction: () => void

  /** @internal */
  constructor(
    private readonly client: ClientState,
    private readonly trigger: Trigger,
  ) {
    const { context, variables, name } = client
    this.matcher = matcherOf(trigger.message, context.messageContext(variables))
    this.hasAction = context.reactions.begin(
      `${trigger.repeats ? 'whenever' : 'when'} ${conjugate(name, 'receives')} ${this.matcher.describe()}`,
    )
  }

  /**
   * Sends a message; `${received}` in it is the message that set it off.
   * @throws UsageError if the message can only be expected
   * @example rob.whenever({ type: 'ping' }).send({ type: 'pong', id: '${received.id}' })
   */
  send(message: MessageInput, options: Pick<SendOptions, 'after'> = {}): void {
    requireConversation(this.client, 'react')
    requireOptions('send', options, { after: DURATION })
    const { after } = options
    const expression = messageExpression(message)
    expression.checkSendable?.()
    const delay = after === undefined ? undefined : parseDuration(after)
    const what = `${expression.describe()}${delay === undefined ? '' : ` after ${formatDuration(delay)}`}`
    this.arm({
      singular: `sends ${what}`,
      plural: `send ${what}`,
      past: `sent ${what}`,
      run: (received) => this.answer(expression, received, delay),
    })
  }

  /**
   * Disconnects.
   * @example rob.when('Good night').disconnect()
   */
  disconnect(): void {
    requireConversation(this.client, 'react')
    this.arm({
      singular: 'disconnects',
      plural: 'disconnect',
      past: 'disconnected',
      run: () => ensureDisconnected(this.client),
    })
  }

  /**
   * Sends an HTTP request.
   * @param request a path or URL, with the method before it unless it is GET: `POST /orders`
   * @example rob.when('ready').request('POST /orders')
   */
  request(request: string): void {
    requireConversation(this.client, 'react')
    requireArgument('request', 'request', request, NAME)
    const { name, context, variables } = this.client
    this.arm({
      singular: `requests "${request}"`,
      plural: `request "${request}"`,
      past: `requested "${request}"`,
      run: (received) => context.request(request, { name, variables: variables.with({ received }), isReaction: true }),
    })
  }

  /**
   * Does anything else.
   * @param description for a failure: `order a taxi`
   * @param action is given the message: JSON, a text, or bytes in hexadecimal digits
   * @example rob.when('Rain').do('order a taxi', () => taxis.order())
   */
  do(description: string, action: (received: unknown) => void | Promise<void>): void {
    requireConversation(this.client, 'react')
    requireArgument('do', 'description', description, NAME)
    requireArgument('do', 'action', action, FUNCTION)
    this.arm({
      singular: `is to ${description}`,
      plural: `are to ${description}`,
      past: `came to ${description}`,
      run: async (received) => action(received),
    })
  }

  private async answer(expression: MessageExpression, received: unknown, delay: number | undefined): Promise<void> {
    const { context, variables } = this.client
    if (delay !== undefined) await context.pause(delay)
    const answering = context.messageContext(variables.with({ received }))
    await sendMessage(this.client, expression, { context: answering, isReaction: true })
  }

  private arm(action: ReactionAction): void {
    const { client, matcher } = this
    const { repeats, source } = this.trigger
    this.hasAction()
    client.context.reactions.add(new Reaction({ client, matcher, repeats, action, source }))
  }
}

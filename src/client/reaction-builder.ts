/** What follows `client.when(…)` and `client.whenever(…)`: the action that makes a rule of it. */

import { FUNCTION, LIST, NAME, requireArgument, requireOptions } from '../arguments'
import type * as Actions from '../client-actions/protocol-actions'
import type { ReplyOptions } from '../client-actions/protocol-actions'
import type { ClientState } from '../client-state/client-state'
import { ensureDisconnected } from '../client-state/connecting'
import { REQUEST_OPTIONS, SEND_OPTIONS } from '../client-state/option-kinds'
import { requireConversation } from '../client-state/preconditions'
import { Reaction, type ReactionAction, type SourceLocation } from '../client-state/reaction'
import { type Occasion, requireTimes, type SendOptions, sendMessage } from '../client-state/sending'
import { UsageError } from '../errors'
import type { RequestOptions } from '../http/http-requests'
import type { Message } from '../inbox/message'
import { lazyFunctions } from '../lazy-functions'
import { displayValue, type Matcher } from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import type { MessageExpression } from '../messages/message-expression'
import { type MessageInput, matcherOf, messageExpression } from '../messages/message-input'
import { quoted } from '../text/excerpt'
import { conjugate } from '../text/grammar'
import { formatDuration, parseDuration } from '../time/duration'
import { Variables } from '../variables/variables'

/** Loaded when it is needed: most clients answer no requests. */
const { answerRequest, isAnswered } = lazyFunctions<typeof Actions>(() => require('../client-actions/protocol-actions'))

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
    const { context, name } = client
    this.matcher = matcherOf(trigger.message, client.messageContext())
    this.hasAction = context.reactions.begin(
      `${trigger.repeats ? 'whenever' : 'when'} ${conjugate(name, 'receives')} ${this.matcher.describe()}`,
    )
  }

  /**
   * Sends a message; `${received}` in it is the message that set it off.
   * @throws UsageError if the message can only be expected
   * @example rob.whenever({ type: 'ping' }).send({ type: 'pong', id: '${received.id}' })
   */
  send(message: MessageInput, options: SendOptions = {}): void {
    this.sendEach('send', [message], options)
  }

  /**
   * Sends several messages, in this order.
   * @throws UsageError if one of them can only be expected
   * @example rob.when('Who is there?').sendAll(['Rob', { type: 'typing' }])
   */
  sendAll(messages: readonly MessageInput[], options: SendOptions = {}): void {
    requireArgument('sendAll', 'messages', messages, LIST)
    this.sendEach('sendAll', messages, options)
  }

  /**
   * Answers a request of the server by an error; `send` answers it by what is sent without event or topic.
   * @throws UsageError if the message can only be expected
   * @example rob.when(event('Reset')).answerWithError('out of order')
   */
  answerWithError(message: MessageInput): void {
    requireConversation(this.client, 'react')
    const expression = messageExpression(message)
    expression.checkSendable?.()
    const what = `with the error ${expression.describe()}`
    this.arm({
      singular: `answers ${what}`,
      plural: `answer ${what}`,
      past: `answered ${what}`,
      run: (received) => this.answerOnce(received, expression, { ...this.occasion(received), isError: true }),
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
   * Sends an HTTP request; in an expression, `${received}` is the message that set it off.
   * @param request a path or URL, with the method before it unless it is GET: `POST /orders`
   * @example rob.when({ type: 'ready' }).request('POST /orders', { body: json('{"table": "${received.table}"}') })
   */
  request(request: string, options: RequestOptions = {}): void {
    requireConversation(this.client, 'react')
    requireArgument('request', 'request', request, NAME)
    requireOptions('request', options, REQUEST_OPTIONS)
    const { after, within } = options
    if (within !== undefined) parseDuration(within)
    const what = `${quoted(request)}${after === undefined ? '' : ` after ${formatDuration(parseDuration(after))}`}`
    const { name, context, variables } = this.client
    this.arm({
      singular: `requests ${what}`,
      plural: `request ${what}`,
      past: `requested ${what}`,
      run: (message) =>
        context.request(request, { name, variables: answering(variables, message), isReaction: true }, options),
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
      run: async (message) => action(contentOf(message.share())),
    })
  }

  private sendEach(call: string, messages: readonly MessageInput[], options: SendOptions): void {
    requireConversation(this.client, 'react')
    requireOptions(call, options, SEND_OPTIONS)
    const { after, times = 1 } = options
    requireTimes(times)
    const expressions = messages.map(messageExpression)
    for (const expression of expressions) expression.checkSendable?.()
    const delay = after === undefined ? undefined : parseDuration(after)
    const what = [
      expressions.map((expression) => expression.describe()).join(' and '),
      ...(times === 1 ? [] : [`${times} times`]),
      ...(delay === undefined ? [] : [`after ${formatDuration(delay)}`]),
    ].join(' ')
    this.arm({
      singular: `sends ${what}`,
      plural: `send ${what}`,
      past: `sent ${what}`,
      size: times * expressions.length,
      run: (message) => this.answer(Array(times).fill(expressions).flat(), message, delay),
    })
  }

  private async answer(
    expressions: readonly MessageExpression[],
    message: Message,
    delay: number | undefined,
  ): Promise<void> {
    if (delay !== undefined) await this.client.context.delay(delay)
    const occasion = this.occasion(message)
    const isRequest = message.details.requestId !== undefined
    const isAnswer = ({ toAddress }: MessageExpression) => isRequest && !toAddress
    requireOneAnswer(this.client.name, message, expressions.filter(isAnswer).length)
    // All at once: the answer to the next message must not come between them.
    await Promise.all(
      expressions.map(async (expression) =>
        isAnswer(expression)
          ? this.answerOnce(message, expression, occasion)
          : sendMessage(this.client, expression, occasion),
      ),
    )
  }

  private async answerOnce(
    request: Message,
    expression: MessageExpression,
    occasion: ReplyOptions & Occasion,
  ): Promise<void> {
    // Where one rule answers once, those that would do so every time leave it alone.
    if (this.trigger.repeats && isAnswered(request)) return
    await answerRequest(this.client, request, expression, occasion)
  }

  private occasion(message: Message): Occasion {
    const { client } = this
    return { context: client.messageContext(answering(client.variables, message)), isReaction: true }
  }

  private arm(action: ReactionAction): void {
    const { client, matcher } = this
    const { repeats, source } = this.trigger
    this.hasAction()
    client.context.reactions.add(new Reaction({ client, matcher, repeats, action, source }))
  }
}

/** @throws UsageError for several answers to a request, which has one */
function requireOneAnswer(name: string, { number }: Message, count: number): void {
  if (count <= 1) return
  throw new UsageError(
    `${name} cannot answer number ${number} by ${count} messages: a request has one answer. ` +
      'Only what names an event or a topic is sent beside it.',
  )
}

/** The variables of an answer: `${received}` is what the message says, and asked for only where it is written. */
function answering(variables: Variables, message: Message): Variables {
  const own = {
    get received() {
      return contentOf(message)
    },
  }
  return new Variables(own, variables)
}

/**
 * What an action is given: JSON where the message is JSON, else its text, or its bytes in hexadecimal digits.
 * @throws ExpectationError for JSON that has a member twice
 */
function contentOf(message: Message): unknown {
  requireUnambiguous(message)
  return displayValue(message)
}

/** A named participant: what it does, what is expected of it, and how it reacts. */

import { DURATION, NAME, NUMBER, requireArgument, requireOptions, TEXT, WHOLE_NUMBER } from '../arguments'
import type * as Asking from '../client-actions/asking'
import { expectAll, expectFirst } from '../client-actions/expecting'
import type * as Actions from '../client-actions/protocol-actions'
import type { AnswerOptions, ReplyOptions } from '../client-actions/protocol-actions'
import type * as RepeatedSending from '../client-actions/repeated-sending'
import { ClientCalls } from '../client-state/client-calls'
import type { ClientContext } from '../client-state/client-context'
import { ClientState, type WaitOptions } from '../client-state/client-state'
import { connect, disconnect, ensureConnected, reconnect, terminate, tryToConnect } from '../client-state/connecting'
import {
  type DisconnectionOptions,
  expectConnected,
  expectDisconnected,
  expectPong,
  expectRefused,
  expectSubprotocol,
} from '../client-state/connection-assertions'
import {
  ANSWER_OPTIONS,
  CONNECT_OPTIONS,
  DISCONNECTION_OPTIONS,
  REPLY_OPTIONS,
  REQUEST_OPTIONS,
  SEND_OPTIONS,
  SOURCE_LOCATION,
  WAIT_OPTIONS,
} from '../client-state/option-kinds'
import { requireConnected, requireConversation, requireOpen, requireRead } from '../client-state/preconditions'
import type { SourceLocation } from '../client-state/reaction'
import { requireTimes, type SendOptions, sendMessage } from '../client-state/sending'
import type { ConnectOptions } from '../connection/connection-target'
import { message } from '../expectations/expect-one'
import { silence } from '../expectations/expect-silence'
import { lastMessage, regularly, regularTimeout } from '../expectations/lazy-expectations'
import { readFailure } from '../failures/lazy-failures'
import type { RequestOptions } from '../http/http-requests'
import type { Expectation } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import { lazyFunctions } from '../lazy-functions'
import type { Matcher } from '../matching/matcher'
import { rememberedValue } from '../messages/lazy-messages'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import { type MessageInput, matcherOf, messageExpression } from '../messages/message-input'
import { parseDuration } from '../time/duration'
import { fillPath } from '../variables/fill-in-place'
import type { Variables } from '../variables/variables'
import { ReactionBuilder, type Trigger } from './reaction-builder'

/** Loaded when they are needed: few clients send again and again. */
const { sendEvery, stopSending } = lazyFunctions<typeof RepeatedSending>(() =>
  require('../client-actions/repeated-sending'),
)

/** Loaded when they are needed: few clients ask. */
const { ask } = lazyFunctions<typeof Asking>(() => require('../client-actions/asking'))

/** Loaded when they are needed: most clients have no protocol. */
const { answerRequest, callMethod, changeSubscription, expectAnswer, expectSubscriptionRefused } = lazyFunctions<
  typeof Actions
>(() => require('../client-actions/protocol-actions'))

/**
 * A participant of a conversation; `conversation.client(name)` returns it.
 * @example
 * const rob = conversation.client('Rob')
 * await rob.connect()
 * await rob.send('Hello')
 * await rob.receives('Rob: Hello')
 */
export class Client {
  /** @internal */
  readonly state: ClientState
  private readonly calls: ClientCalls

  /** @internal */
  constructor(name: string, context: ClientContext) {
    this.state = new ClientState(name, context)
    this.calls = new ClientCalls(this.state)
  }

  /** The name, as sentences write it. */
  get name(): string {
    return this.state.name
  }

  /** The conversation's variables, and `${client}`, the own name. */
  get variables(): Variables {
    return this.state.variables
  }

  /**
   * Connects and waits until the connection is open.
   * @throws ConnectionError if it is refused or cannot be made
   * @example await rob.connect({ to: '/chat', headers: { Authorization: 'Bearer x' } })
   */
  connect(options: ConnectOptions = {}): Promise<void> {
    return this.calls.attend('connect', () => {
      requireOptions('connect', options, CONNECT_OPTIONS)
      return connect(this.state, options)
    })
  }

  /**
   * Connects unless it is connected.
   * @throws ConnectionError if it cannot be made, or if the server has ended the connection before; UsageError if it is connected
   * otherwise than the options say
   * @example await rob.ensureConnected()
   */
  ensureConnected(options: ConnectOptions = {}): Promise<void> {
    return this.calls.attend('connect', () => {
      requireOptions('ensureConnected', options, CONNECT_OPTIONS)
      return ensureConnected(this.state, options)
    })
  }

  /**
   * Tries to connect; the server may refuse it.
   * @throws ConnectionError if it can neither be made nor is refused
   * @example await rob.tryToConnect({ to: '/admin' })
   */
  tryToConnect(options: ConnectOptions = {}): Promise<void> {
    return this.calls.attend('connect', () => {
      requireOptions('tryToConnect', options, CONNECT_OPTIONS)
      return tryToConnect(this.state, options)
    })
  }

  /**
   * Connects again, to where it was and as it was; the inbox goes on.
   * @example await rob.reconnect()
   */
  reconnect(): Promise<void> {
    return this.calls.attend('reconnect', () => reconnect(this.state))
  }

  /**
   * Disconnects by a closing handshake.
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4, and IANA's registry)
   * @param reason at most 123 bytes
   * @example await rob.disconnect(4000, 'Good night')
   */
  disconnect(code?: number, reason?: string): Promise<void> {
    return this.calls.attend('disconnect', () => {
      if (code !== undefined) requireArgument('disconnect', 'code', code, NUMBER)
      if (reason !== undefined) requireArgument('disconnect', 'reason', reason, TEXT)
      return disconnect(this.state, code, reason)
    })
  }

  /**
   * Closes the connection without a closing handshake.
   * @example rob.terminate()
   */
  terminate(): void {
    terminate(this.state)
  }

  /**
   * Expects that the server has refused the last attempt to connect.
   * @throws ExpectationError if the last attempt to connect was not refused with an HTTP status, or with another one
   * @example rob.expectRefused(401)
   */
  expectRefused(status?: number): void {
    requireConversation(this.state, 'be refused')
    if (status !== undefined) requireArgument('expectRefused', 'status', status, WHOLE_NUMBER)
    expectRefused(this.state, status)
  }

  /**
   * Expects that the client is still connected, and stays so for the quiet time.
   * @throws ExpectationError if the connection is not open, or ends in this time
   * @example await rob.expectConnected({ within: '1 second' })
   */
  expectConnected(options: WaitOptions = {}): Promise<void> {
    return this.calls.attend('stay connected', () => {
      requireOptions('expectConnected', options, WAIT_OPTIONS)
      return expectConnected(this.state, options)
    })
  }

  /**
   * Expects that the server has chosen a subprotocol.
   * @throws ExpectationError if the server has not chosen this subprotocol
   * @example rob.expectSubprotocol('chat.v2')
   */
  expectSubprotocol(subprotocol: string): void {
    requireConversation(this.state, 'speak a subprotocol')
    requireArgument('expectSubprotocol', 'subprotocol', subprotocol, NAME)
    expectSubprotocol(this.state, subprotocol)
  }

  /**
   * Waits until the server has disconnected the client, with this code and reason if any are given.
   * @throws ExpectationError if it does not in time, or with another code or reason
   * @example await rob.expectDisconnected({ code: 4001, within: '2 seconds' })
   */
  expectDisconnected(options: DisconnectionOptions = {}): Promise<void> {
    return this.calls.attend('be disconnected', () => {
      requireOptions('expectDisconnected', options, DISCONNECTION_OPTIONS)
      return expectDisconnected(this.state, options)
    })
  }

  /**
   * Sends a ping (RFC 6455, section 5.5.2).
   * @example rob.ping()
   */
  ping(): void {
    const { state } = this
    requireOpen(state, 'ping')
    state.record('pings')
    state.connection.ping(state.pings.nextPayload())
  }

  /**
   * Waits for the answer to a ping.
   * @throws ExpectationError if none comes in time
   * @example await rob.expectPong({ within: 500 })
   */
  expectPong(options: WaitOptions = {}): Promise<void> {
    return this.calls.attend('receive a pong', () => {
      requireOptions('expectPong', options, WAIT_OPTIONS)
      return expectPong(this.state, options)
    })
  }

  /**
   * Sends a message.
   * @throws ConnectionError if the connection has ended, UsageError if the client never connected
   * @example await rob.send({ type: 'order' }, { after: '1 second', times: 3 })
   */
  send(message: MessageInput, options: SendOptions = {}): Promise<void> {
    return this.calls.start('send', () => this.sendAll(message, options))
  }

  /**
   * Sends a message at once, and again after each interval: until it is told to stop, disconnects, or the conversation ends.
   * @param interval `2 seconds`, or a number of ms
   * @throws UsageError for an interval of less than a millisecond, and otherwise as `send` does
   * @example await rob.sendEvery({ type: 'heartbeat' }, '10 seconds')
   */
  sendEvery(message: MessageInput, interval: string | number): Promise<void> {
    return this.calls.attend('send', async () => {
      requireArgument('sendEvery', 'interval', interval, DURATION)
      await sendEvery(this.state, messageExpression(message), parseDuration(interval), () => this.messageContext)
    })
  }

  /**
   * Stops what `sendEvery` began.
   * @throws UsageError if this message is not sent again and again
   * @example rob.stopSending({ type: 'heartbeat' })
   */
  stopSending(message: MessageInput): void {
    requireConversation(this.state, 'stop sending')
    stopSending(this.state, messageExpression(message))
  }

  /**
   * Sends a request, and waits for its answer: the one that the protocol tells, or that has the same value where the setting
   * `correlation` says, or the `correlationId` of the AsyncAPI document.
   * @returns the answer
   * @throws UsageError if nothing says where, or if the request has no such value; ExpectationError if no answer comes in time
   * @example const { json } = await rob.ask({ op: 'list', id: 7 }, { ok: true })
   */
  ask(request: MessageInput, answer: MessageInput, options: WaitOptions = {}): Promise<Message> {
    return this.calls.attend('ask', async () => {
      requireOptions('ask', options, WAIT_OPTIONS)
      requireOpen(this.state, 'ask')
      return ask(this.state, messageExpression(request), answer, options)
    })
  }

  /**
   * Subscribes to a topic; waits until the server has confirmed it, where the protocol has it do so.
   * @throws UsageError if the protocol has no topics, ConnectionError if the server refuses it
   * @example await rob.subscribe('news')
   */
  subscribe(topic: string): Promise<void> {
    return this.calls.attend('subscribe', async () => {
      requireArgument('subscribe', 'topic', topic, NAME)
      await changeSubscription(this.state, 'subscribe', topic)
    })
  }

  /**
   * Subscribes to a topic, which the server has to refuse.
   * @throws ExpectationError if it confirms it, or says nothing
   * @example await rob.expectSubscriptionRefused('staff')
   */
  expectSubscriptionRefused(topic: string): Promise<void> {
    return this.calls.attend('subscribe', async () => {
      requireArgument('expectSubscriptionRefused', 'topic', topic, NAME)
      await expectSubscriptionRefused(this.state, topic)
    })
  }

  /**
   * Ends a subscription.
   * @throws UsageError if the protocol has no topics, ConnectionError if the server refuses it
   * @example await rob.unsubscribe('news')
   */
  unsubscribe(topic: string): Promise<void> {
    return this.calls.attend('unsubscribe', async () => {
      requireArgument('unsubscribe', 'topic', topic, NAME)
      await changeSubscription(this.state, 'unsubscribe', topic)
    })
  }

  /**
   * Calls a method of the server, and does not wait for the answer.
   * @throws UsageError if the protocol has no methods
   * @example await rob.call('add', [1, 2])
   */
  call(method: string, message?: MessageInput): Promise<void> {
    return this.calls.start('call', () => {
      requireArgument('call', 'method', method, NAME)
      const expression = message === undefined ? undefined : messageExpression(message)
      return this.calls.attendUnsent('call', callMethod(this.state, method, expression, this.messageContext))
    })
  }

  /**
   * Waits for the answer to the method that was called last, and reads it.
   * @returns the answer
   * @throws UsageError if none was called, ExpectationError if no such answer comes in time
   * @example const { json } = await rob.expectAnswer(3)
   */
  expectAnswer(answer: MessageInput, options: AnswerOptions = {}): Promise<Message> {
    return this.calls.start('receive anything', () => {
      requireOptions('expectAnswer', options, ANSWER_OPTIONS)
      return expectAnswer(this.state, this.matcher(answer), options)
    })
  }

  /**
   * Answers the request of the server that was read last.
   * @param options whether the answer is an error
   * @throws UsageError if none was read, or the message asks for no answer
   * @example await rob.answer({ status: 'Accepted' })
   */
  answer(message: MessageInput, options: ReplyOptions = {}): Promise<void> {
    return this.calls.attend('answer', async () => {
      requireOptions('answer', options, REPLY_OPTIONS)
      const expression = messageExpression(message)
      requireOpen(this.state, 'answer')
      const read = requireRead(this.state, 'answer')
      await answerRequest(this.state, read, expression, { ...options, context: this.messageContext })
    })
  }

  /**
   * Waits for a message that matches, and reads it.
   * @returns the message
   * @throws ExpectationError if none comes in time
   * @example const { json } = await rob.receives({ type: 'order', id: '#number' })
   */
  receives(input: MessageInput, options: WaitOptions = {}): Promise<Message> {
    return this.calls.start('receive anything', () => {
      requireOptions('receives', options, WAIT_OPTIONS)
      requireConnected(this.state)
      return expectFirst(this.state, message(this.matcher(input)), options)
    })
  }

  /**
   * Waits the quiet time, unless `expectDisconnected` has said before that the server ended the connection.
   * @throws ExpectationError if such a message is unread, or comes
   * @example await rob.doesNotReceive('Good night', { within: '1 second' })
   */
  doesNotReceive(input: MessageInput, options: WaitOptions = {}): Promise<void> {
    return this.calls.wait('receive anything', async () => {
      requireOptions('doesNotReceive', options, WAIT_OPTIONS)
      requireConnected(this.state)
      await expectAll(this.state, silence(this.matcher(input)), options)
    })
  }

  /**
   * Waits for three messages that match, each so long after the one before it, or up to half of that earlier or later.
   * @param interval `2 seconds`, or a number of ms
   * @throws ExpectationError if they come less regularly, or not in time
   * @example await rob.receivesEvery({ type: 'heartbeat' }, '1 second')
   */
  receivesEvery(input: MessageInput, interval: string | number): Promise<void> {
    return this.calls.wait('receive anything', async () => {
      requireArgument('receivesEvery', 'interval', interval, DURATION)
      const { settings } = this.state.context
      const time = parseDuration(interval)
      await expectAll(this.state, regularly(this.matcher(input), time), {
        within: regularTimeout(time, settings.timeout),
      })
    })
  }

  /**
   * A matcher of messages that are the same as the one that was read last: the same JSON, text or bytes.
   * @throws UsageError if none was read
   * @example await ann.receives(bob.matcherOfRead())
   */
  matcherOfRead(): Matcher {
    requireConversation(this.state, 'compare anything')
    const { sameMessage } = require('../matching/same-message') as typeof import('../matching/same-message')
    return sameMessage(requireRead(this.state, 'compare'), `the same message as ${this.name}`)
  }

  /**
   * Waits until the message that came last, read or not, is this one.
   * @throws ExpectationError if it is not in time
   * @example await rob.receivesLast('Good night')
   */
  receivesLast(input: MessageInput, options: WaitOptions = {}): Promise<void> {
    return this.calls.wait('receive anything', async () => {
      requireOptions('receivesLast', options, WAIT_OPTIONS)
      requireConnected(this.state)
      const matcher = this.matcher(input)
      const { inbox, connection } = this.state
      await connection.caughtUp()
      const last = inbox.messages.at(-1)
      if (last?.isUnread === false && matcher.accepts(last)) {
        inbox.lastRead = last
        return
      }
      await expectAll(this.state, lastMessage(matcher), options)
    })
  }

  /**
   * Expects that the message that was read last matches.
   * @throws ExpectationError if it does not, UsageError if none was read
   * @example rob.expectRead({ amount: '#> 100' })
   */
  expectRead(input: MessageInput): void {
    const matcher = this.matcher(input)
    const read = requireRead(this.state, 'expect')
    if (!matcher.accepts(read)) throw readFailure(this.name, read, matcher)
  }

  /**
   * Waits for what is expected.
   * @param expectation made by `inOrder`, `silence` and their like
   * @returns the messages that met it
   * @throws ExpectationError if it is not met in time
   * @example await rob.expect(inOrder([rob.matcher('one'), rob.matcher('two')]))
   */
  expect(expectation: Expectation, options: WaitOptions = {}): Promise<readonly Message[]> {
    return this.calls.wait('receive anything', () => {
      requireOptions('expect', options, WAIT_OPTIONS)
      return expectAll(this.state, expectation, options)
    })
  }

  /**
   * Ignores such messages from now on: they are in the transcript, not in the inbox.
   * @example rob.ignore({ type: 'heartbeat' })
   */
  ignore(message: MessageInput): void {
    const { state } = this
    requireConversation(state, 'ignore anything')
    state.isIntroduced = true
    state.hasRule = true
    state.inbox.ignore(this.matcher(message))
  }

  /**
   * Marks everything that came as read.
   * @example rob.catchUp()
   */
  catchUp(): void {
    requireConversation(this.state, 'catch up')
    requireConnected(this.state)
    this.state.inbox.markRead()
  }

  /**
   * Sends an HTTP request beside the socket, and waits for the response, which is `the response` of the sentences that follow, also
   * if an action of a reaction calls it; what `when(…).request(…)` has asked for is not.
   * @param request a path or URL, with the method before it unless it is GET: `POST /orders`
   * @throws ConnectionError if there is no answer
   * @example await rob.request('POST /orders', { headers: { 'X-Room': 'kitchen' }, body: json('{"amount": 3}'), within: '2 seconds' })
   */
  request(request: string, options: RequestOptions = {}): Promise<void> {
    const act = () => {
      requireArgument('request', 'request', request, NAME)
      requireOptions('request', options, REQUEST_OPTIONS)
      return this.state.context.request(request, this, options)
    }
    return this.calls.attend('receive a response', act, 'request anything')
  }

  /**
   * Reacts once, as soon as such a message is there or comes; it must have happened when the scenario ends.
   * @example rob.when('Who is there?').send('Rob')
   */
  when(message: MessageInput, source: SourceLocation = {}): ReactionBuilder {
    return this.trigger('when', { message, repeats: false, source })
  }

  /**
   * Reacts every time such a message comes; it may never happen.
   * @example rob.whenever({ type: 'ping' }).send({ type: 'pong' })
   */
  whenever(message: MessageInput, source: SourceLocation = {}): ReactionBuilder {
    return this.trigger('whenever', { message, repeats: true, source })
  }

  /**
   * Sets a variable to a part of the message that was read last.
   * @throws UsageError if none was read, or if it has nothing there
   * @example rob.remember('order.id', 'id')
   */
  remember(path: string, variable: string): void {
    const { state, name } = this
    requireConversation(state, 'remember anything')
    requireArgument('remember', 'path', path, TEXT)
    requireArgument('remember', 'variable', variable, NAME)
    const value = rememberedValue(
      requireRead(this.state, 'remember'),
      fillPath(path, this.variables),
      `The message that ${name} read last`,
    )
    state.context.variables.remember(variable, value)
  }

  /**
   * The matcher of a message, with variables and templates as they are now.
   * @example await rob.expect(nextMessage(rob.matcher('Hello ${client}')))
   */
  matcher(message: MessageInput): Matcher {
    requireConversation(this.state, 'expect anything')
    return matcherOf(message, this.messageContext)
  }

  private trigger(call: string, trigger: Trigger): ReactionBuilder {
    const { state } = this
    requireConversation(state, 'react')
    requireOptions(call, trigger.source, SOURCE_LOCATION)
    const builder = new ReactionBuilder(state, trigger)
    state.isIntroduced = true
    state.hasRule = true
    return builder
  }

  private get messageContext(): MessageContext {
    return this.state.messageContext()
  }

  private sendAll(message: MessageInput, options: SendOptions): Promise<void> {
    requireOptions('send', options, SEND_OPTIONS)
    const { after, times = 1 } = options
    requireTimes(times)
    const expression = messageExpression(message)
    if (after === undefined && times === 1) {
      return this.calls.attendUnsent('send', this.sendOnce(expression) as Promise<void>)
    }
    requireOpen(this.state, 'send')
    const delay = after === undefined ? undefined : parseDuration(after)
    return this.calls.attend('send', () => this.sendRepeatedly(expression, times, delay))
  }

  private async sendRepeatedly(expression: MessageExpression, times: number, delay: number | undefined) {
    if (delay !== undefined) await this.state.context.delay(delay)
    for (let time = 0; time < times; time++) await this.sendOnce(expression)
  }

  private sendOnce(expression: MessageExpression): Promise<unknown> {
    return sendMessage(this.state, expression, { context: this.messageContext })
  }
}

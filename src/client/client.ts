/** A named participant: what it does, what is expected of it, and how it reacts. */

import {
  DURATION,
  FLAG,
  NAME,
  NAMED_TEXTS,
  NUMBER,
  requireArgument,
  requireOptions,
  TEXT,
  TEXTS,
  WHOLE_NUMBER,
} from '../arguments'
import type * as Asking from '../client-actions/asking'
import type * as Actions from '../client-actions/protocol-actions'
import type { AnswerOptions, ReplyOptions } from '../client-actions/protocol-actions'
import type * as RepeatedSending from '../client-actions/repeated-sending'
import type { ClientContext } from '../client-state/client-context'
import { ClientState, type MethodCall, type WaitOptions } from '../client-state/client-state'
import { connect, disconnect, ensureConnected, reconnect, terminate, tryToConnect } from '../client-state/connecting'
import {
  type DisconnectionOptions,
  expectConnected,
  expectDisconnected,
  expectPong,
  expectRefused,
  expectSubprotocol,
} from '../client-state/connection-assertions'
import { guardExpectation } from '../client-state/guard-expectation'
import { requireConnected, requireConversation, requireOpen } from '../client-state/preconditions'
import type { SourceLocation } from '../client-state/reaction'
import { REQUEST_OPTIONS } from '../client-state/request-options'
import { requireTimes, type Sendable, type SendOptions, sendMessage } from '../client-state/sending'
import { isRequestId } from '../connection/connection'
import type { ConnectOptions } from '../connection/connection-target'
import { UsageError } from '../errors'
import { message } from '../expectations/expect-one'
import { silence } from '../expectations/expect-silence'
import { lastMessage, regularly, regularTimeout } from '../expectations/lazy-expectations'
import { expectationFailure, readFailure } from '../failures/lazy-failures'
import type { RequestOptions } from '../http/http-requests'
import type { Expectation } from '../inbox/expectation'
import type { Wait } from '../inbox/inbox'
import type { Message } from '../inbox/message'
import { lazyFunctions } from '../lazy-functions'
import type { Matcher } from '../matching/matcher'
import { rememberedValue } from '../messages/lazy-messages'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import { type MessageInput, matcherOf, messageExpression } from '../messages/message-input'
import { conjugate } from '../text/grammar'
import { formatDuration, parseDuration } from '../time/duration'
import { neverSettled } from '../time/settles-within'
import { fillPath } from '../variables/fill-in-place'
import type { Variables } from '../variables/variables'
import { ReactionBuilder, type Trigger } from './reaction-builder'

/** Loaded when they are needed: few clients send again and again. */
const { sendEvery, stopSending } = lazyFunctions<typeof RepeatedSending>(() =>
  require('../client-actions/repeated-sending'),
)

/** Loaded when they are needed: few clients ask. */
const { answerById, answerByMember } = lazyFunctions<typeof Asking>(() => require('../client-actions/asking'))

/** Loaded when they are needed: most clients have no protocol. */
const { answerRequest, answerToLastCall, callMethod, changeSubscription, expectSubscriptionRefused } = lazyFunctions<
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

  /** @internal */
  constructor(name: string, context: ClientContext) {
    this.state = new ClientState(name, context)
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
    return this.attend('connect', () => {
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
    return this.attend('connect', () => {
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
    return this.attend('connect', () => {
      requireOptions('tryToConnect', options, CONNECT_OPTIONS)
      return tryToConnect(this.state, options)
    })
  }

  /**
   * Connects again, to where it was and as it was; the inbox goes on.
   * @example await rob.reconnect()
   */
  reconnect(): Promise<void> {
    return this.attend('reconnect', () => reconnect(this.state))
  }

  /**
   * Disconnects by a closing handshake.
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4, and IANA's registry)
   * @param reason at most 123 bytes
   * @example await rob.disconnect(4000, 'Good night')
   */
  disconnect(code?: number, reason?: string): Promise<void> {
    return this.attend('disconnect', () => {
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
    return this.attend('stay connected', () => {
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
    requireArgument('expectSubprotocol', 'subprotocol', subprotocol, TEXT)
    expectSubprotocol(this.state, subprotocol)
  }

  /**
   * Waits until the server has disconnected the client, with this code and reason if any are given.
   * @throws ExpectationError if it does not in time, or with another code or reason
   * @example await rob.expectDisconnected({ code: 4001, within: '2 seconds' })
   */
  expectDisconnected(options: DisconnectionOptions = {}): Promise<void> {
    return this.attend('be disconnected', () => {
      requireOptions('expectDisconnected', options, { ...WAIT_OPTIONS, code: NUMBER, reason: TEXT })
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
    return this.attend('receive a pong', () => {
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
    return this.start('send', () => this.sendAll(message, options))
  }

  /**
   * Sends a message at once, and again after each interval: until it is told to stop, disconnects, or the conversation ends.
   * @param interval `2 seconds`, or a number of ms
   * @throws UsageError for an interval of less than a millisecond, and otherwise as `send` does
   * @example await rob.sendEvery({ type: 'heartbeat' }, '10 seconds')
   */
  sendEvery(message: MessageInput, interval: string | number): Promise<void> {
    return this.attend('send', async () => {
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
    return this.attend('ask', async () => {
      requireOptions('ask', options, WAIT_OPTIONS)
      requireOpen(this.state, 'ask')
      const expression = messageExpression(request)
      const { context, inbox, connection } = this.state
      const data = expression.toSend(this.messageContext)
      const question = {
        ...{ data, description: expression.describe() },
        ...{ answer: this.matcher(answer), firstNumber: inbox.nextNumber },
      }
      const correlation = () =>
        context.settings.correlation ??
        context.contracts?.correlationOf(this.name, connection.target?.url as string, data)
      const byMember = () => answerByMember(correlation(), question)
      // A protocol may know by itself which request an answer is to.
      const expected = connection.actions ? undefined : byMember()
      const sentAt = context.transcript.now()
      const id = await this.sendOnce({ ...expression, toSend: () => data })
      const [message] = await this.expectAll(
        expected ?? (isRequestId(id) ? answerById(id, question) : byMember()),
        options,
      )
      context.measures?.answered((message as Message).at - sentAt)
      return message as Message
    })
  }

  /**
   * Subscribes to a topic; waits until the server has confirmed it, where the protocol has it do so.
   * @throws UsageError if the protocol has no topics, ConnectionError if the server refuses it
   * @example await rob.subscribe('news')
   */
  subscribe(topic: string): Promise<void> {
    return this.attend('subscribe', async () => {
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
    return this.attend('subscribe', async () => {
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
    return this.attend('unsubscribe', async () => {
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
    return this.start('call', () => {
      requireArgument('call', 'method', method, NAME)
      const expression = message === undefined ? undefined : messageExpression(message)
      return this.attendUnsent('call', callMethod(this.state, method, expression, this.messageContext))
    })
  }

  /**
   * Waits for the answer to the method that was called last, and reads it.
   * @returns the answer
   * @throws UsageError if none was called, ExpectationError if no such answer comes in time
   * @example const { json } = await rob.expectAnswer(3)
   */
  expectAnswer(answer: MessageInput, options: AnswerOptions = {}): Promise<Message> {
    return this.start('receive anything', () => {
      requireOptions('expectAnswer', options, ANSWER_OPTIONS)
      const { isError = false } = options
      const { state } = this
      const received = this.expectOne(answerToLastCall(state, this.matcher(answer), { isError }), options)
      const { measures } = state.context
      if (!measures) return received
      const { at } = state.lastCall as MethodCall
      return received.then((message) => {
        measures.answered(message.at - at)
        return message
      })
    })
  }

  /**
   * Answers the request of the server that was read last.
   * @param options whether the answer is an error
   * @throws UsageError if none was read, or the message asks for no answer
   * @example await rob.answer({ status: 'Accepted' })
   */
  answer(message: MessageInput, options: ReplyOptions = {}): Promise<void> {
    return this.attend('answer', async () => {
      requireOptions('answer', options, { isError: FLAG })
      const expression = messageExpression(message)
      requireOpen(this.state, 'answer')
      const read = this.requireRead('answer')
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
    return this.start('receive anything', () => this.receiveOne(input, options))
  }

  /**
   * Waits the quiet time, unless `expectDisconnected` has said before that the server ended the connection.
   * @throws ExpectationError if such a message is unread, or comes
   * @example await rob.doesNotReceive('Good night', { within: '1 second' })
   */
  doesNotReceive(input: MessageInput, options: WaitOptions = {}): Promise<void> {
    return this.wait('receive anything', () => this.watch(input, options))
  }

  /**
   * Waits for three messages that match, each so long after the one before it, or up to half of that earlier or later.
   * @param interval `2 seconds`, or a number of ms
   * @throws ExpectationError if they come less regularly, or not in time
   * @example await rob.receivesEvery({ type: 'heartbeat' }, '1 second')
   */
  receivesEvery(input: MessageInput, interval: string | number): Promise<void> {
    return this.wait('receive anything', async () => {
      requireArgument('receivesEvery', 'interval', interval, DURATION)
      const { settings } = this.state.context
      const time = parseDuration(interval)
      await this.expectAll(regularly(this.matcher(input), time), { within: regularTimeout(time, settings.timeout) })
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
    return sameMessage(this.requireRead('compare'), `the same message as ${this.name}`)
  }

  /**
   * Waits until the message that came last, read or not, is this one.
   * @throws ExpectationError if it is not in time
   * @example await rob.receivesLast('Good night')
   */
  receivesLast(input: MessageInput, options: WaitOptions = {}): Promise<void> {
    return this.wait('receive anything', async () => {
      requireOptions('receivesLast', options, WAIT_OPTIONS)
      requireConnected(this.state)
      const matcher = this.matcher(input)
      const { inbox } = this.state
      const last = inbox.messages.at(-1)
      if (last?.isUnread === false && matcher.accepts(last)) {
        inbox.lastRead = last
        return
      }
      await this.expectAll(lastMessage(matcher), options)
    })
  }

  /**
   * Expects that the message that was read last matches.
   * @throws ExpectationError if it does not, UsageError if none was read
   * @example rob.expectRead({ amount: '#> 100' })
   */
  expectRead(input: MessageInput): void {
    const matcher = this.matcher(input)
    const read = this.requireRead('expect')
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
    return this.wait('receive anything', () => {
      requireOptions('expect', options, WAIT_OPTIONS)
      return this.expectAll(expectation, options)
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
    return this.attend('receive a response', act, 'request anything')
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
      this.requireRead('remember'),
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

  /** @throws UsageError if no message was read */
  private requireRead(purpose: string): Message {
    const { state, name } = this
    requireConnected(state)
    if (state.inbox.lastRead) return state.inbox.lastRead
    throw new UsageError(`${conjugate(name, 'has read no message yet')}, so there is nothing to ${purpose}.`)
  }

  private trigger(call: string, trigger: Trigger): ReactionBuilder {
    const { state } = this
    requireConversation(state, 'react')
    requireOptions(call, trigger.source, { location: TEXT, pronoun: TEXT })
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
      return this.attendUnsent('send', this.sendOnce(expression) as Promise<void>)
    }
    requireOpen(this.state, 'send')
    const delay = after === undefined ? undefined : parseDuration(after)
    return this.attend('send', () => this.sendRepeatedly(expression, times, delay))
  }

  private async sendRepeatedly(expression: MessageExpression, times: number, delay: number | undefined) {
    if (delay !== undefined) await this.state.context.delay(delay)
    for (let time = 0; time < times; time++) await this.sendOnce(expression)
  }

  private sendOnce(expression: Sendable): Promise<unknown> {
    return sendMessage(this.state, expression, { context: this.messageContext })
  }

  private receiveOne(input: MessageInput, options: WaitOptions): Promise<Message> {
    requireOptions('receives', options, WAIT_OPTIONS)
    requireConnected(this.state)
    return this.expectOne(message(this.matcher(input)), options)
  }

  private expectOne(expectation: Expectation, options: WaitOptions): Promise<Message> {
    const { state } = this
    return state.inbox.expectFirst(expectation, this.waitOf(expectation, state.timeoutFor(options)))
  }

  private async watch(input: MessageInput, options: WaitOptions): Promise<void> {
    requireOptions('doesNotReceive', options, WAIT_OPTIONS)
    requireConnected(this.state)
    await this.expectAll(silence(this.matcher(input)), options)
  }

  private async expectAll(given: Expectation, options: WaitOptions): Promise<readonly Message[]> {
    const { state } = this
    requireConnected(state)
    const expectation = guardExpectation(given)
    const { silence } = expectation
    const timeout = silence ? state.watchTimeFor(options) : state.timeoutFor(options)
    const messages = await state.inbox.expect(expectation, this.waitOf(expectation, timeout))
    if (silence) {
      const time = state.connection.hasEnded ? 'until the connection ended' : `for ${formatDuration(timeout)}`
      state.record('hears', `${silence.description} ${time}`)
    }
    return messages
  }

  private waitOf(expectation: Expectation, timeout: number): Wait {
    const { state } = this
    return {
      timeout,
      isDisconnected: state.connection.hasEnded,
      get isEndReported() {
        return state.isEndReported
      },
      failure: (end, progress) => {
        state.unreportedEnd = undefined
        const limit = end === 'scenario timeout' ? state.context.timeLimit : timeout
        return expectationFailure(state, { expectation, end, progress, timeout: limit })
      },
    }
  }

  /** The same for what has been sent. Most of it is on its way at once, and each promise takes time: see `each-client.ts`. */
  private attendUnsent(goal: string, sent: Promise<void>): Promise<void> {
    return this.state.connection.hasUnsent ? this.attend(goal, () => sent) : sent
  }

  /**
   * Does what takes its time, and is told at the end if nobody has awaited it.
   * @param goal what the client does meanwhile: `send`
   * @param action the same, as it is said once the conversation has ended
   */
  private attend<T>(goal: string, act: () => Promise<T>, action = goal): Promise<T> {
    const { pendingGoals, context } = this.state
    const actOrTimeOut = () =>
      new Promise<T>((resolve, reject) => {
        const pending = { goal, reject }
        pendingGoals.add(pending)
        const done = context.beginWork()
        this.start(action, act)
          .finally(() => {
            pendingGoals.delete(pending)
            done()
          })
          .then(resolve, reject)
      })
    return this.wait(action, actOrTimeOut)
  }

  /** Does what takes its time. What is not awaited may fail because the conversation has ended: that must not end the process. */
  private wait<T>(action: string, act: () => Promise<T>): Promise<T> {
    const { context } = this.state
    const wasAbandoned = context.isAbandoned
    const outcome = this.start(action, act).catch((error) => {
      if (context.isAbandoned && !wasAbandoned) return neverSettled()
      if (context.failsUnheeded) outcome.catch(() => {})
      throw error
    })
    return outcome
  }

  /** What is thrown at once becomes a rejection, too; what the end forbids may well not be awaited. */
  private start<T>(action: string, act: () => Promise<T>): Promise<T> {
    try {
      requireConversation(this.state, action)
      return act()
    } catch (error) {
      const rejected: Promise<never> = Promise.reject(error)
      if (this.state.context.isOver) rejected.catch(() => {})
      return rejected
    }
  }
}

const WAIT_OPTIONS = { within: DURATION }
const ANSWER_OPTIONS = { ...WAIT_OPTIONS, isError: FLAG }
const SEND_OPTIONS = { after: DURATION, times: NUMBER }
const CONNECT_OPTIONS = {
  to: TEXT,
  parameters: NAMED_TEXTS,
  headers: NAMED_TEXTS,
  cookies: NAMED_TEXTS,
  subprotocols: TEXTS,
}

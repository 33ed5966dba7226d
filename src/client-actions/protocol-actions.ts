/** What a client does in a protocol, beside sending: it subscribes to topics, and calls methods. */

import { DATA, requireArgument } from '../arguments'
import type { ClientState, MethodCall, WaitOptions } from '../client-state/client-state'
import { requireConnected, requireOpen } from '../client-state/preconditions'
import { type Occasion, sendMessage, validateSent } from '../client-state/sending'
import { inTime } from '../connection/client-connection'
import { type ProtocolActions, RefusedError } from '../connection/connection'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import type { Expectation, Progress, Verdict } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import { havingDetails } from '../matching/details-matcher'
import type { Matcher } from '../matching/matcher'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import { excerpt, quoted } from '../text/excerpt'
import { conjugate, ended, exampleStep } from '../text/grammar'
import { expectFirst } from './expecting'

/** What the transcript says of it. */
const EVENTS = { subscribe: 'subscribes to', unsubscribe: 'unsubscribes from' } as const

/**
 * Subscribes to a topic, or ends that; waits until the server has confirmed it, where the protocol has it do so.
 * @throws ConnectionError if the server refuses it, or does not confirm it
 */
export async function changeSubscription(
  client: ClientState,
  action: 'subscribe' | 'unsubscribe',
  topic: string,
): Promise<void> {
  requireOpen(client, action)
  const filled = client.variables.fill(topic)
  const goal = () => `${action} ${action === 'subscribe' ? 'to' : 'from'} ${quoted(filled)}`
  await perform(client, goal, (actions) => {
    const confirmed = actions[action](filled)
    client.record(EVENTS[action], filled)
    return confirmed
  })
}

/**
 * Subscribes to a topic, which the server has to refuse.
 * @throws ExpectationError if it confirms it, or says nothing
 */
export async function expectSubscriptionRefused(client: ClientState, topic: string): Promise<void> {
  requireOpen(client, 'subscribe')
  const filled = client.variables.fill(topic)
  const goal = () => `subscribe to ${quoted(filled)}`
  const isRefused = await perform(client, goal, async (actions) => {
    const confirmed = actions.subscribe(filled)
    client.record(EVENTS.subscribe, filled)
    return confirmed.then(
      () => false,
      (error) => {
        if (error instanceof RefusedError) return true
        throw error
      },
    )
  })
  if (isRefused) return
  throw new ExpectationError(
    `${client.name} should not be able to ${goal()}, but the server has not refused it. ${client.connectionSummary}`,
  )
}

/**
 * Calls a method of the server.
 * @throws ConnectionError if the server does not read it
 */
export function callMethod(
  client: ClientState,
  method: string,
  expression: MessageExpression | undefined,
  context: MessageContext,
): Promise<void> {
  requireOpen(client, 'call')
  const filled = client.variables.fill(method)
  if (expression?.toAddress) {
    throw new UsageError(
      `${client.name} cannot call ${quoted(filled)} with ${expression.describe()}: a method takes content, without a topic or an event.`,
    )
  }
  const content = expression?.toSend(context)
  if (content !== undefined) {
    requireArgument('call', 'message', content, DATA)
    client.context.secrets.learnFromText(content)
  }
  const { kind, isContrary } = expression ?? {}
  const address = { event: filled }
  validateSent(client, content ?? '', { address: { ...address, kind }, isContrary })
  const firstNumber = client.inbox.nextNumber
  const goal = () => `call ${quoted(filled)}`
  const at = client.context.transcript.now()
  const called = perform(client, goal, (actions) => {
    const id = actions.callMethod(filled, content, kind)
    client.record('calls', content, { details: address })
    return id
  })
  return called.then((id) => {
    client.lastCall = { method: filled, id, firstNumber, at }
  })
}

/**
 * Which answer is waited for, and how long.
 * @example await rob.expectAnswer('not found', { isError: true })
 */
export interface AnswerOptions extends WaitOptions {
  /** Whether it is an error. Default `false`. */
  readonly isError?: boolean
}

/**
 * Waits for the answer to the method that was called last.
 * @throws UsageError if none was called
 * @throws ExpectationError if no such answer comes in time
 */
export function expectAnswer(client: ClientState, answer: Matcher, options: AnswerOptions): Promise<Message> {
  requireConnected(client)
  const call = requireCall(client)
  const received = expectFirst(client, answerTo(call, answer, options), options)
  const { measures } = client.context
  if (!measures) return received
  return received.then((message) => {
    measures.answered(message.at - call.at)
    return message
  })
}

/** @throws UsageError if no method was called */
function requireCall(client: ClientState): MethodCall {
  const { lastCall } = client
  if (lastCall) return lastCall
  const problem = conjugate(client.name, 'has called nothing on this connection')
  throw new UsageError(`${problem}. Write before this: ${exampleStep(client.name, 'calls "…"')}`)
}

function answerTo(call: MethodCall, answer: Matcher, { isError = false }: AnswerOptions): Expectation {
  const { id, method, firstNumber } = call
  const words = () => `${isError ? 'the error' : 'the answer'} ${answer.describe()} to ${quoted(method)}`
  return new AnswerToCall(havingDetails({ answerTo: id, isError }, answer, words), firstNumber)
}

/** A class, since its goal is described only if it is not met: most are. */
class AnswerToCall implements Expectation, Progress {
  constructor(
    readonly matcher: Matcher,
    private readonly firstNumber: number,
  ) {}

  get goal(): string {
    return `receive ${this.matcher.describe()}`
  }

  start(): Progress {
    return this
  }

  consider(received: Message): Verdict {
    return received.number >= this.firstNumber && this.matcher.accepts(received) ? [received] : undefined
  }
}

/**
 * What an answer to the server is.
 * @example await rob.answer('out of order', { isError: true })
 */
export interface ReplyOptions {
  /** Whether it is an error. Default `false`. */
  readonly isError?: boolean
}

/** The requests of servers that have an answer. */
const answered = new WeakSet<Message>()

/** Whether a request of the server has an answer: another rule leaves it alone. */
export function isAnswered(request: Message): boolean {
  return answered.has(request)
}

/**
 * Answers a request of the server.
 * @throws UsageError if the message asks for no answer
 */
export async function answerRequest(
  client: ClientState,
  request: Message,
  expression: MessageExpression,
  { isError = false, ...occasion }: ReplyOptions & Occasion,
): Promise<void> {
  const { requestId: answerTo } = request.details
  if (answerTo === undefined) {
    throw new UsageError(
      `${client.name} cannot answer number ${request.number}: the protocol says of no answer that it asks for. ` +
        `To send a message, write: ${exampleStep(client.name, 'sends "…"')}`,
    )
  }
  if (request.number < client.firstNumber || answered.has(request)) {
    const why = answered.has(request) ? 'it has been answered already' : 'it came over a connection that has ended'
    throw new UsageError(`${client.name} cannot answer number ${request.number}: ${why}.`)
  }
  if (expression.toAddress) {
    throw new UsageError(
      `${client.name} cannot answer ${expression.describe()}: an answer has neither an event nor a topic. Write the message alone.`,
    )
  }
  const { isContrary = false, kind } = expression
  const toSend = expression.toSend.bind(expression)
  const answer = { toSend, toAddress: () => ({ answerTo, isError }), isContrary, kind }
  answered.add(request)
  await sendMessage(client, answer, occasion)
}

/** Does something in the protocol of the connection, and waits for what the server has to confirm. */
async function perform<T>(
  client: ClientState,
  goal: () => string,
  act: (actions: ProtocolActions) => Promise<T>,
): Promise<T> {
  const { actions } = client.connection
  if (!actions) {
    throw new UsageError(
      `${client.name} cannot ${goal()} without a protocol: set "protocol" in worldParameters.websocket, ` +
        'or write before it connects: the server speaks "…"',
    )
  }
  try {
    const done = act(actions)
    return await (client.connection.hasUnsent ? inTime(done, client.context.settings.timeout, 'confirmed') : done)
  } catch (error) {
    const { message } = error as Error
    if (error instanceof UsageError) throw new UsageError(`${client.name} cannot ${goal()}: ${ended(message)}`)
    // What a server that is closing says of it is known when it has closed.
    if (client.connection.isBehind) await client.connection.ended(client.context.settings.closeGrace)
    requireOpen(client, goal())
    throw new ConnectionError(
      `${client.name} could not ${goal()}: ${ended(excerpt(message))} ${client.connectionSummary}`,
    )
  }
}

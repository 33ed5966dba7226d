/** Sending a client's messages. */

import { DATA, requireArgument } from '../arguments'
import { ConnectionError, UsageError } from '../errors'
import type { ContentKind, MessageAddress } from '../message-details'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import { excerpt } from '../text/excerpt'
import { ended } from '../text/grammar'
import type { ClientState } from './client-state'
import { requireOpen } from './preconditions'

/**
 * How a message is sent.
 * @example await rob.send('Hello', { after: '1 second', times: 3 })
 */
export interface SendOptions {
  /** How long to wait before: `2 seconds`, or a number of ms. */
  readonly after?: string | number
  /** How often. Default 1. */
  readonly times?: number
}

/** What can be sent. */
export interface Sendable extends Pick<MessageExpression, 'toSend'> {
  readonly kind?: ContentKind | undefined
  readonly isContrary?: boolean
  toAddress?(context: MessageContext): MessageAddress
}

/** On what occasion a message is sent. */
export interface Occasion {
  readonly context: MessageContext
  readonly isReaction?: boolean
}

/** So many messages take about a second. */
const MAX_TIMES = 100_000

/** @throws UsageError for a number of times that nothing can be sent */
export function requireTimes(times: number): void {
  if (Number.isSafeInteger(times) && times >= 1 && times <= MAX_TIMES) return
  throw new UsageError(`A message cannot be sent ${times} times: write 1 to ${MAX_TIMES}.`)
}

/**
 * Sends one message; resolves to its `RequestId` in a protocol that tells answers.
 * @throws UsageError if the client never connected, or the message can only be expected
 * @throws ConnectionError if the connection has ended, or the server does not read
 */
export function sendMessage(client: ClientState, expression: Sendable, occasion: Occasion): Promise<unknown> {
  requireOpen(client, 'send')
  return transmit(client, expression, occasion).catch((error) => failToSend(client, error as Error))
}

/**
 * Sends one message over a connection that is open.
 * @throws Error of the transport
 */
export function transmit(
  client: ClientState,
  expression: Sendable,
  { context, isReaction = false }: Occasion,
): Promise<unknown> {
  const { secrets, settings } = client.context
  const data = expression.toSend(context)
  requireArgument('send', 'message', data, DATA)
  const address = expression.toAddress?.(context)
  secrets.learnFromText(data)
  const sentTo = withKind(address, expression.kind, client)
  validateSent(client, data, { address: sentTo, isContrary: expression.isContrary })
  const sent = client.connection.send(data, settings.timeout, sentTo)
  // Afterwards, since it is on its way already.
  client.record(address?.isFrame ? 'sends a frame' : 'sends', data, { isReaction, details: address })
  return sent
}

/** Where content travels as it is, what it is makes no difference. */
function withKind(
  address: MessageAddress | undefined,
  kind: ContentKind | undefined,
  { connection }: ClientState,
): MessageAddress | undefined {
  return kind === undefined || connection.coding === 'verbatim' ? address : { ...address, kind }
}

/**
 * Validates what is about to be sent against the documents that describe its server.
 * @throws UsageError for what contradicts them, unless the sentence says that it does; and for what it says of no document
 */
export function validateSent(
  { name, context: { contracts }, connection }: ClientState,
  data: string | Buffer,
  { address, isContrary }: { readonly address: MessageAddress | undefined; readonly isContrary: boolean | undefined },
): void {
  if (isContrary && !contracts) throw new UsageError(`${name} ${NOTHING_IS_WRONG}`)
  const { target, coding, topic } = connection
  // What names no topic goes to that of the protocol.
  const sentTo = address?.topic === undefined && topic !== undefined ? { ...address, topic } : address
  contracts?.sent(name, target?.url as string, data, { address: sentTo, coding, isContrary })
}

const NOTHING_IS_WRONG =
  'is about to send the wrong message, but no AsyncAPI document describes its server. Write the sentence without «the wrong», ' +
  'or before it: the server is described by "…"'

async function failToSend(client: ClientState, error: Error): Promise<never> {
  if (error instanceof UsageError) throw new UsageError(`${client.name} cannot send: ${ended(error.message)}`)
  // A server that is closing takes nothing more; what it closes with is known when it has closed.
  await client.connection.ended(client.context.settings.closeGrace)
  requireOpen(client, 'send')
  throw sendFailure(client, error)
}

/** The error for a message that the transport has not taken, though the connection is open. */
export function sendFailure({ name, connectionSummary }: ClientState, { message }: Error): ConnectionError {
  return new ConnectionError(`${name} could not send: ${ended(excerpt(message))} ${connectionSummary}`)
}

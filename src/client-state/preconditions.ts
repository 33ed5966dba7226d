/** What must hold before a client can act. */

import type { ConnectionState } from '../connection/connection-state'
import { ConnectionError, UsageError } from '../errors'
import type { Message } from '../inbox/message'
import { conjugate, exampleStep } from '../text/grammar'
import type { ClientState } from './client-state'

/**
 * @param action what is to be done: `connect`
 * @throws UsageError if the conversation is over
 */
export function requireConversation({ name, context }: ClientState, action: string): void {
  if (context.isOver) throw new UsageError(`${name} cannot ${action} any more: the conversation has ended.`)
}

/** @throws UsageError if no sentence has introduced the client */
export function requireIntroduced(client: ClientState): void {
  if (!client.isIntroduced) throw client.context.unknownClient(client.name)
}

/** @throws UsageError if the client never connected */
export function requireConnected(client: ClientState): void {
  requireIntroduced(client)
  if (client.connection.state.kind !== 'unconnected') return
  const problem = conjugate(client.name, 'has not connected yet')
  throw new UsageError(`${problem}. Write before this: ${exampleStep(client.name, 'is connected')}`)
}

/**
 * @param action what is to be done: `send`
 * @throws UsageError if the client never connected, or has disconnected
 * @throws ConnectionError if the connection has ended otherwise
 */
export function requireOpen(client: ClientState, action: string): void {
  requireConversation(client, action)
  requireConnected(client)
  const { isOpen, state } = client.connection
  if (isOpen) return
  const problem = `${client.name} cannot ${action}: ${client.connectionSummary}`
  if (['disconnected', 'terminated'].includes(state.kind)) {
    throw new UsageError(`${problem} ${reconnectAdvice(client)}`)
  }
  throw connectionError(client, problem)
}

/**
 * The message that was read last.
 * @param purpose what is to be done with it: `expect`
 * @throws UsageError if no message was read
 */
export function requireRead(client: ClientState, purpose: string): Message {
  requireConnected(client)
  const { lastRead } = client.inbox
  if (lastRead) return lastRead
  throw new UsageError(`${conjugate(client.name, 'has read no message yet')}, so there is nothing to ${purpose}.`)
}

/** The error that reports the end of a connection. */
export function connectionError(client: ClientState, problem = client.connectionSummary): ConnectionError {
  client.unreportedEnd = undefined
  return errorOfState(problem, client.connection.state)
}

/** Takes the error that reports how a connection has ended, if it ended as none should and no sentence has said so. */
export function takeUnreportedEnd(client: ClientState): ConnectionError | undefined {
  const { name, unreportedEnd } = client
  client.unreportedEnd = undefined
  if (!unreportedEnd || unreportedEnd.farewell?.isUnread === false) return undefined
  const { state, summary } = unreportedEnd
  const sentence = { 'closed by the server': 'is disconnected', refused: 'is refused' }[state.kind as string]
  const advice = sentence ? `\nNo sentence says so. If it is right, write: ${exampleStep(name, sentence)}` : ''
  return errorOfState(`${summary}${advice}`, state)
}

function errorOfState(problem: string, state: ConnectionState): ConnectionError {
  return new ConnectionError(
    problem,
    state.kind === 'refused' ? state.status : undefined,
    state.kind === 'failed' ? state.code : undefined,
  )
}

/** What to write in order to connect again. */
export function reconnectAdvice({ name }: ClientState): string {
  return `To connect again write: ${exampleStep(name, 'reconnects')}`
}

/** Connecting and disconnecting a client. */

import type { ClientConnection } from '../connection/client-connection'
import { formatClose, requireSendableClose } from '../connection/close-code'
import type { ConnectionTarget } from '../connection/connection'
import type { ConnectOptions } from '../connection/connection-target'
import { otherKinds, saidParts } from '../connection/said-parts'
import { UsageError } from '../errors'
import { parseCell } from '../messages/parse-message'
import { conjugate, exampleStep, joinNames } from '../text/grammar'
import type { ClientState } from './client-state'
import {
  connectionError,
  reconnectAdvice,
  requireConnected,
  requireConversation,
  requireOpen,
  takeUnreportedEnd,
} from './preconditions'

/** @throws ConnectionError if it is refused or cannot be made */
export async function connect(client: ClientState, options: ConnectOptions = {}): Promise<void> {
  if (!(await open(client, options, { isValidated: true }))) throw connectionError(client)
}

/**
 * @throws ConnectionError if it cannot be made, or the server has ended the one before
 * @throws UsageError if it is connected otherwise than the options say
 */
export async function ensureConnected(client: ClientState, options: ConnectOptions = {}): Promise<void> {
  const { connection } = client
  // Its end may have come, and wait.
  if (connection.isOpen && connection.isBehind) await connection.ended(0)
  if (connection.isOpen && differences(client, options).size === 0) return
  if (['closed by the server', 'refused', 'failed'].includes(connection.state.kind)) {
    throw connectionError(client, `${client.connectionSummary} ${reconnectAdvice(client)}`)
  }
  await connect(client, options)
}

/** @throws ConnectionError if it can neither be made nor is refused */
export async function tryToConnect(client: ClientState, options: ConnectOptions = {}): Promise<void> {
  if (!(await open(client, options)) && client.connection.state.kind !== 'refused') throw connectionError(client)
}

/**
 * @throws UsageError if it never connected
 * @throws ConnectionError if the connection cannot be made, or the one before ended as none should and no sentence has said so
 */
export async function reconnect(client: ClientState): Promise<void> {
  requireConnected(client)
  const { connection } = client
  const { target } = connection
  await connection.close(client.context.settings.closeGrace)
  requireConversation(client, 'connect')
  // Another call may have connected it meanwhile.
  if (isConnectedOrConnecting(connection)) throw alreadyConnected(client, {})
  const unreported = takeUnreportedEnd(client)
  if (unreported) throw unreported
  if (!(await client.openAgain(target as ConnectionTarget))) throw connectionError(client)
}

/** @throws UsageError for a code or reason that cannot be sent, or if it is not connected */
export async function disconnect(client: ClientState, code?: number, reason?: string): Promise<void> {
  requireOpen(client, 'disconnect')
  requireSendableClose(code, reason)
  const sent = code ?? (reason === undefined ? undefined : 1000)
  client.record('disconnects', sent === undefined ? '' : formatClose({ code: sent, reason: reason ?? '' }))
  await client.connection.close(client.context.settings.closeGrace, sent, reason)
}

/** Disconnects, unless the client has done so already. */
export async function ensureDisconnected(client: ClientState): Promise<void> {
  if (!['closing', 'disconnected'].includes(client.connection.state.kind)) await disconnect(client)
}

/** Closes the connection without a closing handshake. */
export function terminate(client: ClientState): void {
  const { state } = client.connection
  requireConversation(client, 'lose the connection')
  if (state.kind === 'terminated' && state.opened) {
    throw new UsageError(`${conjugate(client.name, 'has lost the connection already')}. ${reconnectAdvice(client)}`)
  }
  requireOpen(client, 'lose the connection')
  client.record('loses the connection')
  client.connection.terminate()
}

/** @param isValidated whether it is held against the document that describes the server: who tries may be refused */
async function open(client: ClientState, options: ConnectOptions, { isValidated = false } = {}): Promise<boolean> {
  const { context, connection, variables } = client
  client.isIntroduced = true
  const { contracts } = context
  const ready = contracts?.ready()
  const problem = ready && (await ready.catch((error: Error) => error))
  if (problem && isValidated) throw problem
  if (isConnectedOrConnecting(connection)) throw alreadyConnected(client, options)
  const target = context.connectionTarget(options, variables)
  client.learnFromTarget(target)
  client.connectedWith = partsSaid(client, options)
  requireConversation(client, 'connect')
  if (connection.state.kind === 'unconnected') ignoreBySettings(client)
  if (isValidated) contracts?.connecting(client.name, target, context.spokenAt(target.url).lack('topics') === undefined)
  const isOpen = await client.open(target)
  // Of a server that is down, its document cannot be read either; nothing else may pass unvalidated.
  if (problem && isOpen) throw problem
  return isOpen
}

function isConnectedOrConnecting({ isOpen, state }: ClientConnection): boolean {
  return isOpen || state.kind === 'connecting'
}

function alreadyConnected(client: ClientState, options: ConnectOptions): UsageError {
  const others = differences(client, options)
  const advice =
    others.size > 0 ? `Write before this: ${exampleStep(client.name, 'disconnects')}` : reconnectAdvice(client)
  // The address is said anyway.
  const kinds = joinNames([...others].filter((kind) => kind !== 'to'))
  const url = `${client.connection.target?.url}${kinds && `, with other ${kinds}`}`
  return new UsageError(`${conjugate(client.name, 'is connected already')}, to ${url}. ${advice}`)
}

/** In which the client's connection is another one than is said now. */
function differences(client: ClientState, options: ConnectOptions) {
  return otherKinds(partsSaid(client, options), client.connectedWith)
}

function partsSaid({ context, variables }: ClientState, options: ConnectOptions) {
  return saidParts(options, variables, (to) => context.connectionTarget({ to }, variables).url)
}

/** Before it connects, so that the sentence itself reports what is wrong in the settings. */
function ignoreBySettings(client: ClientState): void {
  for (const source of client.context.settings.ignore) {
    client.inbox.ignore(parseCell(source).toMatcher(client.messageContext()))
  }
}

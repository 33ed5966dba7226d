/** What must hold before a client can act. */

import { ConnectionError, UsageError } from '../errors'
import { conjugate, exampleStep } from '../text/grammar'
import type { ClientState } from './client-state'

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
  requireConnected(client)
  const { isOpen, state } = client.connection
  if (isOpen) return
  const problem = `${client.name} cannot ${action}: ${client.connectionSummary}`
  if (['disconnected', 'terminated'].includes(state.kind)) {
    throw new UsageError(`${problem} ${reconnectAdvice(client)}`)
  }
  throw connectionError(client, problem)
}

/** The error that reports the end of a connection. */
export function connectionError(client: ClientState, problem = client.connectionSummary): ConnectionError {
  client.hasUnreportedBreak = false
  const { state } = client.connection
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

/** What is expected of a client's connection. */

import { formatClose, requireReceivableCode } from '../connection/close-code'
import type { CloseInfo } from '../connection/connection'
import { formatEnd } from '../connection/connection-state'
import { connectionFailure } from '../failures/lazy-failures'
import { quoted } from '../text/excerpt'
import { conjugate, exampleStep } from '../text/grammar'
import { formatDuration } from '../time/duration'
import type { ClientState, WaitOptions } from './client-state'
import { requireConnected, requireIntroduced } from './preconditions'

/**
 * The close code and reason that are expected, and how long the server has.
 * @example await rob.expectDisconnected({ code: 4001, reason: 'Kicked', within: '2 seconds' })
 */
export type DisconnectionOptions = Partial<CloseInfo> & WaitOptions

/** @throws ExpectationError if the last attempt to connect was not refused, or with another status */
export function expectRefused(client: ClientState, status?: number): void {
  requireIntroduced(client)
  const { state } = client.connection
  client.endIsReported()
  if (state.kind !== 'refused') {
    throw connectionFailure(client, `${client.name} was not refused: ${client.connectionSummary}`)
  }
  if (status === undefined || state.status === status) return
  throw connectionFailure(
    client,
    `${client.name} should be refused with status ${status}, but ${client.connection.describe()}.`,
    { expected: status, actual: state.status },
  )
}

/** @throws ExpectationError if the connection is not open, or ends in the quiet time: its end may be on its way */
export async function expectConnected(client: ClientState, options: WaitOptions = {}): Promise<void> {
  requireConnection(client)
  const time = client.watchTimeFor(options)
  await client.connection.ended(time)
  requireConnection(client)
  // Its end may be behind what waits.
  if (!client.connection.isBehind) return
  throw connectionFailure(
    client,
    `${client.name} should still be connected, but more has arrived in ${formatDuration(time)} than there was time to look at.`,
  )
}

function requireConnection(client: ClientState): void {
  requireConnected(client)
  if (client.connection.isOpen) return
  client.unreportedEnd = undefined
  throw connectionFailure(client, `${conjugate(client.name, 'is not connected any more')}: ${client.connectionSummary}`)
}

/** @throws ExpectationError if the server has chosen another one, or none */
export function expectSubprotocol(client: ClientState, expected: string): void {
  requireConnection(client)
  const actual = client.connection.subprotocol
  if (actual === expected) return
  const found = actual === '' ? 'none was agreed on' : `${quoted(actual)} was agreed on`
  throw connectionFailure(client, `${client.name} should speak the subprotocol ${quoted(expected)}, but ${found}.`, {
    expected,
    actual,
  })
}

/** @throws ExpectationError if the server does not disconnect the client in time, or with another code or reason */
export async function expectDisconnected(client: ClientState, options: DisconnectionOptions): Promise<void> {
  requireConnected(client)
  if (options.code !== undefined) requireReceivableCode(options.code)
  const timeout = client.timeoutFor(options)
  const hasEnded = await client.connection.ended(timeout)
  const { state } = client.connection
  client.endIsReported()
  if (state.kind !== 'closed by the server') {
    const time = hasEnded ? '' : ` within ${formatDuration(timeout)}`
    throw connectionFailure(
      client,
      `${client.name} was not disconnected by the server${time}: ${client.connectionSummary}`,
    )
  }
  const { code = state.code, reason = state.reason } = options
  if (code === state.code && reason === state.reason) {
    client.isReportedDisconnected = true
    return
  }
  const expected = formatClose({ code, reason: options.reason ?? '' })
  throw connectionFailure(
    client,
    `${client.name} should be disconnected ${expected}, but was disconnected ${formatEnd(state)}.`,
    { expected: { code, reason }, actual: { code: state.code, reason: state.reason } },
  )
}

/** @throws ExpectationError if no ping is answered in time */
export async function expectPong(client: ClientState, options: WaitOptions): Promise<void> {
  requireConnected(client)
  const { connection, pings } = client
  const timeout = client.timeoutFor(options)
  if (await pings.takePong(() => connection.isOpen, timeout)) return
  client.unreportedEnd = undefined
  const { isOpen } = connection
  const time = isOpen ? ` within ${formatDuration(timeout)}` : ''
  const advice = `\nNo ping is unanswered. Write before this: ${exampleStep(client.name, 'pings the server')}`
  throw connectionFailure(
    client,
    `${client.name} did not receive a pong${time}: ${client.connectionSummary}${isOpen && !pings.hasPending ? advice : ''}`,
  )
}

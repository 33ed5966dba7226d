/** What several sentences do with connections. */

import type { Client } from '../client/client'
import type { ConnectOptions } from '../connection/connection-target'
import { settlesWithin } from '../time/settles-within'
import { conversationOf } from '../world'
import { inParallel } from './each-client'
import { progressReporter } from './progress'

/** The code and the reason of a close, as far as they are named. */
export interface Close {
  readonly code: number | undefined
  readonly reason: string | undefined
}

/** Connects a group, with its progress on the console. */
export function connectGroup(world: object, count: number, word: string, options: ConnectOptions = {}): Promise<void> {
  return conversationOf(world).connectGroup(word, count, options, progressReporter(`${count} ${word} connect`))
}

/** Closes the connections, one after the other while the server answers each; what it does not answer is waited for together. */
export function disconnectAll(clients: Client[], { code, reason }: Partial<Close>): unknown {
  const disconnect = (client: Client) => client.disconnect(code, reason && client.variables.fill(reason))
  return clients.length === 1 ? disconnect(clients[0] as Client) : disconnectInSequence(clients, disconnect)
}

async function disconnectInSequence(clients: Client[], disconnect: (client: Client) => Promise<void>): Promise<void> {
  const ends: Promise<void>[] = []
  let isAnswered = true
  const begin = async () => {
    for (const client of clients) {
      const end = disconnect(client)
      ends.push(end)
      if (isAnswered) await end
    }
  }
  const begun = begin()
  isAnswered = await settlesWithin((clients[0] as Client).state.context.settings.closeGrace, begun)
  await begun
  await Promise.all(ends)
}

/**
 * Expects that the server ends the connections.
 * @param within in ms
 */
export function expectEnd(clients: Client[], { code, reason }: Partial<Close> = {}, within?: number): unknown {
  return inParallel(clients, (client) =>
    client.expectDisconnected({
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason: client.variables.fill(reason) }),
      within,
    }),
  )
}

/**
 * Expects that the connections are open, and stay so.
 * @param within in ms
 */
export function expectOpen(clients: Client[], within?: number): unknown {
  return inParallel(clients, (client) => client.expectConnected({ within }))
}

/** Expects that the server has answered the handshakes with an HTTP status instead. */
export function expectRefused(clients: Client[], status?: number): void {
  for (const client of clients) client.expectRefused(status)
}

/** Expects that a client has no connection: it has left, was refused, or the server ends the connection in time. */
export async function expectNotConnected(client: Client): Promise<void> {
  const { state } = client
  if (state.connection.state.kind === 'refused') client.expectRefused()
  else if (!state.isGone) {
    await client.expectDisconnected().catch((error) => {
      // A reaction of its own may have ended it meanwhile.
      if (!state.isGone) throw error
    })
  }
}

/** Expects that the last attempt to connect was refused, or makes one that is. */
export async function cannotConnect(client: Client): Promise<void> {
  if (client.state.connection.state.kind !== 'refused') await client.tryToConnect()
  client.expectRefused()
}

/** What a client connects with, where the setting `token` says how. */
export function withToken(client: Client, token: string): Omit<ConnectOptions, 'to'> {
  const { tokenOptions } = require('../connection/token-options') as typeof import('../connection/token-options')
  return tokenOptions(client.state.context.settings.token, token)
}

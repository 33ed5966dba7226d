/** Several clients of one sentence, side by side. */

import type { Client } from '../conversation/client'
import { together } from '../conversation/failure'

/** Has each client do, or expect, the same at the same time, and is to be awaited; the failures of several become one. */
export function each(clients: readonly Client[], act: Act): unknown {
  // Most sentences speak of one, and every promise takes its time.
  if (clients.length === 1) return act(clients[0] as Client)
  return sideBySide(clients, act)
}

/** Has one client after the other do the same, in the order of the sentence, and is to be awaited. */
export function inTurn(clients: readonly Client[], act: Act): unknown {
  if (clients.length === 1) return act(clients[0] as Client)
  return oneByOne(clients, act)
}

type Act = (client: Client) => unknown

async function sideBySide(clients: readonly Client[], act: Act): Promise<void> {
  const outcomes = await Promise.allSettled(clients.map(async (client) => act(client)))
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []))
  if (failures.length > 0) throw together([...new Set(failures)], clients.length)
}

async function oneByOne(clients: readonly Client[], act: Act): Promise<void> {
  for (const client of clients) await act(client)
}

/** The step option of a sentence that keeps its own deadline, so that its failure comes before Cucumber's timeout. */
export const waiting = { timeout: -1 }

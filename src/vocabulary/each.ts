/** Several clients of one sentence, side by side. */

import type { Client } from '../conversation/client'
import { together } from '../conversation/failure'

/** Has each client do, or expect, the same at the same time; the failures of several become one. */
export async function each(clients: readonly Client[], act: (client: Client) => unknown): Promise<void> {
  const outcomes = await Promise.allSettled(clients.map(async (client) => act(client)))
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []))
  if (failures.length > 0) throw together([...new Set(failures)], clients.length)
}

/** Has one client after the other do the same, in the order of the sentence. */
export async function inTurn(clients: readonly Client[], act: (client: Client) => Promise<void> | void): Promise<void> {
  for (const client of clients) await act(client)
}

/** The step option of a sentence that keeps its own deadline, so that its failure comes before Cucumber's timeout. */
export const waiting = { timeout: -1 }

/** Several clients of one sentence. */

import type { Client } from '../client/client'
import { combineFailures } from '../failures/combined-failure'

type Act = (client: Client) => unknown

/** Has the clients do, or expect, the same at the same time; the failures of several become one. */
export async function inParallel(clients: readonly Client[], act: Act): Promise<void> {
  const results = await Promise.allSettled(clients.map(async (client) => act(client)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  if (failures.length > 0) throw combineFailures([...new Set(failures)], clients.length)
}

/** Has one client after the other do the same, in the order of the sentence. */
export async function inSequence(clients: readonly Client[], act: Act): Promise<void> {
  for (const client of clients) await act(client)
}

/** The step option of a sentence that keeps its own deadline, so that its failure comes before Cucumber's timeout. */
export const waiting = { timeout: -1 }

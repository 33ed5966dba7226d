/** Several clients of one sentence. */

import type { Client } from '../client/client'
import { combineFailures } from '../failures/lazy-failures'

type Act = (client: Client) => unknown

// Most sentences are about one client. On Node 20 Cucumber follows each promise by a hook, and those that only several clients
// need made a sentence take a fifth longer: `npm run bench -- sentences`.

/** Has the clients do, or expect, the same at the same time, and is to be awaited; the failures of several become one. */
export function inParallel(clients: readonly Client[], act: Act): unknown {
  return clients.length === 1 ? act(clients[0] as Client) : allInParallel(clients, act)
}

/** Has one client after the other do the same, in the order of the sentence, and is to be awaited. */
export function inSequence(clients: readonly Client[], act: Act): unknown {
  return clients.length === 1 ? act(clients[0] as Client) : allInSequence(clients, act)
}

async function allInParallel(clients: readonly Client[], act: Act): Promise<void> {
  const results = await Promise.allSettled(clients.map(async (client) => act(client)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  if (failures.length > 0) throw combineFailures([...new Set(failures)], clients.length)
}

async function allInSequence(clients: readonly Client[], act: Act): Promise<void> {
  for (const client of clients) await act(client)
}

/** The step option of a sentence that keeps its own deadline, so that its failure comes before Cucumber's timeout. */
export const waiting = { timeout: -1 }

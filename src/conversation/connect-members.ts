/** Connecting the members of a group. */

import type { Client } from '../client/client'
import type { ConnectOptions } from '../connection/connection-target'
import { UsageError } from '../errors'

/** How many members of a group connect side by side. */
const MAX_CONCURRENT = 100

/** How many members a group may have: each connection to a server needs a port of its own. */
const MAX_GROUP = 65_535

/** @throws UsageError for a group without members, or with more than can be connected */
export function requireGroupSize(name: string, size: number): void {
  if (size < 1) throw new UsageError(`A group cannot have ${size} ${name}: write 1 or more.`)
  if (size <= MAX_GROUP) return
  throw new UsageError(
    `A group cannot have ${size} ${name}: write ${MAX_GROUP} or less, as a machine has no more ports to connect from.`,
  )
}

/** Connects so many at a time; after the first that cannot, no other one begins. */
export async function connectMembers(
  clients: readonly Client[],
  options: ConnectOptions,
  onProgress: (connected: number) => void,
): Promise<void> {
  const members = clients.values()
  const errors: unknown[] = []
  let connected = 0
  const connectOneByOne = async () => {
    for (const member of members) {
      await member.connect(options).catch((error) => errors.push(error))
      if (errors.length > 0) return
      onProgress(++connected)
    }
  }
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, clients.length) }, connectOneByOne))
  if (errors.length > 0) throw errors[0]
}

/** Ports of this machine, for tests of real servers. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** The port that a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** A port on which nothing listens. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const port = portOf(server)
  await new Promise((closed) => server.close(closed))
  return port
}

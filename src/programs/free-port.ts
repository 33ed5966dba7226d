/** Ports for programs that the scenarios of a run start. */

import { createServer } from 'node:net'
import { noFreePort } from '../processes/program-failure'

/** Below those that systems take for connections, which could be taken before the program listens: Linux begins at 32768. */
const [FIRST, LAST] = [20_000, 32_767]

interface PortRange {
  readonly first: number
  readonly last: number
  /** The number of this worker, from 0, and how many there are: each has ports of its own. */
  readonly worker: number
  readonly workers: number
  /** Where to begin, so that runs beside each other seldom meet. */
  readonly offset: number
}

/** Gives each port once, as long as there are some that it has not given. */
export class FreePorts {
  private readonly range: PortRange
  private next: number

  constructor(range: Partial<PortRange> = {}, environment: NodeJS.ProcessEnv = process.env) {
    const workers = Number(environment.CUCUMBER_TOTAL_WORKERS) || 1
    const worker = (Number(environment.CUCUMBER_WORKER_ID) || 0) % workers
    const offset = Math.floor(Math.random() * (LAST - FIRST))
    this.range = { first: FIRST, last: LAST, worker, workers, offset, ...range }
    this.next = this.range.offset
  }

  /** @throws UsageError if something listens on each port */
  async take(): Promise<number> {
    const { first, last, worker, workers } = this.range
    const size = Math.max(Math.floor((last - first + 1) / workers), 1)
    for (let tries = 0; tries < size; tries++) {
      const port = first + (this.next++ % size) * workers + worker
      if (await isFree(port)) return port
    }
    throw noFreePort(first, last)
  }
}

/** Whether a program may listen on the port, at all addresses and at the one that is used most. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && canListen(port, '127.0.0.1')
}

function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Holds two thousand conversations in one process, and sends its parent the usage of the process; run with `--expose-gc`. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { Conversation } from '../../src'
import { measureUsage, type ProcessUsage } from './process-usage'

const COUNTS = [200, 2000]

async function main(): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (client) => {
    client.on('message', (data) => {
      for (const each of server.clients) each.send(data.toString())
    })
  })
  await once(server, 'listening')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const usages: ProcessUsage[] = []
  for (let done = 1; done <= Math.max(...COUNTS); done++) {
    await converse(url, done)
    if (!COUNTS.includes(done)) continue
    // The server notices the end of its last connection a moment later.
    while (server.clients.size > 0) await new Promise((resolve) => setImmediate(resolve))
    usages.push(await measureUsage())
  }
  server.close()
  process.send?.(usages)
  process.disconnect?.()
}

/** Two clients exchange messages, one by a reaction, and some every hour; an expectation fails, and every other time a connection is terminated. */
async function converse(url: string, number: number): Promise<void> {
  const conversation = new Conversation({ url, timeout: 10_000, quiet: 1, redact: ['$.token'] })
  const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
  bob.whenever('Hello').send('Hi')
  await Promise.all([ann.connect(), bob.connect()])
  await ann.send('Hello')
  await ann.receives('Hi')
  await ann.send({ token: `secret ${number}` })
  await bob.receives({ token: `secret ${number}` })
  // They must end with the connection, or when they are told to.
  await ann.sendEvery('tick', '1 hour')
  await bob.sendEvery('tock', '1 hour')
  bob.stopSending('tock')
  await ann.receives('Never', { within: 1 }).catch(() => {})
  if (number % 2 === 0) ann.terminate()
  await conversation.settle().catch(() => {})
  await conversation.end()
}

main().catch((failure) => {
  console.error(failure)
  process.exitCode = 1
})

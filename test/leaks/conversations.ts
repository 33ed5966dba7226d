/** Holds two thousand conversations in one process, and tells its parent what is left of them; run with `--expose-gc`. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { Conversation } from '../../src'
import { type Left, whatIsLeft } from './left'

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
  const left: Left[] = []
  for (let done = 1; done <= Math.max(...COUNTS); done++) {
    await converse(url, done)
    if (!COUNTS.includes(done)) continue
    // The server hears of its last connection's end a moment later.
    while (server.clients.size > 0) await new Promise((resolve) => setImmediate(resolve))
    left.push(await whatIsLeft())
  }
  server.close()
  process.send?.(left)
  process.disconnect?.()
}

/** Two people talk, one by a reaction; something fails, and somebody is cut off. */
async function converse(url: string, number: number): Promise<void> {
  const conversation = new Conversation({ url, timeout: 100, quiet: 1, redact: ['$.token'] })
  const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
  bob.whenever('Hello').send('Hi')
  await Promise.all([ann.connect(), bob.connect()])
  await ann.send('Hello')
  await ann.receives('Hi')
  await ann.send({ token: `secret ${number}` })
  await bob.receives({ token: `secret ${number}` })
  await ann.receives('Never', { within: 1 }).catch(() => {})
  if (number % 2 === 0) ann.terminate()
  await conversation.settle().catch(() => {})
  await conversation.end()
}

main().catch((failure) => {
  console.error(failure)
  process.exitCode = 1
})

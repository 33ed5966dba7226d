/** Many clients in a process of their own: connects them, has one send to all, and sends the figures to the parent process. */

import { once } from 'node:events'
import { everythingUpTo } from 'cucumber-websocket'
import { median } from 'simple-statistics'
import { closeBare, connectBare, startConversation, timed } from './contestants.mjs'

const [contestant, url, count] = process.argv.slice(2)
const AT_ONCE = 100

/** How long silence is expected for, in ms. */
const QUIET = 200

/** How often one client sends to all. */
const BROADCASTS = 5

await warmUp()
const memoryBefore = await usedMemory()
const { connect, broadcast, silence, catchUp } = contestant === 'bare ws' ? bare() : core()
const connecting = await timed(connect)
const memoryPerClient = ((await usedMemory()) - memoryBefore) / count
const broadcasts = []
while (broadcasts.length < BROADCASTS) broadcasts.push(await timed(broadcast))
const silent = silence && (await timed(silence)) - QUIET
const caughtUp = catchUp && (await timed(catchUp))
process.send({ connecting, memoryPerClient, broadcasting: median(broadcasts), silent, caughtUp }, () => process.exit())

/** Loads what the first client loads and all share, so that it is not counted. */
async function warmUp() {
  if (contestant === 'bare ws') return closeBare(await connectBare(url))
  const conversation = startConversation(url)
  await conversation.client('Ann').connect()
  await conversation.end()
}

function bare() {
  const sockets = []
  return {
    async connect() {
      const connectOneByOne = async () => {
        while (sockets.length < count) {
          const index = sockets.push(undefined) - 1
          sockets[index] = await connectBare(url)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, connectOneByOne))
    },
    async broadcast() {
      const received = sockets.map(async (socket) => {
        if (`${(await once(socket, 'message'))[0]}` !== 'Hello') throw new Error('The server sent something else.')
      })
      sockets[0].send('Hello')
      await Promise.all(received)
    },
  }
}

function core() {
  const conversation = startConversation(url)
  const clients = Array.from({ length: Number(count) }, (_, index) => conversation.client(`listener-${index + 1}`))
  return {
    connect: () => conversation.connectGroup('listeners', Number(count)),
    async broadcast() {
      const received = clients.map((client) => client.receives('Hello'))
      await clients[0].send('Hello')
      await Promise.all(received)
    },
    silence: () => Promise.all(clients.map((client) => client.doesNotReceive('Goodbye', { within: QUIET }))),
    async catchUp() {
      const received = clients.map((client) => client.expect(everythingUpTo(client.matcher('Again'))))
      await clients[0].send('Again')
      await Promise.all(received)
    },
  }
}

/** Bytes in use after all garbage is collected. */
async function usedMemory() {
  for (let collection = 0; collection < 3; collection++) {
    await new Promise((resolve) => setImmediate(resolve))
    globalThis.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** So many clients in a process of its own: connects them, has one speak to all, and tells its parent what that took. */

import { once } from 'node:events'
import { everythingUpTo } from 'cucumber-websocket'
import { median } from 'simple-statistics'
import { closeBare, connectBare, startConversation, timed } from './contestants.mjs'

const [who, url, count] = process.argv.slice(2)
const AT_ONCE = 100

/** How long silence is watched for, in ms. */
const QUIET = 200

/** How often one speaks to all. */
const BROADCASTS = 5

await comeAndGo()
const held = await memory()
const { connect, broadcast, silence, catchUp } = who === 'bare ws' ? bare() : core()
const connecting = await timed(connect)
const memoryPerClient = ((await memory()) - held) / count
const broadcasts = []
while (broadcasts.length < BROADCASTS) broadcasts.push(await timed(broadcast))
const silent = silence && (await timed(silence)) - QUIET
const caughtUp = catchUp && (await timed(catchUp))
process.send({ connecting, memoryPerClient, broadcasting: median(broadcasts), silent, caughtUp }, () => process.exit())

/** What is loaded for the first one, and made for all, belongs to none of those who are counted. */
async function comeAndGo() {
  if (who === 'bare ws') return closeBare(await connectBare(url))
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
      const heard = sockets.map(async (socket) => {
        if (`${(await once(socket, 'message'))[0]}` !== 'Hello') throw new Error('The server said something else.')
      })
      sockets[0].send('Hello')
      await Promise.all(heard)
    },
  }
}

function core() {
  const conversation = startConversation(url)
  const clients = Array.from({ length: Number(count) }, (_, index) => conversation.client(`listener-${index + 1}`))
  return {
    connect: () => conversation.connectGroup('listeners', Number(count)),
    async broadcast() {
      const heard = clients.map((client) => client.receives('Hello'))
      await clients[0].send('Hello')
      await Promise.all(heard)
    },
    silence: () => Promise.all(clients.map((client) => client.doesNotReceive('Goodbye', { within: QUIET }))),
    async catchUp() {
      const heard = clients.map((client) => client.expect(everythingUpTo(client.matcher('Again'))))
      await clients[0].send('Again')
      await Promise.all(heard)
    },
  }
}

/** Bytes in use after all garbage is collected. */
async function memory() {
  for (let time = 0; time < 3; time++) {
    await new Promise((resolve) => setImmediate(resolve))
    globalThis.gc()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** What is said comes back: a message is sent, and its echo is expected. */

import { once } from 'node:events'
import request from 'superwstest'
import { closeBare, connectBare, converse, timed } from '../contestants.mjs'

const TRIPS = 300
const TEMPLATE = { message: '${phrase}' }
const words = Array.from({ length: TRIPS }, (_, number) => `Hello ${number}`)

export default async function roundTrip({ serverUrl, compare }) {
  const url = `${serverUrl}/echo`

  await compare({
    what: 'a round trip, text',
    unit: 'µs',
    per: TRIPS / 1000,
    contestants: { 'bare ws': () => bareTrips(url), core: () => coreTrips(url, {}, words) },
    target: { core: { aim: 1.2, most: 1.5 } },
  })

  await compare({
    what: 'a round trip, phrase of JSON',
    unit: 'µs',
    per: TRIPS / 1000,
    contestants: {
      'bare ws': () => bareTrips(url, (word) => JSON.stringify({ message: word })),
      core: () => coreTrips(url, { phrases: { sent: TEMPLATE, received: TEMPLATE } }, words),
    },
    target: { core: { aim: 1.2, most: 1.5 } },
  })

  await compare({
    what: 'a round trip, JSON',
    unit: 'µs',
    per: TRIPS / 1000,
    contestants: {
      'bare ws': () => bareTrips(url, (word) => JSON.stringify({ message: word, user: { name: 'Ann', age: 7 } })),
      core: () =>
        coreTrips(
          url,
          {},
          words.map((message) => ({ message, user: { name: 'Ann', age: 7 } })),
        ),
    },
    target: { core: { aim: 1.2, most: 1.5 } },
  })

  await compare({
    what: `a conversation: connect, ${words.length} round trips, disconnect`,
    unit: 'ms',
    contestants: {
      superwstest: () =>
        timed(async () => {
          let chain = request(serverUrl.replace('ws:', 'http:')).ws('/echo')
          for (const word of words) chain = chain.sendText(word).expectText(word)
          await chain.close().expectClosed()
        }),
      core: () =>
        timed(async () => {
          const conversation = converse(url)
          const ann = conversation.client('Ann')
          await ann.connect()
          await talk(ann, words)
          await conversation.end()
        }),
    },
    target: { core: { aim: 1, most: 1.2 } },
  })
}

async function bareTrips(url, written = (word) => word) {
  const socket = await connectBare(url)
  const took = await timed(async () => {
    for (const word of words) {
      const answer = once(socket, 'message')
      socket.send(written(word))
      if (`${(await answer)[0]}` !== written(word)) throw new Error('The server said something else.')
    }
  })
  await closeBare(socket)
  return took
}

async function coreTrips(url, settings, messages) {
  const conversation = converse(url, settings)
  const ann = conversation.client('Ann')
  await ann.connect()
  const took = await timed(() => talk(ann, messages))
  await conversation.end()
  return took
}

async function talk(client, messages) {
  for (const message of messages) {
    await client.send(message)
    await client.receives(message)
  }
}

/** What is said comes back: a message is sent, and its echo is expected. */

import { once } from 'node:events'
import request from 'superwstest'
import { closeBare, connectBare, converse, timed } from '../contestants.mjs'

const TRIPS = 300
const SIZES = [300, 949, 3000]
const TEMPLATE = { message: '${phrase}' }
const full = (message) => ({ message, user: { name: 'Ann', age: 7 } })

/** The ways in which a word travels: what bare ws sends, what a client says, and its settings. */
const WAYS = {
  text: { written: (word) => word, said: (word) => word },
  'phrase of JSON': {
    written: (word) => JSON.stringify({ message: word }),
    said: (word) => word,
    settings: { phrases: { sent: TEMPLATE, received: TEMPLATE } },
  },
  JSON: { written: (word) => JSON.stringify(full(word)), said: full },
}

export default async function roundTrip({ serverUrl, compare, growth }) {
  const url = `${serverUrl}/echo`
  const words = wordsOf(TRIPS)

  for (const [way, { written, said, settings }] of Object.entries(WAYS)) {
    await compare({
      what: `a round trip, ${way}`,
      unit: 'µs',
      per: TRIPS / 1000,
      contestants: {
        'bare ws': () => bareTrips(url, words, written),
        core: () => coreTrips(url, words.map(said), settings),
      },
      targets: { core: 1.2 },
    })
  }

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
    targets: { core: 1 },
  })

  const took = await compare({
    what: 'round trips of a conversation',
    unit: 'ms',
    rounds: 15,
    contestants: Object.fromEntries(SIZES.map((trips) => [trips, () => coreTrips(url, wordsOf(trips))])),
  })
  growth('round trips of a conversation', took)
}

function wordsOf(trips) {
  return Array.from({ length: trips }, (_, number) => `Hello ${number}`)
}

async function bareTrips(url, words, written) {
  const socket = await connectBare(url)
  const took = await timed(async () => {
    for (const word of words) {
      const message = written(word)
      const answer = once(socket, 'message')
      socket.send(message)
      if (`${(await answer)[0]}` !== message) throw new Error('The server said something else.')
    }
  })
  await closeBare(socket)
  return took
}

async function coreTrips(url, messages, settings) {
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

/** What is said comes back: a message is sent, and its echo is expected. */

import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import request from 'superwstest'
import { closeBare, connectBare, startConversation, timed } from '../contestants.mjs'

const TRIPS = 1000
const SIZES = [300, 949, 3000]
const TEMPLATE = { message: '${phrase}' }
const full = (message) => ({ message, user: { name: 'Ann', age: 7 } })

/**
 * The ways in which a word travels: what bare ws sends and how it recognises the answer, what a client sends, and its settings.
 * Where JSON is expected both parse it: a text that is compared as it is would be another test.
 */
const WAYS = {
  text: { wire: (word) => word, isAnswer: (answer, word) => answer === word, input: (word) => word },
  'phrase of JSON': {
    wire: (word) => JSON.stringify({ message: word }),
    isAnswer: (answer, word) => JSON.parse(answer).message === word,
    input: (word) => word,
    settings: { phrases: { sent: TEMPLATE, received: TEMPLATE } },
  },
  JSON: {
    wire: (word) => JSON.stringify(full(word)),
    isAnswer: (answer, word) => isDeepStrictEqual(JSON.parse(answer), full(word)),
    input: full,
  },
}

export default async function roundTrip({ serverUrl, compare, growth }) {
  const url = `${serverUrl}/echo`
  const words = wordsOf(TRIPS)

  for (const [way, { input, settings, ...bare }] of Object.entries(WAYS)) {
    await compare({
      what: `a round trip, ${way}`,
      unit: 'µs',
      per: TRIPS / 1000,
      contestants: {
        'bare ws': () => bareTrips(url, words, bare),
        core: () => coreTrips(url, words.map(input), settings),
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
          const conversation = startConversation(url)
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

async function bareTrips(url, words, { wire, isAnswer }) {
  const socket = await connectBare(url)
  const took = await timed(async () => {
    for (const word of words) {
      const answer = once(socket, 'message')
      socket.send(wire(word))
      const [data] = await answer
      if (!isAnswer(`${data}`, word)) throw new Error('The server sent something else.')
    }
  })
  await closeBare(socket)
  return took
}

async function coreTrips(url, messages, settings) {
  const conversation = startConversation(url, settings)
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

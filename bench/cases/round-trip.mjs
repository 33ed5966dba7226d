/** Round trips: a message is sent, and its echo is expected. */

import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import request from 'superwstest'
import { closeBare, connectBare, startConversation, timed } from '../contestants.mjs'

const TRIPS = 1000
/** Few enough that connecting counts. */
const CONVERSATION_TRIPS = 300
const SIZES = [300, 949, 3000]
const TEMPLATE = { message: '${phrase}' }
const full = (message) => ({ message, user: { name: 'Ann', age: 7 } })

/**
 * The formats of a message: what bare ws sends and how it recognises the answer, what a client sends, and its settings.
 * Where JSON is expected both parse it: a text that is compared as it is would be another test.
 */
const FORMATS = {
  text: { wire: (text) => text, isAnswer: (answer, text) => answer === text, input: (text) => text },
  'phrase of JSON': {
    wire: (text) => JSON.stringify({ message: text }),
    isAnswer: (answer, text) => JSON.parse(answer).message === text,
    input: (text) => text,
    settings: { phrases: { sent: TEMPLATE, received: TEMPLATE } },
  },
  JSON: {
    wire: (text) => JSON.stringify(full(text)),
    isAnswer: (answer, text) => isDeepStrictEqual(JSON.parse(answer), full(text)),
    input: full,
  },
}

export default async function roundTrip({ serverUrl, compare, growth }) {
  const url = `${serverUrl}/echo`
  const texts = textsOf(TRIPS)

  for (const [format, { input, settings, ...bare }] of Object.entries(FORMATS)) {
    await compare({
      name: `a round trip, ${format}`,
      unit: 'µs',
      per: TRIPS / 1000,
      contestants: {
        'bare ws': () => bareTrips(url, texts, bare),
        core: () => coreTrips(url, texts.map(input), settings),
      },
      targets: { core: 1.2 },
    })
  }

  const few = textsOf(CONVERSATION_TRIPS)
  await compare({
    name: `a conversation: connect, ${few.length} round trips, disconnect`,
    unit: 'ms',
    contestants: {
      superwstest: () =>
        timed(async () => {
          let chain = request(serverUrl.replace('ws:', 'http:')).ws('/echo')
          for (const text of few) chain = chain.sendText(text).expectText(text)
          await chain.close().expectClosed()
        }),
      core: () =>
        timed(async () => {
          const conversation = startConversation(url)
          const ann = conversation.client('Ann')
          await ann.connect()
          await makeRoundTrips(ann, few)
          await conversation.end()
        }),
    },
    targets: { core: 1 },
  })

  const took = await compare({
    name: 'round trips of a conversation',
    unit: 'ms',
    rounds: 15,
    contestants: Object.fromEntries(SIZES.map((trips) => [trips, () => coreTrips(url, textsOf(trips))])),
  })
  growth('round trips of a conversation', took)
}

function textsOf(trips) {
  return Array.from({ length: trips }, (_, number) => `Hello ${number}`)
}

async function bareTrips(url, texts, { wire, isAnswer }) {
  const socket = await connectBare(url)
  const took = await timed(async () => {
    for (const text of texts) {
      const answer = once(socket, 'message')
      socket.send(wire(text))
      const [data] = await answer
      if (!isAnswer(`${data}`, text)) throw new Error('The server sent something else.')
    }
  })
  await closeBare(socket)
  return took
}

async function coreTrips(url, messages, settings) {
  const conversation = startConversation(url, settings)
  const ann = conversation.client('Ann')
  await ann.connect()
  const took = await timed(() => makeRoundTrips(ann, messages))
  await conversation.end()
  return took
}

async function makeRoundTrips(client, messages) {
  for (const message of messages) {
    await client.send(message)
    await client.receives(message)
  }
}

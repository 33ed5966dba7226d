/** Many messages arrive while some of them are waited for, the last one among them. */

import { containing } from 'cucumber-websocket'
import { closeBare, connectBare, startConversation, timed } from '../contestants.mjs'

/** How many messages, of how many bytes, how often. */
const BURSTS = [
  // Of 10,000 each takes a fifth less, which an exponent would show as growth.
  [31_623, 100, 15],
  [100_000, 100, 21],
  [316_228, 100, 9],
  [10_000, 10_000, 9],
  [100_000, 10_000, 5],
]
const WAITING = [10, 100, 1000]
/** The library takes in 256 times as much in a scenario, and these are 1 GB. */
const SETTINGS = { maxMessageBytes: 2 ** 23 }

/**
 * What one who waits takes at most, by the size of the messages. For short ones it was 1.67, which was met by sockets that
 * dropped all other listeners.
 */
const MAX_RATIOS = { 100: 2, 10000: 1 / 0.6 }

export default async function throughput(bench) {
  const closeConnections = await keepWarm(`${bench.serverUrl}/burst?count=1000&size=100`, 1000)
  await measure(bench).finally(closeConnections)
}

async function measure({ serverUrl, compare, growth }) {
  const took = {}
  for (const [count, size, rounds] of BURSTS) {
    const url = `${serverUrl}/burst?count=${count}&size=${size}`
    const isLong = count === 100_000
    const figures = await compare({
      name: `${count.toLocaleString('en')} messages of ${size.toLocaleString('en')} B arrive`,
      unit: 'ms',
      rounds,
      contestants: {
        'bare ws counts': () => bareCount(url, count),
        ...(isLong && { 'bare ws keeps each, with its time': () => bareCount(url, count, keepEach()) }),
        ...(isLong && size === 100 && { 'bare ws parses each and keeps it': () => bareCount(url, count, parseEach()) }),
        'one waits, for JSON': () => coreWait(url, count, 1),
        ...(isLong && {
          'one waits, for a part of a text': () => coreWait(url, count, 1, (number) => containing(`m-${number}"`)),
        }),
        ...(isLong && { 'ten wait': () => coreWait(url, count, 10) }),
        ...((isLong || size === 100) && { 'a hundred wait': () => coreWait(url, count, 100) }),
      },
      // A hundred waits on one inbox are measured, without a target: no sentence makes them.
      targets: isLong ? { 'one waits, for JSON': MAX_RATIOS[size] } : {},
    })
    if (size === 100) took[count] = figures
  }
  for (const contestant of ['one waits, for JSON', 'a hundred wait']) {
    growth(
      `messages, while ${contestant}`,
      Object.fromEntries(Object.entries(took).map(([count, all]) => [count, all[contestant]])),
    )
  }
  const url = `${serverUrl}/burst?count=10000&size=100`
  const waits = WAITING.map((waiting) => [`${waiting} wait`, () => coreWait(url, 10_000, waiting)])
  const figures = await compare({
    name: '10,000 messages of 100 B arrive',
    unit: 'ms',
    rounds: 7,
    contestants: Object.fromEntries(waits),
  })
  growth('waiting expectations', Object.fromEntries(WAITING.map((waiting) => [waiting, figures[`${waiting} wait`]])))
}

/**
 * Keeps one connection of each kind open, after a burst, until it is closed: garbage is collected before each turn, and with
 * the last object of a class goes what was compiled for it, which each turn would compile again.
 */
async function keepWarm(url, count) {
  const socket = await connectBare(url)
  await countMessages(socket, count)
  const conversation = startConversation(url)
  const ann = conversation.client('Ann')
  await ann.connect()
  const pending = ann.doesNotReceive({ id: 'm-0' }, { within: '1 h' }).catch(() => {})
  await ann.send('Begin')
  await ann.receives({ id: `m-${count}` })
  return async () => {
    await conversation.end()
    await pending
    await closeBare(socket)
  }
}

async function bareCount(url, count, onMessage) {
  collectGarbage()
  const socket = await connectBare(url)
  const took = await timed(() => countMessages(socket, count, onMessage))
  await closeBare(socket)
  return took
}

/** Has the server begin; resolves when so many messages have arrived. */
function countMessages(socket, count, onMessage = () => {}) {
  return new Promise((resolve) => {
    let left = count
    socket.on('message', (data) => {
      onMessage(data)
      if (--left === 0) resolve()
    })
    socket.send('Begin')
  })
}

/** Before each turn, so that no contestant collects the garbage of the one before it. */
function collectGarbage() {
  globalThis.gc()
}

/** Keeps each message, with its time. */
function keepEach() {
  const kept = []
  return (data) => kept.push({ text: data.toString(), at: performance.now() })
}

/** Parses each message and keeps it, with its time. */
function parseEach() {
  const kept = []
  return (data) => {
    const text = data.toString()
    kept.push({ text, json: JSON.parse(text), at: performance.now() })
  }
}

/** So many expectations wait at once, for messages that are spread over the last tenth. */
async function coreWait(url, count, waiting, expected = (number) => ({ id: `m-${number}` })) {
  collectGarbage()
  const conversation = startConversation(url, SETTINGS)
  const ann = conversation.client('Ann')
  await ann.connect()
  const took = await timed(async () => {
    const awaited = Array.from({ length: waiting }, (_, index) =>
      ann.receives(expected(count - index * Math.floor(count / waiting / 10))),
    )
    await ann.send('Begin')
    await Promise.all(awaited)
  })
  await conversation.end()
  return took
}

/** Many messages arrive while some of them are waited for, the last one among them. */

import { part } from 'cucumber-websocket'
import { closeBare, connectBare, converse, timed } from '../contestants.mjs'

export default async function throughput({ serverUrl, compare, growth }) {
  const took = {}
  for (const [count, size, rounds] of [
    [10_000, 100, 9],
    [31_623, 100, 7],
    [100_000, 100, 7],
    [10_000, 10_000, 7],
    [100_000, 10_000, 3],
  ]) {
    const url = `${serverUrl}/burst?count=${count}&size=${size}`
    const full = count === 100_000
    const medians = await compare({
      what: `${count.toLocaleString('en')} messages of ${size.toLocaleString('en')} B arrive`,
      unit: 'ms',
      rounds,
      contestants: {
        'bare ws': () => bareCount(url, count),
        'one waits, for JSON': () => coreWait(url, count, 1),
        ...(full && {
          'one waits, for a text': () => coreWait(url, count, 1, (number) => part(`"m-${number}"`)),
        }),
        ...(full && { 'ten wait': () => coreWait(url, count, 10) }),
        ...(size === 100 && { 'a hundred wait': () => coreWait(url, count, 100) }),
      },
      target:
        full && size === 100 ? { 'one waits, for JSON': { most: 1 / 0.6 }, 'a hundred wait': { most: 1 / 0.3 } } : {},
    })
    if (size === 100) took[count] = medians
  }
  growth('time for messages, one waits', bySize(took, 'one waits, for JSON'))
  growth('time for messages, a hundred wait', bySize(took, 'a hundred wait'))
}

function bySize(took, who) {
  return Object.fromEntries(Object.entries(took).map(([size, medians]) => [size, medians[who]]))
}

async function bareCount(url, count) {
  const socket = await connectBare(url)
  const took = await timed(
    () =>
      new Promise((resolve) => {
        let left = count
        socket.on('message', () => {
          if (--left === 0) resolve()
        })
        socket.send('Begin')
      }),
  )
  await closeBare(socket)
  return took
}

/** So many wait, for messages that are spread over all that come. */
async function coreWait(url, count, waiting, expected = (number) => ({ id: `m-${number}` })) {
  const conversation = converse(url)
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

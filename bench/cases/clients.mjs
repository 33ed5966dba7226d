/** From one client to ten thousand: the time to connect them and to send to all, and the memory of each. */

import { runChild } from '../child-process.mjs'

const CONTESTANTS = ['bare ws', 'core']
/** How many clients, how often. */
const SIZES = [
  [1, 7],
  [10, 7],
  [100, 9],
  [1000, 15],
  [10_000, 3],
]
const FIGURES = {
  connecting: { name: 'clients connect', unit: 'ms', target: 1.25 },
  memoryPerClient: {
    name: 'clients are connected: memory of each',
    unit: 'kB',
    per: 1024,
    // Without a target: 1.5 was met by sockets that dropped all other listeners, and by constants that clients shared.
    // What fewer take is less than what Node frees meanwhile.
    from: 100,
  },
  broadcasting: { name: 'clients expect one message to all', unit: 'ms', target: 1.5 },
}

export default async function clients({ serverUrl, record, alone, growth }) {
  const took = { connecting: {}, broadcasting: {}, silent: {}, caughtUp: {} }
  for (const [count, rounds] of SIZES) {
    const results = { 'bare ws': [], core: [] }
    for (let round = 0; round < rounds; round++) {
      for (const contestant of round % 2 === 0 ? CONTESTANTS : CONTESTANTS.toReversed()) {
        results[contestant].push(
          await runChild('clients-process.mjs', [contestant, `${serverUrl}/room`, count], {
            execArgv: ['--expose-gc'],
          }),
        )
      }
    }
    const figuresOf = (figure) =>
      Object.fromEntries(CONTESTANTS.map((contestant) => [contestant, results[contestant].map((each) => each[figure])]))
    for (const [figure, { name, target, from = 1, ...rest }] of Object.entries(FIGURES)) {
      if (count < from) continue
      record({
        ...rest,
        name: `${count.toLocaleString('en')} ${name}`,
        targets: count === 1000 ? { core: target } : {},
        figures: figuresOf(figure),
      })
    }
    for (const figure of Object.keys(took)) took[figure][count] = results.core.map((each) => each[figure])
  }
  alone('`everyone does not receive`, beyond the quiet time', took.silent, 'ms', 'clients')
  alone('`everyone has caught up with`', took.caughtUp, 'ms', 'clients')
  // What a few take is mostly the network's.
  const bySize = (figure) => Object.fromEntries([100, 1000, 10_000].map((count) => [count, took[figure][count]]))
  growth('clients that connect', bySize('connecting'))
  growth('clients that expect one message to all', bySize('broadcasting'))
  growth('clients that are silent', bySize('silent'))
  growth('clients that catch up', bySize('caughtUp'))
}

/** From one client to ten thousand: what connecting, holding and addressing them takes. */

import { runChild } from '../child.mjs'

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
  connecting: { what: 'clients connect', unit: 'ms', target: 1.25 },
  memoryPerClient: {
    what: 'clients are connected: memory of each',
    unit: 'kB',
    per: 1024,
    // Without a target: 1.5 was met by sockets that dropped all other listeners, and by constants that clients shared.
    // What fewer take is less than what Node frees meanwhile.
    from: 100,
  },
  broadcasting: { what: 'clients expect one message to all', unit: 'ms', target: 1.5 },
}

export default async function clients({ serverUrl, record, alone, growth }) {
  const took = { connecting: {}, broadcasting: {}, silent: {}, caughtUp: {} }
  for (const [count, rounds] of SIZES) {
    const results = { 'bare ws': [], core: [] }
    for (let round = 0; round < rounds; round++) {
      for (const who of round % 2 === 0 ? CONTESTANTS : CONTESTANTS.toReversed()) {
        results[who].push(await runChild('many.mjs', [who, `${serverUrl}/room`, count], { execArgv: ['--expose-gc'] }))
      }
    }
    const figuresOf = (figure) =>
      Object.fromEntries(CONTESTANTS.map((who) => [who, results[who].map((each) => each[figure])]))
    for (const [figure, { what, target, from = 1, ...rest }] of Object.entries(FIGURES)) {
      if (count < from) continue
      record({
        ...rest,
        what: `${count.toLocaleString('en')} ${what}`,
        targets: count === 1000 ? { core: target } : {},
        figures: figuresOf(figure),
      })
    }
    for (const figure of Object.keys(took)) took[figure][count] = results.core.map((each) => each[figure])
  }
  alone('`everyone does not receive`, beyond the quiet time', took.silent, 'ms', 'clients')
  alone('`everyone has caught up with`', took.caughtUp, 'ms', 'clients')
  // What a few take is mostly the network's.
  const many = (figure) => Object.fromEntries([100, 1000, 10_000].map((count) => [count, took[figure][count]]))
  growth('clients that connect', many('connecting'))
  growth('clients that expect one message to all', many('broadcasting'))
  growth('clients that are silent', many('silent'))
  growth('clients that catch up', many('caughtUp'))
}

/** From one client to ten thousand: what connecting, holding and addressing them takes. */

import { tellingChild } from '../child.mjs'
import { summary } from '../compare.mjs'

const CONTESTANTS = ['bare ws', 'core']
const TARGETS = { connecting: { most: 1.25 }, memoryPerClient: { most: 1.5 }, broadcasting: { most: 1.5 } }
const FIGURES = {
  connecting: { what: 'connect', unit: 'ms' },
  memoryPerClient: { what: 'are connected: memory of each', unit: 'kB', per: 1024 },
  broadcasting: { what: 'expect one message to all', unit: 'ms' },
}

export default async function clients({ serverUrl, record, tell, growth }) {
  const took = { connecting: {}, broadcasting: {}, silent: {}, caughtUp: {} }
  for (const [count, rounds] of [
    [1, 7],
    [10, 7],
    [100, 7],
    [1000, 7],
    [10_000, 3],
  ]) {
    const all = { 'bare ws': [], core: [] }
    for (let round = 0; round < rounds; round++) {
      for (const who of round % 2 === 0 ? CONTESTANTS : CONTESTANTS.toReversed()) {
        all[who].push(await tellingChild('many.mjs', [who, `${serverUrl}/room`, count], { execArgv: ['--expose-gc'] }))
      }
    }
    for (const [figure, told] of Object.entries(FIGURES)) {
      const figures = Object.fromEntries(CONTESTANTS.map((who) => [who, all[who].map((each) => each[figure])]))
      const medians = record({
        ...told,
        what: `${count.toLocaleString('en')} clients ${told.what}`,
        target: count === 1000 ? { core: TARGETS[figure] } : {},
        summary: summary(figures),
      })
      if (took[figure]) took[figure][count] = medians.core
    }
    for (const figure of ['silent', 'caughtUp'])
      took[figure][count] = summary({ core: all.core.map((each) => each[figure]) }).medians.core
  }
  tell('a «does not receive» takes beyond its quiet time', took.silent, 'ms')
  tell('a «has caught up with» takes', took.caughtUp, 'ms')
  for (const [what, figure] of [
    ['time to connect, by clients', 'connecting'],
    ['time to expect one message to all, by clients', 'broadcasting'],
  ]) {
    // What a few take is mostly the network's.
    growth(what, Object.fromEntries([100, 1000, 10_000].map((count) => [count, took[figure][count]])))
  }
}

/** Several configurations of Cucumber take turns in a process of its own, in the order in which they are given. */

import { timed } from './contestants.mjs'
import { prepare } from './cucumber-runs.mjs'

/** After how many rounds Node has compiled what is run often. */
const WARM_UP = 8

const [configurations, rounds] = process.argv.slice(2).map((text) => JSON.parse(text))
const names = Object.keys(configurations)
const runs = {}
for (const name of names) runs[name] = await prepare(configurations[name])
const took = Object.fromEntries(names.map((name) => [name, []]))
for (let round = -WARM_UP; round < rounds; round++) {
  for (const name of names) {
    const time = await timed(runs[name])
    if (round >= 0) took[name].push(time)
  }
}
process.send(took, () => process.exit())

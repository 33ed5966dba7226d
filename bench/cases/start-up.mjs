/** What the library adds to the start of Cucumber: one empty scenario, with it and without it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { timed } from '../contestants.mjs'
import { writeFeature } from '../features.mjs'

const ROUNDS = 21

const bench = join(import.meta.dirname, '..')
const cucumber = join(
  dirname(createRequire(import.meta.url).resolve('@cucumber/cucumber/package.json')),
  'bin/cucumber.js',
)

export default async function startUp({ compare }) {
  const feature = writeFeature('start-up', 1, () => ['Given nothing happens'])
  const run = (...support) =>
    timed(async () => {
      const required = support.flatMap((file) => ['--require', `support/${file}.cjs`])
      const child = spawn(process.execPath, [cucumber, feature, ...required], { cwd: bench, stdio: 'ignore' })
      const [exitCode] = await once(child, 'exit')
      if (exitCode !== 0) throw new Error(`Cucumber ended with ${exitCode}.`)
    })
  await compare({
    what: 'Cucumber starts, runs one empty scenario and ends',
    unit: 'ms',
    rounds: ROUNDS,
    contestants: {
      'without the library': () => run('nothing'),
      'with the same sentences, empty': () => run('nothing', 'vocabulary'),
      'with the same sentences, empty, and ws': () => run('nothing', 'vocabulary-and-ws'),
      'with the same sentences, empty, ws and chai': () => run('nothing', 'vocabulary-and-libraries'),
      'with the library': () => run('nothing', 'ours'),
    },
    target: { 'with the library': { aim: 1.2, most: 1.4 } },
  })
}

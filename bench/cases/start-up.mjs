/** What the library adds to the start of Cucumber, with an empty scenario and with a step that does nothing. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { timed } from '../contestants.mjs'
import { writeFeature } from '../features.mjs'

const SCENARIOS = [
  ['an empty scenario', [], 1.2],
  // At the first step Cucumber compiles the patterns of all sentences.
  ['an idle step', ['Given nothing happens'], 1.3],
]

/** As most projects have some: they are checked before anything is done. */
const SETTINGS = ['--world-parameters', JSON.stringify({ websocket: { url: 'ws://localhost:8080' } })]

const bench = join(import.meta.dirname, '..')
const cucumber = join(
  dirname(createRequire(import.meta.url).resolve('@cucumber/cucumber/package.json')),
  'bin/cucumber.js',
)

export default async function startUp({ compare }) {
  for (const [scenario, steps, target] of SCENARIOS) {
    const feature = writeFeature('start-up', 1, () => steps)
    await compare({
      name: `Cucumber starts, runs ${scenario} and ends`,
      unit: 'ms',
      contestants: {
        'without the library': () => run([feature], 'nothing'),
        'with the same sentences, empty': () => run([feature], 'nothing', 'vocabulary'),
        'with the library': () => run([feature], 'nothing', 'ours'),
        'with the library and settings': () => run([feature, ...SETTINGS], 'nothing', 'ours'),
      },
      targets: { 'with the library': target },
    })
  }
}

function run(options, ...support) {
  return timed(async () => {
    const required = support.flatMap((file) => ['--require', `support/${file}.cjs`])
    const child = spawn(process.execPath, [cucumber, ...options, ...required], { cwd: bench, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    if (exitCode !== 0) throw new Error(`Cucumber ended with ${exitCode}.`)
  })
}

/**
 * Runs the tests in three processes side by side, with mocha's options as they are given: much of the time they wait for servers
 * and programs. Mocha's own workers are killed before they have written their coverage.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'

const options = process.argv.slice(2)
const ofArtillery = []
if (!existsSync('load/node_modules')) {
  console.log('Tests that run Artillery are left out, as it is not installed: npm run load:install')
  ofArtillery.push('test/load.test.ts', 'test/load-bundle.test.ts')
}
const sources = ['src/**/*.test.ts', 'features/**/*.test.ts']
const parts = [
  ['test/[a-h]*.test.ts', 'test/[n-z]*.test.ts', ...sources, ...ofArtillery],
  ['test/[i-m]*.test.ts', ...sources],
  ['test/*.test.ts'],
]
const [first, ...beside] = parts.map((ignored, index) =>
  start(
    ignored.flatMap((files) => ['--ignore', files]),
    index === 0 ? 'inherit' : 'pipe',
  ),
)
const [outputs, ...ends] = await Promise.all([
  Promise.all(beside.map(({ stdout }) => buffer(stdout))),
  ...[first, ...beside].map((part) => once(part, 'exit')),
])
for (const output of outputs) process.stdout.write(output)
process.exitCode = ends.every(([code]) => code === 0) ? 0 : 1

function start(part, stdout) {
  return spawn('mocha', [...part, ...options], {
    shell: process.platform === 'win32',
    stdio: ['ignore', stdout, 'inherit'],
  })
}

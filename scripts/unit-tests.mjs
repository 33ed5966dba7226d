/**
 * Runs the tests in two processes side by side, which take about as long, with mocha's options as they are given. Mocha's own
 * workers are killed before they have written their coverage.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'

const options = process.argv.slice(2)
const ofArtillery = []
if (!existsSync('load/node_modules')) {
  console.log('Tests that run Artillery are left out, as it is not installed: npm run load:install')
  ofArtillery.push('--ignore', 'test/load.test.ts', '--ignore', 'test/load-bundle.test.ts')
}
const beside = start(['--ignore', 'test/[i-z]*.test.ts'], 'pipe')
const first = start(
  [
    ...['--ignore', 'test/[a-h]*.test.ts', '--ignore', 'src/**/*.test.ts', '--ignore', 'features/**/*.test.ts'],
    ...ofArtillery,
  ],
  'inherit',
)
const [[code], [otherCode], output] = await Promise.all([
  once(first, 'exit'),
  once(beside, 'exit'),
  buffer(beside.stdout),
])
process.stdout.write(output)
process.exitCode = code || otherCode

function start(part, stdout) {
  return spawn('mocha', [...part, ...options], {
    shell: process.platform === 'win32',
    stdio: ['ignore', stdout, 'inherit'],
  })
}

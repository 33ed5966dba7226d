/** Runs a scenario against every fault of a server, and writes its failure and its time into docs/reliability.md. */

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** The timeout of that run, in seconds, and what a scenario may take beyond it. */
const MAX_SECONDS = 0.5 + 1

/** These may take longer, as much is sent. */
const SLOW_FAULTS = ['sends 100,000 messages at once']

const page = 'docs/reliability.md'
spawnSync('node_modules/.bin/mocha', ['-g', 'Scenario with a faulty server'], { stdio: 'inherit' })
const faults = JSON.parse(readFileSync('reports/faults.json', 'utf8'))
const late = faults.filter(({ name, seconds }) => seconds > MAX_SECONDS && !SLOW_FAULTS.includes(name))
if (late.length > 0) throw new Error(`This took too long: ${late.map(({ name }) => name).join(', ')}`)
const rows = faults.map(
  ({ name, words, seconds }) => `| ${name} | ${words.replaceAll('|', '\\|')} | ${seconds.toFixed(1)} |`,
)
const text = readFileSync(page, 'utf8').replace(/(\| --- \| --- \| --- \|\n)[\s\S]*$/, `$1${rows.join('\n')}\n`)
writeFileSync(page, text)

/** Runs the cases that are named, or all of them, and prints their results. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { formatRow } from './format.mjs'
import { isMissed, measure } from './measure.mjs'
import { writePage } from './page.mjs'

const all = readdirSync(join(import.meta.dirname, 'cases')).map((file) => basename(file, '.mjs'))
const options = process.argv.slice(2)
const flags = options.filter((option) => option.startsWith('--'))
const named = options.filter((option) => !option.startsWith('--'))
for (const flag of flags) if (!['--check', '--write'].includes(flag)) throw new Error(`There is no option ${flag}.`)
for (const name of named)
  if (!all.includes(name)) throw new Error(`There is no case "${name}". Cases: ${all.join(', ')}`)
if (flags.includes('--write') && named.length > 0) throw new Error('--write takes all cases: do not name any.')

const rows = []
const server = fork(join(import.meta.dirname, 'server.mjs'))
const [port] = await once(server, 'message')
for (const name of named.length > 0 ? named : all) {
  const { default: run } = await import(`./cases/${name}.mjs`)
  rows.push(...(await measure(run, `ws://127.0.0.1:${port}`)))
}
server.disconnect()

if (flags.includes('--write')) await writePage(rows)
const missed = rows.filter(isMissed)
for (const row of missed) console.log(`Missed: ${formatRow(row)}`)
if (flags.includes('--check') && missed.length > 0) process.exitCode = 1

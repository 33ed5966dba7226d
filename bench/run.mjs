/** Runs the cases that are named, or all of them, and tells what they gave. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { median } from 'simple-statistics'
import { exponents, ratios, takeTurns } from './compare.mjs'
import { writePage } from './page.mjs'
import { inWords } from './words.mjs'

const ROUNDS = 21

/** Nothing is to grow faster than in proportion. */
const MOST_GROWTH = 1.1

const all = readdirSync(join(import.meta.dirname, 'cases')).map((file) => basename(file, '.mjs'))
const wanted = process.argv.slice(2)
const flags = wanted.filter((one) => one.startsWith('--'))
const named = wanted.filter((one) => !one.startsWith('--'))
for (const flag of flags) if (!['--check', '--write'].includes(flag)) throw new Error(`There is no ${flag}.`)
for (const name of named) if (!all.includes(name)) throw new Error(`There is no case ${name}, but ${all.join(', ')}.`)
if (flags.includes('--write') && named.length > 0) throw new Error('The page is written of all cases: name none.')

const rows = []
const server = fork(join(import.meta.dirname, 'server.mjs'))
const [port] = await once(server, 'message')
const bench = { serverUrl: `ws://127.0.0.1:${port}`, compare, record, growth, alone }
for (const name of named.length > 0 ? named : all) {
  const { default: run } = await import(`./cases/${name}.mjs`)
  await run(bench)
}
server.disconnect()

if (flags.includes('--write')) await writePage(rows)
// A target is missed if three of four turns miss it: what lies nearer may be the machine's.
const missed = rows.filter(({ target, low }) => low > target)
for (const row of missed) console.log(`Missed: ${inWords(row)}`)
if (flags.includes('--check') && missed.length > 0) process.exitCode = 1

/** Has contestants take turns, records their ratios, and resolves to their figures, one of each round. */
async function compare({ contestants, rounds = ROUNDS, ...rest }) {
  const figures = await takeTurns(contestants, rounds)
  record({ ...rest, figures })
  return figures
}

/**
 * Records the ratio of each contestant's figures to those of the first.
 * @param per what a figure is divided by before it is told
 * @param targets by contestant: what its ratio is to be at most
 */
function record({ what, unit, per = 1, targets = {}, figures }) {
  const [[first, base], ...others] = Object.entries(figures)
  for (const [who, own] of others) {
    const medians = { base: median(base) / per, figure: median(own) / per }
    tell({ what, first, who, unit, ...medians, ...ratios(own, base), target: targets[who] })
  }
}

/** Records with which power of the size times grow. */
function growth(what, timesBySize) {
  tell({ what, sizes: Object.keys(timesBySize), ...exponents(timesBySize), target: MOST_GROWTH })
}

/** Records the medians of figures that are compared with nothing. */
function alone(what, figuresBySize, unit, ofWhat) {
  const medians = Object.entries(figuresBySize).map(([size, figures]) => [size, median(figures)])
  tell({ what, figures: Object.fromEntries(medians), unit, ofWhat })
}

function tell(row) {
  rows.push(row)
  console.log(inWords(row))
}

/** Runs the cases that are named, or all of them, and tells what they gave. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { growth as exponent, compare as sideBySide } from './compare.mjs'
import { writePage } from './page.mjs'
import { inWords } from './words.mjs'

const ROUNDS = 21

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
const missed = rows.filter(({ target, ratio, exponent }) => target && (ratio ?? exponent) > target.most)
for (const row of missed) console.log(`Too much: ${inWords(row)}`)
if (flags.includes('--check') && missed.length > 0) process.exitCode = 1

/**
 * Has contestants take turns, and records the ratio of each to the first.
 * @param per what a figure is divided by before it is told
 * @param target by contestant: `most` is what its ratio may be, `aim` what is striven for if that is less
 */
async function compare({ contestants, rounds = ROUNDS, ...rest }) {
  return record({ ...rest, summary: await sideBySide(contestants, rounds) })
}

function record({ what, unit, per = 1, target = {}, summary: { medians, ratios } }) {
  const [first] = Object.keys(medians)
  for (const [who, ratio] of Object.entries(ratios)) {
    const figures = { base: medians[first] / per, figure: medians[who] / per }
    tell({ what, first, who, unit, ...figures, ...ratio, target: target[who] })
  }
  return medians
}

/** Records with which power of the size a time grows. */
function growth(what, timesBySize, target = { aim: 1.1, most: 1.15 }) {
  tell({ what, exponent: exponent(timesBySize), sizes: Object.keys(timesBySize), target })
}

/** Records figures that are compared with nothing. */
function alone(what, figuresBySize, unit, ofWhat) {
  tell({ what, figures: figuresBySize, unit, ofWhat })
}

function tell(row) {
  rows.push(row)
  console.log(inWords(row))
}

/** Runs the cases that are named, or all of them, and tells what they gave. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { basename, join } from 'node:path'
import { growth as exponent, compare as sideBySide } from './compare.mjs'

const ROUNDS = 15

const flags = process.argv.slice(2).filter((one) => one.startsWith('--'))
const named = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const all = readdirSync(join(import.meta.dirname, 'cases')).map((file) => basename(file, '.mjs'))
for (const name of named) if (!all.includes(name)) throw new Error(`There is no case "${name}": ${all.join(', ')}.`)

const server = fork(join(import.meta.dirname, 'server.mjs'))
const [port] = await once(server, 'message')
const bench = { serverUrl: `ws://127.0.0.1:${port}`, compare, growth, record, tell: tellSizes }
const rows = []
for (const name of named.length > 0 ? named : all) {
  const { default: run } = await import(`./cases/${name}.mjs`)
  await run(bench)
}
server.disconnect()

const missed = rows.filter((row) => row.isMissed)
for (const { what, who, ratio, target } of missed)
  console.log(`Missed: ${what}, ${who}: ${ratio.toFixed(2)}, ${targetInWords(target)}`)
if (flags.includes('--check') && missed.length > 0) process.exitCode = 1

async function compare({ what, unit, per = 1, contestants, rounds = ROUNDS, target = {} }) {
  return record({ what, unit, per, target, summary: await sideBySide(contestants, rounds) })
}

function record({ what, unit, per = 1, target = {}, summary: { medians, ratios } }) {
  for (const [who, ratio] of Object.entries(ratios)) {
    const [first] = Object.keys(medians)
    rows.push({
      what,
      who,
      unit,
      first,
      of: medians[first] / per,
      figure: medians[who] / per,
      target: target[who],
      ...ratio,
    })
    tell(rows.at(-1))
  }
  return medians
}

function growth(what, sizes, target = { most: 1.1 }) {
  rows.push({ what, growth: exponent(sizes), target })
  tell(rows.at(-1))
}

/** Figures that are compared with nothing. */
function tellSizes(what, figures, unit) {
  console.log(
    `${what}: ${Object.entries(figures)
      .map(([size, figure]) => `${size}: ${figure.toPrecision(3)} ${unit}`)
      .join(', ')}`,
  )
}

function tell({ what, who, unit, first, of, figure, ratio, low, high, growth }) {
  if (growth) console.log(`${what}: grows with the power ${growth.toFixed(2)}`)
  else
    console.log(
      `${what}: ${first} ${of.toPrecision(3)} ${unit}, ${who} ${figure.toPrecision(3)} ${unit}, ${ratio.toFixed(2)} times (${low.toFixed(2)} to ${high.toFixed(2)})`,
    )
}

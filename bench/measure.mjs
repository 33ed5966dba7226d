/** Measures a case, and returns its rows. */

import { median } from 'simple-statistics'
import { exponentOf, ratioOf, takeTurns } from './compare.mjs'
import { formatRow } from './format.mjs'

const ROUNDS = 21

/** How often a case is measured at most, as long as a target is missed: the figures of all times count. */
const TIMES = 3

/** In proportion, and what a machine may add. */
const MOST_GROWTH = 1.1

/** Resolves to the rows of a case. */
export async function measure(run, serverUrl) {
  const rows = new Map()
  const bench = { serverUrl, compare, record, growth, alone }
  for (let time = 1; time <= TIMES; time++) {
    await run(bench)
    if (![...rows.values()].some(isMissed)) break
  }
  return [...rows.values()]

  /** Has contestants take turns, records their ratios, and resolves to their figures, one of each round. */
  async function compare({ contestants, rounds = ROUNDS, ...rest }) {
    const figures = await takeTurns(contestants, rounds)
    record({ ...rest, figures })
    return figures
  }

  /**
   * Records the ratio of each contestant's figures to those of the first.
   * @param per what a figure is divided by before it is shown
   * @param targets by contestant: what its ratio is to be at most
   */
  function record({ what, unit, per = 1, targets = {}, figures }) {
    const [first, ...others] = Object.keys(figures)
    for (const who of Object.keys(targets)) if (!others.includes(who)) throw new Error(`Nobody is ${who} in ${what}.`)
    for (const who of others) {
      const title = `${what}: ${who}`
      const all = pooled(title, { base: figures[first], own: figures[who] })
      const medians = { base: median(all.base) / per, figure: median(all.own) / per }
      store(title, { what, first, who, unit, all, ...medians, ...ratioOf(all.own, all.base), target: targets[who] })
    }
  }

  /** Records with which power of their size times grow. */
  function growth(what, timesBySize) {
    const all = pooled(what, timesBySize)
    store(what, { what, all, sizes: Object.keys(all), exponent: exponentOf(all), target: MOST_GROWTH })
  }

  /** Records the medians of figures that are compared with nothing. */
  function alone(what, figuresBySize, unit, ofWhat) {
    const all = pooled(what, figuresBySize)
    const medians = Object.entries(all).map(([size, figures]) => [size, median(figures)])
    store(what, { what, all, figures: Object.fromEntries(medians), unit, ofWhat })
  }

  /** Lists of figures, after those of the times before. */
  function pooled(title, lists) {
    const before = rows.get(title)?.all
    const pool = Object.entries(lists).map(([name, list]) => [name, [...(before?.[name] ?? []), ...list]])
    return Object.fromEntries(pool)
  }

  function store(title, row) {
    rows.set(title, row)
    console.log(formatRow(row))
  }
}

/** Whether what has a target misses it, or is no figure. */
export function isMissed({ target, ratio, exponent }) {
  const figure = ratio ?? exponent
  return target !== undefined && !(figure > 0 && figure <= target)
}

/** Measures a case, and returns its rows. */

import { median } from 'simple-statistics'
import { exponentOf, ratioOf, takeTurns } from './compare.mjs'
import { formatRow } from './format.mjs'

const ROUNDS = 21

/** How often a case is measured at most, as long as a target is missed: the figures of all attempts count. */
const MAX_ATTEMPTS = 3

/** 1 is in proportion; the rest is noise. */
const MAX_EXPONENT = 1.1

/** Resolves to the rows of a case. */
export async function measure(run, serverUrl) {
  const rows = new Map()
  const bench = { serverUrl, compare, record, growth, alone }
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
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
  function record({ name, unit, per = 1, targets = {}, figures }) {
    const [baseline, ...others] = Object.keys(figures)
    for (const contestant of Object.keys(targets)) {
      if (!others.includes(contestant)) throw new Error(`"${name}" has no contestant "${contestant}".`)
    }
    for (const contestant of others) {
      const title = `${name}: ${contestant}`
      const samples = pooled(title, { base: figures[baseline], own: figures[contestant] })
      const medians = { baselineFigure: median(samples.base) / per, figure: median(samples.own) / per }
      store(title, {
        name,
        baseline,
        contestant,
        unit,
        samples,
        ...medians,
        ...ratioOf(samples.own, samples.base),
        target: targets[contestant],
      })
    }
  }

  /** Records the exponent with which times grow with their sizes. */
  function growth(name, timesBySize) {
    const samples = pooled(name, timesBySize)
    store(name, { name, samples, sizes: Object.keys(samples), exponent: exponentOf(samples), target: MAX_EXPONENT })
  }

  /** Records the medians of figures that are compared with nothing. */
  function alone(name, figuresBySize, unit, sizeUnit) {
    const samples = pooled(name, figuresBySize)
    const medians = Object.entries(samples).map(([size, figures]) => [size, median(figures)])
    store(name, { name, samples, medians: Object.fromEntries(medians), unit, sizeUnit })
  }

  /** Lists of figures, after those of the attempts before. */
  function pooled(title, lists) {
    const before = rows.get(title)?.samples
    const pool = Object.entries(lists).map(([key, list]) => [key, [...(before?.[key] ?? []), ...list]])
    return Object.fromEntries(pool)
  }

  function store(title, row) {
    rows.set(title, row)
    console.log(formatRow(row))
  }
}

/** Whether a row with a target misses it, or has no valid figure. */
export function isMissed({ target, ratio, exponent }) {
  const figure = ratio ?? exponent
  return target !== undefined && !(figure > 0 && figure <= target)
}

/** Compares contestants side by side: they take turns, and each round gives a ratio of its own. */

import { linearRegression, median, quantile } from 'simple-statistics'

/** How many rounds do not count: Node compiles meanwhile. */
const WARM_UP = 3

/**
 * Has contestants take turns, in the other order every other round.
 * @param contestants functions that resolve to a time or to an amount of memory
 * @returns the figures of each contestant, one of each round
 */
export async function takeTurns(contestants, rounds) {
  const names = Object.keys(contestants)
  const figures = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const figure = await contestants[name]()
      if (round >= 0) figures[name].push(figure)
    }
  }
  return figures
}

/** The median of the ratios of figures that were taken side by side, with its quartiles. */
export function ratioOf(figures, base) {
  const each = figures.map((figure, round) => figure / base[round])
  return { ratio: median(each), low: quantile(each, 0.25), high: quantile(each, 0.75) }
}

/** The exponent with which the medians of figures grow with their sizes: 1 is in proportion. */
export function exponentOf(figuresBySize) {
  const points = Object.entries(figuresBySize).map(([size, all]) => [Math.log(Number(size)), Math.log(median(all))])
  return linearRegression(points).m
}

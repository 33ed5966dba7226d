/** Compares contestants side by side: they take turns, and each round gives a ratio of its own. */

import { linearRegression, median, quantile } from 'simple-statistics'

/**
 * Has contestants take turns, in the other order every other round, after one round that does not count.
 * @param contestants functions that resolve to what they took, or held; the first is what the others are compared to
 * @returns the median of each, and of the others' ratios to the first, with the quartiles of these
 */
export async function compare(contestants, rounds) {
  return summary(await takeTurns(contestants, rounds))
}

/** The same; resolves to the figures of each contestant, one of each round. */
export async function takeTurns(contestants, rounds) {
  const names = Object.keys(contestants)
  const figures = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const figure = await contestants[name]()
      if (round >= 0) figures[name].push(figure)
    }
  }
  return figures
}

/** What is told of figures that were taken side by side. */
export function summary(figures) {
  const [first, ...others] = Object.keys(figures)
  const ratios = others.map((name) => {
    const each = figures[name].map((figure, round) => figure / figures[first][round])
    return [name, { ratio: median(each), low: quantile(each, 0.25), high: quantile(each, 0.75) }]
  })
  return {
    medians: Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, median(each)])),
    ratios: Object.fromEntries(ratios),
  }
}

/** The exponent with which figures grow with their sizes: 1 is in proportion. */
export function growth(figuresBySize) {
  const points = Object.entries(figuresBySize).map(([size, figure]) => [Math.log(Number(size)), Math.log(figure)])
  return linearRegression(points).m
}

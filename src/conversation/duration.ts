/** Durations, as people write and read them. */

import ms from 'ms'
import { Mistake } from '../matching/errors'

/** The longest time that a timer of Node can wait, in ms: about 24 days. */
const LONGEST = 2 ** 31 - 1

/**
 * The milliseconds in `2 seconds`, `1.5s`, `200 ms`; a number is milliseconds already.
 * @throws Mistake for anything else, and for more than a timer can wait
 */
export function milliseconds(written: string | number): number {
  const amount = typeof written === 'number' ? written : written ? ms(`${written}` as ms.StringValue) : Number.NaN
  if (!Number.isFinite(amount) || amount < 0) {
    const shown = typeof written === 'string' ? JSON.stringify(written) : written
    throw new Mistake(`${shown} is no duration. Write it like "2 seconds", "1.5s" or "200ms".`)
  }
  if (amount > LONGEST) throw new Mistake(`${written} is too long: the longest duration is 24 days.`)
  return amount
}

/** A time span in the unit that reads best: `34 ms`, `1.5 s`. */
export function inWords(amount: number): string {
  const whole = Math.round(amount)
  return whole < 1000 ? `${whole} ms` : `${Number((amount / 1000).toFixed(2))} s`
}

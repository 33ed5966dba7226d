/** Durations, as people write and read them. */

import ms from 'ms'
import { UsageError } from '../errors'

/** The longest time that a timer of Node can wait, in ms: about 24 days. */
const MAX_DURATION = 2 ** 31 - 1

/**
 * The milliseconds in `2 seconds`, `1.5s`, `200 ms`; a number is milliseconds already.
 * @throws UsageError for anything else, also for a text without a unit, and for more than a timer can wait
 */
export function parseDuration(source: string | number): number {
  if (typeof source === 'string' && /^[-+.\d\s]*\d[.\s]*$/.test(source)) {
    throw new UsageError(`${JSON.stringify(source)} has no unit. Write it like "2 seconds", "1.5s" or "200ms".`)
  }
  const amount = typeof source === 'number' ? source : source ? ms(`${source}` as ms.StringValue) : Number.NaN
  if (!Number.isFinite(amount) || amount < 0) {
    const shown = typeof source === 'string' ? JSON.stringify(source) : source
    throw new UsageError(`${shown} is not a valid duration. Write it like "2 seconds", "1.5s" or "200ms".`)
  }
  if (amount > MAX_DURATION) throw new UsageError(`${source} is too long: the longest duration is 24 days.`)
  return amount
}

/**
 * The milliseconds of a time limit, which is a duration that is not zero.
 * @throws UsageError for anything else
 */
export function parseTimeLimit(source: string | number): number {
  const limit = parseDuration(source)
  if (limit === 0) throw new UsageError('Nothing can be done in no time: write a longer limit, such as "30 seconds".')
  return limit
}

/** A duration in the unit that reads best: `34 ms`, `1.5 s`. */
export function formatDuration(amount: number): string {
  const whole = Math.round(amount)
  return whole < 1000 ? `${whole} ms` : `${Number((amount / 1000).toFixed(2))} s`
}

/** The milliseconds in a duration as a sentence has it: `2 seconds`, `half an hour`, `second` of `every second`. */
export function parseWrittenDuration(text: string): number {
  const written = /^([\d.]*|half an?|[a-z]+(?= [a-z])) ?([a-z]+)$/.exec(text)
  if (!written) return parseDuration(text)
  const [, amount = '', unit] = written
  return parseDuration(`${amount === '' ? 1 : parseAmount(amount)} ${unit}`)
}

/** How often: `once`, `twice`, `3 times`. */
export function parseTimes(text: string): number {
  return parseAmount(text.replace(' times', ''))
}

function parseAmount(words: string): number {
  return AMOUNTS[words] ?? Number(words)
}

const AMOUNTS: Readonly<Record<string, number>> = {
  ...{ once: 1, twice: 2, a: 1, an: 1, 'half a': 0.5, 'half an': 0.5 },
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, ten: 10 },
}

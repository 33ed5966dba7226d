/** How often a protocol sends something by itself, as its options say it. */

import { DURATION, type Kind } from '../arguments'
import { parseDuration } from '../time/duration'

/**
 * A duration that a timer can wait again and again.
 * @param longest as a duration is written: `12 days`
 * @param mayBeNone whether 0 says that nothing is sent
 */
export function intervalUpTo(longest: string, { mayBeNone = false } = {}): Kind {
  const max = parseDuration(longest)
  return {
    words: `${DURATION.words}, from 1 ms to ${longest}${mayBeNone ? ', or 0 for none' : ''}`,
    accepts(value) {
      const ms = DURATION.accepts(value) ? durationOf(value as string | number) : undefined
      return ms !== undefined && ((ms >= 1 && ms <= max) || (mayBeNone && ms === 0))
    },
  }
}

function durationOf(value: string | number): number | undefined {
  try {
    return parseDuration(value)
  } catch {
    return undefined
  }
}

/** Expectations of how often a message comes. */

import { DURATION, describeValue, requireArgument } from '../arguments'
import { UsageError } from '../errors'
import type { Expectation } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import { anyMessage, type Matcher } from '../matching/matcher'
import { formatDuration, parseDuration } from '../time/duration'
import { collect } from './expect-several'
import { requireMatcher } from './require-matchers'
import { isUnwanted, unwantedWords } from './unwanted'

/** How often, in words: `twice`, `3 times`. */
function formatTimes(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`
}

/**
 * So many messages that match, the earliest ones; others may come between.
 * @throws UsageError for less than one
 * @example await rob.expect(repeatedly(rob.matcher('ping'), 3))
 */
export function repeatedly(matcher: Matcher, times: number): Expectation {
  const wanted = requireMatcher(matcher)
  if (!Number.isSafeInteger(times) || times < 1) {
    const advice = times === 0 ? 'write that it does not receive it' : 'write 1 or more'
    throw new UsageError(`A client cannot wait for a message ${describeValue(times)} times: ${advice}.`)
  }
  return {
    goal: `receive ${wanted.describe()} ${formatTimes(times)}`,
    matcher: wanted,
    start: () => collect(times, (message) => wanted.accepts(message)),
  }
}

/**
 * No more than so many messages that match are unread, or come; they stay unread.
 * @throws UsageError for less than none
 * @example await rob.expect(atMost(rob.matcher('ping'), 3), { within: '2 seconds' })
 */
export function atMost(matcher: Matcher, times: number): Expectation {
  const excess = requireMatcher(matcher)
  if (!Number.isSafeInteger(times) || times < 0) {
    throw new UsageError(`A client cannot receive a message ${describeValue(times)} times: write 0 or more.`)
  }
  const messages = `at most ${times} ${times === 1 ? 'message' : 'messages'}`
  const often = times === 0 ? 'never' : `at most ${formatTimes(times)}`
  const description = matcher === anyMessage ? messages : `${excess.describe()} ${often}`
  return noMoreThan(excess, times, { description, metByDisconnection: false })
}

/** None more of the messages that match is unread, or comes, after so many have been read. */
export function noneBeyond(matcher: Matcher, read: number): Expectation {
  const description = `${matcher.describe()} only ${formatTimes(read)}`
  return noMoreThan(matcher, 0, { description, metByDisconnection: true })
}

/** @param silence says what is received then, in words: `"ping" at most twice` */
function noMoreThan(matcher: Matcher, times: number, silence: NonNullable<Expectation['silence']>): Expectation {
  const goal = `receive ${silence.description}`
  return {
    goal,
    silence,
    seesAll: true,
    start() {
      let found = 0
      return {
        consider(message) {
          if (!isUnwanted(message, matcher) || ++found <= times) return undefined
          return { reason: `should ${goal}, but ${unwantedWords(message, matcher, 'is one more')}`, surplus: message }
        },
      }
    },
  }
}

/** How many messages show that they come regularly. */
const REGULAR = 3
/** By which part of the interval a message may come earlier or later. */
const TOLERANCE = 0.5

/**
 * Three messages that match and come from now on, each so long after the one before it, or up to half of that earlier or later.
 * @param every `1 second`, or a number of ms
 * @throws UsageError for less than a millisecond
 * @example await rob.expect(regularly(rob.matcher('ping'), '1 second'), { within: '4 seconds' })
 */
export function regularly(matcher: Matcher, every: string | number): Expectation {
  const wanted = requireMatcher(matcher)
  requireArgument('regularly', 'every', every, DURATION)
  const interval = parseDuration(every)
  if (!(interval >= 1)) {
    throw new UsageError(`Messages cannot come every ${formatDuration(interval)}: write 1 ms or more.`)
  }
  const goal = `receive ${wanted.describe()} every ${formatDuration(interval)}`
  return {
    goal,
    matcher: wanted,
    start(inbox) {
      const found: Message[] = []
      const known = inbox.messages.at(-1)?.number ?? 0
      return {
        consider(message) {
          if (!wanted.accepts(message) || message.number <= known) return undefined
          const before = found.at(-1)
          found.push(message)
          const gap = before === undefined ? interval : message.at - before.at
          if (Math.abs(gap - interval) > interval * TOLERANCE) {
            return {
              reason: `should ${goal}, but number ${message.number} came ${formatDuration(gap)} after the one before`,
            }
          }
          return found.length === REGULAR ? found : undefined
        },
        dependsOn: (message) => found.includes(message),
        missing: () => [`received ${found.length} of ${REGULAR}`],
      }
    },
  }
}

/** How long to wait for them, in ms. */
export function regularTimeout(interval: number, timeout: number): number {
  return Math.max(timeout, interval * (REGULAR + TOLERANCE))
}

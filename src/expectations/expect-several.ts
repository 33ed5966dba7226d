/** Expectations of several messages. */

import { describeValue } from '../arguments'
import { UsageError } from '../errors'
import { findInTime } from '../evaluation-limit'
import type { Expectation, Failed, Progress } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { requireMatcher, requireMatcherList } from './require-matchers'

/**
 * The earliest unread messages, this many.
 * @throws UsageError for less than one
 * @example await rob.expect(messageCount(3))
 */
export function messageCount(count: number): Expectation {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new UsageError(
      `A client cannot wait for ${describeValue(count)} messages: write 1 or more, or "receives nothing".`,
    )
  }
  return {
    goal: `receive ${count} message${count === 1 ? '' : 's'}`,
    start: () => collect(count, () => true),
  }
}

/** The wait for so many messages that are accepted. */
export function collect(count: number, accepts: (message: Message) => boolean): Progress {
  const found = new Set<Message>()
  return {
    consider: (message) => (accepts(message) && found.add(message).size === count ? [...found] : undefined),
    dependsOn: (message) => found.has(message),
    missing: () => [`received ${found.size} of ${count}`],
  }
}

/**
 * These messages in this order; others may come between.
 * @example await rob.expect(inOrder([rob.matcher('one'), rob.matcher('two')]))
 */
export function inOrder(matchers: readonly Matcher[]): Expectation {
  const rows = requireMatcherList(matchers)
  return {
    goal: 'receive these messages in this order',
    start: () => {
      const found: Message[] = []
      const others: Message[] = []
      return {
        consider(message) {
          const isNext = rows[found.length]?.accepts(message)
          ;(isNext ? found : others).push(message)
          return found.length === rows.length ? found : undefined
        },
        dependsOn: (message) => found.includes(message),
        missing: () => {
          const lines = checklist(rows, (index) => index < found.length)
          const early = findInTime(others.toReversed(), (message) => rows[found.length]?.accepts(message))
          if (early) lines[found.length] += `: number ${early.number} came too early`
          return lines
        },
      }
    },
  }
}

/**
 * These messages in any order, each row met by a message of its own; others may come between.
 * @example await rob.expect(inAnyOrder([rob.matcher('one'), rob.matcher('two')]))
 */
export function inAnyOrder(matchers: readonly Matcher[]): Expectation {
  const rows = requireMatcherList(matchers)
  return {
    goal: 'receive these messages in any order',
    start: () => {
      const { RowAssignment } = require('./row-assignment') as typeof import('./row-assignment')
      const assignment = new RowAssignment(rows)
      return {
        consider: (message) => (assignment.assign(message) ? assignment.messages : undefined),
        dependsOn: (message) => assignment.has(message),
        missing: () => checklist(rows, (index) => assignment.isMet(index)),
      }
    },
  }
}

/**
 * These messages one right after the other.
 * @example await rob.expect(consecutively([rob.matcher('one'), rob.matcher('two')]))
 */
export function consecutively(matchers: readonly Matcher[]): Expectation {
  const rows = requireMatcherList(matchers)
  return {
    goal: 'receive exactly these messages, and none between,',
    seesAll: true,
    start: () => {
      const recent: Message[] = []
      /** How many messages each run has that may still become all, the longest first. */
      let runs: readonly number[] = []
      let longest = 0
      let intruder: Message | undefined
      return {
        consider(message) {
          const [before = 0] = runs
          // What others read at once is one that came between.
          const isMine = (length: number) => message.isUnread && rows[length]?.accepts(message)
          runs = [...runs, 0].filter(isMine).map((length) => length + 1)
          const [length = 0] = runs
          recent.push(message)
          recent.splice(0, recent.length - length)
          if (before === longest && before > 0 && length <= before) intruder = message
          if (length > longest) intruder = undefined
          longest = Math.max(longest, length)
          return length === rows.length ? recent : undefined
        },
        dependsOn: (message) => recent.includes(message),
        missing: () => {
          const lines = checklist(rows, (index) => index < longest)
          if (intruder) lines[longest] += `: number ${intruder.number} came in its place`
          return lines
        },
      }
    },
  }
}

/**
 * All unread messages up to a closing one, which are exactly these.
 * @example await rob.expect(exactlyBefore([rob.matcher('one')], rob.matcher('done')))
 */
export function exactlyBefore(matchers: readonly Matcher[], closing: Matcher): Expectation {
  const rows = requireMatcherList(matchers, { mayBeEmpty: true })
  const last = requireMatcher(closing)
  return {
    goal: `receive ${last.describe()}`,
    matcher: last,
    seesAll: true,
    start: () => {
      const before: Message[] = []
      return {
        consider(message) {
          if (!message.isUnread || !last.accepts(message)) {
            before.push(message)
            return undefined
          }
          const isExact = before.length === rows.length && before.every((one, at) => rows[at]?.accepts(one))
          return isExact ? [...before, message] : firstDifference(rows, before, last)
        },
      }
    },
  }
}

function firstDifference(matchers: readonly Matcher[], before: readonly Message[], closing: Matcher): Failed {
  const wish = `should receive exactly these messages before ${closing.describe()}`
  const at = before.findIndex((message, index) => !matchers[index]?.accepts(message))
  const [message, matcher] = [before[at], matchers[at]]
  if (!message) return { reason: `${wish}, but ${matchers[before.length]?.describe()} is missing` }
  const found = matcher ? `is not ${matcher.describe()}` : 'is one too many'
  const reason = `${wish}, but number ${message.number} ${found}`
  return { reason, surplus: message, ...(matcher && { mismatch: { message, matcher } }) }
}

function checklist(matchers: readonly Matcher[], isMet: (index: number) => boolean): string[] {
  return matchers.map((matcher, index) => `${isMet(index) ? 'received' : 'missing '}  ${matcher.describe()}`)
}

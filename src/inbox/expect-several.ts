/** Expectations of several messages. */

import { UsageError } from '../errors'
import type { Matcher } from '../matching/matcher'
import type { Expectation, Failed } from './expectation'
import type { Message } from './message'
import { requireMatcherList, requireMatchers } from './require-matchers'

/**
 * The earliest unread messages, this many.
 * @throws UsageError for less than one
 * @example await rob.expect(messageCount(3))
 */
export function messageCount(count: number): Expectation {
  if (!(count >= 1)) {
    throw new UsageError(`A client cannot wait for ${count} messages: write 1 or more, or "receives nothing".`)
  }
  return {
    goal: `receive ${count} message${count === 1 ? '' : 's'}`,
    start: () => {
      const found = new Set<Message>()
      return {
        consider: (message) => (found.add(message).size === count ? [...found] : undefined),
        dependsOn: (message) => found.has(message),
        missing: () => [`received ${found.size} of ${count}`],
      }
    },
  }
}

/**
 * These messages in this order; others may come between.
 * @example await rob.expect(inOrder([rob.matcher('one'), rob.matcher('two')]))
 */
export function inOrder(matchers: readonly Matcher[]): Expectation {
  requireMatcherList(matchers)
  return {
    goal: 'receive these messages in this order',
    start: () => {
      const found: Message[] = []
      const others: Message[] = []
      return {
        consider(message) {
          const isNext = matchers[found.length]?.accepts(message)
          ;(isNext ? found : others).push(message)
          return found.length === matchers.length ? found : undefined
        },
        dependsOn: (message) => found.includes(message),
        missing: () => {
          const lines = checklist(matchers, (index) => index < found.length)
          const early = others.findLast((message) => matchers[found.length]?.accepts(message))
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
  requireMatcherList(matchers)
  return {
    goal: 'receive these messages in any order',
    start: () => {
      const assigned = new Map<number, Message>()
      return {
        consider(message) {
          assign(message, matchers, assigned)
          return assigned.size === matchers.length ? byArrival(assigned.values()) : undefined
        },
        dependsOn: (message) => [...assigned.values()].includes(message),
        missing: () => checklist(matchers, (index) => assigned.has(index)),
      }
    },
  }
}

/**
 * Finds a row for the message; a row that is taken is freed if its message fits another one
 * (augmenting paths in a bipartite graph), so that no order of arrival makes it fail.
 */
function assign(
  message: Message,
  matchers: readonly Matcher[],
  assigned: Map<number, Message>,
  tried = new Set<number>(),
): boolean {
  for (const [index, matcher] of matchers.entries()) {
    if (tried.has(index) || !matcher.accepts(message)) continue
    tried.add(index)
    const holder = assigned.get(index)
    if (holder === undefined || assign(holder, matchers, assigned, tried)) {
      assigned.set(index, message)
      return true
    }
  }
  return false
}

/**
 * These messages one right after the other.
 * @example await rob.expect(consecutively([rob.matcher('one'), rob.matcher('two')]))
 */
export function consecutively(matchers: readonly Matcher[]): Expectation {
  requireMatcherList(matchers)
  return {
    goal: 'receive exactly these messages, and none between,',
    start: () => {
      const latest: Message[] = []
      let longest = 0
      let intruder: Message | undefined
      const fits = () => latest.every((message, index) => matchers[index]?.accepts(message))
      return {
        consider(message) {
          const before = latest.length
          latest.push(message)
          if (before === longest && before > 0 && !fits()) intruder = message
          while (!fits()) latest.shift()
          if (latest.length > longest) intruder = undefined
          longest = Math.max(longest, latest.length)
          return latest.length === matchers.length ? [...latest] : undefined
        },
        dependsOn: (message) => latest.includes(message),
        missing: () => {
          const lines = checklist(matchers, (index) => index < longest)
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
  requireMatchers(...matchers, closing)
  return {
    goal: `receive ${closing.describe()}`,
    matcher: closing,
    start: () => {
      const before: Message[] = []
      return {
        consider(message) {
          if (!closing.accepts(message)) {
            before.push(message)
            return undefined
          }
          const isExact = before.length === matchers.length && before.every((one, at) => matchers[at]?.accepts(one))
          return isExact ? [...before, message] : firstDifference(matchers, before, closing)
        },
        dependsOn: (message) => before.includes(message),
      }
    },
  }
}

function firstDifference(matchers: readonly Matcher[], before: readonly Message[], closing: Matcher): Failed {
  const wish = `should receive exactly these messages before ${closing.describe()}`
  const at = before.findIndex((message, index) => !matchers[index]?.accepts(message))
  const [message, matcher] = [before[at], matchers[at]]
  if (message && matcher) {
    return {
      reason: `${wish}, but number ${message.number} is not ${matcher.describe()}`,
      mismatch: { message, matcher },
    }
  }
  return {
    reason: message
      ? `${wish}, but number ${message.number} is one too many`
      : `${wish}, but ${matchers[before.length]?.describe()} is missing`,
  }
}

function checklist(matchers: readonly Matcher[], isMet: (index: number) => boolean): string[] {
  return matchers.map((matcher, index) => `${isMet(index) ? 'received' : 'missing '}  ${matcher.describe()}`)
}

function byArrival(messages: Iterable<Message>): Message[] {
  return [...messages].sort((a, b) => a.number - b.number)
}

/** Expectations of one message. */

import { FLAG, requireOptions } from '../arguments'
import type { Expectation, Progress, Verdict } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import { anyMessage, type Matcher } from '../matching/matcher'
import { requireMatcher } from './require-matchers'
import { anyOf, isUnwanted, unwantedWords } from './unwanted'

/**
 * Which unwanted messages an expectation allows.
 * @example await rob.expect(messageWithout(rob.matcher('Bye'), anyMessage, { newOnly: true }))
 */
export interface NewOnly {
  /** Whether messages are allowed that came before the client's last reading. Default `false`. */
  readonly newOnly?: boolean
}

/**
 * The earliest unread message that matches.
 * @example await rob.expect(message(rob.matcher('Hello')))
 */
export function message(matcher: Matcher): Expectation {
  return new OneMessage(requireMatcher(matcher))
}

/** A class, since its goal is described only if it is not met: most are. */
class OneMessage implements Expectation, Progress {
  constructor(readonly matcher: Matcher) {}

  get goal(): string {
    return `receive ${this.matcher.describe()}`
  }

  start(): Progress {
    return this
  }

  consider(received: Message): Verdict {
    return this.matcher.accepts(received) ? [received] : undefined
  }
}

/**
 * The earliest unread message that one of two matchers accepts.
 * @example await rob.expect(eitherMessage(rob.matcher('Yes'), rob.matcher('No')))
 */
export function eitherMessage(one: Matcher, other: Matcher): Expectation {
  const either = [requireMatcher(one), requireMatcher(other)]
  const matcher = anyOf(either)
  return {
    goal: `receive ${either.map((wanted) => wanted.describe()).join(' or ')}`,
    matcher,
    start: () => ({ consider: (received) => (matcher.accepts(received) ? [received] : undefined) }),
  }
}

/**
 * The earliest unread message, which must match.
 * @example await rob.expect(nextMessage(rob.matcher('Hello')))
 */
export function nextMessage(matcher: Matcher): Expectation {
  const wanted = requireMatcher(matcher)
  const goal = `receive ${wanted.describe()} as the next message`
  return {
    goal,
    matcher: wanted,
    start: () => ({
      consider: (received) =>
        wanted.accepts(received)
          ? [received]
          : {
              reason: `should ${goal}, but number ${received.number} is the next`,
              mismatch: { message: received, matcher: wanted },
              surplus: received,
            },
    }),
  }
}

/**
 * A message, before which no unwanted one is unread, and which is not one itself; with `anyMessage` as unwanted, the first one.
 * @example await rob.expect(messageWithout(rob.matcher('Bye'), rob.matcher('Hello')))
 */
export function messageWithout(matcher: Matcher, unwanted: Matcher, options: NewOnly = {}): Expectation {
  const [wanted, excluded] = [requireMatcher(matcher), requireMatcher(unwanted)]
  requireOptions('messageWithout', options, { newOnly: FLAG })
  const { newOnly = false } = options
  const wish = newOnly ? `nothing before ${wanted.describe()}` : `${wanted.describe()} without ${excluded.describe()}`
  return {
    goal: `receive ${wanted.describe()}`,
    matcher: wanted,
    seesAll: true,
    start({ latestKnown }) {
      return {
        consider(received) {
          if (newOnly && received.number <= latestKnown) return undefined
          const isWanted = received.isUnread && wanted.accepts(received)
          if (isWanted && unwanted === anyMessage) return [received]
          if (!isUnwanted(received, excluded)) return isWanted ? [received] : undefined
          const found = isWanted ? 'is both' : 'came first'
          return {
            reason: `should receive ${wish}, but ${unwantedWords(received, excluded, found)}`,
            surplus: received,
          }
        },
      }
    },
  }
}

/**
 * Everything up to and including the message that matches.
 * @example await rob.expect(everythingUpTo(rob.matcher('done')))
 */
export function everythingUpTo(matcher: Matcher): Expectation {
  const wanted = requireMatcher(matcher)
  return {
    goal: `receive ${wanted.describe()}`,
    matcher: wanted,
    start: (inbox) => ({
      consider: (received) =>
        wanted.accepts(received) ? inbox.unread.filter(({ number }) => number <= received.number) : undefined,
    }),
  }
}

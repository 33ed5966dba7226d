/** Expectations of a message beside another one: before it, after it, right after it, or as the last of all. */

import { findInTime } from '../evaluation-limit'
import type { Expectation, Failed } from '../inbox/expectation'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { messageExcerpt } from '../text/excerpt'
import { requireMatcher } from './require-matchers'
import { isUnwanted, unwantedWords } from './unwanted'

/**
 * A message, and then another one; none like the other one may be unread before it.
 * @example await rob.expect(messageBefore(rob.matcher('Ready'), rob.matcher('Go')))
 */
export function messageBefore(matcher: Matcher, following: Matcher): Expectation {
  const [wanted, next] = [requireMatcher(matcher), requireMatcher(following)]
  const goal = `receive ${wanted.describe()} before ${next.describe()}`
  return {
    goal,
    matcher: wanted,
    seesAll: true,
    start() {
      let first: Message | undefined
      return {
        consider(received) {
          if (first) return received.isUnread && next.accepts(received) ? [first, received] : undefined
          if (received.isUnread && wanted.accepts(received)) first = received
          else if (isUnwanted(received, next)) {
            return { reason: `should ${goal}, but ${unwantedWords(received, next, 'came first')}`, surplus: received }
          }
          return undefined
        },
        dependsOn: (message) => message === first,
        missing: () => missing(first, next, wanted),
      }
    },
  }
}

/**
 * A message before which another one has come, whether that was read or not; earlier ones are passed over.
 * @example await rob.expect(messageAfter(rob.matcher('Go'), rob.matcher('Ready')))
 */
export function messageAfter(matcher: Matcher, preceding: Matcher): Expectation {
  const [wanted, earlier] = [requireMatcher(matcher), requireMatcher(preceding)]
  const goal = `receive ${wanted.describe()} after ${earlier.describe()}`
  return {
    goal,
    matcher: wanted,
    start: (inbox) => ({
      consider(received) {
        if (!wanted.accepts(received)) return undefined
        const before = inbox.messages.find((message) => message.number < received.number && earlier.accepts(message))
        if (!before) return undefined
        return before.isUnread ? [before, received] : [received]
      },
      missing: () =>
        missing(
          findInTime(inbox.messages, (message) => earlier.accepts(message)),
          wanted,
          earlier,
        ),
    }),
  }
}

/**
 * The message that comes right after another one, whether that was read or not. Of several that were read it is the last one
 * after which no sentence has read on; without one, the first that is unread.
 * @example await rob.expect(nextAfter(rob.matcher('Go'), rob.matcher('Ready')))
 */
export function nextAfter(matcher: Matcher, preceding: Matcher): Expectation {
  const [wanted, earlier] = [requireMatcher(matcher), requireMatcher(preceding)]
  const goal = `receive ${wanted.describe()} as the next message after ${earlier.describe()}`
  return {
    goal,
    matcher: wanted,
    start({ lastRead, messages }) {
      const mayGoOn = (read: Message, at: number) => read === lastRead || messages[at + 1]?.isUnread !== false
      let before = messages.findLast(
        (message, at) => !message.isUnread && mayGoOn(message, at) && earlier.accepts(message),
      )
      return {
        consider(received) {
          if (!before) {
            if (earlier.accepts(received)) before = received
            return undefined
          }
          if (received.number < before.number) return undefined
          // What came between may have been read.
          const next = messages[messages.lastIndexOf(before) + 1] as Message
          if (next !== received || !wanted.accepts(received)) return mismatch(goal, next, wanted)
          return before.isUnread ? [before, received] : [received]
        },
        dependsOn: (message) => message === before,
        missing: () => missing(before, wanted, earlier),
      }
    },
  }
}

/** What of two messages is missing, the first of which may have come. */
function missing(first: Message | undefined, second: Matcher, awaited: Matcher): readonly string[] {
  if (!first) return [`missing ${awaited.describe()}`]
  return [`received ${awaited.describe()} as number ${first.number}, then missing ${second.describe()}`]
}

function mismatch(goal: string, message: Message, matcher: Matcher): Failed {
  const { number } = message
  if (matcher.accepts(message)) return { reason: `should ${goal}, but a sentence had read number ${number} before` }
  return { reason: `should ${goal}, but number ${number} is the next`, mismatch: { message, matcher } }
}

/**
 * The message that came last of all; others before it stay unread.
 * @example await rob.expect(lastMessage(rob.matcher('Bye')))
 */
export function lastMessage(matcher: Matcher): Expectation {
  const wanted = requireMatcher(matcher)
  return {
    goal: `receive ${wanted.describe()} as the last message`,
    matcher: wanted,
    start: (inbox) => ({
      consider: (received) => (received === inbox.messages.at(-1) && wanted.accepts(received) ? [received] : undefined),
      missing: () =>
        inbox.messages
          .slice(-1)
          .map(
            ({ number, text }) =>
              `the last is number ${number}${text === undefined ? '' : `: ${messageExcerpt(text)}`}`,
          ),
    }),
  }
}

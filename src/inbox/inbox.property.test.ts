/** Any sequence of messages and waits: each message is read at most once, every wait ends, and nothing is lost. */

import { expect } from 'chai'
import fc from 'fast-check'
import { message, nextMessage } from '../expectations/expect-one'
import { inAnyOrder, inOrder, messageCount } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { Inbox } from './inbox'
import { Message } from './message'

/** In ms. */
const BRIEF = 1

const word = fc.constantFrom('a', 'b', 'c')
const words = fc.array(word, { minLength: 1, maxLength: 3 })
const matchers = (texts: readonly string[]) => texts.map((text) => phraseEqualTo(text))

const expectation = fc.oneof(
  word.map((text) => message(phraseEqualTo(text))),
  word.map((text) => nextMessage(phraseEqualTo(text))),
  word.map((text) => silence(phraseEqualTo(text))),
  words.map((texts) => inOrder(matchers(texts))),
  words.map((texts) => inAnyOrder(matchers(texts))),
  fc.integer({ min: 1, max: 3 }).map((count) => messageCount(count)),
)

const happening = fc.oneof(
  { weight: 3, arbitrary: word.map((text) => ({ is: 'arrives' as const, text })) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('waits' as const),
      for: expectation,
      within: fc.constantFrom(BRIEF, 60_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'catches up' as const }) },
  { weight: 1, arbitrary: fc.constant({ is: 'time passes' as const }) },
)

describe('Inbox, in any order of events', () => {
  it('gives each message to one wait at most, ends every wait, and loses nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
        const inbox = new Inbox()
        const waits: Promise<readonly Message[]>[] = []
        const brief: Promise<readonly Message[]>[] = []
        const caughtUp: Message[] = []
        for (const what of happenings) {
          if (what.is === 'arrives') inbox.receive(new Message(inbox.nextNumber, 0, what.text))
          else if (what.is === 'catches up') {
            caughtUp.push(...inbox.unread)
            inbox.markRead()
          } else if (what.is === 'time passes') await Promise.allSettled(brief)
          else {
            const wait = inbox.expect(what.for, {
              timeout: what.within,
              isDisconnected: false,
              failure: (end) => {
                const { matcher } = what.for
                if (typeof end === 'string' && matcher) {
                  expect([...inbox.unread].filter((message) => matcher.accepts(message))).to.deep.equal([])
                }
                return new Error(String(end))
              },
            })
            wait.catch(() => {})
            waits.push(wait)
            if (what.within === BRIEF) brief.push(wait)
          }
        }
        inbox.disconnected()
        const read = (await Promise.allSettled(waits)).flatMap((wait) =>
          wait.status === 'fulfilled' ? wait.value : [],
        )
        const failures = (await Promise.allSettled(waits)).flatMap((wait) =>
          wait.status === 'rejected' ? wait.reason : [],
        )
        expect(failures.filter(({ name }: Error) => name === 'AssertionError')).to.deep.equal([])
        expect(new Set(read).size).to.equal(read.length)
        expect(read.filter((message) => message.isUnread || caughtUp.includes(message))).to.deep.equal([])
        const all = new Set([...read, ...caughtUp, ...inbox.unread])
        expect(inbox.messages.filter((message) => !all.has(message))).to.deep.equal([])
        expect(inbox.pendingGoals).to.deep.equal([])
      }),
      { numRuns: 300 },
    ))
})

/** Whatever is expected, a message that is ignored counts as one that never came, also if it came before it was ignored. */

import { expect } from 'chai'
import fc from 'fast-check'
import { arrive, considerIn } from '../../test/support/expectations'
import { Inbox } from '../inbox/inbox'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { atMost, noneBeyond, repeatedly } from './expect-count'
import { everythingUpTo, message, messageWithout, nextMessage } from './expect-one'
import { lastMessage, messageAfter, messageBefore, nextAfter } from './expect-order'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from './expect-several'
import { silence } from './expect-silence'

const [a, b, tick] = ['a', 'b', 'tick'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher, Matcher]
type Matcher = ReturnType<typeof phraseEqualTo>

const expectations = [
  message(a),
  nextMessage(a),
  everythingUpTo(b),
  messageWithout(a, b),
  messageBefore(a, b),
  messageAfter(a, b),
  nextAfter(a, b),
  lastMessage(a),
  inOrder([a, b]),
  inAnyOrder([b, a]),
  consecutively([a, b]),
  exactlyBefore([a], b),
  messageCount(2),
  repeatedly(a, 2),
  atMost(a, 1),
  noneBeyond(a, 1),
  silence(b),
]

describe('Ignored messages', () => {
  for (const expectation of expectations) {
    it(`do not count, whenever they were ignored: ${expectation.goal}`, () =>
      fc.assert(
        fc.property(fc.array(fc.constantFrom('a', 'b', 'tick')), fc.nat({ max: 3 }), (texts, countRead) => {
          const result = (ignoredAfter: number) => {
            const inbox = new Inbox()
            arrive(inbox, texts.slice(0, ignoredAfter))
            inbox.ignore(tick)
            arrive(inbox, texts.slice(ignoredAfter))
            inbox.markRead(inbox.unread.slice(0, countRead))
            const positions = new Map(inbox.messages.map(({ number }, at) => [number, at + 1]))
            // Numbers are those of the order of arrival: positions are the same whenever a message was ignored.
            const { met, mismatch, ...rest } = considerIn(inbox, expectation)
            return {
              ...{ met: met?.map((number) => positions.get(number)), mismatch: positions.get(mismatch ?? 0) },
              rest: JSON.stringify(rest).replace(/number \d+/g, 'a number'),
            }
          }
          for (let count = 1; count <= texts.length; count++) expect(result(count)).to.deep.equal(result(0))
        }),
      ))
  }
})

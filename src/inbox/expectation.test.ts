import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { UsageError } from '../errors'
import { jsonContaining } from '../matching/json-matcher'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseContaining, phraseEqualTo } from '../matching/phrase-matcher'
import { everythingUpTo, message, messageWithout, nextMessage } from './expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from './expect-several'
import { silence } from './expect-silence'
import type { Expectation } from './expectation'
import { Inbox } from './inbox'
import { Message } from './message'

const [a, b, c] = ['a', 'b', 'c'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher, Matcher]

describe('an expectation', () => {
  describe('of one message', () => {
    it('is met by the first that matches', () => {
      expect(outcome(message(a), 'x', 'a', 'a')).to.deep.equal({ met: [2] })
    })

    it('says what was to be received', () => {
      expect(message(a).goal).to.equal('receive "a"')
      expect(message(anyMessage).goal).to.equal('receive any message')
    })
  })

  describe('of the next message', () => {
    it('is met by the first message alone', () => {
      expect(outcome(nextMessage(a), 'a', 'b')).to.deep.equal({ met: [1] })
    })

    it('cannot be met if that one differs', () => {
      expect(outcome(nextMessage(a), 'b', 'a')).to.deep.equal({
        reason: 'should receive "a" as the next message, but number 1 is the next',
        mismatch: 1,
      })
    })

    it('says what was to be received', () => {
      expect(nextMessage(a).goal).to.equal('receive "a" as the next message')
    })
  })

  describe('of a number of messages', () => {
    it('is met by the earliest, whatever they say', () => {
      expect(outcome(messageCount(2), 'a', '', 'c')).to.deep.equal({ met: [1, 2] })
    })

    it('of none, and of a list without rows, is a mistake', () => {
      expect(() => messageCount(0)).to.throw(UsageError)
      for (const make of [inOrder, inAnyOrder, consecutively]) {
        expect(() => make([])).to.throw(UsageError, 'No message is listed: write one in each row of the table.')
      }
    })

    it('tells how many came', () => {
      expect(outcome(messageCount(3), 'a', 'b')).to.deep.equal({ missing: ['received 2 of 3'] })
    })

    it('says what was to be received', () => {
      expect([messageCount(1).goal, messageCount(2).goal]).to.deep.equal(['receive 1 message', 'receive 2 messages'])
    })
  })

  describe('of messages in order', () => {
    it('is met by them, with others between', () => {
      expect(outcome(inOrder([a, b]), 'x', 'a', 'x', 'b')).to.deep.equal({ met: [2, 4] })
    })

    it('is met by two of the same', () => {
      expect(outcome(inOrder([a, a]), 'a', 'b', 'a')).to.deep.equal({ met: [1, 3] })
    })

    it('is not met by another order', () => {
      expect(outcome(inOrder([a, b]), 'b', 'a')).to.deep.equal({
        missing: ['received  "a"', 'missing   "b": number 1 came too early'],
      })
    })

    it('says what was to be received', () => {
      expect(inOrder([a, b]).goal).to.equal('receive these messages in this order')
    })
  })

  describe('of messages in any order', () => {
    it('is met in whatever order they come, with others between', () => {
      expect(outcome(inAnyOrder([a, b]), 'b', 'x', 'a')).to.deep.equal({ met: [1, 3] })
    })

    it('wants a message for each row', () => {
      expect(outcome(inAnyOrder([a, a]), 'a', 'b')).to.deep.equal({ missing: ['received  "a"', 'missing   "a"'] })
      expect(outcome(inAnyOrder([a, a]), 'a', 'b', 'a')).to.deep.equal({ met: [1, 3] })
    })

    it('finds each row a message, though the first one fits both rows and the second one only its row', () => {
      const [wide, narrow] = [phraseContaining('colour'), phraseEqualTo('colour: red')]
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
      expect(outcome(inAnyOrder([narrow, wide]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: red')).to.deep.equal({ met: [1, 2] })
    })

    it('frees a row over several others, whatever the order of arrival', () => {
      const rows = [jsonContaining({}), jsonContaining({ one: 1 }), jsonContaining({ one: 1, two: 2 })]
      const poor = '{}'
      const richer = '{"one":1}'
      const richest = '{"one":1,"two":2}'
      for (const order of permutations([poor, richer, richest])) {
        for (const table of permutations(rows)) {
          expect(outcome(inAnyOrder(table), ...order)).to.deep.equal({ met: [1, 2, 3] })
        }
      }
    })

    it('tells which rows have no message', () => {
      const [wide, narrow] = [phraseContaining('colour'), phraseEqualTo('colour: red')]
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: green')).to.deep.equal({
        missing: ['received  a message containing "colour"', 'missing   "colour: red"'],
      })
    })

    it('says what was to be received', () => {
      expect(inAnyOrder([a]).goal).to.equal('receive these messages in any order')
    })
  })

  describe('of messages in one run', () => {
    it('is met by them if none comes between', () => {
      expect(outcome(consecutively([a, b]), 'x', 'a', 'b')).to.deep.equal({ met: [2, 3] })
    })

    it('is not met if one comes between, yet by a later run', () => {
      expect(outcome(consecutively([a, b]), 'a', 'x', 'b')).to.deep.equal({
        missing: ['received  "a"', 'missing   "b": number 2 came in its place'],
      })
      expect(outcome(consecutively([a, b]), 'x')).to.deep.equal({ missing: ['missing   "a"', 'missing   "b"'] })
      expect(outcome(consecutively([a, b]), 'a', 'x', 'b', 'a', 'b')).to.deep.equal({ met: [4, 5] })
    })

    it('finds a run that begins within another one', () => {
      expect(outcome(consecutively([a, a, b]), 'a', 'a', 'a', 'b')).to.deep.equal({ met: [2, 3, 4] })
      expect(outcome(consecutively([a, b, a, c]), 'a', 'b', 'a', 'b', 'a', 'c')).to.deep.equal({ met: [3, 4, 5, 6] })
    })

    it('tells how far the longest run came', () => {
      for (const later of [[], ['a', 'y'], ['a', 'b']]) {
        expect(outcome(consecutively([a, b, c]), 'a', 'b', 'x', ...later)).to.deep.equal({
          missing: ['received  "a"', 'received  "b"', 'missing   "c": number 3 came in its place'],
        })
      }
      expect(outcome(consecutively([a, b, c]), 'a', 'x', 'a', 'b')).to.deep.equal({
        missing: ['received  "a"', 'received  "b"', 'missing   "c"'],
      })
    })

    it('says what was to be received', () => {
      expect(consecutively([a]).goal).to.equal('receive exactly these messages, and none between,')
    })
  })

  describe('of all messages up to a closing one', () => {
    it('is met by exactly these, and reads the closing one too', () => {
      expect(outcome(exactlyBefore([a, b], c), 'a', 'b', 'c')).to.deep.equal({ met: [1, 2, 3] })
    })

    it('may be of none', () => {
      expect(outcome(exactlyBefore([], c), 'c')).to.deep.equal({ met: [1] })
    })

    it('waits for the closing one', () => {
      expect(outcome(exactlyBefore([a], c), 'a', 'b')).to.deep.equal({})
      expect(exactlyBefore([a], c).goal).to.equal('receive "c"')
    })

    it('cannot be met if one of them differs', () => {
      expect(outcome(exactlyBefore([a, b], c), 'a', 'x', 'c')).to.deep.equal({
        reason: 'should receive exactly these messages before "c", but number 2 is not "b"',
        mismatch: 2,
      })
    })

    it('cannot be met if one of them is missing', () => {
      expect(outcome(exactlyBefore([a, b], c), 'a', 'c')).to.deep.equal({
        reason: 'should receive exactly these messages before "c", but "b" is missing',
      })
    })

    it('cannot be met if one is too many', () => {
      expect(outcome(exactlyBefore([a], c), 'a', 'x', 'c')).to.deep.equal({
        reason: 'should receive exactly these messages before "c", but number 2 is one too many',
      })
    })
  })

  describe('of a message without another one', () => {
    it('is met if the unwanted one does not come first', () => {
      expect(outcome(messageWithout(a, b), 'x', 'a', 'b')).to.deep.equal({ met: [2] })
    })

    it('cannot be met any more once it came', () => {
      expect(outcome(messageWithout(a, b), 'x', 'b', 'a')).to.deep.equal({
        reason: 'should receive "a" without "b", but number 2 came first',
      })
    })

    it('is met by a message that is both', () => {
      expect(outcome(messageWithout(a, anyMessage), 'a')).to.deep.equal({ met: [1] })
    })

    it('says what was to be received', () => {
      expect(messageWithout(a, b).goal).to.equal('receive "a"')
    })

    it('minds old ones too', async () => {
      expect(await afterReading('new', messageWithout(a, b), 'b', 'new', 'a')).to.deep.equal({
        reason: 'should receive "a" without "b", but number 1 came first',
      })
    })

    it('forgives what is no news, if told so', async () => {
      expect(
        await afterReading('new', messageWithout(a, anyMessage, { newOnly: true }), 'b', 'new', 'a'),
      ).to.deep.equal({
        met: [3],
      })
      expect(
        await afterReading('new', messageWithout(a, anyMessage, { newOnly: true }), 'b', 'new', 'x', 'a'),
      ).to.deep.equal({
        reason: 'should receive nothing before "a", but number 3 came first',
      })
    })
  })

  describe('of silence', () => {
    it('is met by time alone', () => {
      expect(silence(anyMessage).silence).to.deep.equal({ description: 'nothing else', metByDisconnection: false })
      expect(outcome(silence(anyMessage))).to.deep.equal({})
    })

    it('is met by the end of the connection too, if told so', async () => {
      const inbox = new Inbox()
      const wait = { timeout: 5000, failure: () => new Error() }
      const silent = silence(a, { metByDisconnection: true })
      expect(await inbox.expect(silent, { ...wait, isDisconnected: true })).to.deep.equal([])
      const waiting = inbox.expect(silent, { ...wait, isDisconnected: false })
      inbox.disconnected()
      expect(await waiting).to.deep.equal([])
      come(inbox, ['a'])
      expect(await failureOf(() => inbox.expect(silent, { ...wait, isDisconnected: false }))).to.be.an('error')
    })

    it('minds no other messages', () => {
      expect(outcome(silence(a), 'x', 'y')).to.deep.equal({})
    })

    it('is broken by the unwanted one', () => {
      expect(outcome(silence(a), 'x', 'a')).to.deep.equal({ reason: 'should not receive "a", but number 2 came' })
    })

    it('is broken by anything if nothing else is wanted, also by what is old', async () => {
      expect(await afterReading('new', silence(anyMessage), 'old', 'new')).to.deep.equal({
        reason: 'should receive nothing else, but number 1 came',
      })
    })

    it('forgives what is no news, if told so', async () => {
      expect(await afterReading('new', silence(anyMessage, { newOnly: true }), 'old', 'new')).to.deep.equal({})
      expect(await afterReading('new', silence(anyMessage, { newOnly: true }), 'old', 'new', 'newer')).to.deep.equal({
        reason: 'should receive nothing, but number 3 came',
      })
    })
  })

  describe('of everything up to a message', () => {
    it('is met by that message, and reads what came before it', () => {
      expect(outcome(everythingUpTo(c), 'a', 'b', 'c', 'd')).to.deep.equal({ met: [1, 2, 3] })
    })

    it('waits for it', () => {
      expect(outcome(everythingUpTo(c), 'a', 'b')).to.deep.equal({})
      expect(everythingUpTo(c).goal).to.equal('receive "c"')
    })
  })
})

describe('an expectation that is given a message instead of a matcher', () => {
  const text = 'Hello' as never
  for (const [name, make] of Object.entries({
    one: () => message(text),
    next: () => nextMessage(text),
    inOrder: () => inOrder([a, text]),
    inAnyOrder: () => inAnyOrder([text]),
    inOneRun: () => consecutively([text]),
    inFullBefore: () => exactlyBefore([text], a),
    'the end of inFullBefore': () => exactlyBefore([a], text),
    oneWithout: () => messageWithout(a, text),
    silence: () => silence(text),
    everythingUpTo: () => everythingUpTo(text),
  })) {
    it(`says so: ${name}`, () => {
      expect(make).to.throw(
        UsageError,
        'An expectation is made of matchers, not of "Hello": write client.matcher("Hello").',
      )
    })
  }

  it('says so, too, if it is given nothing', () => {
    expect(() => silence(undefined as never)).to.throw(UsageError, 'not of undefined')
  })
})

interface Outcome {
  met?: number[]
  reason?: string
  /** The number of the message that was not as it should be. */
  mismatch?: number
  missing?: readonly string[]
}

function outcome(expectation: Expectation, ...texts: string[]): Outcome {
  const inbox = new Inbox()
  come(inbox, texts)
  return outcomeIn(inbox, expectation)
}

/** What the expectation makes of the messages after one of them was read. */
async function afterReading(read: string, expectation: Expectation, ...texts: string[]): Promise<Outcome> {
  const inbox = new Inbox()
  come(inbox, texts)
  await inbox.expect(message(phraseEqualTo(read)), { timeout: 5000, isDisconnected: true, failure: () => new Error() })
  return outcomeIn(inbox, expectation)
}

function come(inbox: Inbox, texts: string[]): void {
  for (const text of texts) inbox.receive(new Message(inbox.nextNumber, 0, text))
}

function outcomeIn(inbox: Inbox, expectation: Expectation): Outcome {
  const progress = expectation.start(inbox)
  for (const message of inbox.unread) {
    const verdict = progress.consider(message)
    if (verdict === undefined) continue
    if (!('reason' in verdict)) return { met: verdict.map(({ number }) => number) }
    return { reason: verdict.reason, ...(verdict.mismatch && { mismatch: verdict.mismatch.message.number }) }
  }
  const missing = progress.missing?.()
  return missing ? { missing } : {}
}

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((value, index) => permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]))
}

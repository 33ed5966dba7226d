import { expect } from 'chai'
import { failureOf } from '../../test/failing'
import { Mistake } from '../matching/errors'
import { containing } from '../matching/json'
import { anyMessage, type Matcher } from '../matching/matcher'
import { saying, sayingPart } from '../matching/phrase'
import {
  type Expectation,
  everythingUpTo,
  inAnyOrder,
  inFullBefore,
  inOneRun,
  inOrder,
  messages,
  next,
  one,
  oneWithout,
  silence,
} from './expectation'
import { Inbox } from './inbox'
import { Message } from './message'

const [a, b, c] = ['a', 'b', 'c'].map((text) => saying(text)) as [Matcher, Matcher, Matcher]

describe('an expectation', () => {
  describe('of one message', () => {
    it('is met by the first that matches', () => {
      expect(outcome(one(a), 'x', 'a', 'a')).to.deep.equal({ met: [2] })
    })

    it('says what was to be received', () => {
      expect(one(a).aim).to.equal('receive "a"')
      expect(one(anyMessage).aim).to.equal('receive any message')
    })
  })

  describe('of the next message', () => {
    it('is met by the first message alone', () => {
      expect(outcome(next(a), 'a', 'b')).to.deep.equal({ met: [1] })
    })

    it('cannot be met if that one differs', () => {
      expect(outcome(next(a), 'b', 'a')).to.deep.equal({
        impossible: 'should receive "a" as the next message, but number 1 is the next',
        blames: 1,
      })
    })

    it('says what was to be received', () => {
      expect(next(a).aim).to.equal('receive "a" as the next message')
    })
  })

  describe('of a number of messages', () => {
    it('is met by the earliest, whatever they say', () => {
      expect(outcome(messages(2), 'a', '', 'c')).to.deep.equal({ met: [1, 2] })
    })

    it('of none, and of a list without rows, is a mistake', () => {
      expect(() => messages(0)).to.throw(Mistake)
      for (const make of [inOrder, inAnyOrder, inOneRun]) {
        expect(() => make([])).to.throw(Mistake, 'No message is listed: write one in each row of the table.')
      }
    })

    it('tells how many came', () => {
      expect(outcome(messages(3), 'a', 'b')).to.deep.equal({ missing: ['received 2 of 3'] })
    })

    it('says what was to be received', () => {
      expect([messages(1).aim, messages(2).aim]).to.deep.equal(['receive 1 message', 'receive 2 messages'])
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
      expect(inOrder([a, b]).aim).to.equal('receive these messages in this order')
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
      const [wide, narrow] = [sayingPart('colour'), saying('colour: red')]
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
      expect(outcome(inAnyOrder([narrow, wide]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: red')).to.deep.equal({ met: [1, 2] })
    })

    it('frees a row over several others, whatever the order of arrival', () => {
      const rows = [containing({}), containing({ one: 1 }), containing({ one: 1, two: 2 })]
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
      const [wide, narrow] = [sayingPart('colour'), saying('colour: red')]
      expect(outcome(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: green')).to.deep.equal({
        missing: ['received  a message containing "colour"', 'missing   "colour: red"'],
      })
    })

    it('says what was to be received', () => {
      expect(inAnyOrder([a]).aim).to.equal('receive these messages in any order')
    })
  })

  describe('of messages in one run', () => {
    it('is met by them if none comes between', () => {
      expect(outcome(inOneRun([a, b]), 'x', 'a', 'b')).to.deep.equal({ met: [2, 3] })
    })

    it('is not met if one comes between, yet by a later run', () => {
      expect(outcome(inOneRun([a, b]), 'a', 'x', 'b')).to.deep.equal({
        missing: ['received  "a"', 'missing   "b": number 2 came in its place'],
      })
      expect(outcome(inOneRun([a, b]), 'x')).to.deep.equal({ missing: ['missing   "a"', 'missing   "b"'] })
      expect(outcome(inOneRun([a, b]), 'a', 'x', 'b', 'a', 'b')).to.deep.equal({ met: [4, 5] })
    })

    it('finds a run that begins within another one', () => {
      expect(outcome(inOneRun([a, a, b]), 'a', 'a', 'a', 'b')).to.deep.equal({ met: [2, 3, 4] })
      expect(outcome(inOneRun([a, b, a, c]), 'a', 'b', 'a', 'b', 'a', 'c')).to.deep.equal({ met: [3, 4, 5, 6] })
    })

    it('tells how far the longest run came', () => {
      for (const later of [[], ['a', 'y'], ['a', 'b']]) {
        expect(outcome(inOneRun([a, b, c]), 'a', 'b', 'x', ...later)).to.deep.equal({
          missing: ['received  "a"', 'received  "b"', 'missing   "c": number 3 came in its place'],
        })
      }
      expect(outcome(inOneRun([a, b, c]), 'a', 'x', 'a', 'b')).to.deep.equal({
        missing: ['received  "a"', 'received  "b"', 'missing   "c"'],
      })
    })

    it('says what was to be received', () => {
      expect(inOneRun([a]).aim).to.equal('receive exactly these messages, and none between,')
    })
  })

  describe('of all messages up to a closing one', () => {
    it('is met by exactly these, and reads the closing one too', () => {
      expect(outcome(inFullBefore([a, b], c), 'a', 'b', 'c')).to.deep.equal({ met: [1, 2, 3] })
    })

    it('may be of none', () => {
      expect(outcome(inFullBefore([], c), 'c')).to.deep.equal({ met: [1] })
    })

    it('waits for the closing one', () => {
      expect(outcome(inFullBefore([a], c), 'a', 'b')).to.deep.equal({})
      expect(inFullBefore([a], c).aim).to.equal('receive "c"')
    })

    it('cannot be met if one of them differs', () => {
      expect(outcome(inFullBefore([a, b], c), 'a', 'x', 'c')).to.deep.equal({
        impossible: 'should receive exactly these messages before "c", but number 2 is not "b"',
        blames: 2,
      })
    })

    it('cannot be met if one of them is missing', () => {
      expect(outcome(inFullBefore([a, b], c), 'a', 'c')).to.deep.equal({
        impossible: 'should receive exactly these messages before "c", but "b" is missing',
      })
    })

    it('cannot be met if one is too many', () => {
      expect(outcome(inFullBefore([a], c), 'a', 'x', 'c')).to.deep.equal({
        impossible: 'should receive exactly these messages before "c", but number 2 is one too many',
      })
    })
  })

  describe('of a message without another one', () => {
    it('is met if the unwanted one does not come first', () => {
      expect(outcome(oneWithout(a, b), 'x', 'a', 'b')).to.deep.equal({ met: [2] })
    })

    it('cannot be met any more once it came', () => {
      expect(outcome(oneWithout(a, b), 'x', 'b', 'a')).to.deep.equal({
        impossible: 'should receive "a" without "b", but number 2 came first',
      })
    })

    it('is met by a message that is both', () => {
      expect(outcome(oneWithout(a, anyMessage), 'a')).to.deep.equal({ met: [1] })
    })

    it('says what was to be received', () => {
      expect(oneWithout(a, b).aim).to.equal('receive "a"')
    })

    it('minds old ones too', async () => {
      expect(await afterReading('new', oneWithout(a, b), 'b', 'new', 'a')).to.deep.equal({
        impossible: 'should receive "a" without "b", but number 1 came first',
      })
    })

    it('forgives what is no news, if told so', async () => {
      expect(await afterReading('new', oneWithout(a, anyMessage, true), 'b', 'new', 'a')).to.deep.equal({ met: [3] })
      expect(await afterReading('new', oneWithout(a, anyMessage, true), 'b', 'new', 'x', 'a')).to.deep.equal({
        impossible: 'should receive nothing before "a", but number 3 came first',
      })
    })
  })

  describe('of silence', () => {
    it('is met by time alone', () => {
      expect(silence(anyMessage).silent).to.equal(true)
      expect(outcome(silence(anyMessage))).to.deep.equal({})
    })

    it('is met by the end of the connection too, if told so', async () => {
      const inbox = new Inbox()
      const unmet = () => new Error()
      expect(await inbox.expect(silence(a, false, true), 5000, true, unmet)).to.deep.equal([])
      const silent = inbox.expect(silence(a, false, true), 5000, false, unmet)
      inbox.connectionEnded()
      expect(await silent).to.deep.equal([])
      come(inbox, ['a'])
      expect(await failureOf(() => inbox.expect(silence(a, false, true), 5000, false, unmet))).to.be.an('error')
    })

    it('minds no other messages', () => {
      expect(outcome(silence(a), 'x', 'y')).to.deep.equal({})
    })

    it('is broken by the unwanted one', () => {
      expect(outcome(silence(a), 'x', 'a')).to.deep.equal({ impossible: 'should not receive "a", but number 2 came' })
    })

    it('is broken by anything if nothing else is wanted, also by what is old', async () => {
      expect(await afterReading('new', silence(anyMessage), 'old', 'new')).to.deep.equal({
        impossible: 'should receive nothing else, but number 1 came',
      })
    })

    it('forgives what is no news, if told so', async () => {
      expect(await afterReading('new', silence(anyMessage, true), 'old', 'new')).to.deep.equal({})
      expect(await afterReading('new', silence(anyMessage, true), 'old', 'new', 'newer')).to.deep.equal({
        impossible: 'should receive nothing, but number 3 came',
      })
    })
  })

  describe('of everything up to a message', () => {
    it('is met by that message, and reads what came before it', () => {
      expect(outcome(everythingUpTo(c), 'a', 'b', 'c', 'd')).to.deep.equal({ met: [1, 2, 3] })
    })

    it('waits for it', () => {
      expect(outcome(everythingUpTo(c), 'a', 'b')).to.deep.equal({})
      expect(everythingUpTo(c).aim).to.equal('receive "c"')
    })
  })
})

describe('an expectation that is given a message instead of a matcher', () => {
  const text = 'Hello' as never
  for (const [name, make] of Object.entries({
    one: () => one(text),
    next: () => next(text),
    inOrder: () => inOrder([a, text]),
    inAnyOrder: () => inAnyOrder([text]),
    inOneRun: () => inOneRun([text]),
    inFullBefore: () => inFullBefore([text], a),
    'the end of inFullBefore': () => inFullBefore([a], text),
    oneWithout: () => oneWithout(a, text),
    silence: () => silence(text),
    everythingUpTo: () => everythingUpTo(text),
  })) {
    it(`says so: ${name}`, () => {
      expect(make).to.throw(
        Mistake,
        'An expectation is made of matchers, not of "Hello": write client.matcher("Hello").',
      )
    })
  }

  it('says so, too, if it is given nothing', () => {
    expect(() => silence(undefined as never)).to.throw(Mistake, 'not of undefined')
  })
})

interface Outcome {
  met?: number[]
  impossible?: string
  /** The number of the message that is to blame. */
  blames?: number
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
  await inbox.expect(one(saying(read)), 5000, true, () => new Error())
  return outcomeIn(inbox, expectation)
}

function come(inbox: Inbox, texts: string[]): void {
  for (const text of texts) inbox.arrive(new Message(inbox.nextNumber, 0, text))
}

function outcomeIn(inbox: Inbox, expectation: Expectation): Outcome {
  const progress = expectation.begin(inbox)
  for (const message of inbox.unread) {
    const verdict = progress.consider(message)
    if (verdict === undefined) continue
    if (!('impossible' in verdict)) return { met: verdict.map(({ number }) => number) }
    return { impossible: verdict.impossible, ...(verdict.blame && { blames: verdict.blame.message.number }) }
  }
  const missing = progress.missing?.()
  return missing ? { missing } : {}
}

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((value, index) => permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]))
}

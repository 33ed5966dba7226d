import { expect } from 'chai'
import { consider } from '../../test/support/expectations'
import { UsageError } from '../errors'
import { jsonContaining } from '../matching/json-matcher'
import type { Matcher } from '../matching/matcher'
import { phraseContaining, phraseEqualTo } from '../matching/phrase-matcher'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from './expect-several'

const [a, b, c] = ['a', 'b', 'c'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher, Matcher]

describe('messageCount', () => {
  it('is met by the earliest messages, whatever they are', () => {
    expect(consider(messageCount(2), 'a', '', 'c')).to.deep.equal({ met: [1, 2] })
  })

  it('refuses 0 messages, as lists without rows are refused', () => {
    expect(() => messageCount(0)).to.throw(UsageError)
    for (const make of [inOrder, inAnyOrder, consecutively]) {
      expect(() => make([])).to.throw(UsageError, 'No message is listed: write one in each row of the table.')
    }
  })

  it('counts the messages that came', () => {
    expect(consider(messageCount(3), 'a', 'b')).to.deep.equal({ missing: ['received 2 of 3'] })
  })

  it('says what was to be received', () => {
    expect([messageCount(1).goal, messageCount(2).goal]).to.deep.equal(['receive 1 message', 'receive 2 messages'])
  })
})

describe('inOrder', () => {
  it('is met by the messages, with others between', () => {
    expect(consider(inOrder([a, b]), 'x', 'a', 'x', 'b')).to.deep.equal({ met: [2, 4] })
  })

  it('is met by equal messages', () => {
    expect(consider(inOrder([a, a]), 'a', 'b', 'a')).to.deep.equal({ met: [1, 3] })
  })

  it('is not met by another order', () => {
    expect(consider(inOrder([a, b]), 'b', 'a')).to.deep.equal({
      missing: ['received  "a"', 'missing   "b": number 1 came too early'],
    })
  })

  it('says what was to be received', () => {
    expect(inOrder([a, b]).goal).to.equal('receive these messages in this order')
  })
})

describe('inAnyOrder', () => {
  it('is met in any order, with others between', () => {
    expect(consider(inAnyOrder([a, b]), 'b', 'x', 'a')).to.deep.equal({ met: [1, 3] })
  })

  it('needs a message for each row', () => {
    expect(consider(inAnyOrder([a, a]), 'a', 'b')).to.deep.equal({ missing: ['received  "a"', 'missing   "a"'] })
    expect(consider(inAnyOrder([a, a]), 'a', 'b', 'a')).to.deep.equal({ met: [1, 3] })
  })

  it('assigns messages so that each row has one, even if one message matches several rows', () => {
    const [wide, narrow] = [phraseContaining('colour'), phraseEqualTo('colour: red')]
    expect(consider(inAnyOrder([wide, narrow]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
    expect(consider(inAnyOrder([narrow, wide]), 'colour: red', 'colour: blue')).to.deep.equal({ met: [1, 2] })
    expect(consider(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: red')).to.deep.equal({ met: [1, 2] })
  })

  it('reassigns messages over several rows, whatever the order of arrival', () => {
    const rows = [jsonContaining({}), jsonContaining({ one: 1 }), jsonContaining({ one: 1, two: 2 })]
    const poor = '{}'
    const richer = '{"one":1}'
    const richest = '{"one":1,"two":2}'
    for (const order of permutations([poor, richer, richest])) {
      for (const table of permutations(rows)) {
        expect(consider(inAnyOrder(table), ...order)).to.deep.equal({ met: [1, 2, 3] })
      }
    }
  })

  it('lists the rows without a message', () => {
    const [wide, narrow] = [phraseContaining('colour'), phraseEqualTo('colour: red')]
    expect(consider(inAnyOrder([wide, narrow]), 'colour: blue', 'colour: green')).to.deep.equal({
      missing: ['received  a message containing "colour"', 'missing   "colour: red"'],
    })
  })

  it('says what was to be received', () => {
    expect(inAnyOrder([a]).goal).to.equal('receive these messages in any order')
  })
})

describe('consecutively', () => {
  it('is met if no message comes between', () => {
    expect(consider(consecutively([a, b]), 'x', 'a', 'b')).to.deep.equal({ met: [2, 3] })
  })

  it('is not met if a message comes between, but by a later run', () => {
    expect(consider(consecutively([a, b]), 'a', 'x', 'b')).to.deep.equal({
      missing: ['received  "a"', 'missing   "b": number 2 came in its place'],
    })
    expect(consider(consecutively([a, b]), 'x')).to.deep.equal({ missing: ['missing   "a"', 'missing   "b"'] })
    expect(consider(consecutively([a, b]), 'a', 'x', 'b', 'a', 'b')).to.deep.equal({ met: [4, 5] })
  })

  it('finds a run that begins within another', () => {
    expect(consider(consecutively([a, a, b]), 'a', 'a', 'a', 'b')).to.deep.equal({ met: [2, 3, 4] })
    expect(consider(consecutively([a, b, a, c]), 'a', 'b', 'a', 'b', 'a', 'c')).to.deep.equal({ met: [3, 4, 5, 6] })
  })

  it('lists the messages of the longest run', () => {
    for (const later of [[], ['a', 'y'], ['a', 'b']]) {
      expect(consider(consecutively([a, b, c]), 'a', 'b', 'x', ...later)).to.deep.equal({
        missing: ['received  "a"', 'received  "b"', 'missing   "c": number 3 came in its place'],
      })
    }
    expect(consider(consecutively([a, b, c]), 'a', 'x', 'a', 'b')).to.deep.equal({
      missing: ['received  "a"', 'received  "b"', 'missing   "c"'],
    })
  })

  it('says what was to be received', () => {
    expect(consecutively([a]).goal).to.equal('receive exactly these messages, and none between,')
  })
})

describe('exactlyBefore', () => {
  it('is met by exactly these, and reads the closing message, too', () => {
    expect(consider(exactlyBefore([a, b], c), 'a', 'b', 'c')).to.deep.equal({ met: [1, 2, 3] })
  })

  it('accepts an empty list', () => {
    expect(consider(exactlyBefore([], c), 'c')).to.deep.equal({ met: [1] })
  })

  it('waits for the closing message', () => {
    expect(consider(exactlyBefore([a], c), 'a', 'b')).to.deep.equal({})
    expect(exactlyBefore([a], c).goal).to.equal('receive "c"')
  })

  it('fails if a message differs', () => {
    expect(consider(exactlyBefore([a, b], c), 'a', 'x', 'c')).to.deep.equal({
      reason: 'should receive exactly these messages before "c", but number 2 is not "b"',
      mismatch: 2,
    })
  })

  it('fails if a message is missing', () => {
    expect(consider(exactlyBefore([a, b], c), 'a', 'c')).to.deep.equal({
      reason: 'should receive exactly these messages before "c", but "b" is missing',
    })
  })

  it('fails if there is one message too many', () => {
    expect(consider(exactlyBefore([a], c), 'a', 'x', 'c')).to.deep.equal({
      reason: 'should receive exactly these messages before "c", but number 2 is one too many',
    })
  })
})

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((value, index) => permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]))
}

import { expect } from 'chai'
import { Message } from '../conversation/message'
import { containing } from './json'
import { anyMessage } from './matcher'
import { saying, sayingLike, sayingPart } from './phrase'
import { cluesOf, Sieve } from './sieve'

const lets = (clues: readonly string[], data: string | Buffer) => new Sieve(clues).letsThrough(new Message(1, 0, data))

describe('a sieve', () => {
  it('lets through what has one of its clues', () => {
    expect(lets(['Hello', 'Bye'], 'Hello, Rob')).to.equal(true)
    expect(lets(['Hello', 'Bye'], 'Bye')).to.equal(true)
    expect(lets(['Hello', 'Bye'], 'Hullo')).to.equal(false)
  })

  it('takes clues as they are written', () => {
    expect(lets(['a.c (1|2)'], 'a.c (1|2)')).to.equal(true)
    expect(lets(['a.c (1|2)'], 'abc 1')).to.equal(false)
  })

  it('looks at the beginning of long clues alone', () => {
    const long = 'a'.repeat(1_000_000)
    expect(lets([long], `${long}!`)).to.equal(true)
    expect(lets([long], 'a'.repeat(29))).to.equal(false)
  })

  it('lets through what may be written otherwise, and what is binary', () => {
    expect(lets(['Hello'], '"H\\u0065llo"')).to.equal(true)
    expect(lets(['Hello'], Buffer.from('Bye'))).to.equal(true)
  })
})

describe('the clues of a matcher', () => {
  it('are its phrase, as it is said and as JSON writes it', () => {
    expect(cluesOf([saying('"a"')])).to.deep.equal(['"a"'])
    expect(cluesOf([saying('"a"', { said: '${phrase}' })])).to.deep.equal(['"a"', '\\"a\\"'])
    expect(cluesOf([sayingPart('lo')])).to.deep.equal(['lo'])
  })

  it('are the longest name or text of its JSON', () => {
    expect(cluesOf([containing({ type: 'chat-message', id: 7 })])).to.deep.equal(['"chat-message"'])
  })

  it('are none where anything may stand', () => {
    for (const matcher of [sayingLike('^a'), anyMessage, containing([1, true, null]), containing('#string')]) {
      expect(cluesOf([matcher])).to.equal(undefined)
    }
  })

  it('are not those of a matcher that is made of it', () => {
    for (const base of [saying('Hello'), containing({ type: 'ping' })]) {
      const accepts = () => true
      expect(cluesOf([{ ...base, describe: () => 'anything', accepts }])).to.equal(undefined)
      expect(cluesOf([Object.assign(Object.create(base), { accepts })])).to.equal(undefined)
    }
  })

  it('are those of all, or none', () => {
    expect(cluesOf([saying('a'), saying('b')])).to.deep.equal(['a', 'b'])
    expect(cluesOf([saying('a'), anyMessage])).to.equal(undefined)
    expect(cluesOf([])).to.equal(undefined)
    expect(cluesOf()).to.equal(undefined)
  })
})

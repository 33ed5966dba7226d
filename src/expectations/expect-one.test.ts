import { expect } from 'chai'
import { consider, considerAfterReading } from '../../test/support/expectations'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { eitherMessage, everythingUpTo, message, messageWithout, nextMessage } from './expect-one'

const [a, b, c] = ['a', 'b', 'c'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher, Matcher]

describe('message', () => {
  it('is met by the first message that matches', () => {
    expect(consider(message(a), 'x', 'a', 'a')).to.deep.equal({ met: [2] })
  })

  it('says what was to be received', () => {
    expect(message(a).goal).to.equal('receive "a"')
    expect(message(anyMessage).goal).to.equal('receive any message')
  })
})

describe('eitherMessage', () => {
  it('is met by the first of the two that comes', () => {
    expect(consider(eitherMessage(a, b), 'x', 'b', 'a')).to.deep.equal({ met: [2] })
    expect(consider(eitherMessage(a, b), 'x', 'a', 'b')).to.deep.equal({ met: [2] })
    expect(consider(eitherMessage(a, b), 'x')).to.deep.equal({})
  })

  it('says what was to be received', () => {
    expect(eitherMessage(a, b).goal).to.equal('receive "a" or "b"')
  })
})

describe('nextMessage', () => {
  it('is met by the first message alone', () => {
    expect(consider(nextMessage(a), 'a', 'b')).to.deep.equal({ met: [1] })
  })

  it('fails if the first message differs', () => {
    expect(consider(nextMessage(a), 'b', 'a')).to.deep.equal({
      reason: 'should receive "a" as the next message, but number 1 is the next',
      mismatch: 1,
    })
  })

  it('says what was to be received', () => {
    expect(nextMessage(a).goal).to.equal('receive "a" as the next message')
  })
})

describe('messageWithout', () => {
  it('is met if the unwanted message does not come first', () => {
    expect(consider(messageWithout(a, b), 'x', 'a', 'b')).to.deep.equal({ met: [2] })
  })

  it('fails once the unwanted message came', () => {
    expect(consider(messageWithout(a, b), 'x', 'b', 'a')).to.deep.equal({
      reason: 'should receive "a" without "b", but number 2 came first',
    })
  })

  it('fails for a message that is wanted and unwanted', () => {
    expect(consider(messageWithout(anyMessage, a), 'x')).to.deep.equal({ met: [1] })
    expect(consider(messageWithout(anyMessage, a), 'a')).to.deep.equal({
      reason: 'should receive any message without "a", but number 1 is both',
    })
  })

  it('is met by the first message where none may come before it', () => {
    expect(consider(messageWithout(a, anyMessage), 'a')).to.deep.equal({ met: [1] })
  })

  it('says what was to be received', () => {
    expect(messageWithout(a, b).goal).to.equal('receive "a"')
  })

  it('fails for an old unwanted message, too', async () => {
    expect(await considerAfterReading('new', messageWithout(a, b), 'b', 'new', 'a')).to.deep.equal({
      reason: 'should receive "a" without "b", but number 1 came first',
    })
  })

  it('does not take an old message for one before which nothing new has come', async () => {
    const nothingBefore = messageWithout(a, anyMessage, { newOnly: true })
    expect(await considerAfterReading('new', nothingBefore, 'a', 'new')).to.deep.equal({})
    expect(await considerAfterReading('new', nothingBefore, 'a', 'new', 'a')).to.deep.equal({ met: [3] })
    expect(await considerAfterReading('new', nothingBefore, 'a', 'new', 'x', 'a')).to.deep.equal({
      reason: 'should receive nothing before "a", but number 3 came first',
    })
  })

  it('ignores old unwanted messages with `newOnly`', async () => {
    expect(
      await considerAfterReading('new', messageWithout(a, anyMessage, { newOnly: true }), 'b', 'new', 'a'),
    ).to.deep.equal({
      met: [3],
    })
    expect(
      await considerAfterReading('new', messageWithout(a, anyMessage, { newOnly: true }), 'b', 'new', 'x', 'a'),
    ).to.deep.equal({
      reason: 'should receive nothing before "a", but number 3 came first',
    })
  })
})

describe('everythingUpTo', () => {
  it('is met by that message, and reads all before it', () => {
    expect(consider(everythingUpTo(c), 'a', 'b', 'c', 'd')).to.deep.equal({ met: [1, 2, 3] })
  })

  it('waits for that message', () => {
    expect(consider(everythingUpTo(c), 'a', 'b')).to.deep.equal({})
    expect(everythingUpTo(c).goal).to.equal('receive "c"')
  })
})

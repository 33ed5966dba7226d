import { expect } from 'chai'
import { Message } from '../inbox/message'
import { bytesEqualTo } from '../matching/bytes-matcher'
import { havingDetails } from '../matching/details-matcher'
import { jsonContaining } from '../matching/json-matcher'
import { anyBytes, anyMessage, guardMatcher, type Matcher, type MessageContent } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { anyOf, anyUnwanted, isUnwanted, unwantedWords } from './unwanted'

const hi = phraseEqualTo('Hi', { template: { say: '${phrase}' } })

describe('isUnwanted', () => {
  const [text, bytes] = [message('Hi'), message(Buffer.from('Hi'))]
  const unwantedForms = (unwanted: Matcher) => [text, bytes].filter((one) => isUnwanted(one, unwanted))

  it('finds the same content in either frame', () => {
    expect(unwantedForms(phraseEqualTo('Hi'))).to.deep.equal([text, bytes])
    expect(unwantedForms(bytesEqualTo(Buffer.from('Hi')))).to.deep.equal([text, bytes])
    expect(unwantedForms(anyMessage)).to.deep.equal([text, bytes])
  })

  it('looks at what says nothing of a protocol', () => {
    const content: MessageContent = { text: undefined, json: undefined, bytes: Buffer.from('Hi') }
    expect(isUnwanted(content, phraseEqualTo('Hi'))).to.equal(true)
  })

  it('takes a message as it is where the frame itself is meant, or may be by a matcher of a project', () => {
    const ownBytes = guardMatcher({ describe: () => 'bytes', accepts: (one) => one.bytes !== undefined })
    const ownText = guardMatcher({ describe: () => 'a text', accepts: (one) => one.text !== undefined })
    expect(unwantedForms(anyBytes)).to.deep.equal([bytes])
    expect(unwantedForms(ownBytes)).to.deep.equal([bytes])
    expect(unwantedForms(ownText)).to.deep.equal([text])
  })

  it('tells messages apart that differ in what a protocol tells alone, however late', () => {
    const long = 'news/'.repeat(500)
    const onTopic = (topic: string) => new Message(1, 0, 'Hi', '', '', { topic })
    const unwanted = anyUnwanted([havingDetails({ topic: `${long}b` }, phraseEqualTo('Hi'), 'it')])
    expect(['a', 'b', 'a'].map((end) => unwanted.accepts(onTopic(long + end)))).to.deep.equal([false, true, false])
    expect(unwanted.accepts(message('Hi'))).to.equal(false)
  })

  it('is, or may be, what a protocol could not read', () => {
    const unreadable = new Message(3, 0, 'Ho', '', '', { problem: 'torn' })
    const [ho, de] = ['Ho', 'de'].map((text) => bytesEqualTo(Buffer.from(text))) as [Matcher, Matcher]
    for (const unwanted of [
      phraseEqualTo('a'),
      jsonContaining({ a: 1 }),
      havingDetails({ event: 'e' }, anyMessage, 'e'),
      de,
      anyOf([de, hi]),
    ]) {
      expect(isUnwanted(unreadable, unwanted)).to.equal(true)
      expect(unwantedWords(unreadable, unwanted, 'came')).to.equal('number 3 cannot be read, so that it may be one')
    }
    for (const unwanted of [ho, anyBytes]) {
      expect(isUnwanted(unreadable, unwanted)).to.equal(true)
      expect(unwantedWords(unreadable, unwanted, 'came')).to.equal('number 3 came')
    }
    expect(unwantedWords(unreadable, anyMessage, 'came')).to.equal('number 3 came')
    expect(unwantedWords(message('a'), phraseEqualTo('a'), 'came')).to.equal('number 1 came')
  })

  it('asks each of several in its own way', () => {
    for (const several of [anyOf, anyUnwanted]) {
      expect(unwantedForms(several([anyBytes, phraseEqualTo('Ho')]))).to.deep.equal([bytes])
      expect(unwantedForms(several([anyBytes, phraseEqualTo('Hi')]))).to.deep.equal([text, bytes])
    }
  })
})

describe('anyOf', () => {
  it('accepts what one of them accepts, and is described as the first', () => {
    const any = anyOf([hi, jsonContaining({ n: 1 })])
    expect(any.describe()).to.equal('"Hi"')
    expect(['{"say":"Hi"}', '{"n":1}', 'Hi'].map((text) => any.accepts(message(text)))).to.deep.equal([
      true,
      true,
      false,
    ])
    expect(any.acceptsBare?.(message('Hi'))).to.equal(true)
  })
})

describe('anyUnwanted', () => {
  it('accepts what one of them accepts, with the template or without', () => {
    const any = anyUnwanted([hi, jsonContaining({ n: 1 })])
    expect(any.describe()).to.equal('"Hi"')
    const texts = ['{"say":"Hi"}', '{"n":1}', 'Hi', 'Ho', '{"say":"Hi"}', 'Ho']
    expect(texts.map((text) => any.accepts(message(text)))).to.deep.equal([true, true, true, false, true, false])
  })

  it('compares each content once, and bytes apart from a text', () => {
    const compared: unknown[] = []
    const isText: Matcher = {
      isAboutForm: true,
      describe: () => 'a text',
      accepts: ({ text, bytes }: MessageContent) => compared.push(text ?? bytes) > 0 && text !== undefined,
    }
    const any = anyUnwanted([isText])
    const contents = ['a', Buffer.from('a'), 'a', Buffer.from('a'), Buffer.from([0xff]), Buffer.from([0xfe])]
    expect(contents.map((content) => any.accepts(message(content)))).to.deep.equal([
      true,
      false,
      true,
      false,
      false,
      false,
    ])
    expect(compared).to.deep.equal(['a', Buffer.from('a'), Buffer.from([0xff]), Buffer.from([0xfe])])
  })
})

function message(content: string | Buffer): Message {
  return new Message(1, 0, content)
}

import { expect } from 'chai'
import { bothOf } from './both-matcher'
import { havingDetails } from './details-matcher'
import { anyMessage, LibraryMatcher, type MessageContent, NOT_JSON } from './matcher'
import { phraseEqualTo } from './phrase-matcher'

const content: MessageContent = { text: 'Hello', json: NOT_JSON, bytes: undefined }
const hello = havingDetails({ topic: 'news' }, anyMessage, 'something on "news"')

class Short extends LibraryMatcher {
  describe = () => 'a short message'
  accepts = ({ text = '' }: MessageContent) => text.length < 5
}

describe('bothOf', () => {
  const news = { ...content, details: { topic: 'news' } }

  it('accepts what both accept, and is described by itself', () => {
    const matcher = bothOf(hello, phraseEqualTo('Hello'), '"Hello" on "news"')
    expect(matcher.describe()).to.equal('"Hello" on "news"')
    expect(matcher.accepts(news)).to.equal(true)
    expect(matcher.accepts(content)).to.equal(false)
    expect(matcher.accepts({ ...news, text: 'Bye' })).to.equal(false)
  })

  it('compares by the one that does not accept', () => {
    const matcher = bothOf(hello, phraseEqualTo('Hello'), '"Hello" on "news"')
    expect(matcher.compare(content)).to.deep.equal(hello.compare(content))
    const bye = { ...news, text: 'Bye' }
    expect(matcher.compare(bye)).to.deep.equal(phraseEqualTo('Hello').compare?.(bye))
  })

  it('compares by words where the second says no more', () => {
    expect(bothOf(hello, new Short(), 'x').compare(news)).to.deep.equal({
      distance: 0.5,
      expected: 'a short message',
      actual: undefined,
    })
  })
})

import { expect } from 'chai'
import { havingDetails } from './details-matcher'
import { anyMessage, type MessageContent, NOT_JSON } from './matcher'
import { phraseEqualTo } from './phrase-matcher'

const content: MessageContent = { text: 'Hello', json: NOT_JSON, bytes: undefined }

describe('havingDetails', () => {
  it('accepts what has the details and the content', () => {
    const matcher = havingDetails({ topic: 'news', isError: false }, phraseEqualTo('Hello'), '"Hello" on "news"')
    for (const [details, isAccepted] of [
      [{ topic: 'news' }, true],
      [{ topic: 'news', event: 'chat', isError: false }, true],
      [{ topic: 'news', isError: true }, false],
      [{ topic: 'sports' }, false],
      [{}, false],
    ] as const) {
      expect(matcher.accepts({ ...content, details }), JSON.stringify(details)).to.equal(isAccepted)
    }
    expect(matcher.accepts(content)).to.equal(false)
    expect(matcher.accepts({ ...content, text: 'Bye', details: { topic: 'news' } })).to.equal(false)
  })

  it('tells the id 7 of an answer from the text "7"', () => {
    const matcher = havingDetails({ answerTo: 7 }, anyMessage, 'the answer')
    expect(matcher.accepts({ ...content, details: { answerTo: 7 } })).to.equal(true)
    expect(matcher.accepts({ ...content, details: { answerTo: '7' } })).to.equal(false)
  })

  it('shows the details of a message without any', () => {
    const { expected, actual } = havingDetails({ topic: 'news' }, phraseEqualTo('Hello'), 'it').compare(content)
    expect([expected, actual]).to.deep.equal([{ topic: 'news' }, { topic: undefined }])
  })
})

import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { anyMessage, type Matcher } from '../matching/matcher'
import { messageExpression } from './message-input'

import { containing, matchingPattern } from './phrase-message'
import type { PhraseTemplates } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })

describe('receiveOnly', () => {
  const received = { received: { message: '${phrase}' } }

  it('may be a part of what is said', () => {
    const matcher = containing('${count} app').toMatcher(speaking(received))
    expect([accepts(matcher, { message: '3 apples' }), accepts(matcher, { message: 'apples' })]).to.deep.equal([
      true,
      false,
    ])
    expect(matcher.describe()).to.equal('a message containing "3 app"')
  })

  it('may be a pattern of what is said', () => {
    const matcher = matchingPattern('^${count} \\w+$').toMatcher(speaking(received))
    expect([accepts(matcher, { message: '3 apples' }), accepts(matcher, { message: '3' })]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('a message matching "^3 \\w+$"')
  })

  it('may be anything', () => {
    expect(accepts(messageExpression(anyMessage).toMatcher(speaking()), 'Hello')).to.equal(true)
  })

  for (const [wording, written] of [
    [containing('lo'), 'a message containing "lo"'],
    [matchingPattern('^lo'), 'a message matching "^lo"'],
    [messageExpression(anyMessage), 'any message'],
  ] as const) {
    it(`is not sent: ${written}`, () => {
      expect(wording.describe()).to.equal(written)
      expect(() => wording.toSend(speaking())).to.throw(
        UsageError,
        `«${written}» can be expected, not sent: write the message itself.`,
      )
    })
  }
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}

import { expect } from 'chai'
import { accepts, messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { anyMessage } from '../matching/matcher'
import { messageExpression } from './message-input'
import { containing, matchingPattern } from './phrase-message'

describe('receiveOnly', () => {
  it('gives the matcher', () => {
    expect(accepts(messageExpression(anyMessage).toMatcher(messageContext()), 'Hello')).to.equal(true)
  })

  for (const [expression, written] of [
    [containing('lo'), 'a message containing "lo"'],
    [matchingPattern('^lo'), 'a message matching "^lo"'],
    [messageExpression(anyMessage), 'any message'],
  ] as const) {
    it(`refuses to be sent: ${written}`, () => {
      expect(expression.describe()).to.equal(written)
      expect(() => expression.toSend(messageContext())).to.throw(
        UsageError,
        `«${written}» can be expected, not sent: write the message itself.`,
      )
    })
  }
})

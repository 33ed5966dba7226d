import { expect } from 'chai'
import { accepts, messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { anyMessage } from '../matching/matcher'
import { bytes } from './binary-message'
import { json } from './json-message'
import { differsByClient, type MessageExpression } from './message-expression'
import { messageExpression } from './message-input'
import { containing, matchingPattern, phrase, text } from './phrase-message'

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

describe('differsByClient', () => {
  const personal: MessageExpression[] = [
    phrase('Hi ${client}'),
    text('${client}'),
    containing('to ${client}'),
    matchingPattern('^${client}$'),
    json('{"to": "${client}"}'),
    json('{"${client}": 1}'),
  ]
  for (const expression of personal) {
    it(`is true with the client's name in it: ${expression.describe()}`, () => {
      expect(differsByClient(expression, messageContext())).to.equal(true)
    })
  }

  for (const received of ['to ${client}: ${phrase}', { to: '${client}', text: '${phrase}' }]) {
    it(`is true with the client's name in the template: ${JSON.stringify(received)}`, () => {
      const context = messageContext({ received })
      expect(differsByClient(phrase('Hi'), context)).to.equal(true)
      expect(differsByClient(text('Hi'), context)).to.equal(false)
    })
  }

  for (const expression of [phrase('Hi ${count}'), bytes('de ad'), messageExpression(anyMessage)]) {
    it(`is false without it: ${expression.describe()}`, () => {
      const context = messageContext({ received: 'x ${phrase}' })
      expect(differsByClient(expression, context)).to.equal(false)
    })
  }
})

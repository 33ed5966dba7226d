import { expect } from 'chai'
import { UsageError } from '../errors'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { everythingUpTo, message, messageWithout, nextMessage } from './expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder } from './expect-several'
import { silence } from './expect-silence'

const a = phraseEqualTo('a')

describe('requireMatcher', () => {
  const text = 'Hello' as never
  for (const [name, make] of Object.entries({
    message: () => message(text),
    nextMessage: () => nextMessage(text),
    inOrder: () => inOrder([a, text]),
    inAnyOrder: () => inAnyOrder([text]),
    consecutively: () => consecutively([text]),
    exactlyBefore: () => exactlyBefore([text], a),
    'the end of exactlyBefore': () => exactlyBefore([a], text),
    messageWithout: () => messageWithout(a, text),
    silence: () => silence(text),
    everythingUpTo: () => everythingUpTo(text),
  })) {
    it(`refuses a message instead of a matcher: ${name}`, () => {
      expect(make).to.throw(
        UsageError,
        'An expectation is made of matchers, not of "Hello": write client.matcher("Hello").',
      )
    })
  }

  it('refuses undefined', () => {
    expect(() => silence(undefined as never)).to.throw(UsageError, 'not of undefined')
  })
})

import { expect } from 'chai'
import { accepts, messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { json } from './json-message'
import { type MessageInput, messageExpression } from './message-input'

describe('messageExpression', () => {
  it('makes a phrase of a text', () => {
    expect(messageExpression('Hi').toSend(messageContext({ sent: { message: '${phrase}' } }))).to.equal(
      '{"message":"Hi"}',
    )
  })

  it('returns an expression as it is', () => {
    const expression = json('{}')
    expect(messageExpression(expression)).to.equal(expression)
  })

  it('makes an expression of a matcher, which cannot be sent', () => {
    const matcher = phraseEqualTo('Hi')
    expect(accepts(messageExpression(matcher).toMatcher(messageContext()), 'Hi')).to.equal(true)
    expect(messageExpression(matcher).describe()).to.equal('"Hi"')
    expect(() => messageExpression(matcher).toSend(messageContext())).to.throw(UsageError, 'can be expected, not sent')
  })

  for (const value of [
    { type: 'ping' },
    [1, { a: null }],
    { accepts: 'text/html', toSend: true },
    { describe: 'me', toMatcher: 1 },
    null,
    3,
    true,
  ] as MessageInput[]) {
    it(`makes JSON of other values: ${JSON.stringify(value)}`, () => {
      expect(messageExpression(value).toSend(messageContext())).to.equal(JSON.stringify(value))
      expect(accepts(messageExpression(value).toMatcher(messageContext()), value)).to.equal(true)
    })
  }

  const sayHi = () => 'Hi'
  for (const [shown, value, words] of [
    ['undefined', undefined, 'undefined'],
    ['a function', sayHi, String(sayHi)],
    ['a symbol', Symbol('Hi'), 'Symbol(Hi)'],
    ['a pattern', /Hi/, '[object RegExp]'],
    ['a map', new Map(), '[object Map]'],
    ['a buffer', Buffer.from('Hi'), '[object Uint8Array]'],
    ['a promise', Promise.resolve(), '[object Promise]'],
    ['JSON with a pattern in it', { list: [{ name: /Hi/ }] }, '[object RegExp]'],
    ['JSON with nothing in it', { name: undefined }, 'undefined'],
    ['a list with a function in it', [sayHi], String(sayHi)],
  ] as [string, never, string][]) {
    it(`refuses ${shown}`, () => {
      expect(() => messageExpression(value).toSend(messageContext())).to.throw(
        UsageError,
        `${words} is not a valid message: give a text,`,
      )
    })
  }

  it('makes JSON of big integers', () => {
    expect(messageExpression({ id: 9007199254740993n }).toSend(messageContext())).to.equal('{"id":9007199254740993}')
  })

  it('refuses a value that contains itself', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => messageExpression(circle)).to.throw(UsageError, '[object Array] is not a valid message: give a text,')
  })
})

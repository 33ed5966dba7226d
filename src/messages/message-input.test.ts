import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { json } from './json-message'
import { type MessageInput, messageExpression } from './message-input'

import type { PhraseTemplates } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })

describe('messageExpression', () => {
  it('is a phrase if it is a text', () => {
    expect(messageExpression('Hi').toSend(speaking({ sent: { message: '${phrase}' } }))).to.equal('{"message":"Hi"}')
  })

  it('is itself if it is an expression', () => {
    const expression = json('{}')
    expect(messageExpression(expression)).to.equal(expression)
  })

  it('is expected alone if it is a matcher', () => {
    const matcher = phraseEqualTo('Hi')
    expect(accepts(messageExpression(matcher).toMatcher(speaking()), 'Hi')).to.equal(true)
    expect(messageExpression(matcher).describe()).to.equal('"Hi"')
    expect(() => messageExpression(matcher).toSend(speaking())).to.throw(UsageError, 'can be expected, not sent')
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
    it(`is JSON otherwise: ${JSON.stringify(value)}`, () => {
      expect(messageExpression(value).toSend(speaking())).to.equal(JSON.stringify(value))
      expect(accepts(messageExpression(value).toMatcher(speaking()), value)).to.equal(true)
    })
  }

  for (const [shown, value, words] of [
    ['undefined', undefined, 'undefined'],
    ['a function', () => 'Hi', "() => 'Hi'"],
    ['a symbol', Symbol('Hi'), 'Symbol(Hi)'],
    ['a big integer', 10n, '10'],
    ['a pattern', /Hi/, '[object RegExp]'],
    ['a map', new Map(), '[object Map]'],
    ['a buffer', Buffer.from('Hi'), '[object Uint8Array]'],
    ['a promise', Promise.resolve(), '[object Promise]'],
    ['JSON with a pattern in it', { list: [{ name: /Hi/ }] }, '[object RegExp]'],
    ['JSON with a big integer in it', { id: 10n }, '10'],
    ['JSON with nothing in it', { name: undefined }, 'undefined'],
    ['a list with a function in it', [() => 'Hi'], "() => 'Hi'"],
  ] as [string, never, string][]) {
    it(`is told if it is no message at all, but ${shown}`, () => {
      expect(() => messageExpression(value).toSend(speaking())).to.throw(
        UsageError,
        `${words} is not a valid message: give a text,`,
      )
    })
  }
})

describe('messageExpression of a value that contains itself', () => {
  it('is no message', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => messageExpression(circle)).to.throw(UsageError, '[object Array] is not a valid message: give a text,')
  })
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}

import { expect } from 'chai'
import { messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { phrase } from './phrase-message'
import { parseTemplate } from './templates'

describe('parseTemplate', () => {
  for (const [written, template] of [
    ['{"message": "${phrase}"}', { message: '${phrase}' }],
    ['{"message": ${phrase}, "n": ${count}}', { message: '${phrase}', n: '${count}' }],
    [' [\n"chat", "<${phrase}>"]', ['chat', '<${phrase}>']],
    ['{"a\\"": "\\"${phrase}"}', { 'a"': '"${phrase}' }],
    ['{"a": "\\"${phrase}\\""}', { a: '"${phrase}"' }],
    [{ message: '${phrase}' }, { message: '${phrase}' }],
    ['MSG ${phrase};', 'MSG ${phrase};'],
    ['${phrase}', '${phrase}'],
  ] as const) {
    it(`reads ${typeof written === 'string' ? written : 'an object'}`, () => {
      expect(parseTemplate(written, { isExpected: true })).to.deep.equal(template)
    })
  }

  it('refuses a template without a place for the phrase', () => {
    expect(() => parseTemplate('{"message": "Hello"}', { isExpected: true })).to.throw(
      UsageError,
      'The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.',
    )
  })

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, undefined, new Map()]) {
    it(`refuses a value that JSON would change: ${String(value)}`, () => {
      const template = { message: '${phrase}', value }
      for (const isExpected of [true, false]) {
        expect(() => parseTemplate(template, { isExpected })).to.throw(UsageError)
      }
      expect(() => phrase('Hi').toSend(messageContext({ sent: template }))).to.throw(UsageError)
      expect(() => phrase('Hi').toMatcher(messageContext({ received: template }))).to.throw(UsageError)
    })
  }

  it('takes values of variables for what they are, never for markers or other places of the phrase', () => {
    const order = { id: 7, tags: ['#string', 'x'] }
    const context = messageContext({ received: { order: '${order}', text: '${phrase}' } })
    const matcher = phrase('Hi').toMatcher({ ...context, variables: context.variables.with({ order }) })
    const message = (tags: string[]) => new Message(1, 0, JSON.stringify({ order: { id: 7, tags }, text: 'Hi' }))
    expect(matcher.accepts(message(['#string', 'x']))).to.equal(true)
    expect(matcher.accepts(message(['any text', 'x']))).to.equal(false)
  })

  it('fills in the variables of a template that is a text', () => {
    const context = messageContext({ sent: 'SAY ${count} times: ${phrase}' })
    expect(phrase('Hi').toSend(context)).to.equal('SAY 3 times: Hi')
  })

  it('refuses invalid JSON', () => {
    expect(() => parseTemplate('{message: "${phrase}"}', { isExpected: true })).to.throw(
      UsageError,
      '{message: "${phrase}"} is not valid JSON: ',
    )
  })
})

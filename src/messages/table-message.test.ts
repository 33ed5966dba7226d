import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'

import { messageWith, namedMessage } from './table-message'
import type { PhraseTemplates } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })
const chat = { from: '${client}', payload: { message: '${phrase}' } }

describe('messageWith', () => {
  const rows = [
    ['type', 'order'],
    ['items[0].count', '${count}'],
    ['items[0].by', 'for ${client}'],
    ['total', '"3"'],
  ]

  it('is sent as JSON that has them', () => {
    expect(JSON.parse(messageWith(rows).toSend(speaking()) as string)).to.deep.equal({
      type: 'order',
      items: [{ count: 3, by: 'for Ann "the cat"' }],
      total: '3',
    })
  })

  it('may have variables in its paths', () => {
    const speaker = { variables: variables.with({ place: 'payload' }), files: noFiles, phrases: {} }
    expect(messageWith([['${place}.id', '1']]).toSend(speaker)).to.equal('{"payload":{"id":1}}')
    expect(accepts(messageWith([['${place}.id', '1']]).toMatcher(speaker), { payload: { id: 1 } })).to.equal(true)
  })

  it('does not change a variable that it adds to', () => {
    const rows = [
      ['order', '${order}'],
      ['order.id', '8'],
    ]
    expect(messageWith(rows).toSend(speaking())).to.equal('{"order":{"id":8}}')
    expect(variables.get('order')).to.deep.equal({ id: 7 })
  })

  it('is expected to be contained', () => {
    const matcher = messageWith(rows).toMatcher(speaking())
    expect(
      accepts(matcher, { type: 'order', items: [{ count: 3, by: 'for Ann "the cat"' }], total: '3', x: 1 }),
    ).to.equal(true)
    expect(accepts(matcher, { type: 'order' })).to.equal(false)
  })

  it('asks for presence alone where a row has no value', () => {
    const matcher = messageWith([['id']]).toMatcher(speaking())
    expect([accepts(matcher, { id: null }), accepts(matcher, {})]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('a message with id present')
  })

  it('needs values to be sent', () => {
    expect(() => messageWith([['id']]).toSend(speaking())).to.throw(
      UsageError,
      '"id" has no value to send: the table needs a second column.',
    )
  })

  it('needs paths', () => {
    expect(() => messageWith([[]]).toMatcher(speaking())).to.throw(UsageError, '"" is not a valid path: ')
    expect(() => messageWith([['', 'x']]).toSend(speaking())).to.throw(UsageError, '"" is not a valid path: ')
  })

  it('needs a row', () => {
    expect(() => messageWith([]).toSend(speaking())).to.throw(UsageError, 'nothing in it: the table needs a row.')
  })

  it('is written row by row', () => {
    expect(messageWith([['id', '7'], ['name']]).describe()).to.equal('a message with id 7, name')
  })
})

describe('namedMessage', () => {
  const files = { ...noFiles, message: () => ({ text: 'I have ${count}', isJson: false }) }

  it('may be a text, as it is whatever the template says', () => {
    const speaker = { ...speaking({ sent: chat, received: chat }), files }
    expect(namedMessage('greeting').toSend(speaker)).to.equal('I have 3')
    const matcher = namedMessage('greeting').toMatcher(speaker)
    expect([accepts(matcher, 'I have 3'), accepts(matcher, 'I have 4')]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('the "greeting" message')
  })
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}

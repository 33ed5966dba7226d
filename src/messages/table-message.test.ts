import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { accepts, chatTemplate, messageContext, variables } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { comparableValues } from '../json/comparable-values'
import type { ComparingMatcher } from '../matching/matcher'
import { messageWith, namedMessage } from './table-message'

describe('messageWith', () => {
  const rows = [
    ['type', 'order'],
    ['items[0].count', '${count}'],
    ['items[0].by', 'for ${client}'],
    ['total', '"3"'],
  ]

  it('is sent as JSON with these members', () => {
    expect(JSON.parse(messageWith(rows).toSend(messageContext()) as string)).to.deep.equal({
      type: 'order',
      items: [{ count: 3, by: 'for Ann "the cat"' }],
      total: '3',
    })
  })

  it('may have variables in its paths', () => {
    const context = { variables: variables.with({ place: 'payload' }), files: noFiles, phrases: {} }
    expect(messageWith([['${place}.id', '1']]).toSend(context)).to.equal('{"payload":{"id":1}}')
    expect(accepts(messageWith([['${place}.id', '1']]).toMatcher(context), { payload: { id: 1 } })).to.equal(true)
  })

  it('does not change the value of a variable', () => {
    const rows = [
      ['order', '${order}'],
      ['order.id', '8'],
    ]
    expect(messageWith(rows).toSend(messageContext())).to.equal('{"order":{"id":8}}')
    expect(variables.get('order')).to.deep.equal({ id: 7 })
  })

  it('sends ten thousand rows, expects them, and says how a message differs, in a time that grows with their number', () => {
    const rowsOf = (count: number) => Array.from({ length: count }, (_, row) => [`payload.row${row}`, `${row}`])
    const measure = (count: number) => {
      const start = performance.now()
      const message = messageWith(rowsOf(count))
      const sent = message.toSend(messageContext()) as string
      const matcher = message.toMatcher(messageContext()) as ComparingMatcher
      expect(accepts(matcher, JSON.parse(sent))).to.equal(true)
      const { expected, actual } = matcher.compare(new Message(1, 0, '{"payload":{}}'))
      comparableValues(expected, actual)
      matcher.describe()
      return performance.now() - start
    }
    measure(1000)
    // With the square of their number it would be a hundred times.
    expect(measure(10_000) / measure(1000)).to.be.lessThan(50)
  }).timeout(60_000)

  it('accepts messages that contain these members', () => {
    const matcher = messageWith(rows).toMatcher(messageContext())
    expect(
      accepts(matcher, { type: 'order', items: [{ count: 3, by: 'for Ann "the cat"' }], total: '3', x: 1 }),
    ).to.equal(true)
    expect(accepts(matcher, { type: 'order' })).to.equal(false)
  })

  it('accepts any value where a row has none', () => {
    const matcher = messageWith([['id']]).toMatcher(messageContext())
    expect([accepts(matcher, { id: null }), accepts(matcher, {})]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('a message with id present')
  })

  it('needs values to be sent', () => {
    expect(() => messageWith([['id']]).toSend(messageContext())).to.throw(
      UsageError,
      '"id" has no value to send: the table needs a second column.',
    )
  })

  it('needs paths', () => {
    expect(() => messageWith([[]]).toMatcher(messageContext())).to.throw(
      UsageError,
      '"" is not a valid path: it is empty. ',
    )
    expect(() => messageWith([['', 'x']]).toSend(messageContext())).to.throw(
      UsageError,
      '"" is not a valid path: it is empty. ',
    )
  })

  it('needs a row', () => {
    expect(() => messageWith([]).toSend(messageContext())).to.throw(UsageError, 'nothing in it: the table needs a row.')
  })

  it('is described row by row', () => {
    expect(messageWith([['id', '7'], ['name']]).describe()).to.equal('a message with id 7, name')
  })
})

describe('namedMessage', () => {
  const greeting = { ...noFiles, message: () => ({ text: 'I have ${count}', isJson: false }) }
  const order = { ...noFiles, message: () => ({ text: '{"by": "${client}", "amount": ${count}}', isJson: true }) }

  it('may be a text, which no template changes', () => {
    const context = { ...messageContext({ sent: chatTemplate, received: chatTemplate }), files: greeting }
    expect(namedMessage('greeting').toSend(context)).to.equal('I have 3')
    const matcher = namedMessage('greeting').toMatcher(context)
    expect([accepts(matcher, 'I have 3'), accepts(matcher, 'I have 4')]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('the "greeting" message')
  })

  it('may be JSON, sent as it is and expected to be contained', () => {
    const context = { ...messageContext(), files: order }
    const content = { by: 'Ann "the cat"', amount: 3 }
    expect(JSON.parse(namedMessage('order').toSend(context) as string)).to.deep.equal(content)
    const matcher = namedMessage('order').toMatcher(context)
    expect([accepts(matcher, { ...content, id: 7 }), accepts(matcher, { amount: 3 })]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('the "order" message')
  })

  it('has the members that a table overrides', () => {
    const context = { ...messageContext(), files: order }
    const rows = [
      ['amount', '4'],
      ['to.name', '${client}'],
    ]
    const content = { by: 'Ann "the cat"', amount: 4, to: { name: 'Ann "the cat"' } }
    const expression = namedMessage('order', rows)
    expect(JSON.parse(expression.toSend(context) as string)).to.deep.equal(content)
    expect(accepts(expression.toMatcher(context), content)).to.equal(true)
    expect(accepts(expression.toMatcher(context), { ...content, amount: 3 })).to.equal(false)
    expect(expression.describe()).to.equal('the "order" message with amount 4, to.name ${client}')
  })

  it('cannot be a text with a table', () => {
    const context = { ...messageContext(), files: greeting }
    for (const use of ['toSend', 'toMatcher'] as const) {
      expect(() => namedMessage('greeting', [['amount', '4']])[use](context)).to.throw(
        UsageError,
        'The "greeting" message is a text: no table can override its members.',
      )
    }
  })

  it('is named in the error for invalid content', () => {
    const broken = { ...noFiles, message: () => ({ text: '{amount}', isJson: true }) }
    for (const use of ['toSend', 'toMatcher'] as const) {
      expect(() => namedMessage('order')[use]({ ...messageContext(), files: broken })).to.throw(
        UsageError,
        /^In the "order" message: .* is not valid JSON/,
      )
    }
  })
})

/** Markers can be expected, not sent: as a text they would reach the server. */

import { expect } from 'chai'
import { messageContext, variables } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { json, jsonValue } from './json-message'
import type { MessageContext, MessageExpression } from './message-expression'
import { parseCell } from './parse-message'
import { phrase } from './phrase-message'
import { messageWith, namedMessage } from './table-message'

const FILE = '{"id": "#number", "room": "#general", "by": {"name": "#string"}}'
const context: MessageContext = {
  ...messageContext(),
  variables: variables.with({ text: '#number' }),
  files: { read: () => Buffer.from(''), message: () => ({ text: FILE, isJson: true }) },
}
const withTemplate = (sent: unknown): MessageContext => ({ ...context, phrases: { sent } })

describe('Markers in what is sent', () => {
  for (const [what, expression, marker, within = context] of [
    ['JSON', json('{"a": [{"b": "#number"}]}'), '#number'],
    ['JSON beside a variable', json('{"a": ${count}, "b": "#uuid"}'), '#uuid'],
    ['a length', json('["#[3]"]'), '#[3]'],
    ['a pattern', json('["#regex ^a"]'), '#regex ^a'],
    ['a comparison', json('{"a": "#> 100"}'), '#> 100'],
    ['a part', json('{"a": "#contains lo"}'), '#contains lo'],
    ['a value', jsonValue({ a: '#notnull' }), '#notnull'],
    ['a cell', messageWith([['a', '#number']]), '#number'],
    ['JSON in a cell', messageWith([['a', '["#string"]']]), '#string'],
    ['a named message', namedMessage('order', [['by.name', 'Rob']]), '#number'],
    [
      'a row over a named message',
      namedMessage('order', [
        ['by', 'Rob'],
        ['id', '#ignore'],
      ]),
      '#ignore',
    ],
    ['a template', phrase('Hi'), '#number', withTemplate({ id: '#number', text: '${phrase}' })],
    [
      'a template with variables',
      phrase('Hi'),
      '#date-time',
      withTemplate({ at: '#date-time', by: '${client}', text: '${phrase}' }),
    ],
  ] as [string, MessageExpression, string, MessageContext?][]) {
    it(`are refused: ${what}`, () => {
      expect(() => expression.toSend(within)).to.throw(
        UsageError,
        `"${marker}" can be expected, not sent: write the value itself. To send this text, let it be the value of a variable: ` +
          `"text" stands for "${marker}"`,
      )
    })
  }

  it('are refused before a rule sends them', () => {
    expect(() => json('{"a": "#number"}').checkSendable?.()).to.throw(UsageError, 'can be expected, not sent')
    json('{"a": "#general", "b": ${count}}').checkSendable?.()
  })

  for (const [what, expression, sent, within = context] of [
    ['no marker', json('{"room": "#general", "n": "#"}'), '{"room": "#general", "n": "#"}'],
    ['what begins like a comparison', json('{"a": "#> all"}'), '{"a": "#> all"}'],
    ['a part of a text', jsonValue({ a: 'the #number', b: '#Number' }), '{"a":"the #number","b":"#Number"}'],
    ['a name', json('{"#number": 1}'), '{"#number": 1}'],
    ['a value of a variable', json('{"a": "${text}"}'), '{"a": "#number"}'],
    ['a value of a variable in a cell', messageWith([['a', '${text}']]), '{"a":"#number"}'],
    [
      'no marker in cells',
      messageWith([
        ['a', '#general'],
        ['b', '["#general"]'],
      ]),
      '{"a":"#general","b":["#general"]}',
    ],
    ['a phrase', phrase('#number'), '#number'],
    ['a phrase in a cell', parseCell('#number'), '#number'],
    [
      'rows over all markers',
      namedMessage('order', [
        ['by', 'Rob'],
        ['id', '7'],
      ]),
      '{"id":7,"room":"#general","by":"Rob"}',
    ],
    [
      'no marker in a template',
      phrase('Hi'),
      '{"room":"#general","text":"Hi"}',
      withTemplate({ room: '#general', text: '${phrase}' }),
    ],
  ] as [string, MessageExpression, string, MessageContext?][]) {
    it(`are not seen in ${what}`, () => {
      expect(expression.toSend(within)).to.equal(sent)
    })
  }
})

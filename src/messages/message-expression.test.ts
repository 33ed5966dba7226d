/** What each way to write a message sends, and what it expects. */

import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { looksLikeJson, parseJson } from '../json/json-text'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { json } from './json-message'
import { type MessageInput, messageExpression } from './message-input'

import { containing, matchingPattern, phrase, text } from './phrase-message'
import { messageWith, namedMessage } from './table-message'
import { type PhraseTemplates, parseTemplate } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })
const chat = { from: '${client}', payload: { message: '${phrase}' } }

describe('a phrase', () => {
  for (const [how, phrases, sent] of [
    ['as it is without a template', {}, 'I have "3"'],
    ['in its place in a text', { sent: 'MSG ${phrase};' }, 'MSG I have "3";'],
    ['in its place in JSON', { sent: chat }, '{"from":"Ann \\"the cat\\"","payload":{"message":"I have \\"3\\""}}'],
    ['in its place in a list', { sent: ['say', '<${phrase}>'] }, '["say","<I have \\"3\\">"]'],
    ['through the template for sending alone', { received: chat }, 'I have "3"'],
  ] as [string, PhraseTemplates, string][]) {
    it(`is sent ${how}`, () => {
      expect(phrase('I have "${count}"').toSend(speaking(phrases))).to.equal(sent)
    })
  }

  it('is not looked through for variables once it is filled in', () => {
    const speaker = {
      variables: variables.with({ words: '${count}' }),
      files: noFiles,
      phrases: { sent: { message: '${phrase}' } },
    }
    expect(phrase('${words}').toSend(speaker)).to.equal('{"message":"${count}"}')
  })

  for (const [how, phrases, message] of [
    ['as a whole text without a template', {}, 'I have 3'],
    ['in its place in a text', { received: '${client}: ${phrase}' }, 'Ann "the cat": I have 3'],
    ['in its place in JSON', { received: chat }, { from: 'Ann "the cat"', payload: { message: 'I have 3', at: 5 } }],
    ['through the template for receiving alone', { sent: chat }, 'I have 3'],
  ] as [string, PhraseTemplates, string | object][]) {
    it(`is expected ${how}`, () => {
      expect(accepts(phrase('I have ${count}').toMatcher(speaking(phrases)), message)).to.equal(true)
    })
  }

  it('is not expected beside something else than the template says', () => {
    const matcher = phrase('Hello').toMatcher(speaking({ received: chat }))
    expect(accepts(matcher, { from: 'Rob', payload: { message: 'Hello' } })).to.equal(false)
  })

  it('is written in quotes', () => {
    expect(phrase('Hello ${client}').describe()).to.equal('"Hello ${client}"')
  })
})

describe('a text', () => {
  const both = { sent: chat, received: chat }

  it('is sent and expected as it is, whatever the templates say', () => {
    expect(text('I have ${count}').toSend(speaking(both))).to.equal('I have 3')
    expect(accepts(text('I have ${count}').toMatcher(speaking(both)), 'I have 3')).to.equal(true)
    expect(
      accepts(text('Hi').toMatcher(speaking(both)), { from: 'Ann "the cat"', payload: { message: 'Hi' } }),
    ).to.equal(false)
  })

  it('is written in quotes', () => {
    expect(text('Hello').describe()).to.equal('"Hello"')
  })
})

describe('JSON', () => {
  it('is sent as it is written, with its variables filled in', () => {
    expect(json('{ "n": ${count},\n "c": "${client}" }').toSend(speaking({ sent: chat }))).to.equal(
      '{ "n": 3,\n "c": "Ann \\"the cat\\"" }',
    )
  })

  it('is expected to be contained', () => {
    const matcher = json('{"n": ${count}}').toMatcher(speaking())
    expect([accepts(matcher, { n: 3, m: 4 }), accepts(matcher, { n: 4 })]).to.deep.equal([true, false])
  })

  it('may be expected to be all there is', () => {
    const matcher = json('{"n": ${count}}', { exactly: true }).toMatcher(speaking())
    expect([accepts(matcher, { n: 3 }), accepts(matcher, { n: 3, m: 4 })]).to.deep.equal([true, false])
  })

  it('is a mistake if it is nested too deep, also by a variable', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
    const words = 'JSON may be nested 500 levels deep, and this is deeper.'
    expect(json(deep(500)).toSend(speaking())).to.equal(deep(500))
    expect(() => json(deep(501)).toSend(speaking())).to.throw(UsageError, words)
    const nested = { ...speaking(), variables: variables.with({ nested: JSON.parse(deep(500)) }) }
    expect(() => json('["${nested}"]').toMatcher(nested)).to.throw(UsageError, words)
  })

  it('is written as it was', () => {
    expect(json('{"n": ${count}}').describe()).to.equal('{"n": ${count}}')
    expect(json('{"n": 1}', { exactly: true }).describe()).to.equal('exactly {"n": 1}')
  })

  for (const written of ['{type: ping}', '{"a": 1', '["a",]', '', '{"a": ${count} 1}']) {
    it(`is refused when it is sent or expected, with what is wrong: ${written}`, () => {
      for (const use of [
        () => json(written).toSend(speaking()),
        () => json(written).toMatcher(speaking()),
        () => json(written).checkSendable?.(),
      ]) {
        expect(use).to.throw(
          UsageError,
          / is not valid JSON: .+\.\nNames and texts stand in double quotes, and every bracket is closed: \{"type": "ping", "tags": \["a", "b"\]\}$/,
        )
      }
    })
  }
})

describe('reading JSON', () => {
  it('gives its value', () => {
    expect(parseJson(' {"a": [null]} ')).to.deep.equal({ a: [null] })
  })

  it('shows the beginning of what is none', () => {
    expect(() => parseJson('{type: ping}')).to.throw(UsageError, /^\{type: ping\} is not valid JSON: /)
    expect(() => parseJson(`[${'x'.repeat(400)}`)).to.throw(
      UsageError,
      /^\[x{299}… \(401 characters\) is not valid JSON: /,
    )
  })

  it('is for what looks like it', () => {
    const written = ['{', ' \n[1]', '{nonsense', '"text"', '3', 'Hello {', '']
    expect(written.filter(looksLikeJson)).to.deep.equal(['{', ' \n[1]', '{nonsense'])
  })
})

describe('a table of members', () => {
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

describe('what can be expected alone', () => {
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

describe('what is given to a method', () => {
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

describe('a value that goes round in a circle', () => {
  it('is no message', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => messageExpression(circle)).to.throw(UsageError, '[object Array] is not a valid message: give a text,')
  })
})

describe('a message by its name', () => {
  const files = { ...noFiles, message: () => ({ text: 'I have ${count}', isJson: false }) }

  it('may be a text, as it is whatever the template says', () => {
    const speaker = { ...speaking({ sent: chat, received: chat }), files }
    expect(namedMessage('greeting').toSend(speaker)).to.equal('I have 3')
    const matcher = namedMessage('greeting').toMatcher(speaker)
    expect([accepts(matcher, 'I have 3'), accepts(matcher, 'I have 4')]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('the "greeting" message')
  })
})

describe('a template', () => {
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
    it(`is read from ${typeof written === 'string' ? written : 'an object'}`, () => {
      expect(parseTemplate(written, { isExpected: true })).to.deep.equal(template)
    })
  }

  it('is refused without a place for the phrase', () => {
    expect(() => parseTemplate('{"message": "Hello"}', { isExpected: true })).to.throw(
      UsageError,
      'The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.',
    )
  })

  it('is refused as broken JSON', () => {
    expect(() => parseTemplate('{message: "${phrase}"}', { isExpected: true })).to.throw(
      UsageError,
      '{message: "${phrase}"} is not valid JSON: ',
    )
  })
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}

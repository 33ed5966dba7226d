/** Which message is meant by what a sentence, a cell or a doc string writes. */

import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { MessageExpression } from './message-expression'
import { parseDocString, parseMessage } from './parse-message'
import { Variables } from './variables'

const speaker = {
  variables: new Variables(),
  files: noFiles,
  phrases: { sent: { say: '${phrase}' }, received: { say: '${phrase}' } },
}
const sent = (wording: MessageExpression) => wording.toSend(speaker)
const says = (phrase: string) => JSON.stringify({ say: phrase })

describe('a message in a sentence', () => {
  for (const [written, phrase] of [
    ['"Hello"', 'Hello'],
    ["'Hello'", 'Hello'],
    ['""', ''],
    ['"say \\"hi\\" to \'em"', 'say "hi" to \'em'],
    ["'it\\'s \"me\"'", 'it\'s "me"'],
    ['"a \\n b"', 'a \\n b'],
    ['"{\\"type\\":\\"ping\\"}"', '{"type":"ping"}'],
    ['"any message"', 'any message'],
  ] as const) {
    it(`is the phrase ${phrase} when written ${written}`, () => {
      expect(sent(parseMessage(written))).to.equal(says(phrase))
    })
  }

  for (const written of ['{"type": "ping"}', '[1, 2]']) {
    it(`is JSON when written ${written}`, () => {
      expect(sent(parseMessage(written))).to.equal(written)
    })
  }

  it('that only looks like JSON is told when it is used', () => {
    expect(() => sent(parseMessage('{type: ping}'))).to.throw(UsageError, '{type: ping} is not valid JSON: ')
  })

  it('may be any message', () => {
    expect(parseMessage('any message').describe()).to.equal('any message')
  })

  for (const [written, described, said] of [
    ['a message containing "lo"', 'a message containing "lo"', 'Hello'],
    ["a message containing 'lo'", 'a message containing "lo"', 'Hello'],
    ['a message containing "\\"hi\\""', 'a message containing ""hi""', 'say "hi"'],
    ['a message matching "^\\d+\\.$"', 'a message matching "^\\d+\\.$"', '42.'],
  ] as const) {
    it(`is ${written}, such as ${said}`, () => {
      const matcher = parseMessage(written).toMatcher(speaker)
      expect(matcher.describe()).to.equal(described)
      expect(matcher.accepts(new Message(1, 0, says(said)))).to.equal(true)
      expect(matcher.accepts(new Message(1, 0, says('Bye')))).to.equal(false)
    })
  }
})

describe('a message in a cell', () => {
  for (const cell of [
    'Hello, world!',
    '',
    '"',
    'say "hi"',
    '"Hello" said "Bob"',
    "'Hello' said 'Bob'",
    'any message at all',
    'a message containing lo',
    'containing "lo"',
  ]) {
    it(`is the phrase it has: ${cell}`, () => {
      expect(sent(parseMessage(cell))).to.equal(says(cell))
    })
  }

  for (const [cell, phrase] of [
    ['"Hello"', 'Hello'],
    ["'Hello'", 'Hello'],
    ['" Hello "', ' Hello '],
    ['"say \\"hi\\""', 'say "hi"'],
    ['"one\ntwo"', 'one\ntwo'],
    ['"[Rob] Hello"', '[Rob] Hello'],
  ] as const) {
    it(`is the phrase in its quotes: ${JSON.stringify(cell)}`, () => {
      expect(sent(parseMessage(cell))).to.equal(says(phrase))
    })
  }

  it('may be written in all the other ways', () => {
    expect(sent(parseMessage('{"type": "ping"}'))).to.equal('{"type": "ping"}')
    expect(parseMessage('any message').describe()).to.equal('any message')
    expect(parseMessage('a message containing "lo"').describe()).to.equal('a message containing "lo"')
    expect(parseMessage('the "order" message').describe()).to.equal('the "order" message')
    expect(parseMessage("a message matching '^lo'").describe()).to.equal('a message matching "^lo"')
  })
})

describe('a doc string', () => {
  for (const [what, content, mediaType, message] of [
    ['is a phrase', 'Hello\nworld', undefined, says('Hello\nworld')],
    ['is JSON if it looks like it', '{\n"type": "ping"\n}', undefined, '{\n"type": "ping"\n}'],
    ['is JSON if it says so', '"ping"', 'json', '"ping"'],
    ['is JSON if it says so at length', '3', 'application/json', '3'],
    ['is a text if it says so', '{type: ping}', 'text', '{type: ping}'],
    ['may be empty', '', undefined, says('')],
  ] as const) {
    it(what, () => {
      expect(sent(parseDocString(content, { mediaType }))).to.equal(message)
    })
  }

  it('may be meant exactly', () => {
    const matcher = parseDocString('{"a": 1}', { exactly: true }).toMatcher(speaker)
    expect(matcher.describe()).to.equal('exactly {"a":1}')
    expect(parseDocString('{"a": 1}', {}).toMatcher(speaker).describe()).to.equal('{"a":1}')
  })

  it('of media type json must be JSON', () => {
    expect(() => sent(parseDocString('Hello', { mediaType: 'json' }))).to.throw(UsageError, 'Hello is not valid JSON: ')
  })

  for (const content of ['<ping/>', '[ping]']) {
    it(`is no message if it says to be something else: ${content}`, () => {
      expect(() => parseDocString(content, { mediaType: 'xml' })).to.throw(
        UsageError,
        'A message cannot have the media type "xml": write json or text.',
      )
    })
  }
})

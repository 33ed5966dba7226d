import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { Variables } from '../variables/variables'
import type { MessageExpression } from './message-expression'
import { parseCell, parseDocString, parseMessage, requireDocString } from './parse-message'

const context = {
  variables: new Variables(),
  files: noFiles,
  phrases: { sent: { say: '${phrase}' }, received: { say: '${phrase}' } },
}
const sent = (expression: MessageExpression) => expression.toSend(context)
const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
const says = (phrase: string) => JSON.stringify({ say: phrase })

describe('parseMessage, in a sentence', () => {
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
    it(`reads ${written} as the phrase ${phrase}`, () => {
      expect(sent(parseMessage(written))).to.equal(says(phrase))
    })
  }

  for (const written of ['{"type": "ping"}', '[1, 2]']) {
    it(`reads ${written} as JSON`, () => {
      expect(sent(parseMessage(written))).to.equal(written)
    })
  }

  it('refuses invalid JSON when it is used', () => {
    expect(() => sent(parseMessage('{type: ping}'))).to.throw(UsageError, '{type: ping} is not valid JSON: ')
  })

  it('reads any message', () => {
    expect(parseMessage('any message').describe()).to.equal('any message')
  })

  for (const [written, described, said] of [
    ['a message containing "lo"', 'a message containing "lo"', 'Hello'],
    ["a message containing 'lo'", 'a message containing "lo"', 'Hello'],
    ['a message containing "\\"hi\\""', 'a message containing ""hi""', 'say "hi"'],
    ['a message matching "^\\d+\\.$"', 'a message matching "^\\d+\\.$"', '42.'],
  ] as const) {
    it(`reads ${written}, which accepts ${said}`, () => {
      const matcher = parseMessage(written).toMatcher(context)
      expect(matcher.describe()).to.equal(described)
      expect(matcher.accepts(new Message(1, 0, says(said)))).to.equal(true)
      expect(matcher.accepts(new Message(1, 0, says('Bye')))).to.equal(false)
    })
  }
})

describe('parseCell', () => {
  for (const cell of [
    'Hello, world!',
    '',
    '"',
    'say "hi"',
    '"Hello" said "Bob"',
    "'Hello' said 'Bob'",
    'any message at all',
    'containing "lo"',
  ]) {
    it(`reads the cell as a phrase: ${cell}`, () => {
      expect(sent(parseCell(cell))).to.equal(says(cell))
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
    it(`reads the phrase in quotes: ${JSON.stringify(cell)}`, () => {
      expect(sent(parseCell(cell))).to.equal(says(phrase))
    })
  }

  it('reads all other ways to write a message', () => {
    expect(sent(parseCell('{"type": "ping"}'))).to.equal('{"type": "ping"}')
    expect(parseCell('any message').describe()).to.equal('any message')
    expect(parseCell('a message containing "lo"').describe()).to.equal('a message containing "lo"')
    expect(parseCell('the "order" message').describe()).to.equal('the "order" message')
    expect(parseCell("a message matching '^lo'").describe()).to.equal('a message matching "^lo"')
  })
})

describe('a message in a cell', () => {
  const words = /^(?:containing|matching|valid|of|with|where) /
  const listed = /ways: (.+)\.$/s.exec(messageOf(() => parseMessage('?')))?.[1] as string

  /** What the list of sentences says of messages, and what the error says of what is none. */
  const forms = [
    ...[
      ...(/^\| `\{message\}` \| (.+) \|$/m
        .exec(readFileSync('docs/vocabulary.md', 'utf8'))?.[1]
        ?.matchAll(/`(.+?)`/g) ?? []),
    ]
      .map(([, form]) => form as string)
      .map((form) => (words.test(form) ? `a message ${form}` : form)),
    ...listed.split(', ').map((form) => form.replace('{"…": …}', '{"a": 1}').replace('is …', 'is 1')),
    ...[
      'JSON [1]',
      'the JSON {"a": 1}',
      'message {"a": 1}',
      'the message {"a": 1}',
      'the frame {"a": 1}',
      'the frame [1]',
    ],
    ...["'Hello'", 'a message whose "amount" is at least 1', 'an "Echo"', 'a binary message on "news"'],
    ...[
      'the event "chat" with any message',
      'the event "chat" with {"a": 1}',
      'the event "chat" with "Hello" on "news"',
    ],
    ...[
      'the wrong "Hello"',
      'the wrong "greeting" message',
      'the wrong a "PongMessage"',
      'the wrong the bytes "de ad"',
    ],
  ].filter((form) => !['a message', 'anything'].includes(form))

  it('has all forms', () => {
    expect(forms).to.include.members([
      '"Hello"',
      'a message matching "^He"',
      'a binary message',
      'the wrong {"type": "ping"}',
    ])
    expect(forms).to.include.members(['the bytes "…"', 'the phrase "…"', 'any message'])
  })

  for (const form of forms) {
    it(`is what it is in a sentence: ${form}`, () => {
      const [cell, sentence] = [parseCell(form), parseMessage(form)]
      expect(cell.describe()).to.equal(sentence.describe())
      expect(cell.describe()).to.not.equal(parseCell(JSON.stringify(form)).describe())
    })
  }

  for (const form of ['a message', 'anything', 'the wrong answer', 'the wrong "answer" is 42, Bob', 'JSON is fun']) {
    it(`may be what somebody says: ${form}`, () => expect(sent(parseCell(form))).to.equal(says(form)))
  }
})

describe('parseDocString', () => {
  for (const [what, content, mediaType, message] of [
    ['reads a phrase', 'Hello\nworld', undefined, says('Hello\nworld')],
    ['reads JSON if it looks like JSON', '{\n"type": "ping"\n}', undefined, '{\n"type": "ping"\n}'],
    ['reads JSON with the media type json', '"ping"', 'json', '"ping"'],
    ['reads JSON with the media type application/json', '3', 'application/json', '3'],
    ['reads a text with the media type text', '{type: ping}', 'text', '{type: ping}'],
    ['reads an empty one as an empty phrase', '', undefined, says('')],
  ] as const) {
    it(what, () => {
      expect(sent(parseDocString(content, { mediaType }))).to.equal(message)
    })
  }

  it('reads JSON that is expected exactly', () => {
    const matcher = parseDocString('{"a": 1}', { exactly: true }).toMatcher(context)
    expect(matcher.describe()).to.equal('exactly {"a":1}')
    expect(parseDocString('{"a": 1}', {}).toMatcher(context).describe()).to.equal('{"a":1}')
  })

  it('refuses what is not JSON with the media type json', () => {
    expect(() => sent(parseDocString('Hello', { mediaType: 'json' }))).to.throw(UsageError, 'Hello is not valid JSON: ')
  })

  for (const content of ['<ping/>', '[ping]']) {
    it(`refuses another media type: ${content}`, () => {
      expect(() => parseDocString(content, { mediaType: 'xml' })).to.throw(
        UsageError,
        'A message cannot have the media type "xml": write json or text.',
      )
    })
  }
})

describe('parseCell', () => {
  for (const [cell, quotedCell] of [
    ['a message containing lo', '"a message containing lo"'],
    ['A message containing "lo"', `'A message containing "lo"'`],
    ['a Message Matching ^a', '"a Message Matching ^a"'],
    ['a message valid against order.json', '"a message valid against order.json"'],
    ['a message that contains', '"a message that contains"'],
    ['a message which matches x', '"a message which matches x"'],
    ['a message of type order', '"a message of type order"'],
    ['a message where a is 1', '"a message where a is 1"'],
    ['a message with "a"', `'a message with "a"'`],
    [`a message with 'a`, `"a message with 'a"`],
    [`A message with "it's"`, `'A message with "it\\'s"'`],
  ] as const) {
    it(`refuses what begins like an expression, and is none: ${cell}`, () => {
      expect(() => parseCell(cell)).to.throw(
        UsageError,
        /begins like a message, and is not one\. Write it like a message containing "…", .*\nIf these are the words of the message, put them in quotes: /,
      )
      expect(() => parseCell(cell)).to.throw(`put them in quotes: ${quotedCell}`)
      expect(sent(parseCell(quotedCell))).to.equal(JSON.stringify({ say: cell }))
    })
  }

  for (const cell of [
    'a message',
    'a message for you',
    'a messages containing',
    'my message containing lo',
    'a message with care',
  ]) {
    it(`reads other words as a phrase: ${cell}`, () => {
      expect(sent(parseCell(cell))).to.equal(JSON.stringify({ say: cell }))
    })
  }
})

describe('parseCell, of a member', () => {
  for (const cell of ['a message where "a" is', 'a message with "a" and "b"', 'a message where "a" is at least much']) {
    it(`refuses what compares with nothing: ${cell}`, () => {
      expect(() => parseCell(cell)).to.throw(
        UsageError,
        /" compares with nothing: write a text in quotes or a number, such as /,
      )
    })
  }

  it('compares with what JSON has names for', () => {
    const { toMatcher } = parseCell('a message where "a" is true')
    const accepts = (text: string) => toMatcher(context).accepts(new Message(1, 0, text))
    expect(['{"a":true}', '{"a":"true"}', '{"a":""}'].map(accepts)).to.deep.equal([true, false, false])
    expect(() => parseCell('a message where "a" is almost true')).to.throw(
      UsageError,
      '"is almost" is not a known comparison',
    )
  })
})

describe('requireDocString', () => {
  it('accepts a text, and refuses what Cucumber gives without a doc string', () => {
    requireDocString('')
    expect(() => requireDocString(() => {})).to.throw(
      UsageError,
      'This sentence needs a doc string below it:\n  """\n  Hello, world!\n  """',
    )
    expect(() => requireDocString(undefined, '{}')).to.throw(UsageError, '\n  {}\n')
  })
})

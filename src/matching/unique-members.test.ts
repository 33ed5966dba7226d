import { expect } from 'chai'
import { ExpectationError } from '../errors'
import { Message } from '../inbox/message'
import { validAgainstSchema } from '../schemas/schema-matcher'
import { jsonContaining, jsonEqualTo } from './json-matcher'
import type { Matcher } from './matcher'
import { havingMembers } from './members-matcher'
import { phraseContaining, phraseEqualTo, phraseMatching } from './phrase-matcher'

const template = { say: '${phrase}' }
const schema = () => '{"type":"object"}'

describe('requireUnambiguous', () => {
  for (const [kind, matcher, text] of [
    ['exact JSON', jsonEqualTo({ role: 'user' }), '{"role":"admin","role":"user"}'],
    ['exact JSON that the first value is', jsonEqualTo({ role: 'admin' }), '{"role":"admin","role":"user"}'],
    ['contained JSON', jsonContaining({ role: 'user' }), '{"role":"admin","role":"user","x":1}'],
    ['contained JSON that the first value is', jsonContaining({ role: 'admin' }), '{"role":"admin","role":"user"}'],
    ['JSON with a marker', jsonContaining({ role: '#number' }), '{"role":1,"role":"user"}'],
    ['JSON with an escape', jsonContaining({ role: 'admin' }), '{"r\\u006fle":"admin","role":"user"}'],
    [
      'members',
      havingMembers([['user.role', 'user']]),
      `{"user":{"role":"admin","role":"user"},"long":"${'x'.repeat(2000)}"}`,
    ],
    ['members that the first value is', havingMembers([['role', 'admin']]), '{"role":"admin","role":"user"}'],
    ['several places', havingMembers([['$..role', '#present']]), '{"role":"admin","role":"user"}'],
    ['a phrase', phraseEqualTo('Bye', { template }), '{"say":"Hello","say":"Bye"}'],
    ['a phrase that the first value is', phraseEqualTo('Hello', { template }), '{"say":"Hello","say":"Bye"}'],
    ['a pattern', phraseMatching('^Bye$', template), '{"say":"Hello","say":"Bye"}'],
    ['a schema', validAgainstSchema('x.json', schema), '{"role":"admin","role":"user"}'],
  ] as const) {
    it(`neither accepts nor rejects a message that has a member twice: ${kind}`, () => {
      const message = new Message(1, 0, text)
      for (let time = 0; time < 2; time++) {
        expect(() => (matcher as Matcher).accepts(message)).to.throw(
          ExpectationError,
          ' twice, and which of them counts is not defined',
        )
      }
    })
  }

  it('says which member it is, and what to expect instead', () => {
    expect(() => jsonContaining({ a: 1 }).accepts(new Message(1, 0, '{"a":1,"b":{"c":1,"c":2}}'))).to.throw(
      'The message {"a":1,"b":{"c":1,"c":2}} has the member "c" of /b twice, and which of them counts is not defined ' +
        '(RFC 8259, section 4): the server should send it once. To expect it as it is, expect its text: a message containing "…"',
    )
  })

  for (const [kind, matcher] of [
    ['its text', phraseContaining('"role":"admin"')],
    ['its whole text', phraseEqualTo('{"role":"admin","role":"user"}')],
  ] as const) {
    it(`does not matter for ${kind}`, () => {
      expect(matcher.accepts(new Message(1, 0, '{"role":"admin","role":"user"}'))).to.equal(true)
    })
  }

  it('does not matter where another message is meant', () => {
    const message = new Message(1, 0, '{"role":"admin","role":"user"}')
    for (const matcher of [
      jsonContaining({ type: 'order' }),
      jsonContaining({ role: 7 }),
      havingMembers([['type', 'order']]),
      phraseEqualTo('Hello', { template }),
    ]) {
      expect(matcher.accepts(message)).to.equal(false)
    }
  })
})

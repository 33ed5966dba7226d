import { expect } from 'chai'
import fc from 'fast-check'
import { ExpectationError } from '../errors'
import { Message } from '../inbox/message'
import { parseExactly } from '../json/exact-number'
import { LiteralValue } from '../json/json-value'
import { validAgainstSchema } from '../schemas/schema-matcher'
import { jsonContaining, jsonEqualTo } from './json-matcher'
import type { Matcher } from './matcher'
import { havingMembers } from './members-matcher'
import { phraseContaining, phraseEqualTo, phraseMatching } from './phrase-matcher'
import { sameMessage } from './same-message'

/** `{"n": …}` with this number as it is written. */
const exactly = (source: string) => parseExactly(`{"n":${source}}`, { keepSpelling: true })

const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.nat({ max: 2000 }),
    fc.constantFrom('', '.0', '.50', '.25'),
    fc.constantFrom('', 'e0', 'E+2', 'e-1', 'e3'),
  )
  .map((parts) => parts.join(''))

/** The same number, as JavaScript writes it. */
const respell = (source: string) => String(Number(source))

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
    ['a number that is written otherwise', jsonContaining({ n: 1000 }), '{"n":1e3,"n":2}'],
    ['a number that is written with a fraction', jsonEqualTo({ n: 10 }), '{"n":10.0,"n":2}'],
    ['a large number', jsonContaining({ n: 1e21 }), '{"n":1000000000000000000000,"n":2}'],
    [
      'a number that JavaScript cannot hold',
      jsonContaining(exactly('9007199254740993')),
      '{"n":9007199254740993.0,"n":2}',
    ],
    ['a zero with a sign', jsonContaining(exactly('-0')), '{"n":0,"n":2}'],
    ['a member of an item', havingMembers([['items[0].n', 7]]), '{"items":[{"n":7,"n":8}]}'],
    ['a member that is a number written otherwise', havingMembers([['n', 1000]]), '{"n":1e3,"n":2}'],
    ['a variable', jsonContaining({ n: new LiteralValue({ a: ['#x', 1000] }) }), '{"n":{"a":["#x",1.0e3]},"n":2}'],
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

  for (const [kind, matcher] of [
    ['exact JSON', jsonEqualTo({ n: 1 })],
    ['contained JSON', jsonContaining({ n: 1 })],
    ['JSON with a marker', jsonContaining({ n: '#number' })],
    ['members', havingMembers([['n', 1]])],
    ['several places', havingMembers([['$..n', '#present']])],
    ['a denied member', havingMembers([['n', '#!= 2']])],
    ['a phrase', phraseEqualTo('Hello', { template })],
    ['a schema', validAgainstSchema('x.json', schema)],
    ['a part behind escapes', phraseContaining('café')],
    ['another message', sameMessage(new Message(1, 0, '{"n":1}'), 'the same')],
  ] as const) {
    it(`neither accepts nor rejects a message that is nested too deep: ${kind}`, () => {
      const message = new Message(
        1,
        0,
        `{"say":"Hello","n":1,"x":"caf\\u00e9","deep":${'['.repeat(600)}${']'.repeat(600)}}`,
      )
      for (let time = 0; time < 2; time++) {
        expect(() => (matcher as Matcher).accepts(message)).to.throw(
          ExpectationError,
          ' is nested more than 500 levels deep, and is not read as JSON. To expect it as it is, expect its text',
        )
      }
    })
  }

  it('rejects a long text that is no JSON, whatever it begins with', () => {
    for (const text of [`[${'x'.repeat(2000)}`, 'x'.repeat(2000)]) {
      expect(jsonContaining({}).accepts(new Message(1, 0, text))).to.equal(false)
    }
  })

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

  it('matters whichever of the members counts, and however its number is written', () =>
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 3 }), fc.nat(), (written, index) => {
        const member = (source: string) => `{"list":[{"n":${source}}]}`
        const message = new Message(1, 0, `{"list":[{${written.map((source) => `"n":${source}`).join()}}]}`)
        const meant = JSON.parse(member(respell(written[index % written.length] as string)))
        const rows = [['list[0].n', meant.list[0].n]] as const
        for (const matcher of [jsonContaining(meant), jsonEqualTo(meant), havingMembers(rows)]) {
          expect(() => matcher.accepts(message)).to.throw(ExpectationError)
        }
      }),
    ))

  it('does not matter where another message is meant', () => {
    const message = new Message(1, 0, '{"role":"admin","role":"user"}')
    for (const matcher of [
      jsonContaining({ type: 'order' }),
      jsonContaining({ role: 7 }),
      jsonContaining({ role: 1e21 }),
      havingMembers([['type', 'order']]),
      phraseEqualTo('Hello', { template }),
    ]) {
      expect(matcher.accepts(message)).to.equal(false)
    }
  })
})

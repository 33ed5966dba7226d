import { expect } from 'chai'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { validAgainstSchema } from '../schemas/schema-matcher'
import { MAX_ERRORS } from './limited-errors'

const DRAFTS = [
  'http://json-schema.org/draft-07/schema#',
  'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema',
]

/** Each keyword that is about all items or members, with the draft in which it stands, and a list or an object. */
const KEYWORDS: readonly (readonly [schema: object, value: (count: number) => unknown, drafts?: readonly string[]])[] =
  [
    [{ items: { type: 'string' } }, listOf],
    [{ items: false }, listOf],
    [{ items: { items: { type: 'string' } } }, (count) => listOf(count).map(() => listOf(count))],
    [{ items: { not: { items: { type: 'number' } } } }, (count) => listOf(count).map(() => listOf(count))],
    [{ items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, listOf],
    [{ items: [true], additionalItems: { type: 'string' } }, listOf, DRAFTS.slice(0, 2)],
    [{ items: [true], additionalItems: false }, listOf, DRAFTS.slice(0, 2)],
    [{ prefixItems: [true], items: { type: 'string' } }, listOf, DRAFTS.slice(2)],
    [{ prefixItems: [true], items: false }, listOf, DRAFTS.slice(2)],
    [{ unevaluatedItems: { type: 'string' } }, listOf, DRAFTS.slice(1)],
    [{ unevaluatedItems: false }, listOf, DRAFTS.slice(1)],
    [{ anyOf: [{ items: { type: 'string' } }, false], unevaluatedItems: false }, listOf, DRAFTS.slice(1)],
    [{ additionalProperties: { type: 'string' } }, objectOf],
    [{ additionalProperties: false }, objectOf],
    [{ properties: { m0: true }, additionalProperties: false }, objectOf],
    [{ patternProperties: { m: { type: 'string' }, '^m1': false } }, objectOf],
    [{ propertyNames: { minLength: 20 } }, objectOf],
    [{ unevaluatedProperties: { type: 'string' } }, objectOf, DRAFTS.slice(1)],
    [{ unevaluatedProperties: false }, objectOf, DRAFTS.slice(1)],
    [{ properties: { m0: true }, unevaluatedProperties: false }, objectOf, DRAFTS.slice(1)],
    [{ patternProperties: { '^m[01]$': true }, unevaluatedProperties: false }, objectOf, DRAFTS.slice(1)],
  ]

function listOf(count: number): unknown[] {
  return Array.from({ length: count }, () => 1)
}

function objectOf(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, 1]))
}

const message = (value: unknown) => new Message(1, 0, JSON.stringify(value))
const namesOf = (difference: unknown) => Object.keys(difference as object)

describe('Errors of items and members', () => {
  beforeEach(renewBudget)

  for (const [schema, value, drafts = DRAFTS] of KEYWORDS) {
    for (const $schema of drafts) {
      it(`are found, however many there are: ${JSON.stringify(schema)} in ${$schema}`, () => {
        const matcher = validAgainstSchema('a.json', () => JSON.stringify({ $schema, ...schema }))
        expect([0, 3, 400].map((count) => matcher.accepts(message(value(count))))).to.deep.equal([true, false, false])
        expect(matcher.compare(message(value(400))).distance).to.be.greaterThan(0)
        // The same where others come after it, and where it is one of several.
        const outer = validAgainstSchema('b.json', () =>
          JSON.stringify({ $schema, allOf: [{ not: schema }], anyOf: [schema, { type: ['array', 'object'] }] }),
        )
        expect([0, 3, 400].map((count) => outer.accepts(message(value(count))))).to.deep.equal([false, true, true])
      })
    }
  }

  it('are compared until it is plain what is wrong', () => {
    const matcher = validAgainstSchema('a.json', () => '{"items": {"type": "string"}}')
    const { distance, expected, actual } = matcher.compare(message(listOf(1_000)))
    expect(distance).to.equal(1)
    expect(expected).to.include({ '/0': 'must be string', '/49': 'must be string', '…': 'and more' })
    expect([namesOf(expected), namesOf(actual)].map(({ length }) => length)).to.deep.equal([51, 50])
    expect(namesOf(matcher.compare(message(listOf(50))).expected)).to.have.lengthOf(50)
    expect(namesOf(matcher.compare(message(listOf(51))).expected)).to.have.lengthOf(51)
  })

  it('of few items may be many', () => {
    const branches = Array.from({ length: 70 }, (_, at) => ({ const: `c${at}` }))
    const matcher = validAgainstSchema('a.json', () => JSON.stringify({ items: { anyOf: branches } }))
    expect(matcher.compare(message(listOf(1_000))).expected).to.deep.equal({
      ...{ '/0': 'must match a schema in anyOf', '/1': 'must match a schema in anyOf' },
      '…': 'and more',
    })
    expect(matcher.compare(message(listOf(1))).expected).to.deep.equal({ '/0': 'must match a schema in anyOf' })
  })

  it('are not all made, each with the path that leads to it', () => {
    const [errors, text] = [MAX_ERRORS * 200, { type: 'string' }]
    const name = 'k'.repeat(100_000)
    for (const schema of [
      { additionalProperties: { items: text } },
      { additionalProperties: { items: { $ref: '#/definitions/text' } }, definitions: { text } },
      { additionalProperties: { items: { required: [name] } } },
    ]) {
      renewBudget()
      const matcher = validAgainstSchema('a.json', () => JSON.stringify(schema))
      const value = message({
        [name]: Array.from({ length: errors }, () =>
          'required' in Object(schema.additionalProperties.items) ? {} : 1,
        ),
      })
      expect(matcher.accepts(value)).to.equal(false)
      expect(namesOf(matcher.compare(value).expected)).to.have.lengthOf(51)
    }
  })
})

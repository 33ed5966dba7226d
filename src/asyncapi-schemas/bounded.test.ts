import { expect } from 'chai'
import { chatDocument, contractOf } from '../../test/support/contracts'
import { Message } from '../inbox/message'
import { isBounded } from './bounded'
import { ContractDocuments } from './contract-documents'
import { Place } from './place'

describe('isBounded', () => {
  const bounded = (schema: unknown) => {
    const documents = new ContractDocuments('a.json')
    documents.add({
      path: 'a.json',
      text: JSON.stringify({ schema, node: { properties: { next: { $ref: '#/node' } } }, text: { type: 'string' } }),
    })
    return isBounded(Place.root(documents, 'a.json').member('schema') as Place)
  }

  it('serves small messages, and large ones are valid, too', () => {
    const payload = { type: 'object', properties: { list: { type: 'array' }, text: { type: 'string' } } }
    const { matcher } = contractOf(chatDocument({ m: { payload } })).messageNamed('m')
    const accepts = (value: object) => matcher.accepts(new Message(1, 0, JSON.stringify(value)))
    expect(accepts({ list: Array.from({ length: 2000 }, () => [1]) })).to.equal(true)
    expect(accepts({ text: 'a'.repeat(20_000) })).to.equal(true)
    expect(accepts({ text: 1, list: [{ a: 'b' }] })).to.equal(false)
  })

  for (const schema of [
    true,
    { type: 'object', properties: { pattern: { $ref: '#/text' }, a: { enum: ['pattern', { pattern: 'a' }] } } },
    { $ref: '#/text', 'x-note': { pattern: 'a' } },
    { items: [{ type: 'string', format: 'date-time' }, { oneOf: [{ const: 1 }, { not: { const: 2 } }] }] },
  ])
    it(`is so: ${JSON.stringify(schema)}`, () => expect(bounded(schema)).to.equal(true))

  for (const schema of [
    { properties: { a: { pattern: 'a' } } },
    { patternProperties: { a: {} } },
    { items: { uniqueItems: true } },
    { unevaluatedProperties: false },
    { format: 'email' },
    { $ref: '#/node' },
    { $ref: '#/nowhere' },
    { properties: { a: null } },
    { allOf: Array.from({ length: 301 }, () => ({})) },
  ])
    it(`is not so: ${JSON.stringify(schema).slice(0, 60)}`, () => expect(bounded(schema)).to.equal(false))
})

import fs from 'node:fs'
import { expect } from 'chai'
import { chatDocument, contractOf } from '../../test/support/contracts'
import { renewBudget } from '../evaluation-limit'
import { stringifyJson } from '../json/json-text'

describe('An example that is made', () => {
  beforeEach(renewBudget)

  const made = (payload: unknown, files = {}, others = {}, options = {}) =>
    contractOf(chatDocument({ chatMessage: { payload } }, {}, others), files, options)
      .messageNamed('chatMessage')
      .makeExample()

  const text = { type: 'string' }

  it('has what is required, as people write it', () => {
    const payload = {
      type: 'object',
      required: ['message', 'mood', 'count', 'score', 'isLoud', 'tags', 'from', 'nothing', 'at'],
      properties: {
        message: text,
        mood: { enum: ['glad', 'sad'] },
        count: { type: 'integer' },
        score: { type: 'number', minimum: 3, maximum: 3 },
        isLoud: { const: true },
        tags: { type: 'array', minItems: 1, maxItems: 1, items: text },
        from: { type: 'object', required: ['name'], properties: { name: text, 'x-age': { type: 'number' } } },
        nothing: { type: 'null' },
        at: { type: 'string', const: '2026-01-01' },
        left: text,
      },
      'x-note': 5,
    }
    expect(made(payload)).to.deep.equal({
      ...{ message: 'message', mood: 'glad', count: 1, score: 3, isLoud: true, tags: ['tags'] },
      ...{ from: { name: 'name' }, nothing: null, at: '2026-01-01' },
    })
  })

  it('is a text, a number or a list', () => {
    expect(made(text)).to.equal('text')
    expect(made({ type: 'number', exclusiveMinimum: 4, maximum: 5 })).to.be.within(4, 5)
    expect(
      made({
        type: 'array',
        prefixItems: [{ const: 1 }, text],
        items: false,
        minItems: 2,
        $schema: 'https://json-schema.org/draft/2020-12/schema',
      }),
    ).to.deep.equal([1, 'text'])
  })

  it('has numbers that JavaScript cannot hold, with all their digits', () => {
    const big = '1234567890123456789'
    const example = (payload: string) => {
      const document = JSON.stringify(chatDocument({ chatMessage: 'A' }, {})).replace('"A"', `{"payload":${payload}}`)
      return stringifyJson(contractOf(document).messageNamed('chatMessage').makeExample() ?? 'none')
    }
    const members = ['const', 'default', 'examples', 'enum'].map((keyword) => {
      const value = ['examples', 'enum'].includes(keyword) ? `[${big}]` : big
      return `"${keyword}":{"type":"integer","${keyword}":${value}}`
    })
    const all = `{"type":"object","required":["const","default","examples","enum"],"properties":{${members}}}`
    expect(example(all)).to.equal(`{"const":${big},"default":${big},"examples":${big},"enum":${big}}`)
    expect(example('{"const":{"a":[0.12345678901234567890123]}}')).to.equal('{"a":[0.12345678901234567890123]}')
    const wide = '"minimum":-9223372036854775808,"maximum":9223372036854775807'
    expect(example(`{"type":"integer","format":"int64",${wide}}`)).to.match(/^-?\d{1,16}$/)
    expect(example(`{"type":"integer","exclusiveMaximum":-${big}}`)).to.equal('"none"')
  })

  it('has what tells the message from others, required or not', () => {
    const payload = { required: ['any'], properties: { action: { const: 'chat' }, type: { enum: ['a'] }, any: true } }
    expect(made(payload)).to.deep.include({ action: 'chat', type: 'a' }).and.have.property('any')
  })

  it('is always the same, and not the one of another message', () => {
    const payload = { type: 'string', pattern: '^[a-z]{9}$' }
    const contract = contractOf(chatDocument({ one: { payload }, other: { payload } }))
    const [one, again, other] = ['one', 'one', 'other'].map((name) => contract.messageNamed(name).makeExample())
    expect(one).to.match(/^[a-z]{9}$/)
    expect(again).to.equal(one)
    expect(other).not.to.equal(one)
    expect(made(payload)).to.equal(made(payload))
  })

  it('follows references, into other documents and to itself', () => {
    const components = {
      schemas: {
        Node: {
          type: 'object',
          required: ['name'],
          properties: { name: { $ref: 'texts.json#/short' }, next: { $ref: '#/components/schemas/Node' } },
        },
      },
    }
    const pair = {
      type: 'object',
      required: ['one', 'other'],
      properties: { one: { $ref: '#/components/schemas/Node' }, other: { $ref: '#/components/schemas/Node' } },
    }
    const files = { 'texts.json': { short: { type: 'string', maxLength: 1, minLength: 1 } } }
    expect(JSON.stringify(made(pair, files, { components }))).to.match(/^{"one":{"name":"."},"other":{"name":"."}}$/)
  })

  it('reads what stands beside a reference as its draft does', () => {
    const components = { schemas: { Text: text } }
    const payload = { $ref: '#/components/schemas/Text', pattern: '^b+$' }
    expect(made(payload, {}, { components })).to.equal('text')
    expect(made(payload, {}, { components }, { draft: '2020-12' })).to.match(/^b+$/)
  })

  it('is another one where what people write is not valid', () => {
    const payload = {
      type: 'object',
      required: ['code'],
      properties: { code: text },
      not: { properties: { code: { const: 'code' } } },
    }
    expect(made(payload)).to.have.property('code').that.is.a('string').and.not.equals('code')
  })

  it('is none where none can be made', () => {
    expect(made({ type: 'string', not: { type: 'string' } })).to.equal(undefined)
    expect(made({ allOf: [{ type: 'string' }, { type: 'number' }] })).to.equal(undefined)
    expect(made({ type: 'strin' })).to.equal(undefined)
    expect(made({ properties: { a: null } })).to.equal(undefined)
    expect(made(true)).to.equal(undefined)
    for (const [contentType, example] of [
      ['text/plain', 'text'],
      ['application/xml', undefined],
      ['image/png', undefined],
    ]) {
      const contract = contractOf(chatDocument({ chatMessage: { contentType, payload: text } }))
      expect(contract.messageNamed('chatMessage').makeExample(), contentType).to.equal(example)
    }
  })

  it('is made in time, or not at all', () => {
    expect(() => made({ type: 'string', minLength: 2 ** 30 })).to.throw(
      'It takes too long to make an example of "chatMessage"',
    )
  })

  it('needs a package, and says how to install it', () => {
    const { existsSync } = fs
    fs.existsSync = () => false
    try {
      expect(() => made(text)).to.throw(
        'The document has no example of "chatMessage". Write one below it, as "examples" of the message, or the members in a ' +
          'table below the sentence; or have one made from its schema by the package json-schema-faker: npm install --save-dev json-schema-faker',
      )
    } finally {
      fs.existsSync = existsSync
    }
  })
})

/** Whatever a document or a message is: neither a hang, nor a stack that overflows, nor an error of another kind. */

import { expect } from 'chai'
import fc from 'fast-check'
import { chatDocument, contractOf, exchanged, operation } from '../../test/support/contracts'
import { failureMessage } from '../../test/support/failures'
import { ConversationError } from '../errors'
import { renewBudget } from '../evaluation-limit'

describe('Hostile contracts', () => {
  beforeEach(renewBudget)

  const chatWith = (payload: unknown, schemas: object = {}) =>
    contractOf(chatDocument({ m: { payload } }, { hear: operation('send', ['m']) }, { components: { schemas } }))

  it('have schemas that contain themselves', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/node' } }, required: ['id'] }
    const chat = chatWith({ $ref: '#/components/schemas/node' }, { node })
    expect(chat.validate(exchanged({ id: 1, next: { id: 2 } })).verdict).to.equal('valid')
    expect(chat.validate(exchanged({ id: 1, next: {} })).complaint).to.match(/: \/next\/id is missing$/)
  })

  for (const [kind, payload, schemas] of [
    ['in place', { $ref: '#/components/schemas/a' }, { a: { allOf: [{ $ref: '#/components/schemas/a' }] } }],
    [
      'as branches',
      { $ref: '#/components/schemas/a' },
      { a: { oneOf: [{ $ref: '#/components/schemas/a' }, { type: 'string' }] } },
    ],
    [
      'as constants',
      { properties: { a: { $ref: '#/components/schemas/a' } } },
      { a: { allOf: [{ $ref: '#/components/schemas/a' }] } },
    ],
  ] as const) {
    it(`have schemas that contain themselves ${kind}`, async () => {
      expect(await failureMessage(() => chatWith(payload, schemas).validate(exchanged({ a: 1 })))).to.match(
        /does not compile|takes too long/,
      )
    })
  }

  it('have a schema that leads back to itself', async () => {
    expect(
      await failureMessage(() =>
        chatWith({ $ref: '#/components/schemas/a' }, { a: { $ref: '#/components/schemas/a' } }),
      ),
    ).to.match(/its "\$ref" leads back to itself\.$/)
    const inner = { properties: { a: { $ref: '#/components/schemas/a' } } }
    const chat = chatWith(inner, { a: { $ref: '#/components/schemas/a' } })
    // Each message says it anew.
    for (let time = 0; time < 2; time++) {
      expect(await failureMessage(() => chat.validate(exchanged({ a: time })))).to.match(/does not compile/)
    }
  })

  it('have many branches, of which one is told', () => {
    const branch = (at: number) => ({
      type: 'object',
      required: ['type'],
      properties: { type: { const: `t${at}` }, n: { type: 'number' } },
    })
    const chat = chatWith({ oneOf: Array.from({ length: 100 }, (_, at) => branch(at)) })
    expect(chat.validate(exchanged({ type: 't7', n: 'x' })).complaint).to.match(/: \/n must be number, and is "x"$/)
  }).timeout(30_000)

  it('have many members, and schemas within schemas', () => {
    const deep = (depth: number): object =>
      depth === 0 ? {} : { allOf: [deep(depth - 1)], properties: { a: { allOf: [{ const: 1 }] } } }
    const properties = Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`m${at}`, { const: at }]))
    expect(chatWith({ properties }).model.channels).to.have.length(1)
    void chatWith({ properties }).messageNamed('m').senders
    expect(chatWith(deep(100)).validate(exchanged({ a: 1 })).verdict).to.equal('valid')
  }).timeout(30_000)

  it('have channels of many segments and parameters', () => {
    const names = Array.from({ length: 500 }, (_, at) => `a${at}`)
    const address = `/${names.map((name) => `{${name}}b`).join('')}/${'x/'.repeat(500)}`
    const parameters = Object.fromEntries(names.map((name) => [name, {}]))
    const chat = contractOf({ asyncapi: '3.0.0', channels: { a: { address, parameters, messages: {} } } })
    const url = `ws://localhost/${'ab'.repeat(3000)}/${'x/'.repeat(500)}`
    expect(chat.connecting({ url, headers: {} })).to.deep.equal([])
    expect(chat.connecting({ url: url.replace('/x', 'c/x'), headers: {} })).to.have.length(1)
  })

  it('have messages whose validation would take for ever', async () => {
    const chat = chatWith({ type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } })
    expect(await failureMessage(() => chat.validate(exchanged({ a: `${'a'.repeat(40)}b` })))).to.match(/takes too long/)
  }).timeout(20_000)

  it('receive messages that are nested too deep', () => {
    const chat = chatWith({ type: 'array' })
    expect(chat.validate(exchanged('['.repeat(600) + ']'.repeat(600))).complaint).to.match(
      /is nested more than 500 levels deep/,
    )
  })

  it('are told by errors of this library alone, whatever stands where', () => {
    const base = chatDocument(
      {
        m: {
          name: 'm',
          payload: { type: 'object', properties: { a: { enum: ['x', 'y'] }, b: { oneOf: [{}, { type: 'string' }] } } },
        },
      },
      { hear: operation('send', ['m'], { reply: { messages: [] } }) },
      { servers: { a: { host: 'localhost', pathname: '/a' } } },
    )
    const pointers: (readonly (string | number)[])[] = []
    const collect = (value: unknown, way: readonly (string | number)[]) => {
      if (way.length > 0) pointers.push(way)
      if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) collect(inner, [...way, name])
    }
    collect(base, [])
    fc.assert(
      fc.property(
        fc.constantFrom(...pointers),
        fc.constantFrom<unknown>(
          null,
          5,
          true,
          'text',
          [],
          {},
          [1],
          { $ref: '#/x' },
          { $ref: '#' },
          { a: { b: [] } },
          { $ref: '#/channels' },
        ),
        (way, value) => {
          renewBudget()
          const document = structuredClone(base)
          let holder = document as Record<string | number, unknown>
          for (const name of way.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>
          holder[way.at(-1) as string] = value
          try {
            const chat = contractOf(document)
            void chat.model
            for (const content of [{ a: 'x' }, { a: 1 }, 'x', { b: 'y' }]) chat.validate(exchanged(content))
            chat.connecting({ url: 'ws://localhost/chat', headers: {} })
            chat.messageNamed('m')
          } catch (error) {
            if (!(error instanceof ConversationError)) throw error
            expect(error.message).to.match(/asyncapi\.json/)
          }
        },
      ),
      { numRuns: 300 },
    )
  }).timeout(60_000)
})

/** Whatever a contract promises: what keeps it is valid, and each way to break it is named. */

import { expect } from 'chai'
import fc from 'fast-check'
import { chatDocument, contractOf, exchanged, operation } from '../../test/support/contracts'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import type { Coding } from '../message-details'
import type { DecodedContent } from '../protocol/codec'
import { decodedValue } from '../protocol/json-content'

/** Values of each type, and one of another. */
const VALUES = { string: ['text', 5], integer: [7, 'seven'], boolean: [true, 'true'], array: [[1], {}] } as const

const name = fc.stringMatching(/^[a-z]{3,8}$/)
const members = fc.dictionary(name, fc.constantFrom<keyof typeof VALUES>('string', 'integer', 'boolean', 'array'), {
  minKeys: 1,
  maxKeys: 4,
})
const kinds = fc
  .uniqueArray(fc.tuple(name, members, fc.boolean()), { selector: ([kind]) => kind, minLength: 2, maxLength: 8 })
  // What tells messages apart is no other member.
  .map((all) => all.map(([kind, types, isSent]) => ({ kind, types, isSent })))

/** By format: a text that is of it, and lies that other languages and careless servers write for it. */
const TEXTS = {
  'date-time': ['2020-01-01T00:00:00Z', '2020-01-01 00:00:00+00:00', '2020-01-01T00:00:00+0100', '2020-01-01T00:00:00'],
  time: ['12:00:00+01:00', '12:00:00+01', '12:00:00+0100', '12:00:00'],
  date: ['2020-02-29', '2019-02-29', '2020-2-29', '20200229'],
  duration: ['PT1M30S', 'PT1.5M', '00:01:30', 'P1Y2W'],
  uri: ['http://a:80/', 'http://a:port/', 'http://a/b c', 'a/b'],
  email: ['ann@example.org', 'ann@', 'Ann <ann@example.org>', 'ann@example.org, rob@example.org'],
  hostname: ['a.example', 'a.example.', 'a.example:80', 'a_b'],
  byte: ['YWJj', 'YWJj\n-', 'YWJ', '-_-_'],
} as const

describe('Lies about any contract', () => {
  for (const [format, [right, ...lies]] of Object.entries(TEXTS))
    it(`are caught, and named: texts that look like ${format}`, () => {
      const payload = { type: 'object', required: ['at'], properties: { at: { type: 'string', format } } }
      const operations = { hear: operation('send', ['told']) }
      const contract = contractOf(chatDocument({ told: { payload } }, operations))
      const validate = (at: string) => contract.validate(exchanged({ at }, { sender: 'server' }))
      expect(validate(right)).to.include({ verdict: 'valid' })
      for (const lie of lies) {
        expect(validate(lie)).to.include({ verdict: 'wrong', message: 'told' })
        expect(validate(lie).complaint).to.contain(format)
      }
    })

  it('are caught, and named', () => {
    fc.assert(
      fc.property(kinds, fc.nat(), fc.nat(), (all, choice, memberChoice) => {
        renewBudget()
        const payloadOf = ({ kind, types }: (typeof all)[number]) => ({
          type: 'object',
          required: ['$type', ...Object.keys(types)],
          properties: {
            $type: { const: kind },
            ...Object.fromEntries(Object.entries(types).map(([member, type]) => [member, { type }])),
          },
        })
        const namesOf = (isSent: boolean) => all.filter((one) => one.isSent === isSent).map(({ kind }) => kind)
        const contract = contractOf(
          chatDocument(Object.fromEntries(all.map((one) => [one.kind, { payload: payloadOf(one) }])), {
            speak: operation('receive', namesOf(false)),
            hear: operation('send', namesOf(true)),
          }),
        )
        const { kind, types, isSent } = all[choice % all.length] as (typeof all)[number]
        const sender = isSent ? 'server' : 'client'
        const validate = (content: object, by: 'server' | 'client' = sender) => {
          const { verdict, message, complaint = '' } = contract.validate(exchanged(content, { sender: by }))
          return { verdict, message, complaint }
        }
        const entries = Object.entries(types)
        const right = { $type: kind, ...Object.fromEntries(entries.map(([member, type]) => [member, VALUES[type][0]])) }
        expect(validate(right)).to.include({ verdict: 'valid', message: kind })
        const [member, type] = entries[memberChoice % entries.length] as (typeof entries)[number]
        const { [member as keyof typeof right]: _, ...dropped } = right
        expect(validate(dropped)).to.include({ verdict: 'wrong', message: kind })
        expect(validate(dropped).complaint).to.match(new RegExp(`has it: /${member} is missing$`))
        const changed = validate({ ...right, [member]: VALUES[type][1] })
        expect(changed).to.include({ verdict: 'wrong', message: kind })
        expect(changed.complaint).to.contain(`has it: /${member} must be ${type}, and is `)
        const other = validate(right, isSent ? 'client' : 'server')
        expect(other).to.include({ verdict: 'wrong', message: kind })
        expect(other.complaint).to.match(new RegExp(`^"${kind}" goes the other way in the channel "chat"`))
        const unknown = validate({ ...right, $type: `${kind}XYZ` })
        expect(unknown).to.include({ verdict: 'undocumented', message: undefined })
        expect(unknown.complaint).to.contain(`has the "$type" "${kind}XYZ"`)
        // A number is one, however many digits it has.
        const numbered = JSON.stringify({ ...right, [member]: 0 }).replace(
          `${JSON.stringify(member)}:0`,
          `${JSON.stringify(member)}:9007199254740993`,
        )
        const big = contract.validate(exchanged(numbered, { sender }))
        expect(big.verdict).to.equal(type === 'integer' ? 'valid' : 'wrong')
        if (type !== 'integer') expect(big.complaint).to.match(/ and is 9007199254740993$/)
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)

  it('are what sentences take them for, and nothing else, whatever is optional', () => {
    const constant = fc.record({ isRequired: fc.boolean(), isInList: fc.boolean() })
    const values = fc.dictionary(fc.constantFrom('$type', 'final'), fc.constantFrom('a', 'b', 'c'))
    fc.assert(
      fc.property(constant, constant, values, (one, other, content) => {
        renewBudget()
        const payloadOf = (kind: string, { isRequired, isInList }: typeof one) => {
          const properties = { $type: { const: kind }, final: { const: kind } }
          const required = isRequired ? ['$type'] : []
          return isInList ? { allOf: [{ properties }, { required }] } : { required, properties }
        }
        const messages = { a: { payload: payloadOf('a', one) }, b: { payload: payloadOf('b', other) } }
        const room = contractOf(chatDocument(messages, { hear: operation('send', ['a', 'b']) }))
        const message = new Message(1, 0, JSON.stringify(content), '', 'ws://server/chat')
        const { verdict, message: counted } = room.validate(exchanged('', { content: message }))
        const taken = ['a', 'b'].filter((name) => room.messageNamed(name).matcher.accepts(message))
        const { $type, final } = content as { $type?: string; final?: string }
        const fitting = ['a', 'b'].filter((kind) => {
          const { isRequired } = kind === 'a' ? one : other
          const isRight = (value: string | undefined) => value === undefined || value === kind
          return isRight($type) && isRight(final) && !(isRequired && $type === undefined)
        })
        expect(verdict === 'valid').to.equal(fitting.length > 0)
        expect(taken).to.deep.equal(fitting.slice(0, 1))
        if (fitting.length > 0) expect(counted).to.equal(fitting[0])
      }),
      { numRuns: 200 },
    )
  })

  it('are caught in whatever content type can be read', () => {
    const types = fc.constantFrom('application/json', 'application/problem+json', 'text/plain', 'application/msgpack')
    fc.assert(
      fc.property(types, fc.boolean(), fc.stringMatching(/^[a-z]{1,5}$/), (contentType, isRight, word) => {
        renewBudget()
        const payload = { type: 'string', pattern: isRight ? '^[a-z]+$' : '^[0-9]+$' }
        const chat = contractOf(chatDocument({ word: { contentType, payload } }, { hear: operation('send', ['word']) }))
        const isText = contentType === 'text/plain'
        const verdictOf = (text: string, coding?: Coding) =>
          chat.validate(exchanged('', { content: new Message(1, 0, text, '', '', {}, coding) })).verdict
        const expected = isRight ? 'valid' : 'wrong'
        const isBinary = contentType.endsWith('msgpack')
        expect(verdictOf(isText ? word : JSON.stringify(word))).to.equal(isBinary ? 'wrong' : expected)
        expect(verdictOf(word, 'decoded')).to.equal(expected)
        expect(verdictOf('{"unknown":true}')).to.equal('wrong')
        if (contentType.endsWith('json')) expect(verdictOf(word)).to.equal('wrong')
      }),
      { numRuns: 60 },
    )
  })

  it('are caught in protocols, whose texts have no quotes', () => {
    const TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object']
    const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
    const texts = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(fc.oneof(texts, fc.jsonValue()), fc.constantFrom(...TYPES), fc.boolean(), (value, type, isJson) => {
        renewBudget()
        const contentType = isJson ? { contentType: 'application/json' } : {}
        const messages = { it: { ...contentType, payload: { type } } }
        const chat = contractOf(chatDocument(messages, { hear: operation('send', ['it']) }))
        const verdictOf = ({ content, ...details }: DecodedContent, coding: Coding = 'unquoted') =>
          chat.validate(exchanged('', { content: new Message(1, 0, content, '', 'ws://a/chat', details, coding) }))
            .verdict
        const isRight = typeOf(value) === type
        expect(verdictOf(decodedValue(value))).to.equal(isRight ? 'valid' : 'wrong')
        // So it is where texts keep their quotes.
        expect(verdictOf({ content: JSON.stringify(value) }, 'verbatim') === 'valid').to.equal(
          isRight || (!isJson && type === 'string' && !['string', 'array', 'object'].includes(typeOf(value))),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('are caught however many references lead to what is promised', () => {
    const link = fc.record({ isInFile: fc.boolean(), limit: fc.option(fc.nat({ max: 9 }), { nil: undefined }) })
    const draft = fc.constantFrom('draft-07', '2019-09', '2020-12')
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 4 }), draft, fc.nat({ max: 9 }), (links, named, value) => {
        renewBudget()
        // Each has a limit, and leads to the next one, but for the last.
        const places = links.map(
          ({ isInFile }, at) => `${isInFile ? `link${at}.json` : 'asyncapi.json'}#/x-links/l${at}`,
        )
        const schemas = links.map(({ limit }, at) => ({
          ...(at < links.length - 1 ? { $ref: places[at + 1] } : { type: 'integer' }),
          ...(limit !== undefined && { minimum: limit }),
        }))
        const linkAt = (at: number) => ({ 'x-links': { [`l${at}`]: schemas[at] } })
        const own = Object.fromEntries(
          schemas.flatMap((schema, at) => (links[at]?.isInFile ? [] : [[`l${at}`, schema] as const])),
        )
        const files = Object.fromEntries(links.map((_, at) => [`link${at}.json`, linkAt(at)]))
        const $ref = places[0] as string
        const counted = named.startsWith('draft') ? links.slice(-1) : links
        const isRight = counted.every(({ limit = 0 }) => value >= limit)
        const ofVersion2 = {
          ...{ asyncapi: '2.6.0', info: { title: 'Chat', version: '1' }, 'x-links': own },
          channels: {
            '/chat/{n}': {
              parameters: { n: { schema: { $ref } } },
              bindings: { ws: { query: { type: 'object', properties: { n: { $ref } } } } },
              subscribe: { message: { payload: { $ref } } },
            },
          },
        }
        const options = { draft: named }
        const two = contractOf(ofVersion2, files, options)
        const three = contractOf(
          chatDocument({ n: { payload: { $ref } } }, { hear: operation('send', ['n']) }, { 'x-links': own }),
          files,
          options,
        )
        const url = 'ws://server/chat'
        const verdicts = [
          three.validate(exchanged(value)).verdict === 'valid',
          two.validate(exchanged(value, { url: `${url}/9` })).verdict === 'valid',
          two.connecting({ url: `${url}/${value}`, headers: {}, hasTopics: false }).length === 0,
          two.connecting({ url: `${url}/9?n=${value}`, headers: {}, hasTopics: false }).length === 0,
        ]
        expect(verdicts).to.deep.equal(Array(4).fill(isRight))
      }),
      { numRuns: 100 },
    )
  })

  it('are caught of what no operation has, in both directions', () => {
    fc.assert(
      fc.property(
        fc.subarray(['a', 'b', 'c', 'd'], { maxLength: 3 }),
        fc.subarray(['a', 'b', 'c', 'd']),
        (sent, heard) => {
          renewBudget()
          const messages = ['a', 'b', 'c', 'd'].map((kind) => [
            kind,
            { payload: { required: ['type'], properties: { type: { const: kind } } } },
          ])
          const room = contractOf(
            chatDocument(Object.fromEntries(messages), {
              one: operation('send', sent),
              other: operation('receive', heard),
            }),
          )
          for (const type of ['a', 'b', 'c', 'd']) {
            for (const [sender, known] of [['server', sent] as const, ['client', heard] as const]) {
              const { verdict } = room.validate(exchanged({ type }, { sender }))
              expect(verdict === 'valid', `${type} of the ${sender}`).to.equal(known.includes(type))
            }
            expect(room.messageNamed(type).problem === undefined).to.equal(sent.includes(type))
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})

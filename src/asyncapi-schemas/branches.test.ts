import { expect } from 'chai'
import { chatDocument, contractOf, exchanged, operation } from '../../test/support/contracts'
import { renewBudget } from '../evaluation-limit'

const text = { type: 'string' }

describe('Parts of payloads', () => {
  beforeEach(renewBudget)

  /** The parts that a payload may have, and those that messages have. */
  function partsOf(payload: object, contents: readonly unknown[], schemas: object = {}) {
    const chat = contractOf(
      chatDocument({ message: { payload } }, { hear: operation('send', ['message']) }, { components: { schemas } }),
    )
    const [{ messages = [] } = {}] = chat.model.channels.flatMap(({ operations }) => operations)
    const seen = contents.map((content) => {
      const { verdict, parts, complaint } = chat.validate(exchanged(content))
      return verdict === 'valid' ? parts : (complaint ?? '').replace(/.* has it: /, '')
    })
    return { parts: messages[0]?.parts, seen }
  }

  it('are the values of enums, wherever they are', () => {
    expect(partsOf({}, []).parts).to.deep.equal([])
    const status = { enum: ['open', 'closed', null, 5, { a: 1 }] }
    const { parts, seen } = partsOf(
      {
        allOf: [{ properties: { status } }, { $ref: '#/components/schemas/more' }],
        properties: {
          list: { items: { properties: { kind: { enum: ['a', 'b'] } } } },
          single: { enum: ['x'] },
          other: text,
        },
      },
      [{ status: 'open' }, { status: 5, list: [{ kind: 'a' }, {}, 1] }, { list: 'x' }, 'none', { status: { a: 1 } }],
      { more: { properties: { status, list: { items: { properties: { kind: { enum: ['b', 'c'] } } } } } } },
    )
    expect(parts).to.deep.equal([
      ...['$.status: "open"', '$.status: "closed"', '$.status: null', '$.status: 5'],
      ...['$.list[*].kind: "b"', '$.list[*].kind: "c"', '$.list[*].kind: "a"'],
    ])
    expect(seen.slice(0, 1)).to.deep.equal([['$.status: "open"']])
    expect(seen[1]).to.equal('/list/0/kind must be one of "b", "c", and is "a"')
    expect(seen.slice(2)).to.deep.equal([[], 'it must be JSON, and is the text "none"', []])
  })

  it('are looked for in so many values of a message', () => {
    const { seen } = partsOf({ items: { items: { enum: ['a', 'b'] } } }, [[Array(10_000).fill('a'), ['b']]])
    expect(seen).to.deep.equal([['$[*][*]: "a"']])
  })

  it('are exact numbers, too', () => {
    const numbers = '{"properties":{"n":{"enum":[9007199254740993,1]}}}'
    const chat = contractOf(
      JSON.stringify(chatDocument({ message: { payload: 'N' } }, { hear: operation('send', ['message']) })).replace(
        '"N"',
        numbers,
      ),
    )
    expect(chat.validate(exchanged('{"n":1}')).parts).to.deep.equal(['$.n: 1'])
    const [parts] = chat.model.channels.map(({ operations }) => operations[0]?.messages[0]?.parts)
    expect(parts).to.deep.equal(['$.n: 9007199254740993', '$.n: 1'])
    const branches = contractOf(
      chatDocument(
        { message: { payload: { anyOf: [{ maximum: 9007199254740992 }, { minimum: 0 }] } } },
        { hear: operation('send', ['message']) },
      ),
    )
    expect(branches.validate(exchanged('9007199254740993')).parts).to.deep.equal(['$: branch 2'])
  })

  it('are branches, by the names that they have', () => {
    const { parts, seen } = partsOf(
      {
        properties: {
          pet: {
            oneOf: [
              { $ref: '#/components/schemas/Cat' },
              { title: 'A dog', type: 'object', required: ['barks'] },
              { type: 'object', properties: { kind: { allOf: [{}, { const: 'fish' }] } }, required: ['kind'] },
              { type: 'string', minLength: 3 },
              { type: ['number', 'null'] },
              true,
            ].slice(0, 5),
          },
          any: { anyOf: [text, { type: 'string', maxLength: 2 }, { type: 'string', minLength: 2 }] },
          one: { oneOf: [{ enum: [1, 2] }] },
        },
      },
      [
        { pet: { meows: true, sound: 'loud' } },
        { pet: { barks: true } },
        { pet: { kind: 'fish' } },
        { pet: null, any: 'ab', one: 2 },
        { any: 'a' },
        { pet: 'x' },
      ],
      { Cat: { type: 'object', required: ['meows'], properties: { sound: { enum: ['loud', 'soft'] } } } },
    )
    expect(parts).to.deep.equal([
      ...[
        '$.pet: Cat',
        '$.pet.sound: "loud"',
        '$.pet.sound: "soft"',
        '$.pet: A dog',
        '$.pet: kind "fish"',
        '$.pet: string',
      ],
      ...['$.pet: branch 5', '$.any: string', '$.any: string (2)', '$.any: string (3)', '$.one: 1', '$.one: 2'],
    ])
    expect(seen).to.deep.equal([
      ['$.pet: Cat', '$.pet.sound: "loud"'],
      ['$.pet: A dog'],
      ['$.pet: kind "fish"'],
      ['$.pet: branch 5', '$.any: string', '$.any: string (2)', '$.any: string (3)', '$.one: 2'],
      ['$.any: string', '$.any: string (2)'],
      '/pet must match exactly one schema in oneOf, and is "x"',
    ])
  })

  it('are not confused where they are called alike', () => {
    const needs = (member: string) => ({ type: 'object', required: [member] })
    const { parts, seen } = partsOf(
      {
        oneOf: [needs('a'), needs('b')],
        anyOf: [{ $ref: '#/components/schemas/Any' }, needs('b')],
        allOf: [{ anyOf: [{ $ref: '#/components/schemas/Any' }, needs('c')] }],
        properties: { a: { properties: { b: { enum: [1, 2] } } }, 'a.b': { enum: [1, 2] } },
      },
      [{ b: 'x' }, { a: { b: 1 } }, { a: {}, 'a.b': 1 }],
      { Any: {} },
    )
    expect(parts).to.deep.equal([
      ...['$: Any', '$: object', '$: object (2)', '$: object (3)', '$: object (4)'],
      ...['$.a.b: 1', '$.a.b: 2', '$["a.b"]: 1', '$["a.b"]: 2'],
    ])
    expect(seen).to.deep.equal([
      ['$: Any', '$: object (3)', '$: object (4)'],
      ['$: Any', '$: object (2)', '$.a.b: 1'],
      ['$: Any', '$: object (2)', '$["a.b"]: 1'],
    ])
  })

  it('go into branches, and end where schemas contain themselves', () => {
    const tree = { properties: { next: { $ref: '#/components/schemas/tree' }, side: { enum: ['left', 'right'] } } }
    const { parts, seen } = partsOf(
      {
        anyOf: [{ $ref: '#/components/schemas/tree' }, { $ref: '#/components/schemas/leaf' }],
        items: { oneOf: [{ $ref: '#word' }, { $ref: '#word' }] },
        properties: { at: { oneOf: [{ $ref: 'http://host/at' }, { $ref: 'http://host/at' }] } },
      },
      [{ side: 'left', next: { side: 'right' } }],
      {
        ...{ tree, leaf: { type: 'number' }, word: { $id: '#word', type: 'string' } },
        at: { $id: 'http://host/at', type: 'string' },
      },
    )
    expect(parts).to.deep.equal([
      ...['$: tree', '$.side: "left"', '$.side: "right"', '$: leaf', '$.at: branch 1', '$.at: branch 2', '$[*]: word'],
    ])
    expect(seen).to.deep.equal([['$: tree', '$.side: "left"']])
  })

  it('are not deeper than a few members', () => {
    const nest = (depth: number): object => (depth === 0 ? { enum: [1, 2] } : { properties: { a: nest(depth - 1) } })
    expect(partsOf(nest(8), []).parts).to.have.length(2)
    expect(partsOf(nest(9), []).parts).to.have.length(0)
  })

  it('are not more than a thousand of a document', () => {
    const values = Array.from({ length: 700 }, (_, at) => at)
    const { parts, seen } = partsOf(
      { properties: { a: { enum: values }, b: { enum: values }, c: { oneOf: [text, { type: 'number' }] } } },
      [{ a: 1, b: 299, c: 'x' }, { b: 300 }],
    )
    expect(parts).to.have.length(1000)
    expect(seen).to.deep.equal([['$.a: 1', '$.b: 299'], []])
  })

  it('of large messages are those of their first values', () => {
    const many = Array(20_000).fill('a')
    expect(partsOf({ items: { enum: ['a', 'b'] } }, [[...many, 'b']]).seen).to.deep.equal([['$[*]: "a"']])
  })

  it('are named by numbers where nothing names them', () => {
    const kinds = (...all: string[]) => ({ oneOf: all.map((kind) => ({ properties: { kind: { const: kind } } })) })
    const constants = { properties: { kind: { const: { a: 1 } }, other: { allOf: [{}, { type: 'string' }] } } }
    expect(partsOf({ oneOf: [{ properties: 5 }, { properties: { a: null } }] }, []).parts).to.deep.equal([
      ...['$: branch 1', '$: branch 2'],
    ])
    expect(partsOf({ anyOf: [kinds('a', 'b'), constants] }, []).parts).to.deep.equal([
      ...['$: branch 1', '$: kind "a"', '$: kind "b"', '$: branch 2'],
    ])
  })

  it('tell values apart whose beginnings are alike', () => {
    const long = 'x'.repeat(80)
    const { parts, seen } = partsOf({ enum: [`${long}a`, `${long}b`] }, [`${long}b`])
    expect(parts).to.have.length(2)
    expect(seen[0]).to.deep.equal(parts?.slice(1))
  })

  it('tell no messages apart by what one branch alone has', () => {
    const { seen } = partsOf({ anyOf: [{ properties: { type: { const: 'a' } } }, { required: ['b'] }] }, [
      { type: 'x' },
    ])
    expect(seen[0]).to.equal('/type must be "a", and is "x"; /b is missing')
  })

  it('take the branch that is most like a message for what is wrong', () => {
    const branch = (type: string) => ({
      type: 'object',
      required: ['type'],
      properties: { type: { const: type }, n: { type: 'number' } },
    })
    const of = (payload: object, content: unknown) => partsOf(payload, [content]).seen[0]
    const oneOf = [branch('a'), branch('b')]
    expect(of({ type: 'object', oneOf }, { type: 'b', n: 'x' })).to.equal('/n must be number, and is "x"')
    expect(of({ allOf: [{ oneOf }] }, { type: 'b', n: 'x' })).to.equal('/n must be number, and is "x"')
    expect(of({ oneOf, required: ['at'] }, { type: 'b' })).to.equal('/at is missing')
    expect(of({ oneOf: [{ required: ['b'], properties: { a: text } }] }, { a: 1 })).to.equal(
      '/b is missing; /a must be string, and is 1',
    )
    const deep = (depth: number): object => (depth === 0 ? { oneOf } : { allOf: [deep(depth - 1), true] })
    expect(of(deep(12), { type: 'b', n: 'x' })).to.match(/must be number/)
    expect(of({ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { c: 1 })).to.equal('/a is missing; /b is missing')
    expect(of({ oneOf: [{ properties: { a: {} } }, { properties: { a: text } }] }, { a: 'x' })).to.equal(
      'it must match exactly one schema in oneOf, and is {"a":"x"}',
    )
    const wrong = (length: number) => Object.fromEntries(Array.from({ length }, (_, at) => [`m${at}`, 1]))
    const five = '(?:/m\\d must be string, and is 1; ){5}'
    expect(of({ additionalProperties: text }, wrong(8))).to.match(new RegExp(`^${five}and 3 more$`))
    expect(of({ additionalProperties: text }, wrong(1000))).to.match(new RegExp(`^${five}and many more$`))
  })
})

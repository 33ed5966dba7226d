import { expect } from 'chai'
import { draftNamedIn } from '../documents/json-schema-drafts'
import { UsageError } from '../errors'
import { evaluate, renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { readSchemas } from './schema-files'
import { validAgainstSchema } from './schema-matcher'

/** Reads schemas from memory. */
const reading = (files: Record<string, unknown>) => (path: string) => {
  if (!Object.hasOwn(files, path)) throw new UsageError(`There is no file "${path}".`)
  return typeof files[path] === 'string' ? (files[path] as string) : JSON.stringify(files[path])
}
const message = (value: unknown) => new Message(1, 0, JSON.stringify(value))

const OLDER_DRAFTS = ['https://json-schema.org/draft/2019-09/schema', 'http://json-schema.org/draft-07/schema#']

const order = {
  type: 'object',
  required: ['id', 'lines'],
  properties: { id: { type: 'string', format: 'uuid' }, lines: { type: 'array', items: { $ref: 'parts/line.json' } } },
}
const line = {
  type: 'object',
  required: ['colour'],
  properties: { colour: { $ref: '../colour.json#/definitions/name' } },
}
const colour = { definitions: { name: { type: 'string', pattern: '^[a-z]+$' } } }
const files = { 'schemas/order.json': order, 'schemas/parts/line.json': line, 'schemas/colour.json': colour }

describe('validAgainstSchema', () => {
  beforeEach(renewBudget)

  const id = '7b1c3c5e-31f5-4b5c-9d39-6d1c1f5d9f00'
  const matcher = validAgainstSchema('schemas/order.json', reading(files))

  it('accepts what is valid against the schema and those it refers to', () => {
    expect(matcher.accepts(message({ id, lines: [{ colour: 'red' }] }))).to.equal(true)
  })

  it('rejects what is invalid, and says where', () => {
    const wrong = message({ id, lines: [{ colour: 'RED' }] })
    expect(matcher.accepts(wrong)).to.equal(false)
    expect(matcher.compare(wrong)).to.deep.equal({
      distance: 0.1,
      expected: { '/lines/0/colour': 'must match pattern "^[a-z]+$"' },
      actual: { '/lines/0/colour': 'RED' },
    })
    expect(matcher.compare(message({ id, lines: [{}] }))).to.deep.equal({
      distance: 0.1,
      expected: { '/lines/0/colour': "must have required property 'colour'" },
      actual: {},
    })
    expect(matcher.accepts(message({ id: 'x', lines: [] }))).to.equal(false)
    expect(matcher.accepts(new Message(1, 0, 'no JSON'))).to.equal(false)
    expect(matcher.compare(new Message(1, 0, 'no JSON'))).to.deep.equal({
      distance: 1,
      expected: 'JSON',
      actual: 'no JSON',
    })
  })

  it('knows limits that JavaScript would round, in a part of a document', () => {
    const document = '{"schemas":{"id":{"type":"integer","maximum":9223372036854775807}}}'
    const id64 = validAgainstSchema('ids.json#/schemas/id', reading({ 'ids.json': document }))
    const accepts = ['5', '9223372036854773759', '9300000000000000000'].map((n) => id64.accepts(new Message(1, 0, n)))
    expect(accepts).to.deep.equal([true, true, false])
  })

  it('takes no URN for a UUID', () => {
    for (const $schema of [
      'https://json-schema.org/draft/2020-12/schema',
      'https://json-schema.org/draft/2019-09/schema',
    ]) {
      const one = validAgainstSchema('a.json', reading({ 'a.json': { $schema, format: 'uuid' } }))
      expect([id, id.toUpperCase(), `urn:uuid:${id}`].map((value) => one.accepts(message(value)))).to.deep.equal([
        true,
        true,
        false,
      ])
    }
  })

  it('checks each of several patterns', () => {
    const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } }, patternProperties: { '^c': false } }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    const values = [{ a: 'a', b: 'b' }, { a: 'b' }, { b: 'a' }, { cc: 1 }]
    expect(values.map((value) => one.accepts(message(value)))).to.deep.equal([true, false, false, false])
  })

  it('takes a number that JavaScript cannot hold for a number', () => {
    const one = validAgainstSchema(
      'a.json',
      reading({ 'a.json': { properties: { id: { type: 'integer', minimum: 5 } } } }),
    )
    const ids = ['9007199254740993', '-9007199254740993', '"9007199254740993"']
    expect(ids.map((id) => one.accepts(new Message(1, 0, `{"id":${id}}`)))).to.deep.equal([true, false, false])
    expect(one.compare(new Message(1, 0, '{"id":-9007199254740993}')).expected).to.deep.equal({ '/id': 'must be >= 5' })
  })

  for (const [schema, valid, wrong] of [
    [{ const: 9007199254740992 }, ['9007199254740992', '9007199254740992.0'], ['9007199254740993']],
    [{ const: { a: [9007199254740992] } }, ['{"a":[9007199254740992]}'], ['{"a":[9007199254740993]}']],
    [{ enum: [1, 'x'] }, ['1.00000000000000000000'], ['1.00000000000000000001', '9007199254740993']],
    [{ maximum: 9007199254740992 }, ['9007199254740991.5'], ['9007199254740993']],
    [{ minimum: 9007199254740994 }, ['9007199254740995'], ['9007199254740993']],
    [{ exclusiveMaximum: 9007199254740992 }, ['9007199254740991.9'], ['9007199254740992.0', '9007199254740993']],
    [{ exclusiveMinimum: 0 }, ['1e-400'], ['0e-400', '-1e-400']],
    [{ type: 'integer' }, ['1.00000000000000000000', '1e400'], ['1.00000000000000000001', '4503599627370497.2']],
    [{ type: 'string' }, [], ['9007199254740993']],
    [{ oneOf: [{ type: 'string' }, { type: 'boolean' }] }, [], ['9007199254740993']],
    [{ multipleOf: 2 }, ['18014398509481986'], ['18014398509481985']],
    [{ uniqueItems: true }, ['[9007199254740993, 9007199254740994]'], ['[9007199254740993, 9007199254740993.0]']],
    [{ uniqueItems: true }, ['[1, 2.00000000000000000000]'], ['[1, 1.00000000000000000000]']],
  ] as const) {
    it(`judges numbers by their digits: ${JSON.stringify(schema)}`, () => {
      const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
      const accepted = [...valid, ...wrong].filter((value) => one.accepts(new Message(1, 0, value)))
      expect(accepted).to.deep.equal(valid)
      const member = validAgainstSchema('b.json', reading({ 'b.json': { properties: { 'a/~': schema } } }))
      const withMember = (value: string) => new Message(1, 0, `{"a/~":${value}}`)
      expect([...valid, ...wrong].filter((value) => member.accepts(withMember(value)))).to.deep.equal(valid)
    })
  }

  it('shows what is wrong with all its digits', () => {
    const one = validAgainstSchema('a.json', reading({ 'a.json': { properties: { 'a/~': { type: 'string' } } } }))
    const { expected, actual } = one.compare(new Message(1, 0, '{"a/~":9007199254740993}'))
    expect(expected).to.deep.equal({ '/a~1~0': 'must be string' })
    expect(String((actual as Record<string, unknown>)['/a~1~0'])).to.equal('9007199254740993')
    expect(one.compare(new Message(1, 0, '9007199254740993')).actual).to.deep.equal({})
    const text = validAgainstSchema('b.json', reading({ 'b.json': { type: 'string' } }))
    expect(String(Object.values(text.compare(new Message(1, 0, '9007199254740993')).actual as object))).to.equal(
      '9007199254740993',
    )
  })

  it('divides numbers however large they are', () => {
    const one = validAgainstSchema('a.json', reading({ 'a.json': { multipleOf: 3 } }))
    expect(one.accepts(new Message(1, 0, '1e2000000'))).to.equal(false)
    expect(one.accepts(new Message(1, 0, '3e2000000'))).to.equal(true)
  })

  for (const [schema, valid, wrong] of [
    ['{"const": 9007199254740993}', ['9007199254740993.0'], ['9007199254740992', '9007199254740994']],
    ['{"const": {"a": [9007199254740993]}}', ['{"a": [9007199254740993]}'], ['{"a": [9007199254740992]}', '{"a": 1}']],
    ['{"enum": [1, 9007199254740993]}', ['1', '9007199254740993'], ['9007199254740992', '9007199254740994', '2']],
    ['{"maximum": 9223372036854775807}', ['9223372036854775807', '-1e400'], ['9223372036854775808', '1e400']],
    ['{"minimum": -9223372036854775808}', ['-9223372036854775808'], ['-9223372036854775809']],
    ['{"exclusiveMaximum": 9223372036854775808}', ['9223372036854775807'], ['9223372036854775808']],
    ['{"exclusiveMinimum": 0.1000000000000000055}', ['0.1000000000000000056', '1'], ['0.1', '0.1000000000000000055']],
    ['{"multipleOf": 9007199254740993}', ['18014398509481986', '0'], ['9007199254740992', '18014398509481985']],
    ['{"multipleOf": 0.00000000000000001}', ['0.00000000000000003', '1'], ['0.000000000000000001']],
    ['{"anyOf": [{"maximum": 9223372036854775807}, {"const": 1e400}]}', ['1e400', '-1'], ['1e401']],
    ['{"$ref": "#/$defs/a", "$defs": {"a": {"maximum": 9223372036854775807}}}', ['1'], ['9223372036854775808']],
    ['{"minLength": 9007199254740993}', ['1'], ['"a"']],
    [
      '{"propertyNames": {"not": {"enum": ["secret"]}}}',
      ['{"a": 9007199254740993}', '{}'],
      ['{"secret": 9007199254740993}', '{"secret": 5, "b": [1e400]}'],
    ],
    ['{"propertyNames": {"const": "n"}}', ['{"n": 9007199254740993}'], ['{"m": 9007199254740993}']],
    ['{"maximum": 9223372036854775807, "multipleOf": 0.01}', ['1234567890123456789', '0.1'], ['0.001']],
    [
      '{"type": "integer", "format": "int64"}',
      ['9223372036854775807', '-9223372036854775808', '5'],
      ['9223372036854775808', '-9223372036854775809', '1e19', '1e400', '9223372036854775806.5', '1.5'],
    ],
  ] as const) {
    it(`has numbers that JavaScript cannot hold: ${schema}`, () => {
      const one = validAgainstSchema('a.json', () => schema)
      const accepted = [...valid, ...wrong].filter((value) => one.accepts(new Message(1, 0, value)))
      expect(accepted).to.deep.equal(valid)
      const member = validAgainstSchema(
        'b.json',
        () => `{"properties": {"a/~": ${schema.replaceAll('#/', '#/properties/a~1~0/')}}}`,
      )
      const withMember = (value: string) => new Message(1, 0, `{"a/~":${value}}`)
      expect([...valid, ...wrong].filter((value) => member.accepts(withMember(value)))).to.deep.equal(valid)
    })
  }

  it('holds such a number in one schema beside one without', () => {
    const part = { 'part.json': '{"maximum": 9223372036854775807}', 'a.json': { $ref: 'part.json', minimum: 5 } }
    const one = validAgainstSchema('a.json', reading(part))
    const values = ['4', '5', '9223372036854775807', '9223372036854775808']
    expect(values.map((value) => one.accepts(new Message(1, 0, value)))).to.deep.equal([false, true, true, false])
  })

  it('shows the numbers that it asks for with all their digits', () => {
    const schema =
      '{"properties": {"a": {"const": 9007199254740993}, "b": {"maximum": 1e400}, "c": {"enum": [9007199254740993]}}}'
    const { expected } = validAgainstSchema('a.json', () => schema).compare(
      new Message(1, 0, '{"a":1,"b":1e401,"c":2}'),
    )
    expect(expected).to.deep.equal({
      '/a': 'must be 9007199254740993',
      '/b': 'must be <= 1e400',
      '/c': 'must be one of 9007199254740993',
    })
  })

  const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'
  const DRAFT_2019 = 'https://json-schema.org/draft/2019-09/schema'

  /** With a recursive reference in a part to which it refers. */
  const NODE_2019 = {
    $schema: DRAFT_2019,
    $ref: '#/$defs/node',
    $defs: { node: { properties: { next: { $recursiveRef: '#' } } } },
    required: ['id'],
  }

  for (const [what, schema, valid, invalid] of [
    [
      'items that are contained',
      { prefixItems: [true], contains: { type: 'string' }, unevaluatedItems: false },
      [1, 'a'],
      [1, 2, 'a'],
    ],
    [
      'items that are contained, in a list of its own address',
      { properties: { 'a/b%': { $id: 'x', contains: { const: 1 }, unevaluatedItems: false } } },
      { 'a/b%': [1] },
      { 'a/b%': [1, 2] },
    ],
    ['a list that may contain nothing', { contains: { const: 1 }, minContains: 0 }, [], 'never'],
    ['a list that may contain one', { contains: { const: 1 }, minContains: 0, maxContains: 1 }, [1], [1, 1]],
    [
      'a condition without consequences',
      { if: { required: ['a'], properties: { a: true } }, unevaluatedProperties: false },
      { a: 1 },
      { b: 1 },
    ],
    [
      'a condition that does not hold',
      {
        if: { required: ['a'], properties: { a: { const: 1 } } },
        else: { minProperties: 1 },
        unevaluatedProperties: false,
      },
      { a: 1 },
      { a: 2 },
    ],
    ['a condition of draft-07', { $schema: DRAFT_7, if: {} }, 1, 'never'],
    [
      'what stands beside $ref in draft-07',
      {
        $schema: DRAFT_7,
        properties: { x: { $ref: '#/definitions/a', minimum: 5 }, y: true },
        definitions: { a: { type: 'number' } },
      },
      { x: 4 },
      { x: 'a' },
    ],
    [
      'what stands beside $ref at the top of draft-07',
      { $schema: DRAFT_7, $ref: '#/definitions/a', minimum: 5, definitions: { a: { type: 'number' } } },
      4,
      'a',
    ],
    ['a short list where one error is enough', { not: { prefixItems: [{ const: 1 }], minItems: 1 } }, [], [1]],
    [
      'a reference to what may be another schema',
      { $id: 'https://t/s', $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } }, required: ['id'] },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a reference to what is in another file alone',
      {
        $dynamicAnchor: 'node',
        properties: { next: { $ref: '#/$defs/next' } },
        $defs: { next: { $dynamicRef: '#node' } },
        required: ['id'],
      },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a dynamic reference to the outermost of several schemas',
      {
        ...{ $id: 'https://t/s', $dynamicAnchor: 'node', $ref: 'tree', required: ['id'] },
        $defs: {
          tree: { $id: 'tree', $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } } },
        },
      },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a recursive reference to the outermost of several schemas',
      {
        ...{ $schema: DRAFT_2019, $id: 'https://t/s', $recursiveAnchor: true, $ref: 'tree', required: ['id'] },
        $defs: { tree: { $id: 'tree', $recursiveAnchor: true, properties: { next: { $recursiveRef: '#' } } } },
      },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a recursive reference in a part, without an anchor',
      { ...NODE_2019, $recursiveAnchor: false },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a recursive reference in a part, with an anchor',
      { ...NODE_2019, $recursiveAnchor: true },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
    [
      'a recursive reference in a schema with an address, beside other conditions',
      {
        $schema: DRAFT_2019,
        properties: {
          a: { $id: 'a', maxProperties: 1, properties: { b: { $recursiveRef: '#', minProperties: 1, allOf: [{}] } } },
        },
      },
      { a: { b: { b: { b: { c: 1 } } } } },
      { a: { b: { b: { b: {} } } } },
    ],
    [
      'a dynamic reference to an anchor',
      { items: { $dynamicRef: '#a' }, $defs: { a: { $anchor: 'a', type: 'number' } } },
      [1],
      ['a'],
    ],
    [
      'a dynamic reference to an anchor of a part',
      { items: { $dynamicRef: '#a' }, $defs: { a: { $dynamicAnchor: 'a', type: 'number' } } },
      [1],
      ['a'],
    ],
    ...(['$anchor', '$dynamicAnchor'] as const).map((keyword) => [
      `a reference to the ${keyword} at its top`,
      { [keyword]: 'tree', properties: { child: { $ref: '#tree' } }, type: 'object' },
      { child: { child: {} } },
      { child: { child: 1 } },
    ]),
    [
      'a reference to the anchor at the top of draft-07',
      {
        $schema: DRAFT_7,
        $id: '#tree',
        properties: { child: { $ref: '#tree' } },
        definitions: { a: {} },
        type: 'object',
      },
      { child: { child: {} } },
      { child: { child: 1 } },
    ],
    [
      'what stands beside $ref in draft-07, in a member of its own',
      {
        ...{ $schema: DRAFT_7, $ref: '#/x-parts/A', definitions: { B: { type: 'object' } } },
        'x-parts': { A: { $ref: '#/definitions/B', minProperties: 5 } },
      },
      { a: 1 },
      1,
    ],
    [
      'contained items in a member of its own',
      { $ref: '#/x-parts/A', 'x-parts': { A: { contains: { type: 'number' }, unevaluatedItems: { type: 'string' } } } },
      [1, 'a'],
      [1, true],
    ],
    [
      'a schema in an example, of which another one is part',
      {
        properties: { a: { $ref: '#/examples/0/items' }, b: { $ref: '#/examples/0' } },
        examples: [{ items: { type: 'number' } }],
      },
      { a: 1, b: [1] },
      { b: ['a'] },
    ],
  ] as [string, object, unknown, unknown][]) {
    it(`reads as its draft says: ${what}`, () => {
      const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
      expect(one.accepts(message(valid))).to.equal(true)
      if (invalid !== 'never') expect(one.accepts(message(invalid))).to.equal(false)
    })
  }

  for (const [keyword, schema] of [
    ['$recursiveRef', NODE_2019],
    ['$recursiveRef', { ...NODE_2019, $recursiveAnchor: true }],
    [
      '$dynamicRef',
      { $dynamicAnchor: 'a', required: ['id'], $defs: { node: { properties: { next: { $dynamicRef: '#a' } } } } },
    ],
  ] as const) {
    it(`reads a ${keyword} of a part as one to the whole, from wherever one comes: ${JSON.stringify(schema)}`, () => {
      const schemas = { 'a.json': schema, 'b.json': { $schema: DRAFT_2019, $ref: 'a.json#/$defs/node' } }
      if (keyword === '$dynamicRef') Object.assign(schemas['b.json'], { $schema: undefined })
      for (const path of ['a.json#/$defs/node', 'b.json']) {
        const one = validAgainstSchema(path, reading(schemas))
        expect([{ id: 1 }, {}].map((next) => one.accepts(message({ next })))).to.deep.equal([true, false])
      }
    })
  }

  for (const reference of [
    ...['#/__proto__', '#/constructor/prototype', '#/toString', '#/$defs/valueOf', '#/$defs/a/__proto__'],
    ...['#/allOf/constructor', '#/allOf/map', '#/title/at', '#/maxLength/toFixed', '#/%5F%5Fproto__', '#%2F__proto__'],
    ...['a.json#/__proto__', 'b.json#/toString', 'b.json#/$defs/valueOf', 'b.json#/$defs/own', '#/x-own', '#/default'],
    ...['https://t/s#/toString', 'https://t/s#/default'],
  ]) {
    it(`finds nothing at what every value of JavaScript has: ${reference}`, () => {
      const own = { $ref: '#/__proto__' }
      const inner = { $id: 'https://t/s', default: { $ref: '#/$defs/valueOf' } }
      const schemas = {
        'a.json': {
          ...{ title: 'a', maxLength: 2, 'x-own': reference === '#/x-own' ? own : {}, $defs: { a: {}, inner } },
          ...{ default: reference === '#/default' ? own : {}, allOf: [{}], properties: { a: { $ref: reference } } },
        },
        'b.json': { $defs: { own } },
      }
      if (!reference.startsWith('https')) inner.default.$ref = '#'
      expect(() => validAgainstSchema('a.json', reading(schemas))).to.throw(
        UsageError,
        /^The schema "[ab]\.json" has nothing at #\//,
      )
    })
  }

  it('finds schemas of such names, and leaves what only looks like a reference to one', () => {
    const $ref = '#/$defs/toString'
    const schema = {
      $defs: { toString: { type: 'number' } },
      properties: { a: { $ref } },
      default: [{ $id: 'http://[' }, { $ref: 'http://[#/at' }, { $ref: 'http://elsewhere/#/at' }],
    }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    expect([{ a: 1 }, { a: '1' }].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
  })

  for (const [what, schema] of [
    ['references in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
    ['a long list', { oneOf: Array.from({ length: 20_000 }, () => ({ type: 'string' })) }],
  ] as const) {
    it(`says in words what does not compile: ${what}`, () => {
      expect(() => validAgainstSchema('a.json', reading({ 'a.json': schema }))).to.throw(
        UsageError,
        'The schema "a.json" does not compile: it has too much in one list, is nested too deep, or has a "$ref" that leads back ' +
          'to itself, with nothing but "$ref" between.',
      )
    })
  }

  for (const [what, schema, words] of [
    [
      'contained items of another schema',
      { allOf: [{ contains: { const: 1 } }], unevaluatedItems: false },
      'at #: "unevaluatedItems" is not supported here, since another schema may apply with "contains" to the same list.',
    ],
    [
      'a dynamic reference to a part',
      {
        $ref: 'list',
        $defs: {
          foo: { $dynamicAnchor: 'items' },
          list: { $id: 'list', items: { $dynamicRef: '#items' }, $defs: { items: { $dynamicAnchor: 'items' } } },
        },
      },
      'at #/$defs/list/items: the "$dynamicRef" "#items" is not supported, since its "$dynamicAnchor" stands deeper than its "$id", or than the top',
    ],
    [
      'a dynamic reference to a name that every object has',
      { $dynamicAnchor: 'toString', properties: { a: { $dynamicRef: '#toString' } } },
      'at #/properties/a: a "$dynamicAnchor" cannot have the name "toString"',
    ],
    [
      'a recursive reference of an older draft',
      { $recursiveAnchor: true, properties: { a: { $recursiveRef: '#' } } },
      'at #: "$recursiveAnchor" is not a keyword of 2020-12.',
    ],
    [
      'a dynamic reference of a newer draft',
      { $schema: DRAFT_2019, properties: { a: { $dynamicRef: '#/__proto__' } } },
      'at #/properties/a: "$dynamicRef" is not a keyword of 2019-09.',
    ],
    [
      'a recursive reference to a place',
      { $schema: DRAFT_2019, properties: { a: { $recursiveRef: '#/__proto__' } } },
      'at #/properties/a: a "$recursiveRef" is always "#". Refer to another place by "$ref".',
    ],
    [
      'a recursive reference in a schema with an address within another one',
      {
        $schema: DRAFT_2019,
        $recursiveAnchor: true,
        additionalProperties: {
          ...{ $id: 'in', $recursiveAnchor: true, type: 'object' },
          additionalProperties: { $recursiveRef: '#' },
        },
      },
      'at #/additionalProperties/additionalProperties: a "$recursiveRef" is not supported in a schema with an "$id" of its own within another',
    ],
    [
      'a dynamic reference to a place',
      { properties: { a: { $dynamicRef: '#/$defs/a' } }, $defs: { a: {} } },
      'at #/properties/a: the "$dynamicRef" "#/$defs/a" is not supported',
    ],
    [
      'a dynamic reference in a part to which another schema refers',
      {
        ...{ $dynamicAnchor: 'node', $ref: 'tree#/$defs/branch' },
        $defs: {
          tree: {
            ...{ $id: 'tree', $dynamicAnchor: 'node' },
            $defs: { branch: { properties: { next: { $dynamicRef: '#node' } } } },
          },
        },
      },
      'at #/$defs/tree/$defs/branch/properties/next: it is not supported, since several schemas have its "$dynamicAnchor", and a part',
    ],
    [
      'a recursive reference in a part to which another schema refers',
      {
        ...{ $schema: DRAFT_2019, $recursiveAnchor: true, $ref: 'tree#/$defs/branch' },
        $defs: {
          tree: {
            ...{ $id: 'tree', $recursiveAnchor: true },
            $defs: { branch: { $recursiveRef: '#' } },
          },
        },
      },
      'at #/$defs/tree/$defs/branch: it is not supported, since several schemas have its "$recursiveAnchor", and a part',
    ],
  ] as [string, object, string][]) {
    it(`refuses what it would misread: ${what}`, () => {
      expect(() => validAgainstSchema('a.json', reading({ 'a.json': schema }))).to.throw(
        UsageError,
        `The schema "a.json" has an error ${words}`,
      )
    })
  }

  it('supports "unevaluatedItems" beside references where nothing is contained', () => {
    const schema = { $ref: '#/$defs/a', unevaluatedItems: false, $defs: { a: { prefixItems: [true] } } }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    expect([[1], [1, 2]].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
  })

  it('adapts the parts of a document that are schemas', () => {
    const part = { contains: { const: 1 }, unevaluatedItems: false }
    const files = {
      'a.json': { asyncapi: '3.0.0', x: [{ 'a~/b': part }] },
      'b.json': { $id: 'https://b/b.json', y: part },
    }
    for (const location of ['a.json#/x/0/a~0~1b', 'b.json#/y']) {
      const one = validAgainstSchema(location, reading(files))
      expect([[1], [1, 2]].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
    }
  })

  for (const [where, schema] of [
    ['a value', { properties: { a: { const: { $ref: 'x.json' } }, b: { enum: [{ $ref: 'x.json' }] } } }],
    ['an example', { default: { $ref: 'x.json' }, examples: [{ $ref: 'x.json' }], example: { $ref: 'x.json' } }],
    ['a keyword of its own', { 'x-note': { $ref: 'x.json' } }],
  ] as const) {
    it(`takes no $ref in ${where} for a reference`, () => {
      expect(
        validAgainstSchema('a.json', reading({ 'a.json': schema })).accepts(message({ a: { $ref: 'x.json' } })),
      ).to.equal(true)
    })
  }

  it('takes no $id and no $anchor of a value for one of a schema', () => {
    const schema = {
      properties: { a: { $ref: 'b.json' }, b: { $ref: '#b' }, const: { $anchor: 'b', type: 'string' } },
      default: { $id: 'b.json', $anchor: 'b' },
    }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema, 'b.json': { type: 'number' } }))
    expect([{ a: 1, b: 'x' }, { a: 'x' }, { b: 1 }].map((value) => one.accepts(message(value)))).to.deep.equal([
      true,
      false,
      false,
    ])
  })

  for (const [what, main, location] of [
    [
      'against the nearest $id',
      { $ref: '#/$defs/i', $defs: { i: { $id: 'sub/x.json', properties: { z: { $ref: 'y.json' } } } } },
      's/sub/y.json',
    ],
    [
      'against the $id of the file',
      { $id: 'https://x.org/schemas/s.json', properties: { z: { $ref: 'y.json' } } },
      's/y.json',
    ],
    [
      'against both',
      { $id: 'https://x.org/schemas/s.json', properties: { z: { $id: '../other/', $ref: 'y.json' } } },
      'other/y.json',
    ],
    ['from the root', { properties: { z: { $ref: '/y.json' } } }, 'y.json'],
    [
      'from the root of its $id',
      { $id: 'https://x.org/a/s.json', properties: { z: { $ref: '/b/y.json' } } },
      'b/y.json',
    ],
    ['upwards', { properties: { z: { $ref: '../y.json' } } }, 'y.json'],
  ] as const) {
    it(`finds the file that a reference means: ${what}`, () => {
      const files = reading({ 's/main.json': main, [location]: { type: 'number' } })
      const one = validAgainstSchema('s/main.json', files)
      expect([{ z: 1 }, { z: 'a' }].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
    })
  }

  it('refuses a reference to another host by way of an $id', () => {
    const schema = { properties: { z: { $id: 'https://elsewhere/x.json', properties: { y: { $ref: 'y.json' } } } } }
    for (const [path, words] of [
      ['a.json', 'only files beside it can be referred to.'],
      ['http://host/a.json', 'only what is on its host can be referred to.'],
    ] as const) {
      expect(() => validAgainstSchema(path, reading({ [path]: schema }))).to.throw(
        UsageError,
        `The schema "${path}" refers to y.json: ${words}`,
      )
    }
  })

  it('finds what a reference means on a host by way of an $id', () => {
    const api = {
      $id: 'https://x.org/v1/api.json',
      properties: { z: { $id: 'sub/', properties: { y: { $ref: 'y.json' } } } },
    }
    const one = validAgainstSchema(
      'http://host/s/api.json',
      reading({ 'http://host/s/api.json': api, 'http://host/s/sub/y.json': { type: 'number' } }),
    )
    expect([{ z: { y: 1 } }, { z: { y: 'a' } }].map((value) => one.accepts(message(value)))).to.deep.equal([
      true,
      false,
    ])
  })

  it('knows keywords whose members are names, and parts that are named by an address within the file', () => {
    const schema = {
      $id: 'https://x.example/y',
      $vocabulary: { 'https://json-schema.org/draft/2020-12/vocab/core': true },
      dependentRequired: { a: ['b'] },
      properties: { n: { $ref: 'z' } },
      $defs: { part: { $id: 'z', type: 'string' } },
    }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    const values = [{ a: 1, b: 1 }, { a: 1 }, { n: 'x' }, { n: 1 }]
    expect(values.map((value) => one.accepts(message(value)))).to.deep.equal([true, false, true, false])
  })

  for (const [keyword, address] of [
    ['$id', 'https://['],
    ['$ref', 'https://['],
    ['$ref', '100%.json'],
    ['$ref', '%ff.json'],
  ] as const) {
    it(`refuses an ${keyword} that is not a valid address: ${address}`, () => {
      const schema = { properties: { a: { [keyword]: address } } }
      expect(() => validAgainstSchema('a.json', reading({ 'a.json': schema }))).to.throw(
        UsageError,
        `The schema "a.json" has the ${keyword} "${address}", which is not a valid address.`,
      )
    })
  }

  for (const name of ['100%.json', 'a b.json', 'a#b.json', 'a?b.json', 'ä.json', '%41.json']) {
    it(`may be a file with any name: ${name}`, () => {
      const other = { $ref: encodeURIComponent(name) }
      const any = validAgainstSchema('s/other.json', reading({ [`s/${name}`]: {}, 's/other.json': other }))
      expect(any.accepts(message(1))).to.equal(true)
      const one = validAgainstSchema(
        `s/${name}`,
        reading({ [`s/${name}`]: { $ref: 'b.json' }, 's/b.json': { type: 'string' } }),
      )
      expect([one.accepts(message('a')), one.accepts(message(1))]).to.deep.equal([true, false])
    })
  }

  it('refuses a schema that refers to itself without end, and a list', () => {
    const endless = validAgainstSchema('a.json', () => '{"$ref":"#"}')
    expect(() => endless.accepts(message(1))).to.throw(UsageError, /^To validate 1 takes too long for a message valid/)
    expect(() => validAgainstSchema('a.json', () => '[]')).to.throw(
      UsageError,
      'The schema "a.json" is not an object, true or false.',
    )
  })

  it('refuses a member that cannot be checked', () => {
    expect(() => validAgainstSchema('a.json', () => '{"properties":{"__proto__":{"type":"string"}}}')).to.throw(
      UsageError,
      'The schema "a.json" has an error at #: a member named "__proto__" cannot be checked.',
    )
  })

  it('lists the allowed values', () => {
    const taxi = {
      properties: { type: { const: 'taxi' }, colour: { enum: ['red', 'black'] } },
      additionalProperties: false,
    }
    const one = validAgainstSchema('taxi.json', reading({ 'taxi.json': taxi }))
    expect(one.compare(message({ type: 'bus', colour: 'blue', price: 3 })).expected).to.deep.equal({
      '/': 'must not have "price"',
      '/type': 'must be "taxi"',
      '/colour': 'must be one of "red", "black"',
    })
  })

  it('finds no difference in a valid message', () => {
    expect(matcher.compare(message({ id, lines: [] }))).to.deep.equal({ distance: 0, expected: {}, actual: {} })
  })

  it('stops a validation that takes too long', () => {
    const words =
      'takes too long for a message valid against "x.json". Its patterns with repetitions within repetitions,'
    for (const [schema, value] of [
      [{ items: { pattern: '^(a|a)*$' } }, Array(50).fill(`${'a'.repeat(60)}!`)],
      [{ uniqueItems: true }, Array.from({ length: 20_000 }, (_, a) => ({ a, b: [1, 2, 3] }))],
    ] as const) {
      const slow = validAgainstSchema('x.json', reading({ 'x.json': schema }))
      expect(() => slow.accepts(message(value))).to.throw(UsageError, words)
    }
  }).timeout(60_000)

  it('stops to read or compile what takes too long', () => {
    const tooLong =
      'The schema "a.json" takes too long to be read: divide it, write it as JSON, or name the part that is meant behind #.'
    const numbers = Array.from({ length: 20_000 }, (_, at) => at)
    const addresses = numbers.map((at) => ({ $id: `http://host/${at}` }))
    const slow = { $defs: { ...addresses }, allOf: addresses.map(({ $id }) => ({ $ref: $id })) }
    const long = { properties: Object.fromEntries(numbers.map((at) => [at, { type: 'string' }])) }
    // Of the time nothing is left for the second one.
    for (const schema of [slow, long]) {
      expect(() => validAgainstSchema('a.json', reading({ 'a.json': schema }))).to.throw(UsageError, tooLong)
    }
  }).timeout(60_000)

  it('stops to read a document for which hardly any time is left', () => {
    const forever = () => {
      for (;;);
    }
    for (let time = 0; time < 4; time++)
      expect(() => evaluate(forever, { tooLong: () => 'It takes too long.', isReading: true })).to.throw(UsageError)
    const $defs = Array.from({ length: 50_000 }, (_, at) => ({ $id: `http://host/${at}` }))
    expect(() => readSchemas('a.json', () => JSON.stringify({ $defs: { ...$defs } }))).to.throw(
      UsageError,
      'The schema "a.json" takes too long to be read',
    )
  }).timeout(60_000)

  it('may be YAML with many members, of which none stands twice', () => {
    const yaml = Array.from({ length: 5000 }, (_, at) => `x-${at}: ${at}`).join('\n')
    const read = reading({ 'a.yaml': `${yaml}\ntype: string`, 'b.yaml': `${yaml}\nx-7: 8` })
    expect(validAgainstSchema('a.yaml', read).accepts(message('a'))).to.equal(true)
    expect(() => validAgainstSchema('b.yaml', read)).to.throw(
      UsageError,
      'In the schema "b.yaml": It is not valid YAML: Map keys must be unique at line 5001, column 1',
    )
  }).timeout(30_000)

  it('may be a long chain of references, and is refused in words where Ajv cannot compile that', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`d${at}`, at === 0 ? {} : { $ref: `#/$defs/d${at - 1}` }]),
    )
    const read = reading({ 'chain.json': { $defs } })
    for (const place of [100, 19_999]) {
      const act = () => validAgainstSchema(`chain.json#/$defs/d${place}`, read).accepts(message(1))
      if (place === 100) expect(act()).to.equal(true)
      else
        expect(act).to.throw(
          UsageError,
          /^The schema "chain\.json#\/\$defs\/d19999" (?:does not compile|takes too long)/,
        )
    }
  }).timeout(60_000)

  it('is compiled once, until one of its documents changes', () => {
    const documents: Record<string, string> = { 'a.json': '{"items":{"$ref":"b.json"}}', 'b.json': '{"type":"string"}' }
    const read = reading(documents)
    const [one, same] = [1, 2].map(() => validAgainstSchema('a.json', read))
    expect(same).to.equal(one)
    documents['b.json'] = '{"type":"number"}'
    expect(validAgainstSchema('a.json', reading(documents)).accepts(message([1]))).to.equal(true)
    delete documents['b.json']
    expect(() => validAgainstSchema('a.json', reading(documents))).to.throw(UsageError, 'refers to "b.json"')
  })

  it('is not kept for ever', () => {
    const read = reading({ 'a.json': {} })
    const first = validAgainstSchema('a.json', read)
    for (let at = 0; at < 50; at++) {
      renewBudget()
      validAgainstSchema(`${at}.json`, () => '{}')
    }
    expect(validAgainstSchema('a.json', read)).not.to.equal(first)
  }).timeout(30_000)

  it('refuses a schema that has a member twice', () => {
    expect(() => validAgainstSchema('x.json', () => '{"type":"object","type":"string"}')).to.throw(
      UsageError,
      'In the schema "x.json": The JSON has the member "type" twice, and one of the values would be lost',
    )
  })

  it('accepts a schema that refers to another twice, and that one back', () => {
    const node = { properties: { left: { $ref: 'leaf.json' }, right: { $ref: 'leaf.json' } } }
    const leaf = { properties: { parent: { $ref: 'node.json' }, colour: { type: 'string' } } }
    const one = validAgainstSchema('node.json', reading({ 'node.json': node, 'leaf.json': leaf }))
    expect(one.accepts(message({ left: { parent: { right: { colour: 'red' } } } }))).to.equal(true)
    expect(one.accepts(message({ left: { parent: { right: { colour: 1 } } } }))).to.equal(false)
  })

  it('accepts a schema with null, and with a member that is called $ref', () => {
    const link = { type: 'object', default: null, properties: { $ref: { type: 'string' } } }
    const one = validAgainstSchema('link.json', reading({ 'link.json': link }))
    expect([one.accepts(message({ $ref: 'a' })), one.accepts(message({ $ref: 1 }))]).to.deep.equal([true, false])
  })

  it('rejects what is not JSON, even if any JSON is valid', () => {
    expect(validAgainstSchema('any.json', reading({ 'any.json': {} })).accepts(new Message(1, 0, 'no JSON'))).to.equal(
      false,
    )
  })

  it('accepts a schema that refers to its own parts, also if its address ends with #', () => {
    const tree = { $id: 'https://example.org/tree.json#', definitions: { leaf: { type: 'string' } } }
    const one = validAgainstSchema(
      'tree.json',
      reading({ 'tree.json': { ...tree, items: { $ref: '#/definitions/leaf' } } }),
    )
    expect([one.accepts(message(['a'])), one.accepts(message([1]))]).to.deep.equal([true, false])
  })

  describe('with a part of a document', () => {
    const api = {
      ...{
        asyncapi: '3.0.0',
        info: { title: 'Chat' },
        channels: { chat: { messages: { ping: { payload: { type: 'null' } } } } },
      },
      components: {
        schemas: {
          Pong: {
            $anchor: 'pong',
            properties: { action: { const: 'pong' }, by: { $ref: '#/components/schemas/User' } },
          },
          User: {
            required: ['name'],
            properties: { friend: { $ref: '#/components/schemas/User' }, at: { $ref: 'geo.json#/$defs/a~1b' } },
          },
          Slip: { propertis: {} },
          Wrong: { minimum: '3' },
          'My list': [{ type: 'string' }, { $ref: '#/components/schemas/User' }],
          Inner: {
            $id: 'https://example.org/inner/',
            $defs: { one: { $ref: 'two' }, two: { $id: 'two', type: 'string' } },
          },
          Whole: { $ref: '#' },
        },
      },
    }
    const geo = {
      whatever: 1,
      $defs: { 'a/b': { type: 'integer' }, other: { $ref: 'https://example.org/other.json' } },
    }
    const documents = reading({ 's/api.json': api, 's/geo.json': geo })
    const verdicts = (location: string, values: unknown[]) => {
      const one = validAgainstSchema(location, documents)
      return values.map((value) => one.accepts(message(value)))
    }

    it('needs nothing else to be a schema', () => {
      const values = [{ action: 'pong' }, { action: 'ping' }, { by: {} }, { by: { name: 'a', friend: {} } }]
      const friends = [{ by: { name: 'a', at: 1 } }, { by: { name: 'a', at: 'b' } }]
      for (const fragment of ['/components/schemas/Pong', 'pong']) {
        expect(verdicts(`s/api.json#${fragment}`, [...values, ...friends])).to.deep.equal([
          ...[true, false, false, false],
          ...[true, false],
        ])
      }
    })

    for (const [fragment, value, other] of [
      ['/channels/chat/messages/ping/payload', null, 1],
      ['/components/schemas/My list/0', 'a', 1],
      ['/components/schemas/My%20list/1', { name: 1 }, {}],
      ['/components/schemas/Inner/$defs/one', 'a', 1],
    ] as const) {
      it(`may be at #${fragment}`, () => {
        expect(verdicts(`s/api.json#${fragment}`, [value, other])).to.deep.equal([true, false])
      })
    }

    it('describes itself, and compares', () => {
      const one = validAgainstSchema('s/api.json#pong', documents)
      expect(one.describe()).to.equal('a message valid against "s/api.json#pong"')
      expect(one.compare(message({ action: 'ping' })).expected).to.deep.equal({ '/action': 'must be "pong"' })
    })

    it('takes a file with a # in its name for that', () => {
      const one = validAgainstSchema('a#/x.json', reading({ 'a#/x.json': { type: 'string' } }))
      expect([one.accepts(message('a')), one.accepts(message(1))]).to.deep.equal([true, false])
    })

    it('may be in YAML', () => {
      const yaml = 'components:\n  schemas:\n    Id: { type: integer, maximum: 3 }\n'
      const one = validAgainstSchema('api.yaml#/components/schemas/Id', reading({ 'api.yaml': yaml }))
      expect([one.accepts(message(3)), one.accepts(message(4))]).to.deep.equal([true, false])
      expect(() => validAgainstSchema('api.yml#/a', reading({ 'api.yml': 'a: [' }))).to.throw(
        UsageError,
        /^In the schema "api\.yml": It is not valid YAML: /,
      )
    })

    it('may have an anchor as older drafts write it', () => {
      const old = { $schema: 'http://json-schema.org/draft-07/schema#', a: { b: [{ $id: '#b', type: 'string' }] } }
      const one = validAgainstSchema('a.json#b', reading({ 'a.json': old }))
      expect([one.accepts(message('a')), one.accepts(message(1))]).to.deep.equal([true, false])
    })

    it('is of the draft that it, or its document, says', () => {
      const $schema = 'http://json-schema.org/draft-07/schema#'
      for (const document of [{ $schema, a: { b: { items: [{}] } } }, { a: { b: { $schema, items: [{}] } } }]) {
        const one = validAgainstSchema('a.json#/a/b', reading({ 'a.json': document }))
        expect(one.accepts(message([1]))).to.equal(true)
      }
    })

    for (const [fragment, words] of [
      [
        '/components/schemas/Pang',
        /^The schema "s\/api\.json" has nothing at #\/components\/schemas\/Pang\. Did you mean "Pong"\?$/,
      ],
      ['/components/x', /^The schema "s\/api\.json" has nothing at #\/components\/x\. There is schemas\.$/],
      ['/info/q/x', /^The schema "s\/api\.json" has nothing at #\/info\/q\. There is title\.$/],
      ['/asyncapi/x/y', /^The schema "s\/api\.json" has nothing at #\/asyncapi\/x\. There is nothing in it\.$/],
      ['%', /^The schema "s\/api\.json" has no "\$anchor" "%"\. A place in it begins with #\/\.$/],
      ['/asyncapi', /^The schema "s\/api\.json#\/asyncapi" is not an object, true or false\.$/],
      [
        '/components/schemas/Slip',
        /^The schema "s\/api\.json" has an error at #\/components\/schemas\/Slip: "propertis" is not/,
      ],
      [
        '/components/schemas/Wrong',
        /^The schema "s\/api\.json#\/components\/schemas\/Wrong" does not compile: schema is invalid/,
      ],
      ['/components/schemas/Whole', /^The schema "s\/api\.json" has an error at #: "asyncapi" is not a known keyword/],
    ] as const) {
      it(`refuses #${fragment}`, () => {
        expect(() => validAgainstSchema(`s/api.json#${fragment}`, documents)).to.throw(UsageError, words)
      })
    }

    it('reads what an address refers to on its host, and nothing from elsewhere', () => {
      const read: string[] = []
      const texts = reading({
        'http://host/s/api.json': {
          a: { $ref: 'geo.yaml#/b' },
          c: { $ref: 'http://other/geo.yaml' },
          d: { $ref: 'http://host/x.json' },
          e: { $ref: '//other/geo.yaml' },
          f: { $ref: '//host/x.json' },
        },
        'http://host/s/geo.yaml': 'b:\n  type: integer\n',
        'http://host/x.json': {},
      })
      const one = (fragment: string) =>
        validAgainstSchema(`http://HOST/s/api.json#${fragment}`, (address) => {
          read.push(address)
          return texts(address)
        })
      expect(one('/a').accepts(message('a'))).to.equal(false)
      expect(one('/d').accepts(message('a'))).to.equal(true)
      expect(() => one('/c')).to.throw(
        UsageError,
        'The schema "http://host/s/api.json" refers to http://other/geo.yaml: only what is on its host can be referred to.',
      )
      expect(one('/f').accepts(message('a'))).to.equal(true)
      expect(() => one('/e')).to.throw(UsageError, 'refers to //other/geo.yaml: only what is on its host')
      expect([...new Set(read)]).to.deep.equal([
        'http://host/s/api.json',
        'http://host/s/geo.yaml',
        'http://host/x.json',
      ])
      expect(() => validAgainstSchema('http://[/a', texts)).to.throw(
        UsageError,
        '"http://[/a" is not a valid address of a schema.',
      )
    })
  })

  it('describes itself', () => {
    expect(matcher.describe()).to.equal('a message valid against "schemas/order.json"')
  })

  for (const draft of [
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ]) {
    it(`accepts ${draft}`, () => {
      const one = validAgainstSchema('a.json', reading({ 'a.json': { $schema: draft, type: 'number', minimum: 3 } }))
      expect([one.accepts(message(3)), one.accepts(message(2))]).to.deep.equal([true, false])
    })
  }

  it('checks formats as their standards say, in each draft', () => {
    const formats = {
      'date-time': '2020-01-01 00:00:00+00:00',
      time: '12:00:00+01',
      uri: 'http://a:port/',
      iri: 'http://é:é/',
    }
    for (const $schema of [...OLDER_DRAFTS, 'https://json-schema.org/draft/2020-12/schema'])
      for (const [format, wrong] of Object.entries(formats)) {
        const one = validAgainstSchema('a.json', reading({ 'a.json': { $schema, format } }))
        const right = { time: '12:00:00+01:00', 'date-time': '2020-01-01T00:00:00Z' }[format] ?? 'http://a:1/'
        expect([right, wrong, 1].map((value) => one.accepts(message(value)))).to.deep.equal([true, false, true])
      }
  })

  it('takes documents that have the same members around what they refer to, whatever the names', () => {
    const schemas = (schema: object) => ({
      openapi: '3.1.0',
      components: { schemas: { 'x y': schema } },
      'x-ä ö': 1,
      valueOf: 1,
    })
    const files = {
      'a.json': schemas({ 'x-b c': 1, properties: { n: { $ref: 'b.json#/components/schemas/x%20y' } } }),
      'b.json': schemas({ 'x-b c': 1, type: 'number' }),
    }
    const one = validAgainstSchema('a.json#/components/schemas/x y', reading(files))
    expect([{ n: 1 }, { n: 'a' }].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
  })

  for (const $schema of [...OLDER_DRAFTS, undefined]) {
    const x = {
      ...{ $id: 'http://q/x', $ref: '#/definitions/k' },
      definitions: { k: { type: 'string' } },
    }
    const definitions = { x, k: { type: 'number' }, y: { $ref: 'http://q/x' }, z: { $ref: '#/definitions/x' } }
    const bundle = { $schema, definitions }
    for (const [what, location, files] of [
      ['a part with an $id that is its own base', 'a.json#/definitions/x', { 'a.json': bundle }],
      ['one that refers to it by its $id', 'a.json#/definitions/y', { 'a.json': bundle }],
      ['one that refers to it by its place', 'a.json#/definitions/z', { 'a.json': bundle }],
      ['a document that has one', 'a.json', { 'a.json': { ...bundle, $ref: '#/definitions/z' } }],
      ['a relative $id', 'a.json', { 'a.json': { $schema, $id: 'm', $ref: 'b.json' }, 'b.json': { type: 'string' } }],
      [
        'a relative $id of a document within which a part is meant',
        's/a.json#/definitions/x',
        { 's/a.json': { $schema, $id: 'm', definitions: { x: { $ref: 'b.json' } } }, 's/b.json': { type: 'string' } },
      ],
      [
        'a relative $id in another folder, by which it is referred to',
        's/a.json',
        {
          's/a.json': { $schema, $id: 't/m', $ref: 'b.json', definitions: { k: { type: 'string' } } },
          's/t/b.json': { $id: 'c', $ref: 'm#/definitions/k', definitions: { k: { type: 'number' } } },
        },
      ],
      [
        'the $id of a document within which a part refers to another',
        'a.json#/definitions/x',
        {
          'a.json': { $schema, $id: 'https://x.org/s/m', definitions: { x: { $ref: 'b.json#/definitions/y' } } },
          'b.json': { $id: 'k', definitions: { y: { $ref: '#/definitions/z' }, z: { type: 'string' } } },
        },
      ],
      [
        'the $id of a document within which a part refers to it',
        'a.json#/definitions/x',
        {
          'a.json': {
            ...{ $schema, $id: 'm' },
            definitions: { x: { $ref: 'm#/definitions/y' }, y: { $id: 'y', type: 'string' } },
          },
        },
      ],
      [
        'a relative $id at an address',
        'http://h/a.json',
        { 'http://h/a.json': { $schema, $id: 'm', $ref: 'b.json' }, 'http://h/b.json': { type: 'string' } },
      ],
    ] as [string, string, Record<string, object>][]) {
      it(`resolves by ${draftNamedIn(String($schema)) ?? '2020-12'}: ${what}`, () => {
        const one = validAgainstSchema(location, reading(files))
        expect(['a', 1].map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
      })
    }
  }

  it('lets a schema have both references and an address of its own', () => {
    const a = { $id: 'a', $ref: '#/$defs/k', allOf: [{ minLength: 2 }], $defs: { k: { type: 'string' } } }
    const one = validAgainstSchema('s.json#/$defs/a', reading({ 's.json': { $defs: { a } } }))
    expect(['ab', 'a', 1].map((value) => one.accepts(message(value)))).to.deep.equal([true, false, false])
  })

  it('may be an anchor by its $id in older drafts', () => {
    const schema = ($schema: string) => ({
      ...{ $schema, $id: '#top', $ref: '#/definitions/r' },
      definitions: { r: { properties: { $ref: { $ref: 'b.json' }, $id: { type: 'string' } } } },
    })
    const read = (draft: string, location: string) =>
      validAgainstSchema(location, reading({ 'a.json': schema(draft), 'b.json': { type: 'string' } }))
    const [newer, older] = OLDER_DRAFTS as [string, string]
    for (const location of ['a.json', 'a.json#/definitions/r']) {
      const one = read(older, location)
      const values = [{ $id: 'a', $ref: 'b' }, { $ref: 1 }]
      expect(values.map((value) => one.accepts(message(value)))).to.deep.equal([true, false])
      expect(() => read(newer, location)).to.throw(UsageError, 'data/$id must match pattern "^[^#]*#?$"')
    }
  })

  for (const location of ['a.json', 'a.yaml', 'c.json#/$defs/a', 'd.json'])
    it(`may be true or false: ${location}`, () => {
      for (const answer of [true, false]) {
        const files = {
          ...{ 'a.json': ` ${answer}\n`, 'a.yaml': `# all\n${answer}\n`, 'c.json': { $defs: { a: answer } } },
          'd.json': { $ref: 'a.json' },
        }
        const one = validAgainstSchema(location, reading(files))
        expect([1, {}, null].map((value) => one.accepts(message(value)))).to.deep.equal([answer, answer, answer])
      }
    })

  for (const content of [null, 3, 'a', []])
    it(`is not ${JSON.stringify(content)}`, () => {
      const files = reading({ 'a.json': JSON.stringify(content), 'b.json': { $defs: { a: content } } })
      for (const location of ['a.json', 'b.json#/$defs/a'])
        expect(() => validAgainstSchema(location, files)).to.throw(
          UsageError,
          `The schema "${location}" is not an object, true or false.`,
        )
    })

  for (const [what, schema] of [
    ['beside it', { properties: { a: true }, dependentSchemas: { a: { properties: { b: true } } } }],
    ['alone', { dependentSchemas: { a: { properties: { a: true, b: true } } } }],
    ['by a pattern', { properties: { a: true }, dependentSchemas: { a: { patternProperties: { '^b': true } } } }],
    ['in allOf', { properties: { a: true }, allOf: [{ dependentSchemas: { a: { properties: { b: true } } } }] }],
  ] as const) {
    it(`counts what dependent schemas evaluate: ${what}`, () => {
      for (const $schema of [OLDER_DRAFTS[0], undefined]) {
        const whole = { $schema, ...schema, unevaluatedProperties: false }
        const one = validAgainstSchema('a.json', reading({ 'a.json': whole }))
        const values = [{ a: 1, b: 1 }, { a: 1 }, {}, { b: 1 }, { a: 1, c: 1 }]
        expect(values.map((value) => one.accepts(message(value)))).to.deep.equal([true, true, true, false, false])
      }
    })
  }

  it('accepts a schema with an $id that refers to itself', () => {
    const tree = {
      $id: 'https://example.org/tree.json',
      type: 'object',
      properties: { leaf: { $ref: 'leaf.json' }, next: { $ref: '#' } },
    }
    const one = validAgainstSchema('tree.json', reading({ 'tree.json': tree, 'leaf.json': { type: 'string' } }))
    expect([one.accepts(message({ next: { leaf: 'a' } })), one.accepts(message({ next: { leaf: 1 } }))]).to.deep.equal([
      true,
      false,
    ])
  })

  it('accepts schemas of OpenAPI and AsyncAPI, with annotations, and keywords of their own', () => {
    const schema = {
      ...{ discriminator: { propertyName: 'type', mapping: { a: 'x' } }, 'x-internal': { requried: 1 } },
      ...{ type: 'object', externalDocs: { url: 'https://example.org' }, xml: { name: 'a' }, deprecated: true },
      properties: {
        requried: { type: 'string', nullable: true, example: { requried: 1 } },
        amount: { type: 'integer', format: 'int64', default: { a: 1 } },
        place: { format: 'iri', const: { requried: 1 } },
      },
    }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    expect(one.accepts(message({ requried: null, amount: 1 }))).to.equal(true)
    expect(one.accepts(message({ amount: 'x' }))).to.equal(false)
  })

  it('checks by 2020-12 unless it says otherwise', () => {
    const schema = { prefixItems: [{ type: 'string' }], items: false, $defs: { a: { $anchor: 'a' } } }
    const one = validAgainstSchema('a.json', reading({ 'a.json': schema }))
    expect([['a'], [1], ['a', 'b']].map((value) => one.accepts(message(value)))).to.deep.equal([true, false, false])
  })

  for (const [slip, schema, words] of [
    [
      'a keyword',
      { requried: ['id'] },
      'at #: "requried" is not a known keyword, and would check nothing. Did you mean "required"? One of your own begins with x-.',
    ],
    ['a keyword inside', { properties: { a: { propertis: {} } } }, 'at #/properties/a: "propertis" is not a known'],
    ['a keyword of Ajv', { $async: true }, 'at #: "$async" is not a known keyword'],
    ['a keyword in a list', { anyOf: [{}, { minimun: 1 }] }, 'at #/anyOf/1: "minimun" is not a known keyword'],
    [
      'a keyword like none',
      { mandatory: ['id'] },
      'at #: "mandatory" is not a known keyword, and would check nothing. One of',
    ],
    [
      'a keyword of a later draft',
      { $schema: 'http://json-schema.org/draft-07/schema#', prefixItems: [] },
      'at #: "prefixItems" is not a keyword of draft-07. If it is written for another draft, say so in "$schema".',
    ],
    ['a keyword of an older draft', { additionalItems: false }, 'at #: "additionalItems" is not a keyword of 2020-12.'],
    [
      'items of an older draft',
      { properties: { a: { items: [{}] } } },
      'at #/properties/a: since 2020-12 a list of schemas is "prefixItems".',
    ],
    [
      'a format',
      { properties: { a: { format: 'datetime' } } },
      'at #/properties/a: "datetime" is not a known format. It may be "date-time".',
    ],
    ['a format like none', { format: 'colour' }, 'at #: "colour" is not a known format. There are date, time, '],
  ] as const) {
    it(`refuses a slip: ${slip}`, () => {
      const files = reading({
        'a.json': schema,
        'b.json': { $ref: 'a.json', ...('$schema' in schema && { $schema: schema.$schema }) },
      })
      for (const file of ['a.json', 'b.json']) {
        expect(() => validAgainstSchema(file, files)).to.throw(UsageError, `The schema "a.json" has an error ${words}`)
      }
    })
  }

  it('refuses a draft that it does not know, or that is not that of the others', () => {
    const $schema = 'http://json-schema.org/draft-04/schema#'
    expect(() => validAgainstSchema('a.json', reading({ 'a.json': { $schema } }))).to.throw(
      UsageError,
      'The schema "a.json" is one of "http://json-schema.org/draft-04/schema#"; only those of 2020-12, 2019-09, draft-07, draft-06 are read.',
    )
    const files = { 'a.json': { $ref: 'b.json' }, 'b.json': { $schema: 'http://json-schema.org/draft-07/schema#' } }
    expect(() => validAgainstSchema('a.json', reading(files))).to.throw(
      UsageError,
      'The schema "a.json" is one of 2020-12, and refers to "b.json", which is one of draft-07.',
    )
  })

  for (const [problem, schema, words] of [
    ['does not compile', { type: 'nothing' }, /^The schema "a\.json" does not compile: /],
    ['is no JSON', '{', /^The schema "a\.json" is not valid JSON: /],
    ['is neither an object nor true or false', '3', /^The schema "a\.json" is not an object, true or false\.$/],
    [
      'refers to a missing one',
      { $ref: 'b.json' },
      /^The schema ".*a\.json" refers to "b\.json": There is no file "b\.json"\.$/,
    ],
    ['refers to another place', { $ref: 'https://example.org/b.json' }, /: only files beside it can be referred to\.$/],
    ['has a pattern that is none', { pattern: '(' }, /"\(" is not a valid regular expression/],
  ] as const) {
    it(`refuses a schema that ${problem}, before anything is waited for`, () => {
      expect(() => validAgainstSchema('a.json', reading({ 'a.json': schema }))).to.throw(UsageError, words)
    })
  }
})

import { expect } from 'chai'
import { Message } from '../inbox/message'
import { validAgainstSchema } from '../schemas/schema-matcher'

describe('Keywords that compare values', () => {
  for (const [schema, valid, invalid] of [
    [{ multipleOf: 0.01 }, ['19.99', '4.35', '1.15', '-0.07', '1e9', '0'], ['19.999', '0.001', '1e-7']],
    [{ multipleOf: 3 }, ['9', '-3', '"3"'], ['10']],
    [
      { const: { a: 1, b: [null] } },
      ['{"b":[null],"a":1}'],
      ['{"a":1,"b":[null],"toString":1}', '{"a":1}', '[1]', '1'],
    ],
    [{ const: 0 }, ['0', '-0', '0.0'], ['""', 'false', 'null']],
    [{ enum: ['red', { a: [1] }] }, ['"red"', '{"a":[1]}'], ['{"valueOf":1}', '{"a":[1,2]}', '{"b":[1]}', '"blue"']],
    [{ uniqueItems: true }, ['[1,"1",[1],{"a":1}]', '[{"toString":1},{"toString":2}]'], ['[1,1]', '[{"a":1},{"a":1}]']],
    [{ uniqueItems: false }, ['[1,1]'], []],
    [{ required: ['toString'] }, ['{"toString":1}'], ['{"n":1}', '{}']],
    [{ properties: { constructor: { type: 'string' } } }, ['{"n":1}', '{"constructor":"a"}'], ['{"constructor":1}']],
    [{ not: { required: ['__proto__'] } }, ['{"n":1}'], ['{"__proto__":1}']],
    [{ type: 'integer' }, ['9007199254740993', '1.5e1'], ['4503599627370495.5', '1.5']],
  ] as const) {
    it(`judge by ${JSON.stringify(schema)}`, () => {
      const matcher = validAgainstSchema('a.json', () => JSON.stringify(schema))
      const accepted = [...valid, ...invalid].filter((value) => matcher.accepts(new Message(1, 0, value)))
      expect(accepted).to.deep.equal(valid)
    })
  }

  it('say what they ask for', () => {
    const schema = { properties: { price: { multipleOf: 0.01 }, ids: { uniqueItems: true } } }
    const matcher = validAgainstSchema('a.json', () => JSON.stringify(schema))
    expect(matcher.compare(new Message(1, 0, '{"price":0.001,"ids":[1,1]}')).expected).to.deep.equal({
      '/price': 'must be multiple of 0.01',
      '/ids': 'must NOT have duplicate items',
    })
  })
})

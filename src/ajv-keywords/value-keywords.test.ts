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
    [
      { type: 'integer' },
      ['9007199254740993', '1.5e1', '-1e400', '1e999999999', '1.5e999999999', '0e-400'],
      ['4503599627370495.5', '1.5', '1e-330', '-2e-324', '1.5e-400', '1e-999999999', `1e-${'9'.repeat(1000)}`],
    ],
    [
      { multipleOf: 7 },
      ['7e5000', '-14e999999999', `7e${'9'.repeat(1000)}`, '0e-5000', '70000000000000000000e-19'],
      ['1e400', '1e5000', '1e999999999', '7e-5000', '7e-999999999', '70000000000000000000e-20'],
    ],
    [{ multipleOf: 1.6e-7 }, ['1e5000', '16e-8'], ['1e-7', '1e-400']],
    [{ multipleOf: 1e300 }, ['1e5000', '3e300'], ['1e299', '15e299']],
    [{ maximum: 0 }, ['-1e-999999999', '-1e999999999'], ['1e-400', '1e999999999']],
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

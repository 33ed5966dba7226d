import { expect } from 'chai'
import { comparableValues } from './comparable-values'
import { ExactNumber } from './exact-number'

describe('comparableValues', () => {
  for (const [one, other, shownOne, shownOther] of [
    ['a\u00a0b', 'a b', 'a\\u00a0b', 'a b'],
    ['caf\u00e9', 'cafe\u0301', 'caf\\u00e9', 'cafe\\u0301'],
    ['a\u202eb', 'a\\u202eb', 'a\\u202eb', 'a\\\\u202eb'],
    ['\u0646\u200c\u0645', '\u0646\u0645', '\\u0646\\u200c\\u0645', '\\u0646\\u0645'],
  ] as const) {
    it(`lets texts be told apart that look alike: ${shownOne} and ${shownOther}`, () => {
      expect(comparableValues(one, other)).to.deep.equal({ expected: shownOne, actual: shownOther })
    })
  }

  const [long, longer] = ['x'.repeat(1000), 'x'.repeat(2000)]

  it('compares the first mebibyte of long texts', () => {
    const [one, other] = ['x'.repeat(2 ** 20 - 1), 'x'.repeat(2 ** 20)]
    const { expected, actual } = comparableValues(`${one}abc`, `${one}bcd`) as { expected: string; actual: string }
    expect([expected.includes('xa…') || expected.endsWith('xa'), actual.includes('b')]).to.deep.equal([true, true])
    const same = comparableValues(`${other}a`, `${other}b`)
    expect(same.expected).to.equal(same.actual)
  })

  it('leaves short values as they are', () => {
    for (const [expected, actual] of [
      ['Hello', 'Hullo'],
      [1, '1'],
      [{ a: [1, { b: 'x' }] }, { a: [2, { b: 'y' }], c: true }],
      [[1, 2], [1]],
      [undefined, {}],
    ]) {
      expect(comparableValues(expected, actual)).to.deep.equal({ expected, actual })
    }
  })

  it('has Cucumber write a null as JSON does: as the boolean null, also in long lists of differences', () => {
    const many = Array.from({ length: 1000 }, (_, index) => [`n${index}`, 'same'])
    for (const [name, more] of [
      ['data', {}],
      ['/data', Object.fromEntries(many)],
    ] as const) {
      const both = comparableValues({ data: null, ...more }, { data: 1, ...more })
      const shown = (both.expected as Record<string, unknown>)[name]
      expect([String(shown), Object.prototype.toString.call(shown)]).to.deep.equal(['null', '[object Boolean]'])
    }
  })

  it('is JSON with the null that it has', () => {
    const { expected } = comparableValues({ data: null, tags: [null] }, { data: 1 })
    expect(JSON.stringify(expected)).to.equal('{"data":null,"tags":[null]}')
  })

  it('leaves texts of up to 300 characters as they are, wherever they differ', () => {
    const [expected, actual] = [`${'x'.repeat(299)}\n`, `${'x'.repeat(299)}!`]
    expect(comparableValues(expected, actual)).to.deep.equal({ expected, actual })
  })

  it('cuts a long text beside a short one', () => {
    const cut = `${'x'.repeat(300)}… (2000 characters)`
    expect(comparableValues(longer, 'Hello')).to.deep.equal({ expected: cut, actual: 'Hello' })
  })

  it('cuts long texts that are the same to their end', () => {
    const end = `…${'x'.repeat(100)}`
    expect(comparableValues({ a: long, b: 1 }, { a: long, b: 2 })).to.deep.equal({
      expected: { a: end, b: 1 },
      actual: { a: end, b: 2 },
    })
  })

  it('cuts long texts to the surroundings of their first difference', () => {
    expect(comparableValues(`${long}Hello`, `${long}Hullo`)).to.deep.equal({
      expected: `…${'x'.repeat(99)}Hello`,
      actual: `…${'x'.repeat(99)}Hullo`,
    })
  })

  it('says how long a text is as a whole', () => {
    expect(comparableValues(`${long}a${long}`, `${long}b`)).to.deep.equal({
      expected: `…${'x'.repeat(100)}a${'x'.repeat(199)}… (2001 characters)`,
      actual: `…${'x'.repeat(100)}b`,
    })
  })

  it('shows texts that differ early from their beginning', () => {
    expect(comparableValues('Hello', longer)).to.deep.equal({
      expected: 'Hello',
      actual: `${'x'.repeat(300)}… (2000 characters)`,
    })
  })

  it('cuts long texts in lists and objects, too', () => {
    expect(comparableValues({ a: [`${long}!`] }, { a: [`${long}?`] })).to.deep.equal({
      expected: { a: [`…${'x'.repeat(100)}!`] },
      actual: { a: [`…${'x'.repeat(100)}?`] },
    })
  })

  it('cuts a long text that has nothing beside it', () => {
    const cut = `${'x'.repeat(300)}… (1000 characters)`
    expect(comparableValues(3, long)).to.deep.equal({ expected: 3, actual: cut })
    expect(comparableValues({}, { a: long })).to.deep.equal({ expected: {}, actual: { a: cut } })
    expect(comparableValues('Hello', { a: [long] })).to.deep.equal({ expected: 'Hello', actual: { a: [cut] } })
  })

  it('treats names like constructor as any other, and shows __proto__ as JSON may write it', () => {
    const shown = comparableValues({}, JSON.parse('{ "__proto__": "Ferrari" }'))
    expect(JSON.stringify(shown)).to.equal('{"expected":{},"actual":{"\\\\u005f_proto__":"Ferrari"}}')
    for (const name of ['constructor', 'toString', 'toJSON']) {
      const car = JSON.parse(`{ "${name}": "Ferrari" }`)
      expect(JSON.stringify(comparableValues({}, car))).to.equal(JSON.stringify({ expected: {}, actual: car }))
      expect(Object.hasOwn(comparableValues({}, car).expected as object, name)).to.equal(false)
    }
  })

  it('takes the length of a list for no member of it', () => {
    for (const [expected, actual] of [
      [[1, 2], { length: 2 }],
      [{ a: { length: 0 } }, { a: [] }],
    ]) {
      expect(JSON.stringify(comparableValues(expected, actual))).to.equal(JSON.stringify({ expected, actual }))
    }
  })

  it('shows the first differences of large values alone, by JSON Pointer', () => {
    const items = Array.from({ length: 2000 }, (_, id) => ({ id, 'a/b~': 'x' }))
    const others = items.map((item, at) => (at < 3 ? { ...item, id: -1 } : item))
    expect(comparableValues({ items, only: [1] }, { items: others, 'a/b~': { c: long } })).to.deep.equal({
      expected: { '/items/0/id': 0, '/items/1/id': 1, '/items/2/id': 2, '/only': '[1]' },
      actual: {
        '/items/0/id': -1,
        '/items/1/id': -1,
        '/items/2/id': -1,
        '/a~1b~0': `{"c":"${'x'.repeat(294)}… (1008 characters)`,
      },
    })
    expect(comparableValues(items, 'Hello').actual).to.deep.equal({ '/': 'Hello' })
  })

  it('takes the same exact number for no difference', () => {
    const items = (...ids: string[]) => Array.from({ length: 2000 }, (_, at) => new ExactNumber(ids[at] ?? '1e400'))
    const { expected, actual } = comparableValues(items('9007199254740993'), items('9007199254740992', '10e399'))
    expect([expected, actual].map((side) => JSON.stringify(side))).to.deep.equal([
      '{"/0":"9007199254740993"}',
      '{"/0":"9007199254740992"}',
    ])
  })

  it('says how many more differences there are', () => {
    const { expected, actual } = comparableValues(Array(10_000).fill(1), Array(10_000).fill(2))
    for (const side of [expected, actual]) {
      expect(Object.keys(side as object)).to.have.length(101)
      expect(side).to.have.property('…', '9900 more differences')
    }
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import {
  canonicalNumber,
  compareNumbers,
  ExactNumber,
  mayHaveExactNumbers,
  parseExactly,
  standInFor,
  stringifyExactly,
} from './exact-number'

describe('ExactNumber', () => {
  const id = new ExactNumber('9007199254740993')

  it('is shown by its digits, wherever it is shown', () => {
    expect([`${id}`, JSON.stringify({ id }), Number(id) > 5]).to.deep.equal([
      '9007199254740993',
      '{"id":"9007199254740993"}',
      true,
    ])
    expect(Object.prototype.toString.call(id)).to.equal('[object Number]')
  })

  it('is another one to assertions if it has other digits', () => {
    expect({ id }).to.deep.equal({ id: new ExactNumber('9007199254740993') })
    expect({ id }).not.to.deep.equal({ id: new ExactNumber('9007199254740992') })
  })

  for (const [one, other] of [
    ['9007199254740993', '9007199254740993.0'],
    ['1e400', '10E399'],
    ['-1e400', '-1.0e+400'],
    ['0.00', '-0'],
    [`1e${'9'.repeat(20)}`, `10E${'9'.repeat(19)}8`],
    ['0.00012e5', '12'],
    ['0e5', '0.0e-400'],
  ] as const) {
    it(`is the same, also in another spelling: ${one} and ${other}`, () => {
      expect(new ExactNumber(one).equals(new ExactNumber(other))).to.equal(true)
    })
  }

  it('is the same as a number that JavaScript holds', () => {
    expect([1, 1.5, '1.0'].map((other) => new ExactNumber('1.0').equals(other))).to.deep.equal([true, false, false])
  })

  for (const [one, other] of [
    ['9007199254740993', '9007199254740992'],
    ['1e400', '1e401'],
    ['1e400', '-1e400'],
    [`1e${'9'.repeat(20)}`, `1e${'9'.repeat(19)}8`],
  ] as const) {
    it(`is not another one: ${one} and ${other}`, () => {
      expect(new ExactNumber(one).equals(new ExactNumber(other))).to.equal(false)
    })
  }

  it('is not what JSON has no number for', () => {
    const big = new ExactNumber('1e400')
    expect([Number.NaN, Number.POSITIVE_INFINITY, null, {}].map((other) => big.equals(other))).to.deep.equal(
      Array(4).fill(false),
    )
  })
})

describe('compareNumbers', () => {
  const ordered = [
    `-1e${'9'.repeat(20)}`,
    '-1e400',
    '-9007199254740993',
    '-0.5',
    '1e-400',
    '0.5',
    '9007199254740992',
    '9007199254740993',
    '9007199254740993.5',
    '1e400',
    '1.5e400',
    `1e${'9'.repeat(19)}8`,
    `1e${'9'.repeat(20)}`,
  ]

  it('orders numbers by their digits, however large their exponents are', () => {
    for (const [at, one] of ordered.entries()) {
      for (const [otherAt, other] of ordered.entries()) {
        const order = compareNumbers(new ExactNumber(one), new ExactNumber(other))
        expect(Math.sign(order), `${one} and ${other}`).to.equal(Math.sign(at - otherAt))
      }
    }
  })

  it('orders those that JavaScript holds as JavaScript does', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), (one, other) => {
        expect(Math.sign(compareNumbers(new ExactNumber(String(one)), other))).to.equal(Math.sign(one - other) + 0)
      }),
    ))
})

describe('parseExactly', () => {
  it('makes exact numbers of those that JavaScript would change, and of no others', () => {
    const text = '{"a":[1,-2.5,1.0,9007199254740993],"b":1e400,"__proto__":1e-400,"a b":0.1000000000000000055,"c":-0}'
    const value = parseExactly(text) as Record<string, unknown>
    expect(value)
      .to.have.property('a')
      .that.deep.equals([1, -2.5, 1, new ExactNumber('9007199254740993')])
    expect(Object.keys(value)).to.deep.equal(['a', 'b', '__proto__', 'a b', 'c'])
    expect(stringifyExactly(value)).to.equal(text.replace('1.0', '1'))
  })

  it('keeps every spelling if it is asked to', () => {
    const text = '[1.0,1e3,-0,1E+2,0.10,7,0.5]'
    expect(stringifyExactly(parseExactly(text, { keepSpelling: true }))).to.equal(text)
    expect(parseExactly('[7]', { keepSpelling: true })).to.deep.equal([7])
  })

  it('takes the last of several members of one name, as JSON.parse does', () => {
    expect(parseExactly('{"a":1,"a":2}')).to.deep.equal({ a: 2 })
  })
})

describe('mayHaveExactNumbers', () => {
  for (const text of ['9007199254740993', '[1,-1e400]', '{"a":0.1000000000000000055}', '{"a": 1E-400}']) {
    it(`holds for ${text}`, () => expect(mayHaveExactNumbers(text)).to.equal(true))
  }

  for (const text of [
    '{"a":1.5,"b":-200}',
    '"9007199254740993"',
    '{"at":"2020-01-01","id":"1e400abc"}',
    '[true]',
    '[0.14285714285714285,1.5e-7]',
  ]) {
    it(`does not hold for ${text}`, () => expect(mayHaveExactNumbers(text)).to.equal(false))
  }
})

describe('canonicalNumber', () => {
  for (const [source, canonical] of [
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993.0', '-9007199254740993'],
    ['90071992547409930e-1', '9007199254740993'],
    ['1.00000000000000000000', '1'],
    ['0e-400', '0'],
    ['1e400', '0.1e401'],
    ['-10e-401', '-0.1e-399'],
    ['0.1000000000000000055', '0.1000000000000000055e0'],
  ] as const) {
    it(`is ${canonical} for ${source}`, () => expect(canonicalNumber(new ExactNumber(source))).to.equal(canonical))
  }
})

describe('A number that stands in for an exact one', () => {
  for (const [source, number] of [
    ['9007199254740993', 2 ** 53],
    ['9007199254740992.0', 2 ** 53],
    ['-9007199254740993', -(2 ** 53) - 2],
    ['9007199254740992.5', 0.5],
    ['9223372036854775807', 2 ** 63 - 1024],
    ['9223372036854775808', 2 ** 63],
    ['-9223372036854775808', -(2 ** 63)],
    ['-9223372036854775809', -(2 ** 63) - 2048],
    ['0.1000000000000000055', 0.1],
    ['1.00000000000000000000', 1],
    ['1e-400', 0.5],
    ['0e-400', 0],
    ['1e400', Number.MAX_VALUE],
    ['-1e400', -Number.MAX_VALUE],
  ] as const) {
    it(`is ${number} for ${source}`, () => expect(standInFor(new ExactNumber(source))).to.equal(number))
  }
})

import { expect } from 'chai'
import { hex, open } from '../../test/support/open-codec'
import { codec } from './msgpack'

describe('The codec msgpack', () => {
  const { decode, encode } = open(codec)

  describe('reads', () => {
    for (const [digits, content] of [
      ['a5 48656c6c6f', 'Hello'],
      ['c0', 'null'],
      ['cf 0020000000000001', '9007199254740993'],
      ['d3 8000000000000000', '-9223372036854775808'],
      ['cb 8000000000000000', '-0'],
      ['82 a161 93 01 c3 a162 a162 c0', '{"a":[1,true,"b"],"b":null}'],
      ['81 a161 c4 02 0102', '{"a":{"type":"Buffer","data":[1,2]}}'],
      ['d6ff 00000001', '1970-01-01T00:00:01.000Z'],
      ['d7ff 0000000400000001', '1970-01-01T00:00:01.000000001Z'],
      ['d5 05 0a0b', '{"type":"Ext","code":5,"data":[10,11]}'],
    ] as const) {
      it(`${digits} as ${content}`, () => {
        expect(decode(hex(digits))).to.deep.equal([content])
      })
    }

    for (const length of [0, 5, 28, 196, 197, 198, 252, 65_532, 65_533]) {
      it(`a text with U+FEFF before ${length} characters as it is, wherever it stands`, () => {
        const text = `\ufeff${'x'.repeat(length)}`
        for (const value of [text, { [text]: [text, `\ufeff${text}`, 'a'] }, [{ a: text }, `a${text}`]]) {
          const written = typeof value === 'string' ? value : JSON.stringify(value)
          expect(decode(encode(written))).to.deep.equal([written])
        }
      })
    }

    it('bytes as bytes', () => {
      expect(decode(hex('c4 02 0102'))).to.deep.equal([hex('01 02')])
    })
  })

  describe('does not read', () => {
    for (const [digits, problem] of [
      ['', 'it ends too early'],
      ['92 01', 'it ends too early'],
      ['a5 4865', 'it ends too early'],
      ['a2 c328', 'it has a text that is not UTF-8'],
      ['d9 02 c328', 'it has a text that is not UTF-8'],
      ['81 a2 c328 01', 'it has a text that is not UTF-8'],
      [`d9c9 efbbbf ${'78'.repeat(198)} 01`, 'Extra 1 of '],
      [`82 d9c9 efbbbf ${'78'.repeat(198)} 01 d9c9 efbbbf ${'78'.repeat(198)} 02`, 'it has a map with a key twice'],
      [`d9c9 efbbbf ${'78'.repeat(197)}`, 'it ends too early'],
      ['a2 c3', 'it ends too early'],
      ['83 a161', 'it ends too early'],
      ['dc ffff '.repeat(100), 'it ends too early'],
      ['c1', 'Unrecognized type byte: 0xc1'],
      ['01 01', 'Extra 1 of 2 byte(s)'],
      ['dd ffffffff', 'it ends too early'],
      ['df ffffffff', 'it ends too early'],
      ['c6 ffffffff', 'it ends too early'],
      ['db ffffffff', 'it ends too early'],
      ['c9 ffffffff 05', 'it ends too early'],
      ['82 a161 01 a161 02', 'it has a map with a key twice'],
      ['81 a161 91 82 a161 01 a161 02', 'it has a map with a key twice'],
      ['81 01 02', 'it has a map with the key 1, and JSON has texts'],
      ['81 c0 02', 'it has a map with the key null, and JSON has texts'],
      ['81 90 02', 'it has a map with the key of several values, and JSON has texts'],
      ['81 a9 5f5f70726f746f5f5f 01', 'The key __proto__ is not allowed'],
      ['ca 7fc00000', 'it has NaN, which JSON has not'],
      ['91 cb 7ff0000000000000', 'it has Infinity, which JSON has not'],
      ['d7ff ffffffff ffffffff', 'it has a timestamp of 17179869183 seconds and 1073741823 nanoseconds'],
      ['c70cff 00000001 7fffffffffffffff', 'which no calendar has'],
      ['91'.repeat(100_000), 'it ends too early'],
      [`${'91'.repeat(100_000)}01`, 'it is nested deeper than 500 levels'],
    ] as const) {
      it(`${digits.slice(0, 40)}: ${problem}`, () => {
        expect(() => decode(hex(digits))).to.throw(problem)
      })
    }
  })

  describe('writes', () => {
    for (const [content, digits] of [
      ['Hello', 'a5 48656c6c6f'],
      ['12', 'a2 3132'],
      ['[true, null]', '92 c3 c0'],
      ['[1, -1, 255, 1.5, 1.50, 1e3, 2.0]', '97 01 ff ccff cb3ff8000000000000 cb3ff8000000000000 cd03e8 02'],
      ['[4294967296, -2147483649]', '92 cf0000000100000000 d3ffffffff7fffffff'],
      ['[9007199254740993, 18446744073709551615]', '92 cf0020000000000001 cfffffffffffffffff'],
      ['{"a": {"type": "Buffer", "data": [1, 2]}}', '81 a161 c4 02 0102'],
      ['{"type": "Ext", "code": 5, "data": [10, 11]}', 'd5 05 0a0b'],
      ['{"type": "Ext", "code": -128, "data": [10, 11]}', 'd5 80 0a0b'],
      ['{"type": "Ext", "code": 5.0, "data": [1e1, 11]}', 'd5 05 0a0b'],
      ['{"type": "Ext", "code": 5, "data": ["x"]}', '83 a474797065 a3457874 a4636f6465 05 a464617461 91 a178'],
      ['{"type": "Ext", "code": "5", "data": []}', '83 a474797065 a3457874 a4636f6465 a135 a464617461 90'],
      ['{"__proto__": 1}', '81 a9 5f5f70726f746f5f5f 01'],
      ['{"type": "Buffer", "data": "x"}', '82 a474797065 a6427566666572 a464617461 a178'],
    ] as const) {
      it(`${content} as ${digits}`, () => {
        expect(encode(content)).to.deep.equal(hex(digits))
      })
    }

    it('bytes as bytes', () => {
      expect(encode(hex('01 02'))).to.deep.equal(hex('c4 02 0102'))
    })

    it('as deep as JSON may be', () => {
      const content = '['.repeat(500) + ']'.repeat(500)
      expect(decode(encode(content))).to.deep.equal([content])
    })

    for (const [content, problem] of [
      ['[1e400]', 'it has 1e400, which a double does not hold'],
      ['[0.1000000000000000055]', 'it has 0.1000000000000000055, which a double does not hold'],
      ['[18446744073709551616]', 'it has 18446744073709551616, which takes more than 64 bits'],
      ['[-9223372036854775809]', 'it has -9223372036854775809, which takes more than 64 bits'],
      ['{"a":', 'is not valid JSON'],
      [
        '{"type": "Ext", "code": 200, "data": [1]}',
        'it has an extension with the code 200: write an integer from -128 to 127',
      ],
      ['{"type": "Ext", "code": -129, "data": [1]}', 'it has an extension with the code -129'],
      ['{"type": "Ext", "code": 0.5, "data": [1]}', 'it has an extension with the code 0.5'],
      ['{"type": "Ext", "code": 5, "data": [256]}', 'it has the byte 256: write an integer from 0 to 255'],
      ['{"type": "Buffer", "data": [-1]}', 'it has the byte -1: write an integer from 0 to 255'],
      [String.raw`["\ud800"]`, 'it has half of a surrogate pair, which UTF-8 does not have'],
      [String.raw`{"\udc00": 1}`, 'it has half of a surrogate pair, which UTF-8 does not have'],
    ] as const) {
      it(`not ${content}`, () => {
        expect(() => encode(content)).to.throw(problem)
      })
    }
  })

  it('has no options', () => {
    expect(() => open(codec, { depth: 1 })).to.throw('There is no option "depth" of the codec msgpack. It has none.')
  })
})

import { expect } from 'chai'
import { hex, open } from '../../test/support/open-codec'
import { codec } from './cbor'

describe('The codec cbor', () => {
  const { decode, encode } = open(codec)

  describe('reads', () => {
    for (const [digits, content] of [
      ['65 48656c6c6f', 'Hello'],
      ['f6', 'null'],
      ['1b 0020000000000001', '9007199254740993'],
      ['3b ffffffffffffffff', '-18446744073709551616'],
      ['f98000', '-0'],
      ['a2 6161 83 01 f5 6162 6162 f6', '{"a":[1,true,"b"],"b":null}'],
      ['a1 6161 42 0102', '{"a":{"type":"Buffer","data":[1,2]}}'],
      ['9f 01 02 ff', '[1,2]'],
      ['bf 6161 01 ff', '{"a":1}'],
      ['7f 6161 6162 ff', 'ab'],
      ['a1 69 5f5f70726f746f5f5f a1 6161 01', '{"__proto__":{"a":1}}'],
      ['c0 6a 323031332d30332d3231', '2013-03-21'],
      ['c1 1a514b67b0', '2013-03-21T20:04:00.000Z'],
      ['c1 1b 0000000000000001', '1970-01-01T00:00:01.000Z'],
      ['c2 49 010000000000000000', '18446744073709551616'],
      ['c3 49 010000000000000000', '-18446744073709551617'],
      ['c2 40', '0'],
      ['d9d9f7 81 01', '[1]'],
      ['81 d820 6178', '[{"type":"Tag","tag":32,"value":"x"}]'],
      ['c0 01', '{"type":"Tag","tag":0,"value":1}'],
      ['c1 6178', '{"type":"Tag","tag":1,"value":"x"}'],
      ['c2 01', '{"type":"Tag","tag":2,"value":1}'],
      ['f7', 'null'],
      ['81 f7', '[null]'],
      ['a1 6161 f7', '{}'],
    ] as const) {
      it(`${digits} as ${content}`, () => {
        expect(decode(hex(digits))).to.deep.equal([content])
      })
    }

    it('a text with U+FEFF as it is, however long it is', () => {
      expect(decode(hex('7f 63 efbbbf 6178 ff'))).to.deep.equal(['\ufeffx'])
      for (const length of [1, 198, 65_533]) {
        const text = `\ufeff${'x'.repeat(length)}`
        for (const content of [text, JSON.stringify({ [text]: text })])
          expect(decode(encode(content))).to.deep.equal([content])
      }
    })

    it('bytes as bytes', () => {
      expect([decode(hex('42 0102')), decode(hex('5f 41 01 41 02 ff'))]).to.deep.equal([[hex('01 02')], [hex('01 02')]])
    })
  })

  describe('does not read', () => {
    const EARLY = 'it is not valid CBOR, or ends too early'
    for (const [digits, problem] of [
      ['', EARLY],
      ['82 01', EARLY],
      ['9f 01', EARLY],
      ['62 c328', EARLY],
      ['9b ffffffffffffffff', EARLY],
      ['bb ffffffffffffffff', EARLY],
      ['5b ffffffffffffffff', EARLY],
      ['7a ffffffff', 'Unexpected end of stream reading 4294967295 bytes'],
      ['ff', 'Unexpected BREAK'],
      ['01 01', 'Extra data in input'],
      ['a2 6161 01 6161 02', 'it has a map with the key "a" twice'],
      ['a1 01 02', 'it has a map with the key 1, and JSON has texts'],
      ['a1 f6 02', 'it has a map with the key null, and JSON has texts'],
      ['a1 80 02', 'it has a map with the key of several values, and JSON has texts'],
      ['f9 7e00', 'it has NaN, which JSON has not'],
      ['81 f9 7c00', 'it has Infinity, which JSON has not'],
      ['81 e0', 'it has simple(0), which JSON has not'],
      ['c1 f97c00', 'it has a time of Infinity seconds, which no calendar has'],
      [`c2 590401 ${'ff'.repeat(1025)}`, 'it has an integer of 1025 bytes'],
      ['81'.repeat(100_000), 'Maximum depth'],
      [`${'81'.repeat(505)}01`, 'it is nested deeper than 500 levels'],
      [`${'d820'.repeat(600)}01`, 'it is nested deeper than 500 levels'],
    ] as const) {
      it(`${digits.slice(0, 40)}: ${problem}`, () => {
        expect(() => decode(hex(digits))).to.throw(problem)
      })
    }
  })

  describe('writes', () => {
    for (const [content, digits] of [
      ['Hello', '65 48656c6c6f'],
      ['[1, -1, 255, 1.5, 1e3, 2.0]', '86 01 20 18ff f93e00 1903e8 02'],
      ['[4294967296, -0]', '82 1b0000000100000000 f98000'],
      ['[9007199254740993, 18446744073709551616]', '82 1b0020000000000001 c249010000000000000000'],
      ['{"a": {"type": "Buffer", "data": [1, 2]}}', 'a1 6161 42 0102'],
      ['{"type": "Tag", "tag": 32, "value": "x"}', 'd820 6178'],
      ['{"type": "Tag", "tag": 32.0, "value": "x"}', 'd820 6178'],
      ['{"type": "Tag", "tag": 9007199254740993, "value": 1}', 'db0020000000000001 01'],
      ['{"type": "Tag", "tag": 18446744073709551615, "value": 1}', 'dbffffffffffffffff 01'],
      ['{"type": "Tag", "tag": "-1", "value": "x"}', 'a3 6474797065 63546167 63746167 622d31 6576616c7565 6178'],
      ['{"type": "Buffer", "data": [1.0, 2e0]}', '42 0102'],
      ['{"type": "Tag", "tag": 1.5, "x": "x"}', 'a3 6474797065 63546167 63746167 f93e00 6178 6178'],
      ['{"type": "Tag", "tag": 1, "x": "x"}', 'a3 6474797065 63546167 63746167 01 6178 6178'],
      ['{"__proto__": 1}', 'a1 69 5f5f70726f746f5f5f 01'],
    ] as const) {
      it(`${content} as ${digits}`, () => {
        expect(encode(content)).to.deep.equal(hex(digits))
      })
    }

    it('bytes as bytes', () => {
      expect(encode(hex('01 02'))).to.deep.equal(hex('42 0102'))
    })

    for (const [content, problem] of [
      ['[1e400]', 'it has 1e400, which a double does not hold'],
      ...['-1', '1.5', '18446744073709551616', '36893488147419103232'].map((tag) => [
        `{"type": "Tag", "tag": ${tag}, "value": 1}`,
        `it has a tag with the number ${tag}: write an integer from 0 to 18446744073709551615`,
      ]),
      ['{"type": "Buffer", "data": [1, 256]}', 'it has the byte 256: write an integer from 0 to 255'],
      ['{"type": "Buffer", "data": [1.50]}', 'it has the byte 1.50: write an integer from 0 to 255'],
    ] as const) {
      it(`not ${content}, which would be another value`, () => {
        expect(() => encode(content as string)).to.throw(problem as string)
      })
    }

    it('the largest tag as it was read', () => {
      expect(encode(String(decode(hex('dbffffffffffffffff 01'))[0]))).to.deep.equal(hex('dbffffffffffffffff 01'))
    })
  })

  it('has no options', () => {
    expect(() => open(codec, { depth: 1 })).to.throw('There is no option "depth" of the codec cbor. It has none.')
  })
})

import { expect } from 'chai'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { parsePath } from './path'

/** Whether `a[?expression]` finds the one item of `{"a":[item],"other":other}`. */
function accepts(expression: string, item: string, other = 'null'): boolean {
  const { json } = new Message(1, 0, `{"a":[${item}],"other":${other}}`)
  return parsePath(`a[?${expression}]`).select(json).length === 1
}

describe('A filter of a JSONPath', () => {
  describe('compares', () => {
    /** By kind of value, so that none is equal to another one. */
    const DIFFERENT = [
      'null',
      'true',
      'false',
      '0',
      '1',
      '9007199254740992',
      '9007199254740993',
      '0.1',
      '""',
      '"0"',
      '"1"',
      '"null"',
      '"true"',
      '[]',
      '[1]',
      '[1,2]',
      '[2,1]',
      '[[1,2]]',
      '[{"0":1}]',
      '[null]',
      '["1"]',
      '{}',
      '{"0":1}',
      '{"0":1,"1":2}',
      '{"0":[1,2]}',
      '{"length":0}',
      '{"x":null}',
      '{"x":{}}',
      '{"x":[]}',
      '{"y":{}}',
      '{"__proto__":{}}',
      '{"__proto__":[]}',
      '{"toString":null}',
    ]

    it('no value with one of another kind, whichever is written first', () => {
      const items = DIFFERENT.map((x, at) => `{"at":${at},"x":${x},"nested":[${x},{"y":${x}}]}`)
      DIFFERENT.forEach((other, at) => {
        const { json } = new Message(1, 0, `{"a":[${items}],"other":${other},"nested":[${other},{"y":${other}}]}`)
        const all = [...DIFFERENT.keys()]
        for (const [expression, found] of [
          ['@.x == $.other', [at]],
          ['$.other == @.x', [at]],
          ['@.nested == $.nested', [at]],
          ['@.x != $.other', all.filter((one) => one !== at)],
          ['@.x == $.nothing', []],
          ['$.nothing == @.x', []],
          ['@.x != $.nothing', all],
        ] as const) {
          expect(parsePath(`a[?${expression}].at`).select(json), `${expression} of ${other}`).to.deep.equal(found)
        }
      })
    })

    for (const [expression, item, isAccepted] of [
      // Equal, however they are written.
      ['@.x == @.y', '{"x":1,"y":1.0}', true],
      ['@.x == @.y', '{"x":100,"y":1e2}', true],
      ['@.x == @.y', '{"x":0,"y":-0}', true],
      ['@.x == -0', '{"x":0}', true],
      ['@.x == 1.0', '{"x":1}', true],
      ['@.x == 0', '{"x":-0.0}', true],
      ['@.x == @.y', '{"x":9007199254740993,"y":9007199254740993.0}', true],
      ['@.x == @.y', '{"x":{"a":1,"b":[2]},"y":{"b":[2],"a":1}}', true],
      ['@.x == "\\u00e9"', '{"x":"é"}', true],
      ['@.x == "\\u00e9"', '{"x":"e\\u0301"}', false],
      // Nothing is equal to nothing alone, and is no null.
      ['@.x == @.y', '{}', true],
      ['@.x <= @.y', '{}', true],
      ['@.x >= @.y', '{}', true],
      ['@.x != @.y', '{}', false],
      ['@.x < @.y', '{}', false],
      ['@.x == null', '{}', false],
      ['@.x == null', '{"x":null}', true],
      ['@.x', '{"x":null}', true],
      ['@.x', '{"x":false}', true],
      ['@.x', '{}', false],
      ['!@.x', '{"x":false}', false],
      ['!@.x', '{}', true],
      ['value(@..z) == @.y', '{}', true],
      ['length(@.x) == @.y', '{"x":1}', true],
      // Only numbers with numbers, and texts with texts.
      ['@.x < 2', '{"x":"1"}', false],
      ['@.x < "2"', '{"x":1}', false],
      ['@.x < true', '{"x":false}', false],
      ['@.x <= true', '{"x":true}', true],
      ['@.x <= null', '{"x":null}', true],
      ['@.x >= $.other', '{"x":null}', true],
      ['@.x < @.y', '{"x":[1],"y":[2]}', false],
      ['@.x < @.y', '{"x":{},"y":{"a":1}}', false],
      ['@.x <= @.y', '{"x":[1],"y":[1]}', true],
      ['@.x < 9007199254740993', '{"x":9007199254740992}', true],
      ['@.x > 9007199254740992', '{"x":9007199254740993}', true],
      ['@.x <= 9007199254740992', '{"x":9007199254740993}', false],
      ['@.x < -1', '{"x":-1.5}', true],
      // By scalar values: an emoji is behind all of the basic plane.
      ['@.x > "\\uffe5"', '{"x":"😀"}', true],
      ['@.x < "😁"', '{"x":"😀"}', true],
      ['@.x < "a"', '{"x":"B"}', true],
      ['@.x < "ab"', '{"x":"a"}', true],
      ['@.x < "a"', '{"x":"a"}', false],
      ['@.x < "a"', '{"x":""}', true],
      ['@.x >= "ab"', '{"x":"a"}', false],
      // Connected, each once.
      ['@.x == 1 && @.y == 2', '{"x":1,"y":2}', true],
      ['@.x == 1 && @.y == 2', '{"x":1,"y":3}', false],
      ['@.x == 1 || @.y == 2', '{"x":2,"y":2}', true],
      ['@.x == 1 || @.y == 2', '{"x":2,"y":1}', false],
      ['@.z || @.x && @.y', '{"x":1}', false],
      ['!(@.x == 1)', '{"x":1}', false],
      ['!(@.x == 1)', '{"x":2}', true],
    ] as const) {
      it(`${expression} with ${item}: ${isAccepted}`, () => {
        expect(accepts(expression, item)).to.equal(isAccepted)
      })
    }

    it('with the whole, also in a filter within a filter', () => {
      const json = {
        wanted: 1,
        a: [
          { wanted: 2, items: [{ id: 1 }] },
          { wanted: 1, items: [{ id: 2 }] },
        ],
      }
      expect(parsePath('$.a[?@.items[?@.id == $.wanted]].wanted').select(json)).to.deep.equal([2])
      expect(parsePath('$.a[?count(@.items[?@.id != $.wanted]) == 1].wanted').select(json)).to.deep.equal([1])
    })

    it('members of objects, and no parts of texts or numbers', () => {
      expect(parsePath('$[?@ == 1]').select({ a: 1, b: 2, c: '1' })).to.deep.equal([1])
      expect(parsePath('$[*][?@ == 1]').select(['1', 1, null, [1]])).to.deep.equal([1])
    })
  })

  describe('refuses what the RFC does not allow:', () => {
    for (const [expression, words] of [
      ['!@.x == 1', '!@.x is true or false, and not compared: put ! before it, or what is compared in parentheses'],
      ['(@.x == 1) == true', '@.x == 1 is true or false, and not compared: put ! before it,'],
      ['@.x == @.y == @.z', ' is true or false, and not compared'],
      ['@.y && length(@.x)', 'length(@.x) is a value, which a filter compares: write it like length(@.x) == 1'],
      ['!count(@.*)', 'count(@[*]) is a value, which a filter compares'],
      ['(value(@.x)) || @.y', 'value(@.x) is a value, which a filter compares'],
      ['!true', 'true is a value, which a filter compares'],
      ['!1', '1 is a value, which a filter compares'],
      ['@.x == -01', '-01 is not valid JSON'],
      ['match(@.x, "a") == true', 'result of match() is not comparable'],
      ['@.* == 1', 'non-singular query is not comparable'],
      ['count(1) == 1', 'count() argument 0 must be of NodesType'],
      ['length(@.*) == 1', 'length() argument 0 must be of ValueType'],
      ['has(@, "x")', "no such function 'has'"],
    ] as const) {
      it(expression, () => {
        expect(() => parsePath(`a[?${expression}]`)).to.throw(UsageError, words)
      })
    }
  })

  describe('calls', () => {
    for (const [expression, item, isAccepted] of [
      ['length(@.x) == 1', '{"x":"😀"}', true],
      ['length(@.x) == 3', '{"x":"a😀b"}', true],
      ['length(@.x) == 2', '{"x":"e\\u0301"}', true],
      ['length(@.x) == 0', '{"x":""}', true],
      ['length(@.x) == 2', '{"x":[1,[2,3]]}', true],
      ['length(@.x) == 1', '{"x":{"length":5}}', true],
      ['length(@.x) == 0', '{"x":{}}', true],
      ['length(@.x) == 1', '{"x":1}', false],
      ['length(@.x) == 16', '{"x":9007199254740993}', false],
      ['length(@.x) == length(@.y)', '{"x":null,"y":true}', true],
      ['length(value(@..z)) == 2', '{"x":{"z":"ab"}}', true],
      ['length("abc") == 3', '{}', true],
      ['count(@.*) == 2', '{"x":1,"y":[3]}', true],
      ['count(@..*) == 3', '{"x":1,"y":[3]}', true],
      ['count(@.z) == 0', '{"x":1}', true],
      ["count(@['x','x']) == 2", '{"x":1}', true],
      ['count($.a[*]) == 1', '{}', true],
      ['value(@.z) == 1', '{}', false],
      ['value(@..z) == 1', '{"x":{"z":1}}', true],
      ['value(@..z) == 1', '{"z":1,"x":{"z":1}}', false],
      ['value(@.x) == null', '{"x":null}', true],
      ['match(value(@.x), "a")', '{"x":"a"}', true],
    ] as const) {
      it(`${expression} with ${item}: ${isAccepted}`, () => {
        expect(accepts(expression, item)).to.equal(isAccepted)
      })
    }
  })

  describe('selects by slices and indices', () => {
    for (const [path, found] of [
      ['$[1:3]', [1, 2]],
      ['$[::-1]', [4, 3, 2, 1, 0]],
      ['$[::-2]', [4, 2, 0]],
      ['$[3:0:-2]', [3, 1]],
      ['$[-2:]', [3, 4]],
      ['$[:-3]', [0, 1]],
      ['$[-1:-3:-1]', [4, 3]],
      ['$[::0]', []],
      ['$[1:3:9007199254740991]', [1]],
      ['$[3:1:-9007199254740991]', [3]],
      ['$[-9007199254740991:9007199254740991]', [0, 1, 2, 3, 4]],
      ['$[9007199254740991:-9007199254740991:-1]', [4, 3, 2, 1, 0]],
      ['$[3:1]', []],
      ['$[0,0]', [0, 0]],
      ['$[0,-5,:1]', [0, 0, 0]],
      ['$[5]', []],
      ['$[-6]', []],
    ] as const) {
      it(path, () => {
        expect(parsePath(path).select([0, 1, 2, 3, 4])).to.deep.equal(found)
      })
    }

    for (const path of ['$[-0]', '$[01]', '$[9007199254740992]', '$[::9007199254740992]', '$[-0:]', '$[1.0]']) {
      it(`and not ${path}`, () => {
        expect(() => parsePath(path)).to.throw(UsageError)
      })
    }
  })
})

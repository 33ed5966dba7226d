import { expect } from 'chai'
import { acceptsJson, jsonMessage } from '../../test/support/json-messages'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { parseJson, stringifyJson } from '../json/json-text'
import { ABSENT, LiteralValue } from '../json/json-value'
import { jsonContaining, jsonEqualTo } from './json-matcher'
import { matchesJson } from './json-predicate'
import type { Difference } from './matcher'

describe('jsonContaining', () => {
  for (const [expected, actual] of [
    [{}, {}],
    [{}, { a: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    [
      [{ a: 1 }, {}],
      [{ a: 1, b: 2 }, { c: 3 }],
    ],
    [[], []],
    [null, null],
    ['Hi', 'Hi'],
    [{ a: null }, { a: null }],
    [
      { a: '#number', b: ['#string'] },
      { a: 1, b: ['x'] },
    ],
    [{ a: '#notpresent' }, { b: 1 }],
    [{ a: '#ignore' }, {}],
    ['#[2]', [1, 2]],
    [JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1,"b":2}}')],
  ]) {
    it(`accepts ${say(actual)} where ${say(expected)} is expected`, () => {
      expect(acceptsJson(jsonContaining(expected), actual)).to.equal(true)
    })
  }

  for (const [expected, actual, difference] of [
    [{ a: 1 }, { a: 2, b: 3 }, { distance: 1, expected: { a: 1 }, actual: { a: 2 } }],
    [{ a: 1, b: 2 }, { a: 1 }, { distance: 0.5, expected: { a: 1, b: 2 }, actual: { a: 1 } }],
    [{ a: 3 }, { a: '3' }, { distance: 1, expected: { a: 3 }, actual: { a: '3' } }],
    [
      { a: { b: 1, c: 2 } },
      { a: { b: 1 } },
      { distance: 0.5, expected: { a: { b: 1, c: 2 } }, actual: { a: { b: 1 } } },
    ],
    [{ a: { b: 1 } }, { a: 'b' }, { distance: 1, expected: { a: { b: 1 } }, actual: { a: 'b' } }],
    [{ a: { b: '#number' } }, {}, { distance: 1, expected: { a: { b: '#number' } }, actual: {} }],
    [{ a: null }, {}, { distance: 1, expected: { a: null }, actual: {} }],
    [{}, [], { distance: 1, expected: {}, actual: [] }],
    [[], {}, { distance: 1, expected: [], actual: {} }],
    [{}, null, { distance: 1, expected: {}, actual: null }],
    [[1, 2], [1], { distance: 0.5, expected: [1, 2], actual: [1] }],
    [[1], [1, 2], { distance: 0, expected: [1], actual: [1, 2] }],
    [[{ a: 1 }], [{ a: 2, b: 3 }, { c: 4 }], { distance: 1, expected: [{ a: 1 }], actual: [{ a: 2 }, { c: 4 }] }],
    [['#uuid'], { a: 1 }, { distance: 1, expected: ['#uuid'], actual: { a: 1 } }],
    [{ toString: 'x' }, {}, { distance: 1, expected: { toString: 'x' }, actual: {} }],
  ] as [unknown, unknown, Difference][]) {
    it(`rejects ${say(actual)} where ${say(expected)} is expected`, () => {
      expect(acceptsJson(jsonContaining(expected), actual)).to.equal(false)
      expect(jsonContaining(expected).compare(jsonMessage(actual))).to.deep.equal(difference)
    })
  }

  it('rejects what is not JSON, and compares it as it is', () => {
    const matcher = jsonContaining({ a: '#number' })
    for (const [data, shown] of [
      ['Hello', 'Hello'],
      ['', ''],
      [Buffer.from('{"a":1}'), '7b2261223a317d'],
    ] as const) {
      const message = new Message(1, 0, data)
      expect(matcher.accepts(message)).to.equal(false)
      expect(matcher.compare(message)).to.deep.equal({ distance: 1, expected: { a: '#number' }, actual: shown })
    }
  })

  it('describes itself as that JSON, cut if it is long', () => {
    expect(jsonContaining({ a: [1, 'x'] }).describe()).to.equal('{"a":[1,"x"]}')
    expect(jsonContaining(['x'.repeat(300)]).describe()).to.equal(`["${'x'.repeat(298)}… (304 characters)`)
    expect(jsonContaining({ a: 1 }, 'the "ping" message').describe()).to.equal('the "ping" message')
  })
})

describe('jsonEqualTo', () => {
  it('accepts exactly the JSON, with its members in any order', () => {
    expect(acceptsJson(jsonEqualTo({ a: 1, b: [{ c: '#string' }] }), { b: [{ c: 'x' }], a: 1 })).to.equal(true)
    expect(acceptsJson(jsonEqualTo({ a: 1, b: '#notpresent' }), { a: 1 })).to.equal(true)
  })

  for (const [expected, actual, difference] of [
    [{ a: 1 }, { a: 1, b: 2 }, { distance: 0, expected: { a: 1 }, actual: { a: 1, b: 2 } }],
    [{ a: [{}] }, { a: [{ b: 2 }] }, { distance: 1, expected: { a: [{}] }, actual: { a: [{ b: 2 }] } }],
    [{ a: '#string' }, { a: 'x', b: 2 }, { distance: 0, expected: { a: 'x' }, actual: { a: 'x', b: 2 } }],
  ] as [unknown, unknown, Difference][]) {
    it(`rejects ${say(actual)} where exactly ${say(expected)} is expected`, () => {
      expect(acceptsJson(jsonEqualTo(expected), actual)).to.equal(false)
      expect(jsonEqualTo(expected).compare(jsonMessage(actual))).to.deep.equal(difference)
    })
  }

  it('describes itself', () => {
    expect(jsonEqualTo({ a: 1 }).describe()).to.equal('exactly {"a":1}')
  })
})

describe('JSON matchers, comparing markers', () => {
  for (const [of, expected, actual, shown] of [
    ['shows what it stood for where it was met', { id: '#number', a: 1 }, { id: 7, a: 2 }, { id: 7, a: 1 }],
    ['is met in lists, too', [{ id: '#number' }, 'x'], [{ id: 7 }, 'y'], [{ id: 7 }, 'x']],
    ['stays where it was not met', { id: '#string', a: 1 }, { id: 7, a: 1 }, { id: '#string', a: 1 }],
    ['stays where a list is too short', ['#notnull', '#ignore', '#string'], ['x'], ['x', '#ignore', '#string']],
    ['is left out where nothing is and nothing should be', { id: '#notpresent', a: 1 }, { a: 2 }, { a: 1 }],
    ['is left out where nothing need be', { id: '#ignore', a: 1 }, { a: 2 }, { a: 1 }],
    ['stays where something is that should not be', { id: '#notpresent' }, { id: 7 }, { id: '#notpresent' }],
  ] as [string, unknown, unknown, unknown][]) {
    it(of, () => {
      expect(jsonContaining(expected).compare(jsonMessage(actual)).expected).to.deep.equal(shown)
    })
  }
})

describe('JSON matchers', () => {
  it('refuse an unknown marker at once, however deep', () => {
    for (const make of [jsonContaining, jsonEqualTo]) {
      expect(() => make({ a: [{ b: '#strnig' }] })).to.throw(
        UsageError,
        '"#strnig" is not a known marker. Did you mean #string?',
      )
    }
  })

  it('take literal values as they are, even if they look like markers', () => {
    const matcher = jsonContaining({ tag: new LiteralValue('#string'), order: new LiteralValue({ id: 7 }) })
    expect(acceptsJson(matcher, { tag: '#string', order: { id: 7, at: 5 } })).to.equal(true)
    expect(acceptsJson(matcher, { tag: 'news', order: { id: 7, at: 5 } })).to.equal(false)
    expect(matcher.describe()).to.equal('{"tag":"#string","order":{"id":7}}')
    expect(matcher.compare(jsonMessage({ tag: 'news', order: { id: 7, at: 5 } }))).to.deep.equal({
      distance: 0.5,
      expected: { tag: '#string', order: { id: 7 } },
      actual: { tag: 'news', order: { id: 7 } },
    })
    expect(() => jsonContaining(new LiteralValue('#general'))).not.to.throw()
  })

  it('take literal members as they are in each of several messages', () => {
    const matcher = jsonContaining({ order: new LiteralValue({ tag: '#string', items: ['#number'] }) })
    const order = { tag: '#string', items: ['#number'] }
    const messages = [{ order }, { order }, { order: { ...order, tag: 'news' } }, { order: { ...order, items: [1] } }]
    expect(messages.map((content) => acceptsJson(matcher, content))).to.deep.equal([true, true, false, false])
  })

  it('reject a text, even if any JSON is expected', () => {
    expect(jsonContaining('#notnull').accepts(new Message(1, 0, 'Hello'))).to.equal(false)
  })

  it('matchesJson: accepts an absent value only if it may be absent', () => {
    expect(matchesJson('#notpresent', ABSENT)).to.equal(true)
    expect(matchesJson(null, ABSENT)).to.equal(false)
  })
})

describe('JSON matchers, of numbers', () => {
  const accepts = (expected: string, text: string) =>
    jsonContaining(parseJson(expected)).accepts(new Message(1, 0, text))

  it('accept the same number alone, also one that JavaScript cannot hold', () => {
    expect(accepts('{"a":0.1,"b":9007199254740991}', '{"a":0.1,"b":9007199254740991}')).to.equal(true)
    for (const number of ['9007199254740992', '9007199254740993', '1e400', '0.1000000000000000055']) {
      const matching = [
        '9007199254740992',
        '9007199254740993',
        '1e400',
        '1e401',
        '0.1',
        '0.1000000000000000055',
      ].filter((other) => accepts(`{"id":${number}}`, `{"id":${other}}`))
      expect(matching).to.deep.equal([number])
    }
  })

  it('show it by its digits', () => {
    const matcher = jsonContaining(parseJson('{"id":9007199254740993}'))
    const { expected, actual } = matcher.compare(new Message(1, 0, '{"id":9007199254740992,"x":1}'))
    expect([expected, actual].map((value) => stringifyJson(value))).to.deep.equal([
      '{"id":9007199254740993}',
      '{"id":9007199254740992}',
    ])
    expect(matcher.describe()).to.equal('{"id":9007199254740993}')
  })
})

function say(json: unknown): string {
  return JSON.stringify(json)
}

import { expect } from 'chai'
import { UsageError } from '../errors'
import { looksLikeJson, parseJson, stringifyJson } from './json-text'

describe('parseJson', () => {
  it('returns the value', () => {
    expect(parseJson(' {"a": [null]} ')).to.deep.equal({ a: [null] })
  })

  it('shows the beginning of invalid JSON', () => {
    expect(() => parseJson('{type: ping}')).to.throw(UsageError, /^\{type: ping\} is not valid JSON: /)
    expect(() => parseJson(`[${'x'.repeat(400)}`)).to.throw(
      UsageError,
      /^\[x{299}… \(401 characters\) is not valid JSON: /,
    )
  })
})

describe('looksLikeJson', () => {
  it('holds for objects and lists', () => {
    const written = ['{', ' \n[1]', '{nonsense', '"text"', '3', 'Hello {', '']
    expect(written.filter(looksLikeJson)).to.deep.equal(['{', ' \n[1]', '{nonsense'])
  })
})

describe('stringifyJson', () => {
  it('writes plain values, instances of own classes, and what toJSON returns', () => {
    class Order {
      readonly id = 7
    }
    const secret = { toJSON: () => 'hidden' }
    const named = { toJSON: 'a member like any other' }
    expect(stringifyJson({ at: new Date(0), list: [new Order(), null], secret, named })).to.equal(
      '{"at":"1970-01-01T00:00:00.000Z","list":[{"id":7},null],"secret":"hidden","named":{"toJSON":"a member like any other"}}',
    )
  })

  it('writes numbers as they are: exact ones, big integers and negative zeros', () => {
    const { id } = parseJson('{"id": 9007199254740993}') as { id: unknown }
    expect(stringifyJson({ id, big: 10n ** 30n, zero: [-0, 0], small: 0.1 })).to.equal(
      '{"id":9007199254740993,"big":1000000000000000000000000000000,"zero":[-0,0],"small":0.1}',
    )
  })

  it('refuses numbers that JSON does not have', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => stringifyJson([{ value }])).to.throw(
        UsageError,
        `JSON has no ${value}, and would have null in its place: write a number, null, or the text "${value}".`,
      )
    }
  })

  it('refuses numbers that JavaScript may have rounded, and says what to write instead', () => {
    for (const value of [2 ** 53, -(2 ** 60), 1e300]) {
      expect(() => stringifyJson({ value })).to.throw(
        UsageError,
        `${value} is beyond ±9007199254740991, where JavaScript rounds numbers: write it as a big integer, such as ` +
          `9007199254740993n, or in a text: json('{"id": 9007199254740993}').`,
      )
    }
  })

  it('tells why a value could not be read', () => {
    const circle: unknown[] = []
    circle.push(circle)
    const failing = (thrown: unknown) => ({
      get a() {
        throw thrown
      },
    })
    for (const [value, words] of [
      [circle, ' It contains itself, or is nested too deep.'],
      [failing(new Error('no')), ' Reading it failed: no'],
      [failing('never'), ' Reading it failed: never'],
    ] as const) {
      expect(() => stringifyJson(value)).to.throw(UsageError, `or bytes("de ad").${words}`)
    }
  })

  it('refuses what JSON would lose, also if toJSON returns it', () => {
    class Hidden {
      #id = 7
      get id() {
        return this.#id
      }
    }
    const lostValues = [
      ...[undefined, () => {}, Symbol('id'), /x/, new Map(), new Set(), new Error('x'), new WeakMap(), new Hidden()],
      ...[Buffer.from('x'), new Uint8Array(1), new URLSearchParams('a=1'), new Date(Number.NaN)],
      ...[
        Array(2),
        Object.assign([1], { a: 2 }),
        { [Symbol('id')]: 1 },
        new Number(1),
        new String('a'),
        new Boolean(true),
      ],
    ]
    for (const lost of lostValues) {
      for (const value of [lost, { a: [lost] }, { toJSON: () => lost }]) {
        expect(() => stringifyJson(value)).to.throw(UsageError, 'is not a valid message')
      }
    }
  })
})

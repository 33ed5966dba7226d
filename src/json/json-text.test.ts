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

  it('refuses what JSON would lose, also if toJSON returns it', () => {
    for (const lost of [undefined, () => {}, Symbol('id'), 10n, /x/, new Map(), new Error('x')]) {
      for (const value of [lost, { a: [lost] }, { toJSON: () => lost }]) {
        expect(() => stringifyJson(value)).to.throw(UsageError, 'is not a valid message')
      }
    }
  })
})

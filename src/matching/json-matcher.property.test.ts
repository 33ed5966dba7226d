/** Any JSON: a matcher accepts it and what contains it, and rejects less and other values. */

import { expect } from 'chai'
import fc from 'fast-check'
import { acceptsJson, jsonMessage } from '../../test/support/json-messages'
import { Message } from '../inbox/message'
import { jsonContaining, jsonEqualTo } from './json-matcher'
import { matchesJson } from './json-predicate'
import { phraseEqualTo } from './phrase-matcher'

const { value } = fc.letrec<{ value: unknown; object: object; list: unknown[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }).filter((text) => !text.startsWith('#')),
    fc.integer(),
    fc.double({ min: -1, max: 1, noNaN: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    tie('object'),
    tie('list'),
  ),
  object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))

/** JSON in which any character of any text is written as an escape. */
const escaped = (json: unknown, isEscaped: (index: number) => boolean) =>
  JSON.stringify(json).replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/\\u[\da-f]{4}|\\.|[^"\\]/g, (character, index: number) =>
      character.length === 1 && isEscaped(index)
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
        : character,
    ),
  )

/** Every variant of a value in which one leaf is another one, or one member is too many. */
function* changed(json: unknown, change: 'leaf' | 'more'): Generator<unknown> {
  if (Array.isArray(json)) {
    for (const [index, inner] of json.entries())
      for (const other of changed(inner, change)) yield json.with(index, other)
  } else if (typeof json === 'object' && json !== null) {
    if (change === 'more') yield { ...json, 'one more': 1 }
    for (const [name, inner] of Object.entries(json)) {
      for (const other of changed(inner, change)) yield Object.fromEntries([...Object.entries(json), [name, other]])
    }
  } else if (change === 'leaf') yield { 'something else': json }
}

describe('JSON matchers, of any JSON', () => {
  it('accept the JSON itself', () =>
    fc.assert(
      fc.property(value, (json) => {
        expect(acceptsJson(jsonContaining(json), json)).to.equal(true)
        expect(acceptsJson(jsonEqualTo(json), json)).to.equal(true)
        expect(jsonContaining(json).compare(jsonMessage(json)).distance).to.equal(0)
      }),
    ))

  it('accept more members at any depth, unless exactly the JSON is expected', () =>
    fc.assert(
      fc.property(value, (json) => {
        for (const more of changed(json, 'more')) {
          expect(acceptsJson(jsonContaining(json), more)).to.equal(true)
          expect(acceptsJson(jsonEqualTo(json), more)).to.equal(false)
          expect(acceptsJson(jsonContaining(more), json)).to.equal(false)
        }
      }),
    ))

  it('reject another leaf anywhere', () =>
    fc.assert(
      fc.property(value, (json) => {
        for (const other of changed(json, 'leaf')) {
          expect(acceptsJson(jsonContaining(json), other)).to.equal(false)
          expect(jsonContaining(json).compare(jsonMessage(other)).distance).to.be.greaterThan(0)
        }
      }),
    ))

  it('decide as if each message were parsed, however its characters are escaped', () =>
    fc.assert(
      fc.property(value, value, fc.func(fc.boolean()), (expected, other, isEscaped) => {
        for (const json of [expected, other, { more: expected }, [expected], { ...Object(expected), more: other }]) {
          const text = escaped(json, isEscaped)
          expect(acceptsJson(jsonContaining(expected), json, text)).to.equal(matchesJson(expected, json))
          expect(acceptsJson(jsonEqualTo(expected), json, text)).to.equal(
            matchesJson(expected, json, { exactly: true }),
          )
        }
      }),
    ))

  it('accept a phrase, however its characters are escaped', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.func(fc.boolean()), (phrase, isEscaped) => {
        const received = new Message(1, 0, escaped({ said: phrase, by: 'Ann' }, isEscaped))
        expect(phraseEqualTo(phrase, { template: { said: '${phrase}' } }).accepts(received)).to.equal(true)
        expect(phraseEqualTo(`${phrase}.`, { template: { said: '${phrase}' } }).accepts(received)).to.equal(false)
      }),
    ))
})

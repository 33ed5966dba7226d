/** Any JSON: each marker accepts the values it stands for and no others, at any depth. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf, orUsageError, textOf } from '../../test/support/arbitrary-text'
import { acceptsJson } from '../../test/support/json-messages'
import { ABSENT } from '../json/json-value'
import { jsonContaining, jsonEqualTo } from './json-matcher'
import { markerFor } from './markers'

/** By what JSON looks like when it is written. */
const WRITTEN: Readonly<Record<string, RegExp>> = {
  '#string': /^"/,
  '#number': /^[-\d]/,
  '#boolean': /^[tf]/,
  '#array': /^\[/,
  '#object': /^\{/,
  '#null': /^n/,
  '#notnull': /^[^n]/,
  '#present': /^/,
  '#notpresent': /^$/,
  '#ignore': /^/,
  '#[2]': /^\[\d,\d\]$/,
  '#regex ^a.*z$': /^"a.*z"$/,
}

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 0 }),
  fc.array(fc.nat(9), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
  fc.stringMatching(/^a[b-y]?z?$/),
)

/** Places in JSON, as functions that put a value there among others. */
const surroundings = fc.array(
  fc.oneof(
    fc.tuple(fc.string(), fc.oneof(fc.integer(), fc.constantFrom('', null, true))).map(
      ([name, other]) =>
        (inner: unknown) =>
          Object.fromEntries([
            [`${name}!`, other],
            [name, inner],
          ]),
    ),
    fc.array(fc.integer(), { maxLength: 3 }).map((others) => (inner: unknown) => [...others, inner]),
  ),
  { maxLength: 5 },
)

/** Texts of a format, and what makes each of them none. */
const FORMATS: Readonly<Record<string, readonly [fc.Arbitrary<string>, (text: string, seed: number) => string]>> = {
  '#uuid': [fc.uuid(), (text, seed) => [text.replace('-', ''), `urn:uuid:${text}`, `{${text}}`][seed % 3] as string],
  '#date-time': [
    fc
      .date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') })
      .map((date) => date.toISOString()),
    (text, seed) =>
      [
        ...[text.replace(/T..:/, 'T25:'), text.replace('T', ' '), text.replace('T', '\t'), text.replace('T', '\n')],
        ...[text.replace('Z', ''), text.replace('Z', '+01'), text.replace('Z', '+0100')],
      ][seed % 7] as string,
  ],
  '#email': [
    fc.tuple(fc.stringMatching(/^[a-z]{1,9}$/), fc.domain()).map(([name, domain]) => `${name}@${domain}`),
    (text) => text.replace('@', ' '),
  ],
  '#uri': [
    fc.webUrl({ withQueryParameters: true }),
    (text, seed) => text.replace(/:\/\/([^/?#]*)/, [' ', '://$1:port', '://"$1'][seed % 3] as string),
  ],
}

describe('Markers, of any JSON', () => {
  for (const [marker, written] of Object.entries(WRITTEN)) {
    it(`${marker} accepts what is written like ${written}, at any depth`, () =>
      fc.assert(
        fc.property(value, surroundings, (actual, places) => {
          const within = (inner: unknown) => places.reduce((whole, place) => place(whole), inner)
          const fits = written.test(JSON.stringify(actual))
          expect(acceptsJson(jsonContaining(within(marker)), within(actual))).to.equal(fits)
          expect(acceptsJson(jsonEqualTo(within(marker)), within(actual))).to.equal(fits)
        }),
      ))

    it(`${marker} decides whether the value may be absent`, () => {
      expect(markerFor(marker)?.(ABSENT)).to.equal(['#notpresent', '#ignore'].includes(marker))
    })
  }

  for (const [marker, [right, wrong]] of Object.entries(FORMATS)) {
    it(`${marker} accepts each text of its format, not half of one, and nothing else`, () =>
      fc.assert(
        fc.property(right, fc.jsonValue(), fc.nat(), (text, other, seed) => {
          expect(markerFor(marker)?.(text)).to.equal(true)
          expect(markerFor(marker)?.(wrong(text, seed))).to.equal(false)
          expect(markerFor(marker)?.([text])).to.equal(false)
          if (typeof other !== 'string') expect(markerFor(marker)?.(other)).to.equal(false)
        }),
      ))

    it(`${marker} decides quickly about a long text`, () => {
      const pieces = ['a', 'a.', 'a-', '1', ':', '::', '1:', '%41', '/', '//', '?', '@', 't', '.1']
      const beginnings = ['', 'a@', 'a:', 'http://', 'http://[', '2020-01-01T10:00:00']
      for (const text of longTextsOf(pieces, beginnings)) expect(markerFor(marker)?.(text)).to.be.a('boolean')
    })
  }
})

describe('markerFor, given any text that begins with #', () => {
  it('returns a marker that accepts or rejects every value, or throws a UsageError', () =>
    fc.assert(
      fc.property(
        textOf(['[', ']', '1', '99', 'regex ', 'string', '(', ')', '*', '\\']),
        fc.jsonValue(),
        (text, actual) => {
          const marker = orUsageError(() => markerFor(`#${text}`))
          if (typeof marker === 'function') expect(marker(actual)).to.be.a('boolean')
        },
      ),
    ))
})

/** Any secret, in any spelling, and wherever a text is cut: nothing of it is shown. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf } from '../../test/support/arbitrary-text'
import { registerRedaction } from '../redaction'
import { excerpt, hexExcerpt } from '../text/excerpt'
import { Secrets } from './secrets'

const units = (character: string) => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')
const unicode = (character: string) =>
  units(character)
    .map((unit) => `\\u${hex(unit, 4)}`)
    .join('')
const percent = (character: string) => [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join('')

/** The ways to write one character: as it is, in JSON, and in addresses. */
const SPELLINGS: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => JSON.stringify(character).slice(1, -1),
  (character) => character.replace('/', '\\/'),
  unicode,
  (character) => unicode(character).toUpperCase().replaceAll('\\U', '\\u'),
  percent,
  (character) => percent(character).toUpperCase(),
  encodeURIComponent,
  (character) => new URLSearchParams({ '': character }).toString().slice(1),
]

const spelling = fc.constantFrom(...SPELLINGS)

/** Stands in no secret, and is neither a letter nor a digit. */
const MARK = '·'

const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom(' ', '/', '"', '\n'),
)

/** A secret, and one way to write it. With what escapes others in it, a text may be read in several ways. */
const secretOf = (excluded: RegExp, minLength: number) =>
  fc
    .array(fc.tuple(character, spelling), { minLength, maxLength: 20 })
    .map((characters) => ({
      secret: characters.map(([character]) => character).join(''),
      written: characters.map(([character, spell]) => spell(character)).join(''),
    }))
    .filter(({ secret }) => !excluded.test(secret))

const marks = fc.integer({ min: 0, max: 320 }).map((count) => MARK.repeat(count))

/** What is shown while this is a secret. */
function shown<T>(secret: string, show: () => T): T {
  const secrets = new Secrets(['secret'])
  secrets.learn({ secret })
  const stop = registerRedaction(secrets)
  try {
    return show()
  } finally {
    stop()
  }
}

describe('Secrets, whatever they are', () => {
  it('are hidden in every spelling, before a text is cut', () =>
    fc.assert(
      fc.property(secretOf(/[·%\\]/, 1), marks, marks, ({ secret, written }, before, after) => {
        const hidden = shown(secret, () => excerpt(before + written + after))
        expect(hidden).to.equal(excerpt(`${before}[redacted]${after}`))
      }),
      { numRuns: 300 },
    ))

  it('are hidden even where they could be read in several ways', () =>
    fc.assert(
      fc.property(secretOf(/·/, 4), ({ secret, written }) => {
        const text = MARK + written + MARK
        expect(shown(secret, () => excerpt(text))).to.match(/^·\[redacted\]/)
        expect(shown(secret, () => hexExcerpt(Buffer.from(text)))).to.match(/^\d+ bytes with something/)
      }),
    ))

  it('are hidden beside all others, however many begin alike', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '1', '.'), minLength: 4, maxLength: 8 }), {
          minLength: 1,
        }),
        spelling,
        (all, spell) => {
          const secrets = new Secrets(['secrets'])
          secrets.learn({ secrets: all })
          const written = all.map((secret) => MARK + [...secret].map(spell).join('') + MARK).join('')
          expect(secrets.hide(written)).to.equal(`${MARK}[redacted]${MARK}`.repeat(all.length))
        },
      ),
    ))

  it('are hidden beside escaped marks, and not within words, if they are short', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^\w{1,3}$/),
        fc.constantFrom('\n', '"', '=', '·', '😀'),
        spelling,
        (secret, mark, spell) => {
          const [before, after] = [spell(mark), spell(mark)]
          // The `22` of `%22` is hidden too, if it is a secret: nothing says whether the text is an address.
          fc.pre(!before.includes(secret))
          expect(shown(secret, () => excerpt(before + secret + after))).to.equal(excerpt(`${before}[redacted]${after}`))
          expect(shown(secret, () => excerpt(`é${secret}é`))).to.equal(`é${secret}é`)
        },
      ),
    ))

  it('are learned from an address, as parameter or password', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (secret, other) => {
        const url = new URL('ws://server/')
        url.searchParams.set('other?', `${MARK}${other}${MARK}`)
        const rest = url.href
        url.searchParams.set('token', secret)
        const secrets = new Secrets(['parameter:token'])
        secrets.learnFromAddress(url.href)
        const encoded = url.href.slice(`${rest}&token=`.length)
        expect(secrets.hide(`${MARK}${encoded}${MARK}`)).to.equal(`${MARK}[redacted]${MARK}`)
        const password = new Secrets(['parameter:token'])
        password.learnFromAddress(`ws://rob:${encodeURIComponent(secret)}@server/`)
        expect(password.hide(`${MARK}${encodeURIComponent(secret)}${MARK}`)).to.equal(`${MARK}[redacted]${MARK}`)
      }),
    ))

  it('are hidden if they are very long, as a whole and by their beginning', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 990, max: 5000 }),
        fc.constantFrom('x', '😀', 'ab"/', 'ä '),
        spelling,
        (length, some, spell) => {
          const characters = [...[...some.repeat(length)].slice(0, length), ...'the end']
          const written = characters.map(spell).join('')
          const hidden = shown(characters.join(''), () => excerpt(`${MARK}${written}${MARK}`))
          expect(hidden).to.equal(`${MARK}[redacted]${MARK}`)
          const half = written.slice(0, written.length - 1)
          if (characters.length > 1000) expect(shown(characters.join(''), () => excerpt(half))).to.equal('[redacted]')
        },
      ),
      { numRuns: 20 },
    ))

  it('are found quickly in a long text', () => {
    const pieces = [
      'a',
      ' ',
      '%',
      '%4',
      '\\',
      '\\"',
      '"',
      '\\u0',
      '0',
      '1.',
      ':',
      '@',
      '/',
      '?',
      '&',
      '?a',
      '#',
      '=',
      '"token":"',
      'x"',
    ]
    const secrets = new Secrets(['token', 'parameter:token', 'header:cookie'])
    secrets.learn({ token: ['aaaa', '1.0', 1.5, 'a', '\\\\\\\\', '%%%%'] })
    for (const text of longTextsOf(pieces, ['', '{"token":"'])) {
      secrets.learnFromText(text)
      secrets.learnFromAddress(text)
      secrets.hide(text)
    }
  }).timeout(60_000)
})

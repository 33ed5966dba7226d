/** Any secret, in any spelling, and wherever a text is cut: nothing of it is shown. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf } from '../../test/support/arbitrary-text'
import { ExpectationError } from '../errors'
import { redact, registerRedaction } from '../redaction'
import { excerpt, hexExcerpt } from '../text/excerpt'
import { Secrets } from './secrets'

const units = (character: string) => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')
const unicode = (character: string) =>
  units(character)
    .map((unit) => `\\u${hex(unit, 4)}`)
    .join('')
const percent = (character: string) => [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join('')

/** As a form in Latin-1 writes it; what that does not have stays as it is. */
const latin = (character: string) => (code(character) <= 0xff ? `%${hex(code(character), 2)}` : character)

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const code = (character: string) => character.codePointAt(0) as number

/** The ways to write one character: as it is, in JSON, in addresses and in HTML, and in one within another. */
const SPELLINGS: readonly ((character: string) => string)[] = [
  (character) => character,
  inJson,
  (character) => inJson(inJson(character)),
  (character) => inJson(inJson(inJson(character))),
  (character) => character.replace('/', '\\/'),
  unicode,
  (character) => unicode(character).toUpperCase().replaceAll('\\U', '\\u'),
  percent,
  (character) => percent(character).toUpperCase(),
  encodeURIComponent,
  latin,
  // The escape alone: a short secret is hidden in its own case.
  (character) => latin(character).replace(/%../, (digits) => digits.toUpperCase()),
  (character) => encodeURIComponent(latin(character)),
  (character) => encodeURIComponent(encodeURIComponent(latin(character))),
  (character) => new URLSearchParams({ '': character }).toString().slice(1),
  (character) => inJson(unicode(character)),
  (character) => encodeURIComponent(inJson(character)),
  (character) => encodeURIComponent(encodeURIComponent(character)),
  (character) => encodeURIComponent(percent(character)),
  (character) => entities[character] ?? character,
  (character) => `&#${code(character)};`,
  (character) => `&#x${hex(code(character), 1)};`,
  (character) => `&#000000000${code(character)};`,
  (character) => `&#x${hex(code(character), 12)};`,
  (character) => inJson(entities[character] ?? character),
]

const spelling = fc.constantFrom(...SPELLINGS)

/** Stands in no secret, and is neither a letter nor a digit. */
const MARK = '·'

const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom(' ', '/', '"', '\n', '+', '&', '<', 'é'),
)

/** Also of letters beyond U+FFFF that have another case: Deseret, Osage, Warang Citi, Adlam. */
const textInCase = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom(...'𐐀𐐨𐒰𐓘𑢠𑣀𞤀𞤢aB')),
  minLength: 4,
})

/** A letter or digit, without which a short text is no secret. */
const WORD = /[\p{L}\p{N}]/u

/** A secret, and one way to write it. With what escapes others in it, a text may be read in several ways. */
const secretOf = (excluded: RegExp, minLength: number) =>
  fc
    .array(fc.tuple(character, spelling), { minLength, maxLength: 20 })
    .map((characters) => ({
      secret: characters.map(([character]) => character).join(''),
      written: characters.map(([character, spell]) => spell(character)).join(''),
    }))
    .filter(({ secret }) => !excluded.test(secret) && (secret.length > 3 || WORD.test(secret)))

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
      fc.property(secretOf(/[·%\\&]/, 1), marks, marks, ({ secret, written }, before, after) => {
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
        fc.stringMatching(/^[a-zA-Z\d]{1,3}$/),
        fc.constantFrom('\n', '"', '=', '·', '😀'),
        spelling,
        (secret, mark, spell) => {
          const [before, after] = [spell(mark), spell(mark)]
          // That of an escaped mark, such as the n of \\n, may be hidden, too.
          fc.pre(!(before + after).includes(secret))
          expect(shown(secret, () => excerpt(before + secret + after))).to.equal(excerpt(`${before}[redacted]${after}`))
          expect(shown(secret, () => excerpt(`é${secret}é`))).to.equal(`é${secret}é`)
        },
      ),
    ))

  it('are hidden in upper and lower case', () =>
    fc.assert(
      fc.property(textInCase, spelling, (secret, spell) => {
        fc.pre(!/[·%\\&]/.test(secret))
        const inCase = (change: (letter: string) => string) =>
          [...secret].map((letter) => (change(letter).length === letter.length ? change(letter) : letter))
        for (const letters of [inCase((letter) => letter.toUpperCase()), inCase((letter) => letter.toLowerCase())]) {
          const written = MARK + letters.map(spell).join('') + MARK
          expect(shown(secret, () => excerpt(written))).to.equal(`${MARK}[redacted]${MARK}`)
        }
      }),
    ))

  it('are hidden with their accents composed and decomposed', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('é', 'e\u0301', 'ạ̈', 'a\u0327\u0308', '각', 'x'), minLength: 4 }),
        fc.constantFrom('NFC', 'NFD'),
        spelling,
        (secret, form, spell) => {
          const written = MARK + [...secret.normalize(form)].map(spell).join('') + MARK
          expect(shown(secret, () => excerpt(written))).to.equal(`${MARK}[redacted]${MARK}`)
        },
      ),
    ))

  it('are hidden where what stands by itself in base64 or hexadecimal digits has one in it', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 4 }),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom<BufferEncoding>('base64', 'base64url', 'hex'),
        (secret, before, encoding) => {
          fc.pre(!/[\\%&+]/.test(before))
          const bytes = Buffer.from(`${before}${secret}.`)
          const encoded = bytes.toString(encoding)
          expect(shown(secret, () => excerpt(`<${encoded}>`))).to.equal('<[redacted]>')
          const upper = bytes.toString('hex').toUpperCase()
          expect(shown(secret, () => excerpt(`<${upper}>`))).to.equal('<[redacted]>')
        },
      ),
    ))

  it('are hidden in base64 and digits, in whatever form they are known', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'éåÿßñüa7'), minLength: 4 }),
        fc.constantFrom<(text: string) => string>(
          (text) => text,
          (text) => text.normalize('NFD'),
          (text) => text.replaceAll('ß', 'ẞ').toUpperCase(),
          (text) => text.replaceAll('å', '\u212b'),
        ),
        fc.constantFrom<BufferEncoding>('utf8', 'latin1'),
        fc.constantFrom<BufferEncoding>('base64', 'base64url', 'hex'),
        (written, formOf, encoding, digits) => {
          const encoded = Buffer.from(written, encoding).toString(digits)
          expect(shown(formOf(written), () => redact(`<${encoded}>`))).to.equal('<[redacted]>')
        },
      ),
    ))

  it('are hidden in base64 that has been escaped since', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('ÿ', 'þ', '>', '?', 'a', '~'), minLength: 4 }),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
        fc.constantFrom<(encoded: string) => string>(
          (encoded) => inJson(encoded),
          (encoded) => encoded.replaceAll('/', '\\/'),
          (encoded) => inJson(encoded.replaceAll('/', '\\/')),
          (encoded) => encodeURIComponent(encoded),
          (encoded) => encodeURIComponent(encodeURIComponent(encoded)),
          (encoded) => encoded.replaceAll('+', '\\u002b').replaceAll('=', '\\u003d'),
          (encoded) => `\\n${encoded}`,
          (encoded) => inJson(`\\n${encoded}\\t`),
          (encoded) => `a%20${encoded}`,
        ),
        fc.constantFrom<BufferEncoding>('utf8', 'latin1'),
        (secret, before, escaped, encoding) => {
          fc.pre(!/[\\%&+]/.test(before))
          const written = escaped(Buffer.from(`${before}${secret}.`, encoding).toString('base64'))
          const hidden = shown(secret, () => redact(`{"log":"${written}"}`))
          expect(hidden).to.match(/^\{"log":"(?:\\+n|a%20)?\[redacted\](?:\\+t)?"\}$/)
          const hex = `\\f${Buffer.from(secret, encoding).toString('hex')}`
          expect(shown(secret, () => redact(`{"log":"${hex}"}`))).to.match(/^\{"log":"(?:\\f)?\[redacted\]"\}$/)
        },
      ),
    ))

  it('are hidden in JSON within JSON within an address, as real encoders write it', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 4 }), fc.string({ unit: 'binary' }), (secret, other) => {
        const token = secret.toWellFormed()
        const inner = JSON.stringify({ other, token })
        for (const written of [
          inner,
          JSON.stringify({ inner }),
          encodeURIComponent(inner),
          JSON.stringify([[inner]]),
        ]) {
          const hidden = shown(token, () => redact(written))
          expect(hidden).to.contain('[redacted]')
          expect(hidden).not.to.contain(inJson(token).replaceAll('[redacted]', ''))
        }
      }),
    ))

  it('are hidden in comparisons: in texts, names, numbers and bytes', () =>
    fc.assert(
      fc.property(secretOf(/[·%\\&]/, 4), ({ secret, written }) => {
        const value = {
          [`${MARK}${written}`]: [{ [secret]: `${written}${MARK}` }, Buffer.from(secret).toString('hex')],
        }
        const error = shown(secret, () => new ExpectationError('No.', { expected: {}, actual: value }))
        expect(error.actual).to.deep.equal({ '·[redacted]': [{ '[redacted]': '[redacted]·' }, '[redacted]'] })
      }),
    ))

  it('are hidden as credentials of Basic, whether a header or an address has them', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[^:\s]{1,8}$/),
        fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
        (user, password) => {
          fc.pre(WORD.test(password))
          const basic = Buffer.from(`${user}:${password}`).toString('base64')
          const fromHeader = new Secrets(['header:authorization'])
          fromHeader.learnFromHeaders({ Authorization: `Basic ${basic}` })
          expect(fromHeader.hide(`<${password}>`)).to.equal('<[redacted]>')
          expect(fromHeader.hide(`<${user}:${password}>`)).to.equal('<[redacted]>')
          const fromAddress = new Secrets([])
          fromAddress.learnFromAddress(`ws://${encodeURIComponent(user)}:${encodeURIComponent(password)}@server/`)
          expect(fromAddress.hide(`Basic ${basic}`)).to.equal('Basic [redacted]')
        },
      ),
    ))

  it('are learned from an address, as parameter or password', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (secret, other) => {
        fc.pre(secret.length > 3 || WORD.test(secret))
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
      ...['%5C', '%25', '%2525', '\\u005c', '&amp;', '&#38;', '&amp;amp;', '%2B', '%E4%BD%A0', 'XFxcXFxc '],
    ]
    const secrets = new Secrets(['token', 'parameter:token', 'header:cookie'])
    secrets.learn({
      token: ['aaaa', '1.0', 1.5, 'a', '\\\\\\\\', '%%%%', '\\\\\\\\%%%%&&&&++++', `${'%'.repeat(40)}b`],
    })
    for (const text of longTextsOf(pieces, ['', '{"token":"'])) {
      secrets.learnFromText(text)
      secrets.learnFromAddress(text)
      secrets.hide(text)
    }
  }).timeout(120_000)
})

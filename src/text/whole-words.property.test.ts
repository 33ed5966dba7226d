/** A part of a word or number is not found in it, however the word or number is written. */

import { expect } from 'chai'
import fc from 'fast-check'
import { includesWords, lastWordStart } from './whole-words'

const digits = fc.stringMatching(/^\d{1,4}$/)
const number = fc
  .tuple(
    fc.constantFrom('', '-', '+', '\u00b1', '\u2212', '\u2013'),
    fc.oneof(digits, fc.constantFrom('1,000', '1\u202f000', "1'000,000", '1,234,567', '12,34,567')),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('.', '\u00b7', '\u066b'), digits).map((parts) => parts.join('')),
    ),
    fc.oneof(
      fc.constant(''),
      fc
        .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '-', '+', '\u2212'), digits)
        .map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''))
const letters = fc.stringMatching(/^[a-zäß]{1,4}$/)
const word = fc
  .array(
    fc.tuple(letters, fc.constantFrom('', '\u0301', '\u0308')).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom('-', "'", '’', '_', '__', '\u200d').map((joint) => parts.join(joint)))

describe('Whole words, of any words and numbers', () => {
  it('are found, and no parts of them', () =>
    fc.assert(
      fc.property(
        fc.oneof(number, word),
        fc.constantFrom('', 'It says: ', '(', '"'),
        fc.nat(),
        fc.nat(),
        (token, before, from, length) => {
          const text = `${before}${token}${before === '(' ? ')' : '\n'}`
          expect(includesWords(text, token)).to.equal(true)
          const start = from % token.length
          const part = token.slice(start, start + 1 + (length % (token.length - start)))
          const isPart =
            part !== token &&
            /^[^\s]*$/.test(part) &&
            /^[-+\u00b1\u2212\u2013]?[\p{L}\p{N}]/u.test(part) &&
            /[\p{L}\p{N}\p{M}]$/u.test(part)
          if (isPart) expect(includesWords(text, part), part).to.equal(false)
        },
      ),
      { numRuns: 1000 },
    ))

  it('are found in a text that goes on only if they are found in all of it', () => {
    const text = fc.array(fc.oneof(number, word, fc.constantFrom(' ', '\n', ', ', ',', '"', '-', '.', '\u20ac')), {
      minLength: 1,
    })
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        (whole, cut, from, length) => {
          const begun = whole.slice(0, cut % (whole.length + 1))
          const finished = begun.slice(0, lastWordStart(begun))
          const start = from % (finished.length + 1)
          const part = finished.slice(start, start + length)
          if (part !== '' && includesWords(finished, part)) expect(includesWords(whole, part), part).to.equal(true)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('Numbers of any language', () => {
  const LOCALES =
    'ar ar-EG bg bn ckb cs da de de-AT de-CH dz el en en-IN en-ZA es es-MX et fa fi fr fr-CH gsw he hi hr hu hy it ja'
  const MORE = 'ka kk km ko lt lv mr my nb ne pl ps pt pt-PT rm ro ru si sk sl sr sv ta te th tr uk ur uz zh'
  for (const locale of `${LOCALES} ${MORE}`.split(' ')) {
    it(`are found whole: ${locale}`, () => {
      for (const style of [{}, { signDisplay: 'always' }, { style: 'currency', currency: 'EUR' }] as const) {
        for (const amount of [-1234567.5, 1234567.5, -0.5, 12.25, -1e21]) expectWhole(locale, style, amount)
      }
    })
  }

  function expectWhole(locale: string, style: Intl.NumberFormatOptions, amount: number): void {
    const shown = new Intl.NumberFormat(locale, style).format(amount)
    const text = `Total: ${shown} `
    expect(includesWords(text, shown), shown).to.equal(true)
    const digits = [...shown.matchAll(/\p{N}+/gu)].map(({ 0: { length }, index }) => ({
      start: index,
      end: index + length,
    }))
    const [start, end] = [digits[0]?.start as number, digits.at(-1)?.end as number]
    const parts = digits.flatMap((group) => [shown.slice(group.start, end), shown.slice(start, group.end)])
    const number = shown.slice(start, end)
    for (const part of parts.filter((some) => some !== number)) {
      expect(includesWords(text, part), `${part} in ${shown}`).to.equal(false)
    }
    // A sign after the letters of a currency might be a hyphen.
    const isSigned = amount < 0 && !/\p{L}-/u.test(shown)
    if (isSigned) expect(includesWords(text, number), `${number} in ${shown}`).to.equal(false)
  }
})

/** A part of a word or number is not found in it, however the word or number is written. */

import { expect } from 'chai'
import fc from 'fast-check'
import { includesWords } from './whole-words'

const digits = fc.stringMatching(/^\d{1,4}$/)
const number = fc
  .tuple(
    fc.constantFrom('', '-', '+', '\u2212', '\u2013'),
    fc.oneof(digits, fc.constantFrom('1,000', '1\u202f000', "1'000,000")),
    fc.oneof(
      fc.constant(''),
      digits.map((text) => `.${text}`),
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
            /^[-+\u2212\u2013]?[\p{L}\p{N}]/u.test(part) &&
            /[\p{L}\p{N}\p{M}]$/u.test(part)
          if (isPart) expect(includesWords(text, part), part).to.equal(false)
        },
      ),
      { numRuns: 1000 },
    ))
})

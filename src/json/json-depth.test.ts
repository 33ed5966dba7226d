import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { ExactNumber, stringifyExactly } from './exact-number'
import { MAX_JSON_DEPTH, parseCompletely } from './json-depth'

describe('parseCompletely', () => {
  const spelling = fc.tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String)),
    fc.oneof(
      fc.constant(''),
      fc.nat(99).map((digits) => `.${digits}`),
    ),
    fc.constantFrom('', 'e3', 'E-2', 'e+400'),
  )

  it('keeps each number as it is written', () =>
    fc.assert(
      fc.property(fc.array(spelling), fc.constantFrom('', ' '), (numbers, space) => {
        const texts = numbers.map((parts) => parts.join(''))
        const value = parseCompletely(`[${texts.join(`,${space}`)}]`, { keepSpelling: true })
        expect(stringifyExactly(value)).to.equal(`[${texts.join(',')}]`)
      }),
    ))

  it('has the numbers of JavaScript where they are written as it would write them', () => {
    expect(parseCompletely('{"a":[1,-2.5],"b":"1.0"}', { keepSpelling: true })).to.deep.equal({
      a: [1, -2.5],
      b: '1.0',
    })
    // The first is a number of JavaScript, but so it would write the second, too.
    for (const number of ['9007199254740992', '9007199254740993']) {
      expect(parseCompletely(`[${number}]`)).to.deep.equal([new ExactNumber(number)])
    }
  })

  it('refuses a member that stands twice, and what is nested too deep', () => {
    expect(() => parseCompletely('{"a":1,"a":1}')).to.throw(UsageError, 'the member "a" twice')
    const deep = `${'['.repeat(MAX_JSON_DEPTH + 1)}1${']'.repeat(MAX_JSON_DEPTH + 1)}`
    expect(() => parseCompletely(deep)).to.throw(UsageError, 'JSON may be nested 500 levels deep')
  })
})

import { expect } from 'chai'
import { UsageError } from '../errors'
import { renewBudget } from '../evaluation-limit'
import { compilePattern } from './pattern'

describe('compilePattern', () => {
  beforeEach(renewBudget)

  it('reads the pattern as Unicode', () => {
    expect(compilePattern('^.$').test('🙂')).to.equal(true)
    expect(() => compilePattern('\\-')).to.throw(UsageError, /^"\\-" is not a valid regular expression: /)
  })

  for (const [source, matching, other] of [
    ['^a+b+$', 'aab', 'aa'],
    ['^(?:a|b)*$', 'abba', 'abc'],
    ['^(?<first>\\p{Lu})(?=\\w).*\\k<first>$', 'Zoë und Z', 'Zoë'],
    ['(\\d)\\1', '11', '12'],
    ['(?<!no )Hello', 'Hello', 'no Hello'],
    ['^[[*+?{|(]+\\]$', '[*]', '[a]'],
    ['\\u{1F642}{2}', '🙂🙂', '🙂'],
    [`^${'.*'.repeat(20)}x$`, 'abcx', 'abcy'],
  ] as const) {
    it(`matches as JavaScript does: ${source}`, () => {
      const pattern = compilePattern(source)
      expect([pattern.test(matching), pattern.test(other)]).to.deep.equal([true, false])
    })
  }

  for (const source of [
    '^(a+)+$',
    '^(a|a)*$',
    '^(\\w|\\d|a)*$',
    '^(?:[a-z]|\\w)*$',
    '^(?=(a+)+$)',
    '^((a{1,20}){1,20}){1,20}$',
    `^${'(a|a)'.repeat(40)}[^a]b?`,
    '^(?<all>a+)+\\k<all>$',
  ]) {
    it(`stops ${source.slice(0, 30)} on a text that makes it backtrack`, () => {
      const text = `${'a'.repeat(59)}!`
      expect(() => expect(compilePattern(source).test(text)).to.equal(false)).to.throw(
        UsageError,
        `The regular expression "${source}" takes too long on a text of 60 characters. Repetitions within repetitions, ` +
          'like (a+)+, and choices that overlap, like (a|a)*, are the likeliest cause: write it without them.',
      )
    })
  }

  const wild = ['^(a+)+$', '((a*)*)*b', '(a*a*a*)+b', '(a|a|a|a|a)*b', '^(((a+)+)+)+$']
  for (const source of wild)
    it(`reads short texts: ${source}`, () => {
      const pattern = compilePattern(source)
      for (let length = 0; length <= 6; length++) expect(pattern.test(`${'a'.repeat(length)}!`)).to.equal(false)
    })

  for (const [source, lengths] of [
    ...wild.map((source) => [source, [8, 12, 16, 24]] as const),
    ...['a*a*b', '(a*)\\1b', 'a*b', '^(?:a|b)+c'].map((source) => [source, [200_000]] as const),
  ])
    it(`ends on texts of ${lengths.join(', ')} characters: ${source}`, () => {
      const pattern = compilePattern(source)
      for (const length of lengths) {
        try {
          expect(pattern.test(`${'a'.repeat(length)}!`)).to.equal(false)
        } catch (error) {
          expect(error).to.be.an.instanceOf(UsageError)
        }
      }
    })

  it('refuses an expression that would be compiled for minutes', () => {
    expect(compilePattern('a?b|'.repeat(2500)).test('c')).to.equal(true)
    expect(() => compilePattern('a?b|'.repeat(200_000))).to.throw(
      UsageError,
      /^A regular expression may have 10000 characters, and "a\?b.+" has more: write a shorter one\.$/,
    )
  })
})

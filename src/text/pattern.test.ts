import { expect } from 'chai'
import { UsageError } from '../errors'
import { compilePattern } from './pattern'

describe('compilePattern', () => {
  it('compiles Unicode patterns', () => {
    expect(compilePattern('^.$').test('🙂')).to.equal(true)
    expect(() => compilePattern('^(a+)+$').test(`${'a'.repeat(60)}!`)).to.throw(
      UsageError,
      'The regular expression "^(a+)+$" takes too long on a text of 61 characters. Nested repetitions like (a+)+',
    )
    expect(() => compilePattern('\\-')).to.throw(UsageError, /^"\\-" is not a valid regular expression: /)
  })

  it('compiles several repetitions', () => {
    const pattern = compilePattern('^a+b+$')
    expect([pattern.test('aab'), pattern.test('aa')]).to.deep.equal([true, false])
  })

  it('stops a match that takes too long', () => {
    expect(() => compilePattern('^(a+)+$').test(`${'a'.repeat(50)}!`)).to.throw(
      UsageError,
      'The regular expression "^(a+)+$" takes too long on a text of 51 characters. ' +
        'Nested repetitions like (a+)+ are the likeliest cause: write it without them.',
    )
  }).timeout(10_000)
})

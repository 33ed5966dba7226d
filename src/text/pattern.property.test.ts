/** Whatever regular expression somebody writes, it ends: with JavaScript's own result, or stopped. */

import { expect } from 'chai'
import fc from 'fast-check'
import { orUsageError } from '../../test/support/arbitrary-text'
import { renewBudget } from '../evaluation-limit'
import { compilePattern } from './pattern'

const { expression } = fc.letrec<{ expression: string; atom: string; group: string; sequence: string }>((tie) => ({
  expression: fc.oneof(
    tie('sequence'),
    fc.tuple(tie('sequence'), tie('sequence')).map((both) => both.join('|')),
  ),
  sequence: fc.array(tie('atom'), { minLength: 1, maxLength: 5 }).map((atoms) => atoms.join('')),
  atom: fc
    .tuple(
      fc.oneof({ maxDepth: 4 }, fc.constantFrom('a', '.', '\\w', '[ab]', '\\u{61}', '\\p{L}'), tie('group')),
      fc.constantFrom('', '*', '+', '?', '*?', '{2,}', '{0,9}'),
    )
    .map((parts) => parts.join('')),
  group: fc.tuple(fc.constantFrom('(', '(?:', '(?:^|'), tie('expression')).map(([open, inner]) => `${open}${inner})`),
}))

describe('Pattern, for any expression', () => {
  it('ends on a text that makes it backtrack', () =>
    fc.assert(
      fc.property(expression, fc.nat(5000), (source, length) => {
        const pattern = compilePattern(`^${source}$`)
        expect(orUsageError(() => pattern.test(`${'a'.repeat(length)}!`))).to.satisfy(
          (outcome: unknown) => typeof outcome === 'boolean' || outcome instanceof Error,
        )
      }),
      { numRuns: 300 },
    )).timeout(60_000)

  it("has JavaScript's own result", () =>
    fc.assert(
      fc.property(
        expression,
        fc.string({ unit: fc.constantFrom('a', 'b', '!', 'ä'), maxLength: 8 }),
        (source, text) => {
          renewBudget()
          const outcome = orUsageError(() => compilePattern(source).test(text))
          // A few take too long even on such a text.
          fc.pre(!(outcome instanceof Error))
          expect(outcome).to.equal(new RegExp(source, 'u').test(text))
        },
      ),
    ))
})

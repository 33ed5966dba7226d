/** Secrets with very many lines: what is done to show the beginning of a text with one does not grow with their number. */

import { expect } from 'chai'
import fc from 'fast-check'
import { Secrets } from './secrets'
import { SpelledText } from './spelled-text'
import { TextTree } from './text-tree'

/** What is done to find secrets: places that are looked at, and escapes that are read. */
const OPERATIONS: readonly (readonly [object: object, name: string])[] = [
  [TextTree.prototype, 'mayBegin'],
  [TextTree.prototype, 'endFrom'],
  [SpelledText.prototype, 'readingsAt'],
  [SpelledText.prototype, 'longestReadingAt'],
]

function countOperations(act: () => void): number {
  let count = 0
  const restore = OPERATIONS.map(([object, name]) => {
    const original: (...args: unknown[]) => unknown = Reflect.get(object, name)
    Reflect.set(object, name, function (this: unknown, ...args: unknown[]) {
      count++
      return original.apply(this, args)
    })
    return () => Reflect.set(object, name, original)
  })
  try {
    act()
  } finally {
    for (const each of restore) each()
  }
  return count
}

/** Until the rest is hidden, for each of the parts that are searched, the next of which is four times as long. */
const MAX_OPERATIONS = 800_000

describe('Secrets with very many lines', () => {
  it('are hidden at a cost that does not grow with their number', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 80_000 }),
        fc.constantFrom('\n', '\r\n', '\r', '\n\t', '\n"', '\n\\', '\nä'),
        fc.constantFrom<(token: string) => string>(
          (token) => JSON.stringify({ token }),
          (token) => `${JSON.stringify({ token }).slice(0, -2)}, and more"}`,
          (token) => token,
          encodeURIComponent,
          (token) => JSON.stringify(JSON.stringify({ token })),
          (token) => JSON.stringify({ token: token.split(/[\r\n]+/) }),
          (token) => JSON.stringify({ token: token.split('\n').reverse().join('\n') }),
        ),
        (lines, separator, write) => {
          const token = Array.from({ length: lines }, (_, number) => `line${number}`).join(separator)
          const secrets = new Secrets(['$.token'])
          secrets.learn({ token })
          let shown = ''
          const count = countOperations(() => {
            shown = secrets.hide(write(token), 300)
          })
          expect(count).to.be.lessThan(MAX_OPERATIONS)
          expect(shown.slice(0, 300)).to.match(/\[redacted\]/)
          expect(shown.slice(0, 300)).not.to.match(/line\d/)
        },
      ),
      { numRuns: 25 },
    )).timeout(60_000)

  it('leave what stands before and after them, where they are not too many', () => {
    const secrets = new Secrets(['$.token'])
    const token = Array.from({ length: 50 }, (_, number) => `line${number}`).join('\n')
    secrets.learn({ token })
    const text = JSON.stringify({ a: 1, token, b: 'x'.repeat(5000) })
    expect(secrets.hide(text, 300)).to.equal(text.replace(JSON.stringify(token), '"[redacted]"'))
    expect(secrets.hide(text)).to.equal(text.replace(JSON.stringify(token), '"[redacted]"'))
  })

  it('hide what follows them, where their escapes are too many', () => {
    const secrets = new Secrets(['$.token'])
    const token = Array.from({ length: 50_000 }, (_, number) => `line${number}`).join('\n')
    secrets.learn({ token })
    const text = JSON.stringify({ a: 1, token, b: 2 })
    expect(secrets.hide(text, 300)).to.equal('{"a":1,"token":"[redacted]')
    expect(secrets.hide(text)).to.equal('{"a":1,"token":"[redacted]')
  })
})

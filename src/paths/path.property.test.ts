/** Each place of any JSON has a path that finds and sets it; every text that is not a path is refused with a UsageError. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf, orUsageError, textOf } from '../../test/support/arbitrary-text'
import { JsonBuilder } from './json-builder'
import { parsePath } from './path'

type Step = string | number

/** JSONPath allows control characters in names if they are escaped, but the library that reads it does not. */
const isReadable = (value: unknown) => [...leavesOf(value)].every(([steps]) => !/\p{Cc}/u.test(steps.join('')))

const json = fc
  .jsonValue({ stringUnit: 'binary' })
  .filter((value) => typeof value === 'object' && value !== null && isReadable(value))

/** Every place in a value that has nothing in it, and what stands there. */
function* leavesOf(value: unknown, steps: readonly Step[] = []): Generator<readonly [readonly Step[], unknown]> {
  const entries = Object.entries((typeof value === 'object' && value) || {})
  if (entries.length === 0) yield [steps, value]
  for (const [name, inner] of entries) yield* leavesOf(inner, [...steps, Array.isArray(value) ? Number(name) : name])
}

/** The ways to write a path. */
const WAYS: Readonly<Record<string, (steps: readonly Step[]) => string>> = {
  'brackets and double quotes': (steps) => `$${steps.map((step) => `[${JSON.stringify(step)}]`).join('')}`,
  'brackets and single quotes': (steps) =>
    `$${steps.map((step) => `[${typeof step === 'string' ? singleQuoted(step) : step}]`).join('')}`,
  'dots where names have letters alone': (steps) =>
    steps
      .map((step) => (/^[a-z_]\w*$/i.test(`${step}`) ? `.${step}` : `[${JSON.stringify(step)}]`))
      .join('')
      .replace(/^\./, '') || '$',
  slashes: (steps) => steps.map((step) => `/${`${step}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '$',
}

function singleQuoted(name: string): string {
  return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function startsWith(steps: readonly Step[], outer: readonly Step[]): boolean {
  return outer.every((step, at) => steps[at] === step)
}

function setAt(base: unknown, path: string, value: unknown): unknown {
  const builder = new JsonBuilder(base)
  builder.set(parsePath(path), value)
  return builder.value
}

const PIECES = [
  '$',
  '.',
  '..',
  '[',
  ']',
  '?',
  '@',
  '*',
  '"',
  "'",
  '0',
  '-1',
  '1:',
  ',',
  '(',
  ')',
  '/',
  '~',
  '!',
  ' ',
  'a',
]
const FUNCTIONS = [
  '[?',
  '[?(',
  '[?@.a==',
  '&&',
  '||',
  'length(',
  'match(@.a,"(")',
  'count(',
  'value(',
  '$..',
  '[*]',
  '.a',
  '/a',
]

describe('Path, in any JSON', () => {
  for (const [way, written] of Object.entries(WAYS)) {
    it(`finds each place again, written with ${way}`, () =>
      fc.assert(
        fc.property(json, (value) => {
          const leaves = [...leavesOf(value)]
          for (const [steps, leaf] of leaves) {
            expect(parsePath(written(steps)).select(value)).to.deep.equal([leaf])
            expect(parsePath(written([...steps, 'nowhere'])).select(value)).to.deep.equal([])
            // What libraries add to the standards: names of names, indices from the end, what is inherited.
            const [outer, last] = [steps.slice(0, -1), steps.at(-1)]
            for (const other of [`#${last}`, `^${last}`, `~${last}`, 'length', '-']) {
              const path = written([...outer, other])
              const known = leaves.filter(([place]) => place[outer.length] === other && startsWith(place, outer))
              if (known.length === 0) expect(parsePath(path).select(value), path).to.deep.equal([])
            }
          }
        }),
      ))

    it(`puts another value there and nowhere else, written with ${way}`, () =>
      fc.assert(
        fc.property(json, (value) => {
          const leaves = [...leavesOf(value)]
          for (const [steps] of leaves) {
            const changed = setAt(value, written(steps), 'another')
            const expected = leaves.map(([other, leaf]) => [other, other === steps ? 'another' : leaf])
            expect([...leavesOf(changed)]).to.deep.equal(expected)
          }
        }),
      ))
  }

  it('builds the JSON from nothing, place by place', () =>
    fc.assert(
      fc.property(json, (value) => {
        const write = WAYS['brackets and double quotes'] as (steps: readonly Step[]) => string
        const builder = new JsonBuilder()
        for (const [steps, leaf] of leavesOf(value)) builder.set(parsePath(write(steps)), leaf)
        expect(builder.value).to.deep.equal(value)
      }),
    ))

  it('is found up to the deepest level', () => {
    const deepest = JSON.parse(`${'{"a":'.repeat(499)}{"b":1}${'}'.repeat(499)}`)
    const path = `${'a.'.repeat(499)}b`
    expect(parsePath(path).select(deepest)).to.deep.equal([1])
    expect(parsePath('$..b').select(deepest)).to.deep.equal([1])
    expect(setAt(undefined, path, 1)).to.deep.equal(deepest)
  })
})

describe('parsePath, given any text', () => {
  it('returns a path that can be followed in any JSON, or throws a UsageError', () =>
    fc.assert(
      fc.property(textOf([...PIECES, ...FUNCTIONS]), json, (text, value) => {
        const path = orUsageError(() => parsePath(text))
        if (path instanceof Error) return
        expect(path.select(value)).to.be.an('array')
        orUsageError(() => JSON.stringify(setAt(value, text, 1)))
      }),
      { numRuns: 2000 },
    ))

  it('accepts every pointer whose tildes are escapes, and no other (RFC 6901, section 3)', () =>
    fc.assert(
      fc.property(textOf(PIECES), (text) => {
        const outcome = orUsageError(() => parsePath(`/${text}`))
        expect(outcome instanceof Error).to.equal(text.replaceAll('~0', '').replaceAll('~1', '').includes('~'))
      }),
    ))

  it('is quick for long texts, and so is the value that it sets', () => {
    for (const text of longTextsOf([...PIECES, ...FUNCTIONS, "['a']", '[0]'], ['', 'a', '$'])) {
      orUsageError(() => JSON.stringify(setAt(undefined, text, 1)))
    }
  }).timeout(60_000)
})

/** JSON of a few kB that makes wild paths take for ever: deep, wide, and with a text for regular expressions. */
const WILD_JSON: Readonly<Record<string, unknown>> = {
  deep: JSON.parse(`${'{"a":'.repeat(480)}1${'}'.repeat(480)}`),
  'deep in arrays': JSON.parse(`${'['.repeat(480)}1${']'.repeat(480)}`),
  wide: { a: Array.from({ length: 300 }, (_, a) => ({ a })) },
  text: [{ a: `${'a'.repeat(40)}!` }],
}
const WILD_SEGMENTS = ['..a', '..*', '..[0]', '[*]', '[*,*]', '.a', "..['a','a']"]
const WILD_FILTERS = [
  "[?match(@.a, '(a+)+')]",
  "[?search(@.a, '(a|a)*b')]",
  '..[?@..a]',
  '..[?count(@..*) > 3]',
  '[?$..*]',
]

describe('Path, in JSON that makes it wild', () => {
  for (const [kind, value] of Object.entries(WILD_JSON)) {
    it(`ends, or is stopped with a UsageError: ${kind}`, () =>
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...WILD_SEGMENTS, ...WILD_FILTERS), { minLength: 1, maxLength: 6 }),
          (segments) => {
            const path = parsePath(`$${segments.join('')}`)
            const outcome = orUsageError(() => path.select(value))
            if (outcome instanceof Error)
              expect(outcome.message).to.match(/^The path "\$.+" takes too long on .+: write /)
          },
        ),
      )).timeout(60_000)
  }
})

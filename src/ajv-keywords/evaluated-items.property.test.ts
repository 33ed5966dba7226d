/** Which items a schema evaluates is as the drafts say, however its keywords are combined. */

import { expect } from 'chai'
import fc from 'fast-check'
import { orUsageError } from '../../test/support/arbitrary-text'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { validAgainstSchema } from '../schemas/schema-matcher'

type Schema = boolean | { readonly [keyword: string]: unknown }

/** Whether a list is valid, and which of its items are evaluated (2020-12, Core, sections 10 and 11). */
interface Outcome {
  readonly isValid: boolean
  readonly items: ReadonlySet<number>
}

const none: ReadonlySet<number> = new Set()

/** An own reading of the specification, as simple as can be. */
function evaluate(schema: Schema, value: unknown, draft: string): Outcome {
  if (typeof schema === 'boolean') return { isValid: schema, items: none }
  const outcomes: Outcome[] = []
  const one = (inner: unknown, of: unknown = value) => evaluate(inner as Schema, of, draft)
  const all = (inner: unknown) => (inner as Schema[]).map((branch) => one(branch))
  const claim = (isValid: boolean, items: Iterable<number> = none) =>
    outcomes.push({ isValid, items: new Set(isValid ? items : none) })
  const merged = (valid: readonly Outcome[]) => valid.flatMap(({ isValid, items }) => (isValid ? [...items] : []))
  if ('const' in schema) claim(schema.const === value)
  if ('allOf' in schema) outcomes.push(...all(schema.allOf))
  if ('anyOf' in schema) {
    const branches = all(schema.anyOf)
    claim(
      branches.some(({ isValid }) => isValid),
      merged(branches),
    )
  }
  if ('oneOf' in schema) {
    const branches = all(schema.oneOf)
    claim(branches.filter(({ isValid }) => isValid).length === 1, merged(branches))
  }
  if ('not' in schema) claim(!one(schema.not).isValid)
  if ('if' in schema) {
    const condition = one(schema.if)
    const consequence = condition.isValid ? schema.then : schema.else
    outcomes.push({ isValid: true, items: condition.isValid ? condition.items : none })
    if (consequence !== undefined) outcomes.push(one(consequence))
  }
  if (Array.isArray(value)) {
    const known = () => new Set(outcomes.flatMap(({ items }) => [...items]))
    const prefix = (schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : [])) as Schema[]
    const count = Math.min(prefix.length, value.length)
    const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
    claim(
      range(0, count).every((at) => one(prefix[at], value[at]).isValid),
      range(0, count),
    )
    if ('items' in schema && !Array.isArray(schema.items)) {
      const rest = range(count, value.length)
      claim(
        rest.every((at) => one(schema.items, value[at]).isValid),
        rest,
      )
    }
    if ('contains' in schema) {
      const found = range(0, value.length).filter((at) => one(schema.contains, value[at]).isValid)
      const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema as Record<string, number>
      claim(found.length >= minContains && found.length <= maxContains, draft === '2020-12' ? found : none)
    }
    if ('unevaluatedItems' in schema) {
      const evaluated = known()
      const rest = range(0, value.length).filter((at) => !evaluated.has(at))
      claim(
        rest.every((at) => one(schema.unevaluatedItems, value[at]).isValid),
        rest,
      )
    }
  }
  const isValid = outcomes.every((outcome) => outcome.isValid)
  return { isValid, items: new Set(isValid ? merged(outcomes) : none) }
}

const leaf: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  true,
  false,
  {},
  { const: 1 },
  { const: 'a' },
  { not: { const: 1 } },
)

/** Schemas of lists, deeper ones less often. */
function schemas(prefix: 'prefixItems' | 'items'): fc.Arbitrary<Schema> {
  return fc.letrec<{ schema: Schema }>((tie) => {
    const branches = fc.array(tie('schema'), { minLength: 1, maxLength: 2 })
    const object = fc.record(
      {
        allOf: branches,
        anyOf: branches,
        oneOf: branches,
        not: tie('schema'),
        if: tie('schema'),
        // biome-ignore lint/suspicious/noThenProperty: it is a keyword
        then: tie('schema'),
        else: tie('schema'),
        contains: leaf,
        minContains: fc.nat(2),
        maxContains: fc.nat(2),
        [prefix]: fc.array(leaf, { minLength: 1, maxLength: 2 }),
        ...(prefix === 'prefixItems' && { items: leaf }),
        unevaluatedItems: leaf,
      },
      { requiredKeys: [] },
    )
    return { schema: fc.oneof({ maxDepth: 2, depthSize: 'small' }, leaf, object.map(some)) }
  }).schema
}

/** Of all keywords a few, so that most schemas accept something. */
function some(schema: Readonly<Record<string, unknown>>): Schema {
  const names = Object.keys(schema)
  const kept = names.filter((_, at) => (at * 7 + names.length * 3) % 5 < 2)
  const has = (name: string) => kept.includes(name)
  const isAlone = (name: string) =>
    (/^(?:then|else)$/.test(name) && !has('if')) || (/Contains$/.test(name) && !has('contains'))
  return Object.fromEntries(kept.filter((name) => !isAlone(name)).map((name) => [name, schema[name]]))
}

const value = fc.array(fc.constantFrom<unknown>(1, 2, 'a'), { maxLength: 3 })

describe('Evaluated items, of any schema', () => {
  for (const [draft, prefix] of [
    ['2020-12', 'prefixItems'],
    ['2019-09', 'items'],
  ] as const) {
    it(`are as ${draft} says, or the schema is refused`, () => {
      let checked = 0
      fc.assert(
        fc.property(
          schemas(prefix),
          fc.constantFrom<Schema>(false, { const: 'a' }, true),
          fc.array(value, { minLength: 5, maxLength: 5 }),
          (inner, rest, values) => {
            renewBudget()
            const $schema = `https://json-schema.org/draft/${draft}/schema`
            const schema = {
              ...(typeof inner === 'boolean' ? { allOf: [inner] } : inner),
              unevaluatedItems: rest,
              $schema,
            }
            const matcher = orUsageError(() => validAgainstSchema('a.json', () => JSON.stringify(schema)))
            if (matcher instanceof Error)
              return void expect(matcher.message).to.match(
                /is not supported here|strict mode: "minContains" > "maxContains"/,
              )
            for (const list of values) {
              checked++
              const accepts = matcher.accepts(new Message(1, 0, JSON.stringify(list)))
              expect(accepts, `${JSON.stringify(schema)} of ${JSON.stringify(list)}`).to.equal(
                evaluate(schema, list, draft).isValid,
              )
            }
          },
        ),
        { numRuns: 150 },
      )
      expect(checked).to.be.greaterThan(250)
    }).timeout(60_000)
  }
})

describe('What is evaluated', () => {
  const base = {
    allOf: [{ properties: { a: true }, prefixItems: [true] }],
    unevaluatedProperties: false,
    unevaluatedItems: false,
  }
  const branch = { properties: { a: { const: 2 }, b: true }, prefixItems: [{ const: 2 }] }

  for (const branching of [
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword
    { if: false, then: branch },
    { if: true, else: branch },
    { $defs: { base }, $ref: '#/$defs/base', anyOf: [branch, true] },
    { $defs: { base }, $ref: '#/$defs/base', oneOf: [branch, { not: branch }] },
    { dependentSchemas: { z: branch } },
  ]) {
    it(`is kept where a branch is not taken: ${Object.keys(branching).join(', ')}`, () => {
      const schema = JSON.stringify({ ...base, ...branching })
      const accepts = (text: string) => validAgainstSchema('a.json', () => schema).accepts(new Message(1, 0, text))
      expect(['{"a":1}', '{"a":1,"b":1}', '[1]', '[1,1]'].map(accepts)).to.deep.equal([true, false, true, false])
    })
  }
})

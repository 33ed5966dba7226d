/** Which items and members a schema evaluates is as the drafts say, however its keywords are combined. */

import { expect } from 'chai'
import fc from 'fast-check'
import { orUsageError } from '../../test/support/arbitrary-text'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { isObject } from '../json/json-value'
import { validAgainstSchema } from '../schemas/schema-matcher'

type Schema = boolean | { readonly [keyword: string]: unknown }

/** Whether a value is valid, and which of its items or members are evaluated (2020-12, Core, sections 10 and 11). */
interface Outcome {
  readonly isValid: boolean
  readonly evaluated: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/** An own reading of the specification, as simple as can be. */
function evaluate(schema: Schema, value: unknown, draft: string, definitions = definitionsOf(schema)): Outcome {
  if (typeof schema === 'boolean') return { isValid: schema, evaluated: none }
  const outcomes: Outcome[] = []
  const one = (inner: unknown, of: unknown = value) => evaluate(inner as Schema, of, draft, definitions)
  const all = (inner: unknown) => (inner as Schema[]).map((branch) => one(branch))
  const claim = (isValid: boolean, evaluated: Iterable<string> = none) =>
    outcomes.push({ isValid, evaluated: new Set(isValid ? evaluated : none) })
  const merged = (valid: readonly Outcome[]) =>
    valid.flatMap(({ isValid, evaluated }) => (isValid ? [...evaluated] : []))
  const known = () => new Set(merged(outcomes))
  if ('const' in schema) claim(schema.const === value)
  if ('$ref' in schema) outcomes.push(one(definitions[String(schema.$ref).replace('#/$defs/', '')]))
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
    outcomes.push({ isValid: true, evaluated: condition.isValid ? condition.evaluated : none })
    if (consequence !== undefined) outcomes.push(one(consequence))
  }
  /** Applies a schema to some of the items or members, which are evaluated then. */
  const claimEach = (inner: unknown, names: Iterable<string>) => {
    const each = [...names]
    claim(
      each.every((name) => one(inner, (value as Record<string, unknown>)[name]).isValid),
      each,
    )
  }
  if (Array.isArray(value)) {
    const prefix = (schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : [])) as Schema[]
    const names = Object.keys(value)
    for (const [at, inner] of prefix.entries()) claimEach(inner, names.slice(at, at + 1))
    if ('items' in schema && !Array.isArray(schema.items)) claimEach(schema.items, names.slice(prefix.length))
    if ('contains' in schema) {
      const found = names.filter((_, at) => one(schema.contains, value[at]).isValid)
      const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema as Record<string, number>
      claim(found.length >= minContains && found.length <= maxContains, draft === '2020-12' ? found : none)
    }
    if ('unevaluatedItems' in schema) {
      const evaluated = known()
      claimEach(
        schema.unevaluatedItems,
        names.filter((name) => !evaluated.has(name)),
      )
    }
  } else if (isObject(value)) {
    const names = Object.keys(value)
    const { properties = {}, patternProperties = {}, dependentSchemas = {} } = schema as Record<string, object>
    for (const [own, inner] of Object.entries(properties))
      claimEach(
        inner,
        names.filter((name) => name === own),
      )
    for (const [pattern, inner] of Object.entries(patternProperties))
      claimEach(
        inner,
        names.filter((name) => new RegExp(pattern, 'u').test(name)),
      )
    for (const [name, inner] of Object.entries(dependentSchemas)) if (names.includes(name)) outcomes.push(one(inner))
    if ('additionalProperties' in schema) {
      const isAdditional = (name: string) =>
        !Object.hasOwn(properties, name) &&
        Object.keys(patternProperties).every((pattern) => !new RegExp(pattern, 'u').test(name))
      claimEach(schema.additionalProperties, names.filter(isAdditional))
    }
    if ('unevaluatedProperties' in schema) {
      const evaluated = known()
      claimEach(
        schema.unevaluatedProperties,
        names.filter((name) => !evaluated.has(name)),
      )
    }
  }
  const isValid = outcomes.every((outcome) => outcome.isValid)
  return { isValid, evaluated: isValid ? known() : none }
}

function definitionsOf(schema: Schema): Readonly<Record<string, Schema>> {
  return ((schema as Record<string, unknown>).$defs ?? {}) as Record<string, Schema>
}

const leaf: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  true,
  false,
  {},
  { const: 1 },
  { const: 'a' },
  { not: { const: 1 } },
)

/** Names of members, some of which each object inherits. */
const NAMES = ['a', 'b', 'constructor', '__proto__'] as const

/** `__proto__` has no schema of its own. */
const named = fc.constantFrom(...NAMES.slice(0, 3))

/** Keywords that apply to items and members, and tell which of them are evaluated. */
function evaluatingKeywords(draft: string, inner: fc.Arbitrary<unknown>): Record<string, fc.Arbitrary<unknown>> {
  const prefix = draft === '2020-12' ? 'prefixItems' : 'items'
  const membersOf = (names: fc.Arbitrary<string>) =>
    fc.dictionary(names, inner, { minKeys: 1, maxKeys: 2, noNullPrototype: true })
  return {
    contains: inner,
    minContains: fc.nat(2),
    maxContains: fc.nat(2),
    ...(prefix === 'prefixItems' && { items: inner }),
    [prefix]: fc.array(inner, { minLength: 1, maxLength: 2 }),
    unevaluatedItems: inner,
    properties: membersOf(named),
    patternProperties: membersOf(fc.constantFrom('^[ab]$', 'o')),
    dependentSchemas: membersOf(named),
    additionalProperties: inner,
    unevaluatedProperties: inner,
  }
}

/** Schemas of items and members, deeper ones less often. */
function schemas(draft: string): fc.Arbitrary<Schema> {
  return fc.letrec<{ schema: Schema }>((tie) => {
    const branches = fc.array(tie('schema'), { minLength: 1, maxLength: 2 })
    const object = fc.record(
      {
        $ref: fc.constantFrom('#/$defs/one', '#/$defs/two'),
        allOf: branches,
        anyOf: branches,
        oneOf: branches,
        not: tie('schema'),
        if: tie('schema'),
        // biome-ignore lint/suspicious/noThenProperty: it is a keyword
        then: tie('schema'),
        else: tie('schema'),
        ...evaluatingKeywords(draft, tie('schema')),
      },
      { requiredKeys: [] },
    )
    return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, object.map(some)) }
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

/** The JSON of values, in which members may have any name. */
const texts = fc.letrec<{ value: string }>((tie) => {
  const member = fc.record({ name: fc.constantFrom<string>(...NAMES), text: tie('value') })
  const members = fc.uniqueArray(member, { maxLength: 3, selector: ({ name }) => name })
  return {
    value: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      fc.constantFrom('1', '2', '"a"'),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
      members.map((all) => `{${all.map(({ name, text }) => `${JSON.stringify(name)}:${text}`).join()}}`),
    ),
  }
}).value

describe('Evaluated items and members', () => {
  for (const draft of ['2020-12', '2019-09']) {
    it(`are as ${draft} says, of any schema, or it is refused`, () => {
      let checked = 0
      const any = schemas(draft)
      // References lead to schemas in which there are none.
      const definition = any.filter((schema) => !JSON.stringify(schema).includes('$ref'))
      fc.assert(
        fc.property(
          any,
          fc.record({ one: definition, two: definition }),
          fc.subarray(['unevaluatedItems', 'unevaluatedProperties']),
          fc.constantFrom<Schema>(false, { const: 'a' }),
          fc.array(texts, { minLength: 5, maxLength: 5 }),
          (inner, $defs, keywords, rest, values) => {
            const branches = typeof inner === 'boolean' ? { allOf: [inner] } : inner
            const own = { ...branches, ...Object.fromEntries(keywords.map((keyword) => [keyword, rest])) }
            const $schema = `https://json-schema.org/draft/${draft}/schema`
            const check = (schema: object, messages: readonly string[]) => {
              renewBudget()
              const source = JSON.stringify({ ...schema, $defs, $schema })
              const matcher = orUsageError(() => validAgainstSchema('a.json', () => source))
              if (matcher instanceof Error) return void expect(matcher.message).to.match(/is not supported here/)
              for (const text of messages) {
                renewBudget()
                checked++
                const { isValid } = evaluate({ ...schema, $defs }, JSON.parse(text), draft)
                expect(matcher.accepts(new Message(1, 0, text)), `${source} of ${text}`).to.equal(isValid)
              }
            }
            check(own, values)
            // What is evaluated of one item is not of the next one.
            check(
              { items: own },
              values.map((value, at) => `[${values[at - 1] ?? value},${value}]`),
            )
          },
        ),
        { numRuns: 150 },
      )
      expect(checked).to.be.greaterThan(500)
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

/** Keywords that apply schemas, where Ajv's own are not as the drafts say: most of it is about what is evaluated. */

import type { Ajv, CodeKeywordDefinition, KeywordCxt, Name } from 'ajv'
import type { SchemaCxt } from 'ajv/dist/compile'
import { limitedCode } from './limited-errors'

/** Puts them in the place of Ajv's. */
export function replaceEvaluatingKeywords(ajv: Ajv): void {
  for (const [keyword, codeOf] of Object.entries(KEYWORDS)) {
    const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition | boolean
    // Older drafts have not all of them.
    if (typeof definition === 'boolean') continue
    const { code } = definition
    ajv.removeKeyword(keyword).addKeyword({ ...definition, code: codeOf(code) })
  }
  for (const [keyword, codeOf] of Object.entries(IN_PLACE)) {
    const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition | boolean
    if (typeof definition !== 'boolean') definition.code = codeOf(definition.code)
  }
}

type Code = CodeKeywordDefinition['code']

const KEYWORDS: Readonly<Record<string, (code: Code) => Code>> = {
  $ref: referringCode,
  $dynamicRef: referringCode,
  $recursiveRef: referringCode,
  patternProperties: (code) => memberCode(limitedCode(code)),
  anyOf: branchingCode,
  oneOf: branchingCode,
  dependentSchemas: memberCode,
  contains: containsCode,
  if: (code) => branchingCode(ifCode(code)),
  items: (code) => tupleCode(limitedCode(code)),
  prefixItems: tupleCode,
  unevaluatedItems: (code) => unevaluatedItemsCode(limitedCode(code)),
  // A keyword that is put in another's place comes last, and this one has to come after all of them.
  unevaluatedProperties: limitedCode,
}

/** Those that stay where they are among the others. */
const IN_PLACE: Readonly<Record<string, (code: Code) => Code>> = {
  additionalProperties: limitedCode,
  propertyNames: limitedCode,
  additionalItems: (code) => effectiveCode(limitedCode(code), ({ parentSchema }) => Array.isArray(parentSchema.items)),
  // Besides, they are part of the code of those beside which they stand.
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword.
  then: (code) => effectiveCode(code, ({ parentSchema }) => 'if' in parentSchema),
  else: (code) => effectiveCode(code, ({ parentSchema }) => 'if' in parentSchema),
  minContains: (code) => effectiveCode(code, ({ parentSchema }) => 'contains' in parentSchema),
  maxContains: (code) => effectiveCode(code, ({ parentSchema }) => 'contains' in parentSchema),
  $recursiveAnchor: (code) => effectiveCode(code, ({ schema }) => schema),
}

/** Ajv takes a keyword for an error that has no effect where it stands. */
function effectiveCode(code: Code, hasEffect: (context: KeywordCxt) => boolean): Code {
  return (context) => {
    if (hasEffect(context)) code(context)
  }
}

/** What branches evaluate is added to what other keywords have; by itself, Ajv adds it also where a branch is not taken. */
function branchingCode(code: Code): Code {
  return (context) => {
    keepItems(context)
    keepMembers(context)
    code(context)
  }
}

/** The same of keywords for objects alone: where they are not applied, of lists, their variables have no value. */
function memberCode(code: Code): Code {
  return (context) => {
    const { it } = context
    const { items } = it
    keepMembers(context)
    code(context)
    it.items = items as NonNullable<typeof items>
  }
}

/** By itself, Ajv adds what others evaluate to what the schema does to which a reference leads, for each message that follows. */
function referringCode(code: Code): Code {
  return (context) => {
    code(context)
    keepMembers(context)
  }
}

/** Has a variable hold how many items the schema has evaluated so far. */
function keepItems({ it, gen }: KeywordCxt): void {
  const { items = 0 } = it
  if (it.opts.unevaluated && typeof items === 'number') it.items = gen.var('items', items)
}

/** Has a variable of its own hold which members the schema has evaluated so far. */
function keepMembers({ it, gen }: KeywordCxt): void {
  const { props } = it
  if (!it.opts.unevaluated || props === true) return
  const { _, Name } = require('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen')
  const { setEvaluated } = require('ajv/dist/compile/util') as typeof import('ajv/dist/compile/util')
  // Without what each object inherits, such as `constructor`.
  const own = gen.var('props', _`Object.create(null)`)
  if (props instanceof Name) gen.code(_`${own} = ${props} === true || Object.assign(${own}, ${props})`)
  else setEvaluated(gen, own, props ?? {})
  it.props = own
}

/**
 * Ajv takes a list without items, within another list, for one that contains what the list before it does; counts all items as
 * evaluated if one is contained; and takes a `contains` that allows none for an error.
 */
function containsCode(): Code {
  return (context) => {
    const { _ } = require('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen')
    const { Type } = require('ajv/dist/compile/util') as typeof import('ajv/dist/compile/util')
    const { it, gen, data, parentSchema } = context
    const { minContains: min = 1, maxContains: max } = it.opts.next ? parentSchema : {}
    const count = gen.let('count', 0)
    const valid = gen.name('valid')
    gen.forRange('i', 0, _`${data}.length`, (dataProp) => {
      context.subschema({ keyword: 'contains', dataProp, dataPropType: Type.Num, compositeRule: true }, valid)
      gen.if(valid, () => gen.code(_`${count}++`))
    })
    context.setParams({ min, max })
    context.result(_`${count} >= ${min} && ${count} <= ${max ?? Number.POSITIVE_INFINITY}`, () => context.reset())
  }
}

/** Where one error is enough, Ajv looks at no further keyword if a list is too short for an item that has a schema of its own. */
function tupleCode(code: Code): Code {
  return (context) => {
    if (Array.isArray(context.schema)) context.ok = () => {}
    code(context)
  }
}

/** Ajv takes a number of items that no branch has set for all of them, and all of them for the number 1. */
function unevaluatedItemsCode(code: Code): Code {
  return (context) => {
    const { _, Name } = require('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen')
    const { gen, it } = context
    const { items } = it
    if (items instanceof Name) gen.assign(items, _`${items} === true ? Infinity : ${items} || 0`)
    code(context)
  }
}

/** Ajv counts what a condition evaluates also where it does not hold, and takes one without consequences for an error. */
function ifCode(code: Code): Code {
  return (context) => {
    const { alwaysValidSchema } = require('ajv/dist/compile/util') as typeof import('ajv/dist/compile/util')
    const { it, parentSchema, gen } = context
    const consequences = [parentSchema.then, parentSchema.else]
    if (consequences.every((one) => one === undefined || alwaysValidSchema(it, one))) {
      const holds = gen.name('_valid')
      const condition = { keyword: 'if', compositeRule: true, createErrors: false, allErrors: false } as const
      context.mergeValidEvaluated(context.subschema(condition, holds), holds)
      context.reset()
    } else {
      mergeWhereValid(context)
      code(context)
    }
  }
}

/** Makes the first merge of what a schema evaluates depend on whether it is valid. */
function mergeWhereValid(context: KeywordCxt): void {
  let holds: Name
  Object.assign(context, {
    subschema(this: KeywordCxt, schema: Parameters<KeywordCxt['subschema']>[0], valid: Name): SchemaCxt {
      holds ??= valid
      return Object.getPrototypeOf(this).subschema.call(this, schema, valid)
    },
    mergeEvaluated(this: KeywordCxt, schema: SchemaCxt): void {
      // From here on merges are those of Ajv.
      delete (this as Partial<KeywordCxt>).mergeEvaluated
      this.mergeValidEvaluated(schema, holds)
    },
  })
}

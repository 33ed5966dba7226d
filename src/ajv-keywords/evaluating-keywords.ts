/** Keywords that apply schemas, where Ajv's own are not as the drafts say: most of it is about what is evaluated. */

import type { Ajv, CodeKeywordDefinition, KeywordCxt, Name } from 'ajv'
import type { SchemaCxt } from 'ajv/dist/compile'

/** Puts them in the place of Ajv's. */
export function replaceEvaluatingKeywords(ajv: Ajv): void {
  for (const [keyword, codeOf] of Object.entries(KEYWORDS)) {
    const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition | boolean
    // Older drafts have not all of them.
    if (typeof definition === 'boolean') continue
    const { code } = definition
    ajv.removeKeyword(keyword).addKeyword({ ...definition, code: codeOf(code) })
  }
}

type Code = CodeKeywordDefinition['code']

const KEYWORDS: Readonly<Record<string, (code: Code) => Code>> = {
  anyOf: branchingCode,
  oneOf: branchingCode,
  dependentSchemas: branchingCode,
  contains: containsCode,
  if: (code) => branchingCode(ifCode(code)),
  items: tupleCode,
  prefixItems: tupleCode,
  unevaluatedItems: unevaluatedItemsCode,
  // A keyword that is put in another's place comes last, and this one has to come after all of them.
  unevaluatedProperties: (code) => code,
}

/** Ajv forgets what other keywords have evaluated where a branch adds to it, and is not taken. */
function branchingCode(code: Code): Code {
  return (context) => {
    const { it, gen } = context
    if (it.opts.unevaluated) {
      const { Name } = require('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen')
      const { evaluatedPropsToName } = require('ajv/dist/compile/util') as typeof import('ajv/dist/compile/util')
      if (typeof it.items === 'number') it.items = gen.var('items', it.items)
      if (typeof it.props === 'object' && !(it.props instanceof Name)) it.props = evaluatedPropsToName(gen, it.props)
    }
    code(context)
  }
}

/** Ajv counts all items as evaluated if one is contained, and takes a `contains` that allows none for an error. */
function containsCode(code: Code): Code {
  return (context) => {
    const { it, parentSchema } = context
    if (it.opts.next && parentSchema.minContains === 0 && parentSchema.maxContains === undefined) return
    const { items } = it
    code(context)
    it.items = items as NonNullable<typeof items>
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

/** Keywords that are about each item or member stop where enough of these are wrong to say what is. */

import type { CodeKeywordDefinition } from 'ajv'

type Code = CodeKeywordDefinition['code']

/** After so many errors below one keyword no others are looked for: whatever they are, the value is not valid. */
export const MAX_ERRORS = 100

/** By itself, Ajv makes an error of each item or member, with a path that may be as long as the message. */
export function limitedCode(code: Code): Code {
  return (context) => {
    const { schema, keyword, gen } = context
    // A list of schemas has an error of each at most.
    if (Array.isArray(schema)) return code(context)
    const { _ } = require('ajv/dist/compile/codegen') as typeof import('ajv/dist/compile/codegen')
    const { default: names } = require('ajv/dist/compile/names') as typeof import('ajv/dist/compile/names')
    const before = gen.const('before', names.errors)
    // What the loop over the items or members does with each of them.
    const method = schema === false && keyword.endsWith('Properties') ? 'error' : 'subschema'
    const original = context[method].bind(context) as (...them: unknown[]) => unknown
    Object.assign(context, {
      [method](...them: unknown[]) {
        gen.if(_`${names.errors} - ${before} > ${MAX_ERRORS}`, () => gen.break())
        return original(...them)
      },
    })
    code(context)
  }
}

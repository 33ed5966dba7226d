/** The keywords and formats of a JSON Schema: one that is misspelt would check nothing. */

import { draftNamedIn } from '../documents/json-schema-drafts'
import { UsageError } from '../errors'
import { isObject } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { patternProblem } from '../text/pattern'
import type { SchemaPart } from './schema-files'
import { isOwn, MAPS, VALUES } from './subschemas'

/** What a draft of JSON Schema has. */
export interface SchemaDraft {
  /** Such as `2020-12`. */
  readonly name: string
  readonly keywords: readonly string[]
  readonly formats: readonly string[]
}

/** Formats of JSON Schema that are not checked. */
export const UNCHECKED_FORMATS = ['idn-email', 'idn-hostname']

/** Keywords that some drafts have. */
const OF_SOME_DRAFTS = [
  ...['additionalItems', 'dependentRequired', 'dependentSchemas', 'minContains', 'maxContains', 'prefixItems'],
  ...[
    'unevaluatedItems',
    'unevaluatedProperties',
    '$dynamicRef',
    '$dynamicAnchor',
    '$recursiveRef',
    '$recursiveAnchor',
  ],
]

/** Keywords of another draft that Ajv knows in this one, too, where they would check nothing. */
const OF_OTHER_DRAFTS: Readonly<Record<string, readonly string[]>> = {
  '2020-12': ['$recursiveRef', '$recursiveAnchor'],
  '2019-09': ['$dynamicRef', '$dynamicAnchor'],
}

/**
 * Makes sure that a schema has no keyword or format that its draft does not know, but for names that begin with `x-`,
 * which are returned.
 * @param path of the schema's file
 * @throws UsageError that names it and its place
 */
export function requireKnownKeywords(path: string, part: SchemaPart, draft: SchemaDraft): string[] {
  const own = new Set<string>()
  for (const { pointer, name, value } of keywordsOf(part.schema, `#${part.pointer}`)) {
    const problem = keywordProblem(name, draft) ?? valueProblem(name, value, draft)
    if (problem) throw new UsageError(`The schema ${quoted(path)} has an error at ${excerpt(pointer)}: ${problem}.`)
    if (isOwn(name)) own.add(name)
  }
  return [...own]
}

interface Keyword {
  /** Of the schema that has it. */
  readonly pointer: string
  readonly name: string
  readonly value: unknown
}

function* keywordsOf(schema: unknown, pointer: string): Generator<Keyword> {
  if (Array.isArray(schema)) {
    for (const [index, item] of schema.entries()) yield* keywordsOf(item, `${pointer}/${index}`)
  }
  if (!isObject(schema)) return
  for (const [name, value] of Object.entries(schema)) {
    yield { pointer, name, value }
    if (isOwn(name) || VALUES.includes(name)) continue
    if (!MAPS.includes(name) || !isObject(value)) yield* keywordsOf(value, `${pointer}/${name}`)
    else for (const [member, one] of Object.entries(value)) yield* keywordsOf(one, `${pointer}/${name}/${member}`)
  }
}

function keywordProblem(name: string, { name: draft, keywords }: SchemaDraft): string | undefined {
  if (isOwn(name)) return undefined
  if (keywords.includes(name) && !OF_OTHER_DRAFTS[draft]?.includes(name)) return undefined
  if (OF_SOME_DRAFTS.includes(name)) {
    return `${quoted(name)} is not a keyword of ${draft}. If it is written for another draft, say so in "$schema"`
  }
  const hint = nearest(name, keywords)
  const advice = hint ? `Did you mean ${quoted(hint)}? ` : ''
  return `${quoted(name)} is not a known keyword, and would check nothing. ${advice}One of your own begins with x-`
}

function valueProblem(name: string, value: unknown, { name: draft, formats }: SchemaDraft): string | undefined {
  if (name === 'items' && Array.isArray(value) && draft === '2020-12') {
    return 'since 2020-12 a list of schemas is "prefixItems". If it is written for an older draft, say so in "$schema"'
  }
  if (MAPS.includes(name) && isObject(value) && Object.hasOwn(value, '__proto__')) {
    return 'a member named "__proto__" cannot be checked'
  }
  if (name === '$schema' && draftNamedIn(String(value)) !== draft) {
    return `a schema of ${draft} cannot have one of ${quoted(String(value))} in it. Write that one into a file of its own`
  }
  if (name === '$recursiveRef' && value !== '#')
    return 'a "$recursiveRef" is always "#". Refer to another place by "$ref"'
  if (name === 'pattern' || name === 'patternProperties')
    return patternProblem(name === 'pattern' ? [value] : Object.keys(Object(value)))
  if (name !== 'format' || typeof value !== 'string' || formats.includes(value)) return undefined
  const hint = nearest(value, formats)
  return `${quoted(value)} is not a known format. ${hint ? `It may be ${quoted(hint)}` : `There are ${formats.join(', ')}`}`
}

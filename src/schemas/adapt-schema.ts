/** Schemas as Ajv has to be given them, so that it reads them as their draft says; what it would misread is refused. */

import { namesIn, pointerTo } from '../documents/json-pointer'
import { UsageError } from '../errors'
import { defineMember, isContainer, isObject } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'
import type { SchemaFile } from './schema-files'
import { isOwn, type Subschema, subschemasOf, withSubschemas } from './subschemas'

type Schema = Readonly<Record<string, unknown>>

/** A schema of a document, and what it stands in. */
interface Place {
  /** Where it is within the nearest schema that has an address of its own. */
  readonly pointer: string
  /** That schema. */
  readonly resource: Schema
  /** Whether it is applied where it stands, within another schema. */
  readonly isApplied: boolean
}

/**
 * Adapts the documents of a schema to Ajv.
 * @throws UsageError for what Ajv would read otherwise than their draft says
 */
export function adaptSchemas(files: readonly SchemaFile[], draft: string): readonly SchemaFile[] {
  const isStatic = staticIn(files, draft)
  for (const file of files) requireReadable(file, { files, isStatic }, draft)
  const adapt = ADAPTATIONS[draft] ?? withoutSiblings
  return files.map((file) => {
    const replace = (part: unknown, pointer: string) => {
      const adapted = adapt(part, pointer)
      return withReferenceApart(isStatic ? withStaticReferences(adapted, file.schema as Schema, isStatic) : adapted)
    }
    const copies = new Set<object>()
    // What stands in another one after that.
    const parts = file.parts.toSorted((one, other) => one.pointer.length - other.pointer.length)
    const schema = parts.reduce<object>(
      (document, { pointer }) => replaceAt(document, namesIn(pointer), { replace, copies }),
      file.schema,
    )
    return { ...file, schema: withAddress(withRootAnchors(schema, draft), file.address, draft) }
  })
}

/** What is adapted in a draft; in older ones what stands beside `$ref`. */
const ADAPTATIONS: Readonly<Record<string, (part: unknown, pointer: string) => unknown>> = {
  '2020-12': countContained,
  '2019-09': (part) => part,
}

/** Ajv does not resolve the `$id` of a document against the address from which it was read (2020-12, Core, section 9.1.1). */
function withAddress(document: object, address: string, draft: string): object {
  const { $id } = document as Schema
  // In older drafts it may be an anchor alone; in others that is an error.
  if (typeof $id !== 'string' || ($id.startsWith('#') && draft in ADAPTATIONS)) return document
  return { ...document, $id: $id.startsWith('#') ? address : (parseUrl($id, address) as URL).href }
}

/** Ajv knows no anchor of a document itself: it is given one of a schema that refers to the document. */
function withRootAnchors(document: object, draft: string): object {
  const { $anchor, $dynamicAnchor, $id } = document as Schema
  const isOfOldDraft = !(draft in ADAPTATIONS)
  const names = isOfOldDraft ? [/^#./.test(String($id)) && $id] : [$anchor, $dynamicAnchor]
  const aliases = names.flatMap((name) => {
    if (typeof name !== 'string') return []
    return [[`anchor ${name}`, { [isOfOldDraft ? '$id' : '$anchor']: name, allOf: [{ $ref: '#' }] }] as const]
  })
  if (aliases.length === 0) return document
  const keyword = isOfOldDraft ? 'definitions' : '$defs'
  return { ...document, [keyword]: { ...Object((document as Schema)[keyword]), ...Object.fromEntries(aliases) } }
}

/** Whether a schema refers by `$recursiveRef` or `$dynamicRef` to the same place wherever one comes from, as by `$ref`. */
type IsStatic = (schema: Schema, resource: Schema) => boolean

/** Says which ones are; undefined if there are none at all. */
function staticIn(files: readonly SchemaFile[], draft: string): IsStatic | undefined {
  if (!(draft in ADAPTATIONS)) return undefined
  const schemas = files.flatMap((file) => [...schemasOf(file)]).map(({ schema }) => schema)
  const isRecursive = draft === '2019-09'
  if (!schemas.some((schema) => (isRecursive ? '$recursiveRef' : '$dynamicRef') in schema)) return undefined
  const keyword = isRecursive ? '$recursiveAnchor' : '$dynamicAnchor'
  const anchors = schemas.map((schema) => schema[keyword])
  const known = new Set<unknown>()
  const repeated = new Set(anchors.filter((anchor) => known.has(anchor) || !known.add(anchor)))
  if (isRecursive) return (_, { $recursiveAnchor }) => $recursiveAnchor !== true || !repeated.has(true)
  return ({ $dynamicRef }) => /^#[^/]/.test(String($dynamicRef)) && !repeated.has(String($dynamicRef).slice(1))
}

/**
 * Where no schema has been entered that has its anchor, Ajv takes a `$recursiveRef` or a `$dynamicRef` for the schema that was
 * referred to last.
 */
function withStaticReferences(schema: unknown, outer: Schema, isStatic: IsStatic): unknown {
  if (!isObject(schema)) return schema
  const resource = typeof schema.$id === 'string' ? schema : outer
  const copy = withSubschemas(schema, ({ schema: inner }) => withStaticReferences(inner, resource, isStatic))
  const { $recursiveRef, $dynamicRef, ...others } = copy
  const $ref = $recursiveRef ?? $dynamicRef
  if ($ref === undefined || !isStatic(schema, resource)) return copy
  return { ...others, allOf: [...((others.allOf as unknown[] | undefined) ?? []), { $ref }] }
}

/** Where a schema has an `$id` and a `$ref` alone, Ajv takes the one for the other, and looks within the `$ref` for ever. */
function withReferenceApart(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  const { $ref, ...others } = withSubschemas(schema, ({ schema: inner }) => withReferenceApart(inner)) as Schema
  if ($ref === undefined) return others
  const isApart = typeof $ref === 'string' && typeof others.$id === 'string' && !('allOf' in others)
  return isApart ? { ...others, allOf: [{ $ref }] } : { ...others, $ref }
}

interface Replacement {
  readonly replace: (part: unknown, pointer: string) => unknown
  /** What has been copied, so that it may be changed. */
  readonly copies: Set<object>
}

function replaceAt(document: object, steps: readonly string[], replacement: Replacement, pointer = ''): object {
  const { replace, copies } = replacement
  const [step, ...rest] = steps
  const at = typeof (document as Schema).$id === 'string' ? '' : pointer
  if (step === undefined) return replace(document, pointer) as object
  const inner = (document as Schema)[step]
  // It was left out, as it says nothing beside a reference: who refers to it is told that there is nothing.
  if (!isContainer(inner)) return document
  const replaced = replaceAt(inner, rest, replacement, at + pointerTo([step]))
  const copy = copies.has(document) ? document : Array.isArray(document) ? [...document] : { ...document }
  copies.add(copy)
  defineMember(copy, step, replaced)
  return copy
}

/** What is read beside `$ref` in drafts in which it stands alone (draft-07, section 8.3): where other schemas are, and notes. */
const BESIDE_REF = ['$schema', '$id', '$ref', '$comment', 'definitions', 'title', 'description', 'default', 'examples']

function withoutSiblings(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  const isReference = typeof schema.$ref === 'string'
  const read = Object.entries(schema).filter(([name]) => !isReference || BESIDE_REF.includes(name) || isOwn(name))
  return withSubschemas(Object.fromEntries(read), ({ schema: inner }) => withoutSiblings(inner))
}

/** Items that `contains` accepts are evaluated (2020-12, Core, section 10.3.1.3): `unevaluatedItems` accepts them, too. */
function countContained(schema: unknown, pointer: string): unknown {
  if (!isObject(schema)) return schema
  const at = typeof schema.$id === 'string' ? '' : pointer
  const adapted = withSubschemas(schema, ({ steps, schema: inner }) => countContained(inner, at + pointerTo(steps)))
  if (!('contains' in adapted && 'unevaluatedItems' in adapted)) return adapted
  const contained = { $ref: `#${encodeURI(`${at}/contains`).replaceAll('#', '%23')}` }
  return { ...adapted, unevaluatedItems: { anyOf: [contained, adapted.unevaluatedItems] } }
}

/** Schemas that are applied to the same value as the one that has them. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', '$ref', '$dynamicRef']

/** All documents, and which references in them are adapted. */
interface Documents {
  readonly files: readonly SchemaFile[]
  readonly isStatic: IsStatic | undefined
}

function requireReadable(file: SchemaFile, documents: Documents, draft: string): void {
  const problemOf = PROBLEMS[draft]
  if (!problemOf) return
  for (const { schema, place } of schemasOf(file)) {
    const problem = problemOf(schema, place, documents)
    if (problem)
      throw new UsageError(`The schema ${quoted(file.path)} has an error at #${excerpt(place.pointer)}: ${problem}.`)
  }
}

/** What of a schema Ajv would misread, in words. */
const PROBLEMS: Readonly<Record<string, (schema: Schema, place: Place, documents: Documents) => string | undefined>> = {
  '2020-12': (schema, place, documents) =>
    dynamicProblem(schema, place, documents) ?? unevaluatedProblem(schema, documents),
  '2019-09': recursiveProblem,
}

/** Ajv takes it for the schema from which it has set out. */
function recursiveProblem(
  schema: Schema,
  { isApplied, resource }: Place,
  { files, isStatic }: Documents,
): string | undefined {
  if (!('$recursiveRef' in schema) || isStatic?.(schema, resource)) return undefined
  if (!isApplied) return enteredProblem('$recursiveAnchor', files)
  return 'a "$recursiveRef" is not supported in a schema with an "$id" of its own within another one. Refer to it by "$ref"'
}

function dynamicProblem(schema: Schema, { resource }: Place, { files, isStatic }: Documents): string | undefined {
  const { $dynamicRef } = schema
  if (typeof $dynamicRef !== 'string') return undefined
  const anchor = $dynamicRef.replace(/^#/, '')
  // Ajv would find what every object has of that name.
  if (anchor in {}) return `a "$dynamicAnchor" cannot have the name ${quoted(anchor)}`
  if (isStatic?.(schema, resource)) return undefined
  const isTopmost = ({ schema, place }: Found) => schema.$dynamicAnchor !== anchor || schema === place.resource
  if (resource.$dynamicAnchor === anchor && files.flatMap((file) => [...schemasOf(file)]).every(isTopmost))
    return enteredProblem('$dynamicAnchor', files)
  return (
    `the "$dynamicRef" ${quoted($dynamicRef)} is not supported, since its "$dynamicAnchor" stands deeper than its "$id", or ` +
    'than the top of the file. Refer to it by "$ref"'
  )
}

/** Ajv knows an anchor once the schema has been entered that has it. */
function enteredProblem(keyword: string, files: readonly SchemaFile[]): string | undefined {
  if (!files.some(({ isEnteredWithin }) => isEnteredWithin)) return undefined
  return (
    `it is not supported, since several schemas have its ${quoted(keyword)}, and a part of one is referred to from outside. ` +
    'Refer to it by "$ref"'
  )
}

function unevaluatedProblem(schema: Schema, { files }: Documents): string | undefined {
  if (!('unevaluatedItems' in schema) || !IN_PLACE.some((name) => name in schema)) return undefined
  const others = files.flatMap((file) => [...schemasOf(file)]).filter((found) => found.schema !== schema)
  if (!others.some((other) => 'contains' in other.schema)) return undefined
  return (
    '"unevaluatedItems" is not supported here, since another schema may apply with "contains" to the same list. Write both ' +
    'in one schema, without allOf and the like between them'
  )
}

interface Found {
  readonly schema: Schema
  readonly place: Place
}

/** All schemas of the parts of a document. */
function* schemasOf(file: SchemaFile): Generator<Found> {
  for (const { pointer, schema } of file.parts)
    yield* within({ steps: [], schema }, { pointer, resource: file.schema as Schema, isApplied: false })
}

function* within({ steps, schema }: Subschema, outer: Place): Generator<Found> {
  if (!isObject(schema)) return
  const hasAddress = typeof schema.$id === 'string'
  const pointer = outer.pointer + pointerTo(steps)
  const isApplied = steps.length > 0 && !['$defs', 'definitions'].includes(steps[0] as string)
  const place = hasAddress ? { pointer, resource: schema, isApplied } : { ...outer, pointer }
  yield { schema, place }
  for (const inner of subschemasOf(schema)) yield* within(inner, place)
}

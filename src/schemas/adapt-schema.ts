/** Schemas as Ajv has to be given them, so that it reads them as their draft says; what it would misread is refused. */

import { UsageError } from '../errors'
import { isObject } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'
import type { SchemaFile } from './schema-files'
import { type Subschema, subschemasOf, withSubschemas } from './subschemas'

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
  for (const file of files) requireReadable(file, files, draft)
  const adapt = ADAPTATIONS[draft] ?? withoutSiblings
  return files.map((file) => {
    const replace = (part: unknown, pointer: string) => withReferenceApart(adapt(part, pointer))
    const copies = new Set<object>()
    const schema = file.parts.reduce<object>(
      (document, { pointer }) => replaceAt(document, pointer.split('/').slice(1), { replace, copies }),
      file.schema,
    )
    return { ...file, schema: withAddress(schema, file.address, draft) }
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
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
  const inner = replaceAt((document as Record<string, object>)[name] as object, rest, replacement, `${at}/${step}`)
  const copy = copies.has(document) ? document : Array.isArray(document) ? [...document] : { ...document }
  copies.add(copy)
  Object.defineProperty(copy, name, { value: inner, writable: true, enumerable: true, configurable: true })
  return copy
}

/** What is read beside `$ref` in drafts in which it stands alone (draft-07, section 8.3): where other schemas are, and notes. */
const BESIDE_REF = ['$schema', '$id', '$ref', '$comment', 'definitions', 'title', 'description']

function withoutSiblings(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  const isReference = typeof schema.$ref === 'string'
  const read = Object.entries(schema).filter(([name]) => !isReference || BESIDE_REF.includes(name))
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

function pointerTo(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Schemas that are applied to the same value as the one that has them. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', '$ref', '$dynamicRef']

function requireReadable(file: SchemaFile, files: readonly SchemaFile[], draft: string): void {
  const problemOf = PROBLEMS[draft]
  if (!problemOf) return
  for (const { schema, place } of schemasOf(file)) {
    const problem = problemOf(schema, place, files)
    if (problem)
      throw new UsageError(`The schema ${quoted(file.path)} has an error at #${excerpt(place.pointer)}: ${problem}.`)
  }
}

/** What of a schema Ajv would misread, in words. */
const PROBLEMS: Readonly<
  Record<string, (schema: Schema, place: Place, files: readonly SchemaFile[]) => string | undefined>
> = {
  '2020-12': (schema, place, files) => dynamicProblem(schema, place, files) ?? unevaluatedProblem(schema, files),
  '2019-09': recursiveProblem,
}

/** Ajv takes it for the schema from which it has set out. */
function recursiveProblem(schema: Schema, { isApplied }: Place): string | undefined {
  if (!('$recursiveRef' in schema) || !isApplied) return undefined
  return 'a "$recursiveRef" is not supported in a schema with an "$id" of its own within another one. Refer to it by "$ref"'
}

function dynamicProblem(
  { $dynamicRef }: Schema,
  { resource }: Place,
  files: readonly SchemaFile[],
): string | undefined {
  if (typeof $dynamicRef !== 'string') return undefined
  const anchor = $dynamicRef.replace(/^#/, '')
  // Ajv would find what every object has of that name.
  if (anchor in {}) return `a "$dynamicAnchor" cannot have the name ${quoted(anchor)}`
  const isTopmost = ({ schema, place }: Found) => schema.$dynamicAnchor !== anchor || schema === place.resource
  if (resource.$dynamicAnchor === anchor && files.flatMap((file) => [...schemasOf(file)]).every(isTopmost))
    return undefined
  return (
    `the "$dynamicRef" ${quoted($dynamicRef)} is not supported, since its "$dynamicAnchor" stands deeper than its "$id", or ` +
    'than the top of the file. Refer to it by "$ref"'
  )
}

function unevaluatedProblem(schema: Schema, files: readonly SchemaFile[]): string | undefined {
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

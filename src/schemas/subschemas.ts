/** Where a schema has schemas in it, and where any JSON, which is none. */

import { defineMember, isContainer, isObject } from '../json/json-value'

/** Keywords whose members are named by the writer, and are schemas. */
export const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']

/** Keywords of OpenAPI, AsyncAPI and JSON Schema that describe a schema, and check nothing. */
export const ANNOTATIONS = ['$anchor', 'discriminator', 'example', 'externalDocs', 'xml']

/** Keywords whose value is any JSON. */
export const VALUES = ['const', 'enum', 'default', 'examples', 'dependentRequired', '$vocabulary', ...ANNOTATIONS]

/** Whether a keyword is the writer's own. */
export function isOwn(name: string): boolean {
  return name.startsWith('x-')
}

/** A schema within another one, and the names and indices that lead there. */
export interface Subschema {
  readonly steps: readonly string[]
  readonly schema: unknown
}

/** The schemas right within a schema. */
export function* subschemasOf(schema: object): Generator<Subschema> {
  for (const [name, value] of Object.entries(schema)) {
    if (isOwn(name) || VALUES.includes(name) || !isContainer(value)) continue
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) yield { steps: [name, `${index}`], schema: item }
    else if (!MAPS.includes(name)) yield { steps: [name], schema: value }
    else for (const [member, one] of Object.entries(value)) yield { steps: [name, member], schema: one }
  }
}

/** Whether names and indices lead from a schema to one that is part of it, and not to what only looks like one. */
export function leadsToSubschema(schema: unknown, steps: readonly string[]): boolean {
  const [name, ...rest] = steps
  if (name === undefined) return true
  if (!isObject(schema) || isOwn(name) || VALUES.includes(name)) return false
  const value = schema[name]
  if (!Array.isArray(value) && !MAPS.includes(name)) return leadsToSubschema(value, rest)
  const [member, ...behind] = rest
  return member !== undefined && leadsToSubschema(Object(value)[member], behind)
}

/** A schema with each of those right within it replaced. */
export function withSubschemas(schema: object, replace: (inner: Subschema) => unknown): Record<string, unknown> {
  const copy = shallowCopyOf(schema) as Record<string, unknown>
  for (const inner of subschemasOf(schema)) {
    const [name = '', member] = inner.steps
    const replaced = replace(inner)
    if (member === undefined) copy[name] = replaced
    else defineMember(copy[name] as object, member, replaced)
  }
  return copy
}

/** A copy of a schema, and of the lists and maps right in it. */
function shallowCopyOf(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value] : MAPS.includes(name) && isObject(value) ? { ...value } : value,
    ]),
  )
}

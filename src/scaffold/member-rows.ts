/** The rows of a table that says what is in a message: its members that are required, with the values of an example. */

import type { Place } from '../asyncapi-schemas/place'
import { listAt, membersAt, shapeOf } from '../asyncapi-schemas/shape'
import { pointerTo } from '../documents/json-pointer'
import { stringifyJson } from '../json/json-text'
import { isObject } from '../json/json-value'

/** So deep are the members that are written. */
const MAX_DEPTH = 5

/** Members that have the same value in each message are left out: they are in every example. */
export function rowsOf(schema: Place, example: unknown): (readonly [path: string, cell: string])[] {
  return [...membersIn(schema, example, [])].map(({ names, value }) => [pathOf(names), cellOf(value)])
}

interface Member {
  readonly names: readonly string[]
  readonly value: unknown
}

function* membersIn(schema: Place, value: unknown, names: readonly string[]): Generator<Member> {
  if (!isObject(value)) return
  const { required, constants } = shapeOf(schema)
  for (const name of required) {
    if (!Object.hasOwn(value, name) || constants.has(name)) continue
    const member = { names: [...names, name], value: value[name] }
    const inner = memberNamed(name, schema, MAX_DEPTH)
    const rows = inner && names.length < MAX_DEPTH ? [...membersIn(inner, member.value, member.names)] : []
    if (rows.length > 0) yield* rows
    else yield member
  }
}

/** The schema of a member, in whatever part of a schema it is described. */
function memberNamed(name: string, schema: Place, depth: number): Place | undefined {
  const place = schema.followIfPossible()
  if (!place || depth === 0) return undefined
  const own = membersAt(place).find(({ key }) => key === name)
  if (own) return own
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => listAt(place, keyword))
  for (const part of parts) {
    const found = memberNamed(name, part, depth - 1)
    if (found) return found
  }
  return undefined
}

function pathOf(names: readonly string[]): string {
  const isPlain = names.every((name) => /^[A-Za-z_]\w*$/.test(name))
  return isPlain ? names.join('.') : pointerTo(names)
}

/** A text as it is, where it is not read as something else. */
function cellOf(value: unknown): string {
  if (typeof value !== 'string') return literalJson(value)
  const isPlain = value !== '' && value.trim() === value && !/[\p{Cc}]|\$\{/u.test(value) && !isJson(value)
  return isPlain ? value : literalJson(value)
}

/** JSON in which nothing is a variable. */
export function literalJson(value: unknown): string {
  return stringifyJson(value).replaceAll('${', '\\u0024{')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

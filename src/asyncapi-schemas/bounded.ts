/** Schemas by which each small value is validated soon, so that nobody need watch how long that takes. */

import { isContainer, isObject } from '../json/json-value'
import { isOwn, MAPS, VALUES } from '../schemas/subschemas'
import type { Place } from './place'

/** So many schemas may be within one, counted as often as they are referred to. */
const MAX_SCHEMAS = 300

/** Keywords whose time grows faster than values do, or that lead anywhere. */
const UNBOUNDED = /^(?:pattern|patternProperties|uniqueItems|unevaluated\w+|\$dynamicRef|\$recursiveRef)$/

/** Formats that are found out without an expression that could backtrack. */
const FORMATS = new Set(['date', 'time', 'date-time', 'uuid', 'int32', 'int64', 'float', 'double', 'byte', 'binary'])

/** Whether a schema refers to no schema in which it stands, and has neither patterns nor much in it. */
export function isBounded(schema: Place): boolean {
  return new Counter().allows(schema, [])
}

class Counter {
  private left = MAX_SCHEMAS

  allows(schema: Place, outer: readonly string[]): boolean {
    const { value } = schema
    if (this.left-- <= 0 || outer.includes(schema.id)) return false
    if (Array.isArray(value)) return schema.members().every((item) => this.allows(item, outer))
    if (!isObject(value)) return true
    const inner = [...outer, schema.id]
    if (typeof value.$ref === 'string') {
      const target = schema.followIfPossible()
      if (!target || !this.allows(target, inner)) return false
    }
    return Object.entries(value).every(([name, content]) => this.allowsKeyword(name, content, { schema, inner }))
  }

  private allowsKeyword(
    name: string,
    content: unknown,
    { schema, inner }: { readonly schema: Place; readonly inner: readonly string[] },
  ): boolean {
    if (UNBOUNDED.test(name)) return false
    if (name === 'format') return FORMATS.has(String(content))
    if (isOwn(name) || VALUES.includes(name) || !isContainer(content)) return true
    const member = schema.member(name) as Place
    if (!MAPS.includes(name)) return this.allows(member, inner)
    return Object.keys(content).every((key) => {
      const one = member.member(key)
      return one !== undefined && this.allows(one, inner)
    })
  }
}

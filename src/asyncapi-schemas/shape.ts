/** What of a schema can be seen without validating: which members values have, and which of them tell messages apart. */

import { canonicalNumber, ExactNumber } from '../json/exact-number'
import { isContainer, isObject } from '../json/json-value'
import type { Place } from './place'

/** Of what is not known, nothing is said. */
export interface Shape {
  /** The types that values have. */
  readonly types: ReadonlySet<string> | undefined
  readonly required: ReadonlySet<string>
  /** Of members that are described. */
  readonly names: ReadonlySet<string>
  /** Members that have one of a few constant values, as JSON: `event` is `"ping"`. */
  readonly constants: ReadonlyMap<string, ReadonlySet<string>>
  /** Members that have one of several values which one schema lists, as JSON. */
  readonly choices: ReadonlyMap<string, ReadonlySet<string>>
  /** The shapes of members that have members themselves. */
  readonly members: ReadonlyMap<string, Shape>
}

/** So many schemas are looked at for one shape. */
const MAX_SCHEMAS = 1000

/** The shape of what may be anything. */
export const OPEN: Shape = {
  ...{ types: undefined, required: new Set(), names: new Set() },
  ...{ constants: new Map(), choices: new Map(), members: new Map() },
}

/** The shape of the values of a schema. */
export function shapeOf(schema: Place): Shape {
  return new ShapeReader().read(schema, [])
}

class ShapeReader {
  private left = MAX_SCHEMAS

  /** @param outer the ids of the schemas in which it stands */
  read(schema: Place, outer: readonly string[]): Shape {
    const place = schema.followIfPossible()
    if (!place || !isObject(place.value) || outer.includes(place.id) || this.left-- <= 0) return OPEN
    const inner = [...outer, place.id]
    const all = listAt(place, 'allOf').map((one) => this.read(one, inner))
    for (const keyword of ['oneOf', 'anyOf']) {
      const branches = listAt(place, keyword).map((one) => this.read(one, inner))
      if (branches.length > 0) all.push(branches.reduce(either))
    }
    return all.reduce(both, this.readOwn(place, inner))
  }

  private readOwn(place: Place, inner: readonly string[]): Shape {
    const { type, required, nullable } = place.value as Readonly<Record<string, unknown>>
    const types = [type, ...(nullable === true ? ['null'] : [])].flat().map(String)
    const members = membersAt(place)
    const listed = members.flatMap((member) => {
      const values = this.listedIn(member, inner)
      return values ? [[member.key, values] as const] : []
    })
    return {
      types: type === undefined ? typesListedIn(place.value as object) : new Set(types),
      required: new Set(Array.isArray(required) ? required.map(String) : []),
      names: new Set(members.map(({ key }) => key)),
      constants: new Map(listed.filter(([, values]) => values.size === 1)),
      choices: new Map(listed.filter(([, values]) => values.size > 1)),
      members: new Map(members.flatMap((member) => this.readMember(member, inner))),
    }
  }

  private readMember(member: Place, outer: readonly string[]): [string, Shape][] {
    const { value } = member.followIfPossible() ?? {}
    return isObject(value) && 'properties' in value ? [[member.key, this.read(member, outer)]] : []
  }

  /** The values that a member may have, if its schema lists them: a constant is a single one. */
  private listedIn(schema: Place, outer: readonly string[]): ReadonlySet<string> | undefined {
    const place = schema.followIfPossible()
    if (!place || !isObject(place.value) || outer.includes(place.id) || this.left-- <= 0) return undefined
    const { value } = place
    const own = ownValues(value)
    const listed = own && listedValues(own)
    if (listed) return listed
    const inner = [...outer, place.id]
    for (const one of listAt(place, 'allOf')) {
      const values = this.listedIn(one, inner)
      if (values) return values
    }
    return undefined
  }
}

/** The types that a schema itself says of its values, or of those that it lists; undefined where it does not. */
export function typesSaidBy({ value }: Place): ReadonlySet<string> | undefined {
  if (!isObject(value)) return undefined
  return 'type' in value ? new Set([value.type].flat().map(String)) : typesListedIn(value)
}

/** The types of the values that a schema lists. */
function typesListedIn(schema: object): ReadonlySet<string> | undefined {
  const values = ownValues(schema)
  return values && new Set(values.flatMap(typesOf))
}

function ownValues(schema: object): readonly unknown[] | undefined {
  const { enum: listed } = schema as { readonly enum?: unknown }
  const values = 'const' in schema ? [schema.const] : listed
  return Array.isArray(values) ? values : undefined
}

/** Undefined where there is none but objects and lists. */
function listedValues(values: readonly unknown[]): ReadonlySet<string> | undefined {
  const constants = values.map(constantOf)
  return constants.every((constant) => constant === COMPOSITE) ? undefined : new Set(constants)
}

/** The members that a schema describes. */
export function membersAt(schema: Place): Place[] {
  return mapAt(schema, 'properties')
}

/** The values in an object of a schema, by whatever names. */
export function mapAt(schema: Place, keyword: string): Place[] {
  const map = schema.member(keyword)
  return map && isObject(map.value) ? Object.keys(map.value).flatMap((name) => map.member(name) ?? []) : []
}

/** A schema, and those by which the same value is validated: where its reference leads, and those in its `allOf`. */
export function schemasOfSameValue(schema: Place): Place[] {
  return reached(schema, (place) => [...referredBy(place), ...listAt(place, 'allOf')])
}

/** The same, and those by which it may be validated, as the branches of `oneOf` and `if`. */
export function schemasThatMayApply(schema: Place): Place[] {
  return reached(schema, (place) => [
    ...referredBy(place),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listAt(place, keyword)),
    ...['not', 'if', 'then', 'else'].flatMap((keyword) => place.member(keyword) ?? []),
    ...['dependentSchemas', 'dependencies'].flatMap((keyword) => mapAt(place, keyword)),
  ])
}

function referredBy({ referred }: Place): Place[] {
  return referred ? [referred] : []
}

function reached(schema: Place, next: (place: Place) => readonly Place[]): Place[] {
  const found = new Map<string, Place>()
  const pending = [schema]
  for (let place = pending.pop(); place; place = pending.pop()) {
    if (found.has(place.id) || found.size >= MAX_SCHEMAS) continue
    found.set(place.id, place)
    pending.push(...next(place))
  }
  return [...found.values()]
}

/** A value that one of some schemas says itself: an example, its default, or the first that it lists. */
export function exampleIn(schemas: readonly Place[]): Place | undefined {
  const found = schemas.flatMap((schema) => [
    ...listAt(schema, 'examples').slice(0, 1),
    ...['default', 'const'].flatMap((keyword) => schema.member(keyword) ?? []),
    ...listAt(schema, 'enum').slice(0, 1),
  ])
  return found[0]
}

/** The schemas in a list of a schema. */
export function listAt(schema: Place, keyword: string): Place[] {
  const list = schema.member(keyword)
  return list && Array.isArray(list.value) ? list.members() : []
}

/** The shape of what has both. */
function both(one: Shape, other: Shape): Shape {
  return {
    types: one.types ?? other.types,
    required: union(one.required, other.required),
    names: union(one.names, other.names),
    constants: new Map([...other.constants, ...one.constants]),
    choices: new Map([...other.choices, ...one.choices]),
    members: new Map([...other.members, ...one.members]),
  }
}

/** The shape of what has the one or the other. */
function either(one: Shape, other: Shape): Shape {
  const constants = [...one.constants].flatMap(([name, values]) => {
    const others = other.constants.get(name)
    return others ? [[name, union(values, others)] as const] : []
  })
  const listed = listedIn(other)
  const choices = [...listedIn(one)].flatMap(([name, values]) => {
    const others = listed.get(name)
    return others ? [[name, union(values, others)] as const] : []
  })
  return {
    types: one.types && other.types && union(one.types, other.types),
    required: new Set([...one.required].filter((name) => other.required.has(name))),
    names: union(one.names, other.names),
    constants: new Map(constants),
    choices: new Map(choices),
    members: new Map(),
  }
}

/** The values of its members, as far as they are listed. */
function listedIn({ constants, choices }: Shape): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map([...choices, ...constants])
}

function union(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one, ...other])
}

/** What of a value contradicts a shape, so that it need not be validated. */
export function contradicts(shape: Shape, value: unknown): boolean {
  const { types } = shape
  if (types && !typesOf(value).some((type) => types.has(type))) return true
  if (!isObject(value)) return false
  for (const name of shape.required) if (!Object.hasOwn(value, name)) return true
  for (const [name, member] of shape.members)
    if (Object.hasOwn(value, name) && contradicts(member, value[name])) return true
  return !hasConstants(shape, value)
}

/** Whether the members of a value that tell messages apart, as far as it has them, are those of a shape. */
export function hasConstants({ constants }: Shape, value: Readonly<Record<string, unknown>>): boolean {
  for (const [name, values] of constants) if (Object.hasOwn(value, name) && !isOneOf(values, value[name])) return false
  return true
}

function isOneOf(values: ReadonlySet<string>, value: unknown): boolean {
  return values.has(constantOf(value))
}

/** What an object or a list is in the place of a constant. */
const COMPOSITE = ''

/** A value as JSON that all its spellings share. */
export function constantOf(value: unknown): string {
  if (value instanceof ExactNumber) return canonicalNumber(value)
  return isContainer(value) ? COMPOSITE : JSON.stringify(value)
}

/** The types of JSON Schema that a value may have, by what it is in JSON. */
const TYPES: Readonly<Record<'null' | 'array' | 'object' | 'string' | 'boolean' | 'number', readonly string[]>> = {
  ...{ null: ['null'], array: ['array'], object: ['object'], string: ['string'], boolean: ['boolean'] },
  number: ['number', 'integer'],
}

function typesOf(value: unknown): readonly string[] {
  if (value === null) return TYPES.null
  if (Array.isArray(value)) return TYPES.array
  if (typeof value === 'string' || typeof value === 'boolean') return TYPES[typeof value as 'string' | 'boolean']
  return isObject(value) ? TYPES.object : TYPES.number
}

/** How near a value is to a shape: from 0, nothing in common. */
export function likeness({ required, names, constants }: Shape, value: unknown): number {
  if (!isObject(value)) return 0
  const has = (name: string) => Object.hasOwn(value, name)
  const known = [...names].filter(has).length
  const right = [...constants].filter(([name, values]) => has(name) && isOneOf(values, value[name])).length
  const missing = [...required].filter((name) => !has(name)).length
  return Math.max(0, known + 3 * right - missing)
}

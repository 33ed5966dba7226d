/** The parts of a payload that scenarios may have seen or not: branches of `oneOf` and `anyOf`, and values of enums. */

import { isContainer, isObject } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import type { Place } from './place'
import { constantOf, contradicts, listAt, membersAt, type Shape, shapeOf } from './shape'

/** How many parts one document has at most, and how many schemas are looked at for those of one message. */
const [MAX_PARTS, MAX_SCHEMAS] = [1000, 2000]

/** How deep a part may be in a message, in members. */
const MAX_DEPTH = 8

/** How many values of one message are looked at. */
const MAX_VALUES = 10_000

/** The parts of a schema, and of the schemas of members and items. */
interface Node {
  /** The names of enums' values, by their JSON. */
  readonly values: Map<string, string>
  readonly choices: Branch[][]
  readonly members: Map<string, Node>
  items: Node | undefined
}

/** One of several schemas. */
interface Branch {
  readonly name: string
  readonly schema: Place
  readonly shape: Shape
  readonly node: Node
}

/** How many parts are left to a document. */
export interface PartsLimit {
  left: number
}

/** What a document may have. */
export function partsLimit(): PartsLimit {
  return { left: MAX_PARTS }
}

/** The parts of a payload. */
export class PayloadParts {
  /** Their names, as they stand in the document. */
  readonly names: readonly string[]
  private readonly root: Node

  constructor(payload: Place, limit: PartsLimit) {
    const reader = new PartsReader(limit)
    this.root = emptyNode()
    reader.read(payload, this.root, { path: '$', outer: [] })
    this.names = [...reader.names]
  }

  /**
   * Those that a valid value has.
   * @param isValid whether a value is valid against a branch
   */
  seenIn(value: unknown, isValid: (schema: Place, value: unknown) => boolean): readonly string[] {
    if (this.names.length === 0) return []
    const seen = new Set<string>()
    addSeen(this.root, value, { seen, isValid, left: MAX_VALUES })
    return this.names.filter((name) => seen.has(name))
  }
}

interface Search {
  readonly seen: Set<string>
  readonly isValid: (schema: Place, value: unknown) => boolean
  /** How many values may still be looked at. */
  left: number
}

/** Adds the parts that a value has: as deep as parts are nested. */
function addSeen({ values, choices, members, items }: Node, value: unknown, search: Search): void {
  if (search.left-- <= 0) return
  const name = values.size === 0 ? undefined : values.get(constantOf(value))
  if (name !== undefined) search.seen.add(name)
  for (const branches of choices) {
    const possible = branches.filter(({ shape }) => !contradicts(shape, value))
    const chosen = possible.length > 1 ? possible.filter(({ schema }) => search.isValid(schema, value)) : possible
    for (const branch of chosen) {
      search.seen.add(branch.name)
      addSeen(branch.node, value, search)
    }
  }
  if (members.size > 0 && isObject(value)) {
    for (const [member, inner] of members) if (Object.hasOwn(value, member)) addSeen(inner, value[member], search)
  }
  if (items && Array.isArray(value)) for (const item of value.slice(0, search.left)) addSeen(items, item, search)
}

function emptyNode(): Node {
  return { values: new Map(), choices: [], members: new Map(), items: undefined }
}

/** Where a schema is. */
interface Where {
  /** In messages: `$.items[*]`. */
  readonly path: string
  /** The ids of the schemas in which it stands. */
  readonly outer: readonly string[]
}

class PartsReader {
  readonly names = new Set<string>()
  /** The names of the parts, by their values or schemas, and where these stand in messages. */
  private readonly parts = new Map<string, string>()
  private left = MAX_SCHEMAS

  constructor(private readonly limit: PartsLimit) {}

  /** Adds the parts of a schema to those of the value that it describes. */
  read(schema: Place, node: Node, { path, outer }: Where): void {
    const place = schema.followIfPossible()
    if (!place || !isObject(place.value) || outer.includes(place.id) || this.left-- <= 0) return
    const here = { path, outer: [...outer, place.id] }
    this.readEnum(place, node, path)
    for (const one of listAt(place, 'allOf')) this.read(one, node, here)
    for (const keyword of ['oneOf', 'anyOf']) this.readBranches(listAt(place, keyword), node, here)
    if (path.split(/\.|\[\*/).length > MAX_DEPTH) return
    for (const member of membersAt(place)) {
      const inner = node.members.get(member.key) ?? emptyNode()
      this.read(member, inner, { ...here, path: path + stepTo(member.key) })
      if (hasParts(inner)) node.members.set(member.key, inner)
    }
    const items = place.member('items')
    if (!items) return
    const inner = node.items ?? emptyNode()
    this.read(items, inner, { ...here, path: `${path}[*]` })
    if (hasParts(inner)) node.items = inner
  }

  private readEnum(place: Place, { values }: Node, path: string): void {
    const { enum: all } = place.value as { enum?: unknown }
    if (!Array.isArray(all) || all.length < 2) return
    for (const value of all) {
      if (isContainer(value)) continue
      const json = constantOf(value)
      const called = `${path}: ${excerpt(json, { length: 60 })}`
      const name = this.nameOnce(JSON.stringify([path, json]), called)
      if (name !== undefined) values.set(json, name)
    }
  }

  private readBranches(schemas: readonly Place[], node: Node, where: Where): void {
    if (schemas.length < 2) {
      for (const one of schemas) this.read(one, node, where)
      return
    }
    const branches: Branch[] = []
    for (const [index, schema] of schemas.entries()) {
      const shape = shapeOf(schema)
      const { id } = schema.followIfPossible() ?? schema
      const called = `${where.path}: ${branchName(schema, shape, index)}`
      const name = this.nameOnce(JSON.stringify([where.path, { id }]), called)
      if (name === undefined) return
      const inner = emptyNode()
      this.read(schema, inner, where)
      branches.push({ name, schema, shape, node: inner })
    }
    node.choices.push(branches)
  }

  /** The name of a part, by what identifies it; one of several that are called alike has a number. Undefined if there are too many. */
  private nameOnce(key: string, called: string): string | undefined {
    const known = this.parts.get(key)
    if (known !== undefined) return known
    if (this.limit.left <= 0) return undefined
    this.limit.left--
    let name = called
    for (let number = 2; this.names.has(name); number++) name = `${called} (${number})`
    this.parts.set(key, name)
    this.names.add(name)
    return name
  }
}

/** A member as a step of a path. */
function stepTo(member: string): string {
  return /^[\w$@-]+$/.test(member) ? `.${excerpt(member, { length: 60 })}` : `[${quoted(member)}]`
}

function hasParts({ values, choices, members, items }: Node): boolean {
  return values.size + choices.length + members.size > 0 || items !== undefined
}

/** How people call a branch: by its title, the name of its schema, what tells it apart, its type, or its number. */
function branchName(schema: Place, { constants, types }: Shape, index: number): string {
  const place = schema.followIfPossible() ?? schema
  const title = place.member('title')?.value
  const [constant] = [...constants].flatMap(([name, values]) =>
    values.size === 1 ? [`${name} ${[...values][0]}`] : [],
  )
  const name = typeof title === 'string' ? title : place.id !== schema.id ? place.key : constant
  const type = types?.size === 1 ? [...types][0] : undefined
  return excerpt(name ?? type ?? `branch ${index + 1}`, { length: 60 })
}

/** The documents of a JSON Schema: the one that a sentence names, whole or a part of it, and those to which its `$ref`s lead. */

import {
  addressOf,
  openDocument,
  parseContent,
  type ReadFile,
  type Reading,
  sourceOf,
  type TextSource,
} from '../documents/document-source'
import {
  escapeStep,
  fragmentOf,
  isPercentEncoded,
  namesIn,
  pointerTo,
  splitFragment,
  stepsTo,
} from '../documents/json-pointer'
import { referredDocument } from '../documents/referred-document'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { defineMember, isContainer, isObject } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { parseUrl, percentDecode } from '../text/url'
import { leadsToSubschema, MAPS, subschemasOf, VALUES } from './subschemas'

/** A part of a document that is a schema. */
export interface SchemaPart {
  /** Where it is, as a JSON Pointer; empty for the whole. */
  readonly pointer: string
  readonly schema: unknown
}

/** A document, what of it is needed, and the address by which it is referred to. */
export interface SchemaFile {
  readonly path: string
  readonly address: string
  /** The document with nothing but the parts that are schemas, at their places. */
  readonly schema: object
  /**
   * The schemas, none of them part of another one, and what stands in another one after it; the rest of the document, such as the
   * channels of AsyncAPI, is none.
   */
  readonly parts: readonly SchemaPart[]
  /** Whether a part of one with an address of its own is referred to from elsewhere. */
  readonly isEnteredWithin: boolean
  /** The draft that it says to be written for. */
  readonly draft: unknown
}

/** A schema, and all documents that it needs, its own first. */
export interface SchemaSet {
  readonly files: readonly SchemaFile[]
  /** Of the schema: the address of its document, and its place there. */
  readonly reference: string
}

/**
 * A schema, and all that it refers to.
 * @param location of the schema's file, with `/`, or its address; behind `#` a JSON Pointer or an anchor of a part of it
 * @throws UsageError if a schema is missing, or not valid JSON or YAML, or refers to something else than a file beside it
 */
export function readSchemas(location: string, read: ReadFile): SchemaSet {
  const reading = beginReading(location)
  let step = continueReading(reading, location)
  while (!step.done) step = continueReading(reading, location, sourceOf(step.value, read))
  return step.value
}

/**
 * Reads on, until another document is needed.
 * @param source of the one that was needed
 * @throws UsageError as `readSchemas` does, and if it takes too long
 */
export function continueReading<Result>(reading: Reading<Result>, location: string, ...source: [] | [TextSource]) {
  return evaluate(() => reading.next(...source), { tooLong: () => tooLongToRead(location), isReading: true })
}

/** What an error says of a schema that would take for ever. */
export function tooLongToRead(location: string): string {
  return `The schema ${quoted(location)} takes too long to be read: divide it, write it as JSON, or name the part that is meant behind #.`
}

/** Begins to read; `continueReading` goes on, so that documents may come later. */
export function* beginReading(location: string): Reading<SchemaSet> {
  const { path, text, fragment } = yield* openDocument(location, 'a schema')
  const root = new SchemaDocument(path, addressOf(path), parseSchema(path, text))
  const pointer = root.pointerOf('', fragment)
  const schema = root.at(pointer)
  if (!isObject(schema)) objectFor(schema, location)
  const documents = yield* reachAll([root], [{ document: root, pointer }], loadSchema)
  return { files: documents.map((document) => document.toFile()), reference: root.referenceTo(pointer) }
}

function* loadSchema({ document, ...reference }: Link, address: string): Reading<SchemaDocument> {
  const target = document.resolve(reference)
  const source = yield target
  return new SchemaDocument(target, address, parseSchema(target, readReferenced(source, document.path, target)))
}

/** A schema's place in a document that has been parsed. */
export interface ParsedPlace {
  /** The document's path or address. */
  readonly path: string
  readonly pointer: string
}

/**
 * The documents of several schemas, which have been read and parsed.
 * @param contentOf says what a document has at its path; it throws why it has nothing
 * @throws UsageError if they refer to nothing
 */
export function reachParsed(places: readonly ParsedPlace[], contentOf: (path: string) => object): ParsedSchemaSet {
  const documents = new Map<string, SchemaDocument>()
  const documentAt = (path: string) => {
    const document = documents.get(path) ?? new SchemaDocument(path, addressOf(path), contentOf(path))
    documents.set(path, document)
    return document
  }
  const starts = places.map(({ path, pointer }) => ({ document: documentAt(path), pointer }))
  // biome-ignore lint/correctness/useYield: nothing has to be waited for
  const reaching = reachAll([...documents.values()], starts, function* ({ document, ...reference }, address) {
    const path = document.resolve(reference)
    return new SchemaDocument(path, address, contentOf(path))
  })
  const reached = reaching.next().value as SchemaDocument[]
  const files = reached.map((document) => document.toFile())
  return { files, referenceTo: ({ path, pointer }) => documentAt(path).referenceTo(pointer) }
}

/** Documents, and how their schemas are referred to. */
interface ParsedSchemaSet extends Pick<SchemaSet, 'files'> {
  readonly referenceTo: (place: ParsedPlace) => string
}

/** Reaches all that schemas need: the documents that were known, and those that had to be loaded. */
function* reachAll(
  known: readonly SchemaDocument[],
  starts: readonly { readonly document: SchemaDocument; readonly pointer: string }[],
  load: (link: Link, address: string) => Reading<SchemaDocument>,
): Reading<SchemaDocument[]> {
  const documents = [...known]
  const links: Link[] = []
  for (const { document, pointer } of starts) reach(document, pointer, true)
  // The last first, and their references before the others: a list, as they may refer to each other without end.
  for (let link = links.pop(); link; link = links.pop()) {
    const [address = '', own = ''] = splitFragment(link.target)
    const owner = documents.find(({ ids }) => ids.has(address)) ?? (yield* loadInto(link, address))
    reach(owner, owner.pointerOf(owner.ids.get(address) as string, own), address !== splitFragment(link.base)[0])
  }
  for (const document of documents) {
    for (const { address, fragment: own } of document.referencesToInherited()) {
      const owner = documents.find(({ ids }) => ids.has(address))
      owner?.pointerOf(owner.ids.get(address) as string, own)
    }
  }
  return documents

  function* loadInto(link: Link, address: string): Reading<SchemaDocument> {
    const document = yield* load(link, address)
    documents.push(document)
    return document
  }

  function reach(document: SchemaDocument, at: string, isFromElsewhere: boolean): void {
    if (!document.reach(at, isFromElsewhere)) return
    for (const reference of document.referencesIn(at).reverse()) links.push({ ...reference, document })
  }
}

function parseSchema(path: string, text: string): object {
  const content = parseContent({ path, text }, `The schema ${quoted(path)}`)
  return isObject(content) ? content : objectFor(content, path)
}

/** A schema may be `true`, or `false`, which nothing is valid against (2020-12, Core, section 4.3.2). */
function objectFor(content: unknown, name: string): object {
  if (typeof content !== 'boolean') throw new UsageError(`The schema ${quoted(name)} is not an object, true or false.`)
  return content ? {} : { not: {} }
}

function readReferenced(source: TextSource, schema: string, target: string): string {
  try {
    return source()
  } catch (error) {
    throw new UsageError(`The schema ${quoted(schema)} refers to ${quoted(target)}: ${(error as Error).message}`)
  }
}

/** What a schema refers to: as it is written, and as an address. */
interface Reference {
  readonly reference: string
  /** The address against which it is resolved: that of the nearest `$id`. */
  readonly base: string
  readonly target: string
}

/** A reference that is still to be followed, and the document that has it. */
interface Link extends Reference {
  readonly document: SchemaDocument
}

/** A document, and which parts of it have been reached. */
class SchemaDocument {
  /** Where the schemas are that have an address, by it, without its fragment. */
  readonly ids: ReadonlyMap<string, string>
  private readonly reached = new Set<string>()
  private isEnteredWithin = false

  constructor(
    readonly path: string,
    readonly address: string,
    private readonly content: object,
  ) {
    const ids = new Map([[address, '']])
    collectIds(content, { base: address, pointer: '' }, ids)
    this.ids = ids
  }

  /** Whether a schema is reached for the first time, and not as part of another one. */
  reach(pointer: string, isFromElsewhere: boolean): boolean {
    if (isFromElsewhere) this.isEnteredWithin ||= ![...this.ids.values()].includes(pointer)
    if (this.reached.has(pointer) || this.isPartOfReached(pointer)) return false
    this.reached.add(pointer)
    return true
  }

  private isPartOfReached(pointer: string): boolean {
    const names = namesIn(pointer)
    return names.some((_, at) => {
      const outer = pointerTo(names.slice(0, at))
      return this.reached.has(outer) && leadsToSubschema(this.at(outer), names.slice(at))
    })
  }

  /** What stands at a pointer. */
  at(pointer: string): unknown {
    const last = this.stepsTo(pointer).at(-1)
    return last ? last.value : this.content
  }

  /**
   * The place that a fragment means.
   * @param base a pointer, to which the fragment is relative
   * @throws UsageError if there is nothing
   */
  pointerOf(base: string, fragment: string): string {
    const decoded = percentDecode(fragment)
    if (decoded === '' || decoded.startsWith('/')) {
      this.stepsTo(base + decoded)
      return base + decoded
    }
    const found = findAnchor(this.content, decoded)
    if (found !== undefined) return found
    throw new UsageError(
      `The schema ${quoted(this.path)} has no "$anchor" ${quoted(decoded)}. A place in it begins with #/.`,
    )
  }

  /** What a part refers to, in this document as far as it is not part of it, and in others. */
  referencesIn(pointer: string): Reference[] {
    const references: Reference[] = []
    this.collectReferences(this.at(pointer), this.baseOf(pointer), references)
    return references
  }

  /** What refers to a name that every value of JavaScript has, such as `#/__proto__`, wherever it stands: Ajv would find that. */
  referencesToInherited(): Generator<Fragment> {
    return inheritedWithin(this.content, this.address)
  }

  /**
   * The path or address of a document that is referred to.
   * @throws UsageError if it is neither beside this one nor on its host
   */
  resolve({ reference, base }: Pick<Reference, 'reference' | 'base'>): string {
    const id = idOf(this.content)
    const own = (id === undefined ? undefined : parseUrl(id)) ?? new URL(this.address)
    return referredDocument({ reference, path: this.path, own, base: new URL(base) }, this.subject)
  }

  /** How the schema at a pointer is referred to. */
  referenceTo(pointer: string): string {
    return `${this.address}${fragmentOf(pointer)}`
  }

  toFile(): SchemaFile {
    const { path, address, isEnteredWithin } = this
    const pointers = [...this.reached].filter((pointer) => !this.isPartOfReached(pointer))
    const parts = pointers.map((pointer) => ({ pointer, schema: this.at(pointer) }))
    const draft = [...parts.map(({ schema }) => schema), this.content].flatMap((one) => draftsOf(one))[0]
    return {
      path,
      address,
      parts,
      isEnteredWithin,
      draft,
      schema: pointers.includes('') ? this.content : this.prune(pointers),
    }
  }

  /** The document with these parts alone, and what leads to them. */
  private prune(pointers: readonly string[]): object {
    const pruned = emptyLike(this.content)
    for (const pointer of pointers) {
      let container: object = pruned
      const steps = this.stepsTo(pointer)
      for (const [index, { name, value }] of steps.entries()) {
        const known = ownMember(container, name)
        const inner = index === steps.length - 1 ? value : isContainer(known) ? known : emptyLike(value)
        defineMember(container, name, inner)
        container = inner as object
      }
    }
    return pruned
  }

  private stepsTo(pointer: string) {
    return stepsTo(pointer, this.content, this.subject)
  }

  private get subject(): string {
    return `The schema ${quoted(this.path)}`
  }

  private baseOf(pointer: string): string {
    const outer = [
      this.content,
      ...this.stepsTo(pointer)
        .slice(0, -1)
        .map(({ value }) => value as object),
    ]
    const ids = pointer === '' ? [] : outer.flatMap((one) => idOf(one) ?? [])
    return ids.reduce((base, id) => this.addressOf('$id', id, base), this.address)
  }

  private collectReferences(schema: unknown, outer: string, references: Reference[]): void {
    if (!isObject(schema)) return
    const id = idOf(schema)
    const base = id === undefined ? outer : this.addressOf('$id', id, outer)
    for (const [keyword, pattern] of Object.entries(REFERENCES)) {
      const reference = ownMember(schema, keyword)
      if (typeof reference !== 'string' || !pattern.test(reference)) continue
      const [, fragment] = splitFragment(reference)
      references.push({ reference, base, target: `${this.addressOf(keyword, reference, base)}#${fragment}` })
    }
    for (const { schema: inner } of subschemasOf(schema)) this.collectReferences(inner, base, references)
  }

  /** An address without its fragment. */
  private addressOf(keyword: string, reference: string, base: string): string {
    const url = parseUrl(reference, base)
    if (url && isPercentEncoded(reference)) return url.href.replace(/#.*$/, '')
    throw new UsageError(
      `The schema ${quoted(this.path)} has the ${keyword} ${quoted(reference)}, which is not a valid address.`,
    )
  }
}

/** Keywords by which a schema refers to another one, and those references that are followed; of others an error tells later. */
const REFERENCES = { $ref: /^/, $dynamicRef: /^#[^/]/, $recursiveRef: /^#$/ }

function idOf(schema: object): string | undefined {
  const { $id } = schema as { $id?: unknown }
  return typeof $id === 'string' ? $id : undefined
}

function draftsOf(schema: unknown): unknown[] {
  return isObject(schema) && '$schema' in schema ? [schema.$schema] : []
}

function collectIds(
  schema: unknown,
  { base, pointer }: { base: string; pointer: string },
  ids: Map<string, string>,
): void {
  if (!isContainer(schema)) return
  const id = idOf(schema)
  const url = id === undefined ? undefined : parseUrl(id, base)?.href.replace(/#.*$/, '')
  if (url !== undefined && !ids.has(url)) ids.set(url, pointer)
  for (const [name, inner] of Object.entries(schema)) {
    if (isValue(name, pointer)) continue
    collectIds(inner, { base: url ?? base, pointer: `${pointer}/${escapeStep(name)}` }, ids)
  }
}

/** A place in a document. */
interface Fragment {
  readonly address: string
  readonly fragment: string
}

/** The names of the members that objects, lists, texts, functions, numbers and the like inherit. */
const INHERITED = new Set(
  [Object, Array, String, Function, Number, Boolean].flatMap((type) => Object.getOwnPropertyNames(type.prototype)),
)

function* inheritedWithin(value: unknown, outer: string): Generator<Fragment> {
  if (!isContainer(value)) return
  const base = parseUrl(idOf(value) ?? '', outer)?.href ?? outer
  const { $ref } = value as { $ref?: unknown }
  if (typeof $ref === 'string') {
    const [, fragment] = splitFragment($ref)
    const names = percentDecode(percentDecode(fragment)).split('/')
    const address = parseUrl($ref, base)?.href.replace(/#.*$/, '')
    if (address !== undefined && names.slice(1).some((name) => INHERITED.has(name))) yield { address, fragment }
  }
  for (const inner of Object.values(value)) yield* inheritedWithin(inner, base)
}

/** Where a schema is that has an anchor, as a JSON Pointer: by `$anchor`, by `$dynamicAnchor`, or as in older drafts by `$id`. */
export function findAnchor(schema: unknown, anchor: string, pointer = ''): string | undefined {
  if (!isContainer(schema)) return undefined
  const { $anchor, $dynamicAnchor, $id } = schema as Readonly<Record<string, unknown>>
  if ($anchor === anchor || $dynamicAnchor === anchor || $id === `#${anchor}`) return pointer
  for (const [name, inner] of Object.entries(schema)) {
    if (isValue(name, pointer)) continue
    const found = findAnchor(inner, anchor, `${pointer}/${escapeStep(name)}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a member is a value that only looks like a schema, and is not one that has such a name. */
function isValue(name: string, pointer: string): boolean {
  return VALUES.includes(name) && ![...MAPS, 'schemas'].includes(pointer.slice(pointer.lastIndexOf('/') + 1))
}

function ownMember(container: object, name: string): unknown {
  return Object.hasOwn(container, name) ? (container as Readonly<Record<string, unknown>>)[name] : undefined
}

/** A container that leads to a part: other items of a list are schemas that accept anything, and it keeps its address. */
function emptyLike(value: unknown): object {
  if (Array.isArray(value)) return value.map(() => true)
  const id = idOf(value as object)
  return id === undefined ? {} : { $id: id }
}

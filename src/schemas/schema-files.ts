/** The documents of a JSON Schema: the one that a sentence names, whole or a part of it, and those to which its `$ref`s lead. */

import { posix } from 'node:path'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { parseCompletely } from '../json/json-depth'
import { looksLikeJson } from '../json/json-text'
import { defineMember, isContainer, isObject } from '../json/json-value'
import { jsonOfYaml, loadYaml } from '../json/yaml-text'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { parseUrl } from '../text/url'
import { MAPS, subschemasOf, VALUES } from './subschemas'

/** Reads the text of a file, or of an address. */
export type ReadFile = (path: string) => string

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
  /** The schemas, none of them within another one; the rest of the document, such as the channels of AsyncAPI, is none. */
  readonly parts: readonly SchemaPart[]
  /** The draft that it says to be written for. */
  readonly draft: unknown
}

/** A schema, and all documents that it needs, its own first. */
export interface SchemaSet {
  readonly files: readonly SchemaFile[]
  /** Of the schema: the address of its document, and its place there. */
  readonly reference: string
}

/** The text of a document; it throws why there is none. */
type TextSource = () => string

/** Reads a schema: it yields the path or address of one document after another, and is given their texts. */
type SchemaReading = Generator<string, SchemaSet, TextSource>

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
export function continueReading(reading: SchemaReading, location: string, ...source: [] | [TextSource]) {
  return evaluate(() => reading.next(...source), { tooLong: () => tooLongToRead(location), isReading: true })
}

/** What an error says of a schema that would take for ever. */
export function tooLongToRead(location: string): string {
  return `The schema ${quoted(location)} takes too long to be read: divide it, write it as JSON, or name the part that is meant behind #.`
}

/** Reads a document, which is outside of what may be stopped, as is what its language needs. */
export function sourceOf(path: string, read: ReadFile): TextSource {
  try {
    const text = read(path)
    if (isYaml(path, text)) loadYaml()
    return () => text
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Begins to read; `continueReading` goes on, so that documents may come later. */
export function* beginReading(location: string): SchemaReading {
  const { path, text, fragment } = yield* open(location)
  const documents: SchemaDocument[] = []
  const links: Link[] = []
  const root = add(path, addressOf(path), text)
  const pointer = root.pointerOf('', fragment)
  if (!isObject(root.at(pointer))) throw new UsageError(`The schema ${quoted(location)} is not an object.`)
  reach(root, pointer)
  // The last first, and their references before the others: a list, as they may refer to each other without end.
  for (let link = links.pop(); link; link = links.pop()) {
    const [address = '', own = ''] = splitFragment(link.target)
    const owner = documents.find(({ ids }) => ids.has(address)) ?? (yield* load(link, address))
    reach(owner, owner.pointerOf(owner.ids.get(address) as string, own))
  }
  for (const document of documents) {
    for (const { address, fragment: own } of document.referencesToInherited()) {
      const owner = documents.find(({ ids }) => ids.has(address))
      owner?.pointerOf(owner.ids.get(address) as string, own)
    }
  }
  return { files: documents.map((document) => document.toFile()), reference: `${root.address}${fragmentOf(pointer)}` }

  function add(documentPath: string, address: string, content: string): SchemaDocument {
    const document = new SchemaDocument(documentPath, address, parseSchema(documentPath, content))
    documents.push(document)
    return document
  }

  function reach(document: SchemaDocument, at: string): void {
    if (!document.reach(at)) return
    for (const reference of document.referencesIn(at).reverse()) links.push({ ...reference, document })
  }

  function* load({ document, ...reference }: Link, address: string): Generator<string, SchemaDocument, TextSource> {
    const target = document.resolve(reference)
    const source = yield target
    return add(target, address, readReferenced(source, document.path, target))
  }
}

function readReferenced(source: TextSource, schema: string, target: string): string {
  try {
    return source()
  } catch (error) {
    throw new UsageError(`The schema ${quoted(schema)} refers to ${quoted(target)}: ${(error as Error).message}`)
  }
}

/** Whether a document is read from an address, and not from a file. */
export function isAddress(path: string): boolean {
  return /^https?:\/\//i.test(path)
}

/** A file may have a `#` in its name; of an address it begins the fragment. */
function* open(location: string): Generator<string, { path: string; text: string; fragment: string }, TextSource> {
  learnSecrets((redaction) => redaction.learnFromAddress(location))
  const [path, fragment] = splitFragment(location)
  if (isAddress(path)) {
    const url = parseUrl(path)
    if (url) return { path: url.href, text: (yield url.href)(), fragment }
    throw new UsageError(`${quoted(path)} is not a valid address of a schema.`)
  }
  if (path === location) return { path, text: (yield path)(), fragment }
  const whole = yield location
  let text: string
  try {
    text = whole()
  } catch {
    return { path, text: (yield path)(), fragment }
  }
  return { path: location, text, fragment: '' }
}

function splitFragment(location: string): [path: string, fragment: string] {
  const at = location.indexOf('#')
  return at < 0 ? [location, ''] : [location.slice(0, at), location.slice(at + 1)]
}

/** Any absolute address serves for a file, so that `$ref`s are resolved against its path. */
function addressOf(path: string): string {
  return isAddress(path) ? path : `file:///${path.split('/').map(encodeURIComponent).join('/')}`
}

function parseSchema(path: string, text: string): object {
  try {
    const schema = parseCompletely(isYaml(path, text) ? jsonOfYaml(text, 'It') : text)
    if (isObject(schema)) return schema
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`In the schema ${quoted(path)}: ${error.message}`)
    throw new UsageError(`The schema ${quoted(path)} is not valid JSON: ${excerpt((error as Error).message)}.`)
  }
  throw new UsageError(`The schema ${quoted(path)} is not an object.`)
}

function isYaml(path: string, text: string): boolean {
  return isAddress(path) ? !looksLikeJson(text) : /\.ya?ml$/i.test(path)
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

  constructor(
    readonly path: string,
    readonly address: string,
    private readonly content: object,
  ) {
    const ids = new Map([[address, '']])
    collectIds(content, { base: address, pointer: '' }, ids)
    this.ids = ids
  }

  /** Whether a part is reached for the first time, and not within another one. */
  reach(pointer: string): boolean {
    if (this.reached.has(pointer) || this.isWithinReached(pointer)) return false
    this.reached.add(pointer)
    return true
  }

  private isWithinReached(pointer: string): boolean {
    for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
      if (this.reached.has(pointer.slice(0, end))) return true
      if (end === 0) break
    }
    return false
  }

  /** What stands at a pointer. */
  at(pointer: string): unknown {
    return this.stepsTo(pointer).at(-1)?.value ?? this.content
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
    const found = findAnchor(this.content, decoded, '')
    if (found !== undefined) return found
    throw new UsageError(
      `The schema ${quoted(this.path)} has no "$anchor" ${quoted(decoded)}. A place in it begins with #/.`,
    )
  }

  /** What a part refers to, in this document as far as it is not part of it, and in others. */
  referencesIn(pointer: string): Reference[] {
    const references: Reference[] = []
    this.collectReferences(this.at(pointer), this.baseOf(pointer), references)
    return pointer === '' ? references.filter(({ reference }) => !reference.startsWith('#')) : references
  }

  /** What refers to a name that every value of JavaScript has, such as `#/__proto__`, wherever it stands: Ajv would find that. */
  referencesToInherited(): Generator<Fragment> {
    return inheritedWithin(this.content, this.address)
  }

  /**
   * The path or address of a document that is referred to: from this one it is as far as its address is from that of this one.
   * @throws UsageError if it is neither beside this one nor on its host
   */
  resolve({ reference, base }: Pick<Reference, 'reference' | 'base'>): string {
    const [relative] = splitFragment(reference)
    const own = new URL(this.baseOf('', idOf(this.content)))
    const nearest = new URL(base)
    const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(reference)
    const folder = posix.relative(folderOf(own), folderOf(nearest))
    const path = relative.startsWith('/') ? posix.relative(folderOf(own), relative) : posix.join(folder, relative)
    if (isAddress(this.path)) {
      const url = new URL(hasScheme ? relative : path, this.path)
      if (url.origin === new URL(this.path).origin && nearest.origin === own.origin) return url.href
      throw new UsageError(
        `The schema ${quoted(this.path)} refers to ${excerpt(reference)}: only what is on its host can be referred to.`,
      )
    }
    if (hasScheme || nearest.host !== own.host) {
      throw new UsageError(
        `The schema ${quoted(this.path)} refers to ${excerpt(reference)}: only files beside it can be referred to.`,
      )
    }
    return posix.join(posix.dirname(this.path), decodeURIComponent(path))
  }

  toFile(): SchemaFile {
    const { path, address } = this
    const pointers = [...this.reached].filter((pointer) => !this.isWithinReached(pointer))
    const parts = pointers.map((pointer) => ({ pointer, schema: this.at(pointer) }))
    const draft = [...parts.map(({ schema }) => schema), this.content].flatMap((one) => draftsOf(one))[0]
    return { path, address, parts, draft, schema: pointers.includes('') ? this.content : this.prune(pointers) }
  }

  /** The document with these parts alone, and what leads to them. */
  private prune(pointers: readonly string[]): object {
    const pruned = {}
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

  /** Each step to a place, with what stands there. */
  private stepsTo(pointer: string): { readonly name: string; readonly value: unknown; readonly pointer: string }[] {
    let container: unknown = this.content
    let at = ''
    return pointer
      .split('/')
      .slice(1)
      .map((step) => {
        const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
        at += `/${step}`
        if (!isContainer(container) || !Object.hasOwn(container, name)) throw this.nothingAt(at, name, container)
        container = (container as Record<string, unknown>)[name]
        return { name, value: container, pointer: at }
      })
  }

  private nothingAt(pointer: string, name: string, container: unknown): UsageError {
    const known = isContainer(container) ? Object.keys(container) : []
    const hint = nearest(name, known)
    const advice = hint ? `Did you mean ${quoted(hint)}?` : `There is ${excerpt(known.join(', ')) || 'nothing in it'}.`
    return new UsageError(`The schema ${quoted(this.path)} has nothing at #${excerpt(pointer)}. ${advice}`)
  }

  /** @param own the address that stands at the pointer itself */
  private baseOf(pointer: string, own?: string): string {
    const outer = [
      this.content,
      ...this.stepsTo(pointer)
        .slice(0, -1)
        .map(({ value }) => value as object),
    ]
    const ids = pointer === '' ? [] : outer.flatMap((one) => idOf(one) ?? [])
    return [...ids, ...(own === undefined ? [] : [own])].reduce(
      (base, id) => this.addressOf('$id', id, base),
      this.address,
    )
  }

  private collectReferences(schema: unknown, outer: string, references: Reference[]): void {
    if (!isObject(schema)) return
    const id = idOf(schema)
    const base = id === undefined ? outer : this.addressOf('$id', id, outer)
    const { $ref } = schema as { $ref?: unknown }
    if (typeof $ref === 'string') {
      const [, fragment] = splitFragment($ref)
      references.push({ reference: $ref, base, target: `${this.addressOf('$ref', $ref, base)}#${fragment}` })
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

function idOf(schema: object): string | undefined {
  const { $id } = schema as { $id?: unknown }
  return typeof $id === 'string' ? $id : undefined
}

function folderOf({ pathname }: URL): string {
  return pathname.slice(0, pathname.lastIndexOf('/') + 1)
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

/** Where a schema is that has an anchor: by `$anchor`, by `$dynamicAnchor`, or as in older drafts by `$id`. */
function findAnchor(schema: unknown, anchor: string, pointer: string): string | undefined {
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

function escapeStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A JSON Pointer as a fragment of an address (RFC 6901, section 6). */
function fragmentOf(pointer: string): string {
  return pointer === '' ? '' : `#${pointer.split('/').map(encodeURIComponent).join('/')}`
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

/** Whether what is percent-encoded can be decoded (RFC 3986, section 2.1). */
function isPercentEncoded(reference: string): boolean {
  try {
    decodeURIComponent(reference)
    return true
  } catch {
    return false
  }
}

/** A fragment as a person may write it, percent-encoded or not. */
function percentDecode(fragment: string): string {
  return isPercentEncoded(fragment) ? decodeURIComponent(fragment) : fragment
}

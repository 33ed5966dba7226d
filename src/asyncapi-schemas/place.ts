/** Places in the documents of a contract: what stands there, where its references lead, and errors that name it. */

import { addressOf } from '../documents/document-source'
import { namesIn, pointerTo, splitFragment } from '../documents/json-pointer'
import { referredDocument } from '../documents/referred-document'
import { UsageError } from '../errors'
import { stringifyJson } from '../json/json-text'
import { isContainer, isObject } from '../json/json-value'
import { findAnchor } from '../schemas/schema-files'
import { isOwn } from '../schemas/subschemas'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { percentDecode } from '../text/url'
import type { ContractDocuments } from './contract-documents'

/** So many references may be followed to reach a place: more lead back to themselves. */
const MAX_REFERENCES = 100

/** The references that were followed. */
interface Way {
  /** The ids of the places that were passed. */
  readonly passed: string[]
  /** Whether nobody is told why it leads nowhere. Default `false`. */
  readonly isQuiet?: boolean
}

/** What is thrown where nobody is told: to find a place in a text takes time. */
const NOWHERE = new UsageError('It leads nowhere.')

/** A value in a document, and where it stands. */
export class Place {
  constructor(
    readonly documents: ContractDocuments,
    readonly path: string,
    readonly names: readonly string[],
    readonly value: unknown,
    /** Objects whose members count, too, the first before the others; by default itself alone. */
    private readonly layers?: readonly Place[],
  ) {}

  /** The document itself. */
  static root(documents: ContractDocuments, path: string): Place {
    return new Place(documents, path, [], documents.contentOf(path))
  }

  get pointer(): string {
    return pointerTo(this.names)
  }

  /** Unique in the contract. */
  get id(): string {
    return `${this.path}#${this.pointer}`
  }

  /** The name of the member that it is. */
  get key(): string {
    return this.names.at(-1) ?? ''
  }

  /** The same with the members of others, the first before the others. */
  over(layers: readonly Place[]): Place {
    return new Place(this.documents, this.path, this.names, this.value, layers)
  }

  error(problem: string): UsageError {
    const place = this.documents.placeOf(this.path, this.names)
    return new UsageError(`${place} (#${excerpt(this.pointer)}): ${problem}`)
  }

  /** What stands in it under a name; `null` is nothing. */
  member(name: string): Place | undefined {
    for (const layer of this.layers ?? [this]) {
      if (!isContainer(layer.value) || !Object.hasOwn(layer.value, name)) continue
      const value = (layer.value as Readonly<Record<string, unknown>>)[name]
      return value === null ? undefined : layer.inner(name, value)
    }
    return undefined
  }

  private inner(name: string, value: unknown): Place {
    return new Place(this.documents, this.path, [...this.names, name], value)
  }

  /** All members of an object, or the items of a list. */
  members(): Place[] {
    return Object.entries(this.value as object).map(([name, value]) => this.inner(name, value))
  }

  /** The members of an object that are named by the writer; a value of an extension is none of them. */
  namedMembers(): Place[] {
    return this.members().filter(({ key, value }) => isContainer(value) || !isOwn(key))
  }

  /**
   * The place to which its `$ref` leads; itself, if it has none.
   * @param isFollowed of the places on the way, whether one is left for that to which it refers
   * @throws UsageError if that leads nowhere, or in a circle
   */
  follow(way: Way = { passed: [] }, isFollowed: (place: Place) => boolean = () => true): Place {
    let place: Place = this
    while (isObject(place.value) && '$ref' in place.value && isFollowed(place)) {
      const { $ref } = place.value
      way.passed.push(place.id)
      if (typeof $ref !== 'string')
        throw place.lost(() => '"$ref" must be a text, such as "#/components/messages/ping".', way)
      if (way.passed.length > MAX_REFERENCES) throw this.lost(() => 'its "$ref" leads back to itself.', way)
      place = place.target($ref, way)
    }
    way.passed.push(place.id)
    return place
  }

  /** The same, where it leads nowhere, undefined. */
  followIfPossible(): Place | undefined {
    try {
      return this.follow({ passed: [], isQuiet: true })
    } catch {
      return undefined
    }
  }

  /** The place to which its `$ref` itself leads; undefined without one, and where it leads nowhere. */
  get referred(): Place | undefined {
    const { value } = this
    if (!isObject(value) || typeof value.$ref !== 'string') return undefined
    try {
      return this.target(value.$ref, { passed: [], isQuiet: true })
    } catch {
      return undefined
    }
  }

  private lost(problem: () => string, { isQuiet = false }: Way): UsageError {
    return isQuiet ? NOWHERE : this.error(problem())
  }

  private target(reference: string, way: Way): Place {
    const [relative, encoded] = splitFragment(reference)
    const fragment = percentDecode(encoded)
    if (fragment !== '' && !fragment.startsWith('/')) return this.anchored(reference, fragment, way)
    const names = namesIn(fragment)
    let place = relative === '' ? this.resourceWith(names) : this.rootOf(reference, way)
    for (const [index, name] of names.entries()) {
      // What begins a reference may refer to something itself, with what is looked for beside that.
      const outer = index === 0 && place.member(name) ? place : place.follow(way)
      const inner = outer.member(name)
      if (!inner)
        throw this.lost(() => `the "$ref" ${quoted(reference)} leads to nothing. ${adviceOn(name, outer.value)}`, way)
      place = inner
    }
    return place
  }

  private anchored(reference: string, anchor: string, way: Way): Place {
    const root = reference.startsWith('#') ? Place.root(this.documents, this.path) : this.rootOf(reference, way)
    const pointer = findAnchor(root.value, anchor)
    if (pointer !== undefined) return namesIn(pointer).reduce((place, name) => place.member(name) as Place, root)
    throw this.lost(
      () => `the "$ref" ${quoted(reference)} leads to nothing: a place in a document begins with #/.`,
      way,
    )
  }

  /**
   * Where a reference without an address begins: the nearest schema with an `$id` (2020-12, Core, section 8.2.1), or the document.
   * Until draft 7, one that stands beside the reference says nothing; it counts where the reference leads into its schema.
   */
  private resourceWith([first = '']: readonly string[]): Place {
    let place = Place.root(this.documents, this.path)
    let resource = place
    for (const [index, name] of this.names.entries()) {
      place = place.member(name) as Place
      const isOuter = index < this.names.length - 1
      if (hasAddress(place.value) && (isOuter || place.member(first))) resource = place
    }
    return resource
  }

  private rootOf(reference: string, way: Way): Place {
    const own = new URL(addressOf(this.path))
    try {
      const subject = `The document ${quoted(this.path)}`
      const path = referredDocument({ reference, path: this.path, own, base: own }, subject)
      return Place.root(this.documents, path)
    } catch (error) {
      throw this.lost(() => `the "$ref" ${quoted(reference)} cannot be followed. ${(error as Error).message}`, way)
    }
  }

  /**
   * The object that stands here, or to which its `$ref` leads.
   * @param noun what it is: `a message`
   * @throws UsageError if it is none
   */
  object(noun: string, way?: Way): Place {
    const place = this.follow(way)
    if (isObject(place.value)) return place
    throw place.error(`${noun} must be an object, and is ${shown(place.value)}.`)
  }

  /** The object of a member; undefined without it. */
  objectAt(name: string, noun: string): Place | undefined {
    return this.member(name)?.object(noun)
  }

  /**
   * The items of a member, each followed.
   * @throws UsageError if it is not a list
   */
  listAt(name: string): Place[] | undefined {
    const list = this.member(name)
    if (!list || Array.isArray(list.value)) return list?.members()
    throw list.error(`${quoted(name)} must be a list, and is ${shown(list.value)}.`)
  }

  /**
   * The text of a member; undefined without it.
   * @throws UsageError if it is none
   */
  textAt(name: string): string | undefined {
    const place = this.member(name)
    if (!place || typeof place.value === 'string') return place?.value as string | undefined
    throw place.error(`${quoted(name)} must be a text, and is ${shown(place.value)}.`)
  }
}

/** Whether a schema has an address of its own: in older drafts an `$id` may be an anchor. */
function hasAddress(schema: unknown): boolean {
  return isObject(schema) && typeof schema.$id === 'string' && !schema.$id.startsWith('#')
}

/** A value as an error shows it. */
export function shown(value: unknown): string {
  return excerpt(stringifyJson(value), { length: 100 })
}

function adviceOn(name: string, container: unknown): string {
  const known = isContainer(container) ? Object.keys(container) : []
  const hint = nearest(name, known)
  return hint === undefined
    ? `There is ${excerpt(known.join(', ')) || 'nothing in it'}.`
    : `Did you mean ${quoted(hint)}?`
}

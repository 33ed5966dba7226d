/** The files of a JSON Schema: one, and those beside it to which its `$ref`s lead. */

import { posix } from 'node:path'
import { UsageError } from '../errors'
import { requireUniqueMembers } from '../json/duplicate-members'
import { parseBoundedJson } from '../json/json-depth'
import { isContainer, isObject } from '../json/json-value'
import { excerpt } from '../text/excerpt'
import { parseUrl } from '../text/url'

/** Reads the text of a file. */
export type ReadFile = (path: string) => string

/** Any absolute address serves, so that `$ref`s are resolved against the path of the file. */
const BASE = 'file:///'

/** A schema, and all that it refers to. */
export class SchemaFiles {
  /** Each schema, by the address by which it is referred to. */
  readonly schemas = new Map<string, object>()
  /** The address of the first one. */
  readonly address: string
  readonly root: object

  /**
   * @param path of the schema's file, with `/`
   * @throws UsageError if a schema is missing, or not valid JSON, or refers to something else than a file beside it
   */
  constructor(
    path: string,
    private readonly read: ReadFile,
  ) {
    this.address = BASE + path
    this.root = this.load(path, this.address, read)
  }

  private load(path: string, address: string, read: ReadFile): object {
    const schema = parseSchema(path, read(path))
    this.schemas.set(address, schema)
    const { ids, references } = linksOf(schema, address)
    for (const { reference, base } of references) {
      const target = new URL(reference, base)
      target.hash = ''
      if (this.schemas.has(target.href) || ids.has(target.href)) continue
      if (/^[a-z][a-z\d+.-]*:/i.test(reference)) {
        throw new UsageError(`The schema "${path}" refers to ${reference}: only files beside it can be referred to.`)
      }
      const file = posix.join(posix.dirname(path), reference.replace(/#.*/s, ''))
      this.load(file, target.href, (referenced) => this.readReferenced(path, referenced))
    }
    return schema
  }

  private readReferenced(schema: string, path: string): string {
    try {
      return this.read(path)
    } catch (error) {
      throw new UsageError(`The schema "${schema}" refers to "${path}": ${(error as Error).message}`)
    }
  }
}

function parseSchema(path: string, text: string): object {
  try {
    const schema = parseBoundedJson(text)
    requireUniqueMembers(text, schema)
    if (isObject(schema)) return schema
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`In the schema "${path}": ${error.message}`)
    throw new UsageError(`The schema "${path}" is not valid JSON: ${excerpt((error as Error).message)}.`)
  }
  throw new UsageError(`The schema "${path}" is not an object.`)
}

/** What a schema calls itself and its parts, and what it refers to. */
interface Links {
  readonly ids: Set<string>
  readonly references: { readonly reference: string; readonly base: string }[]
}

function linksOf(schema: unknown, address: string, links: Links = { ids: new Set(), references: [] }): Links {
  if (!isContainer(schema)) return links
  const { $id, $ref } = schema as { $id?: unknown; $ref?: unknown }
  const base = typeof $id === 'string' ? (parseUrl($id, address)?.href.replace(/#.*$/, '') ?? address) : address
  links.ids.add(base)
  if (typeof $ref === 'string' && !$ref.startsWith('#')) links.references.push({ reference: $ref, base })
  for (const inner of Object.values(schema)) linksOf(inner, base, links)
  return links
}

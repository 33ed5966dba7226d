/** The files of a JSON Schema: one, and those beside it to which its `$ref`s lead. */

import { posix } from 'node:path'
import { UsageError } from '../errors'
import { requireUniqueMembers } from '../json/duplicate-members'
import { parseBoundedJson } from '../json/json-depth'
import { isContainer, isObject } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'

/** Reads the text of a file. */
export type ReadFile = (path: string) => string

/** A schema, its file and the address by which it is referred to. */
export interface SchemaFile {
  readonly path: string
  readonly address: string
  readonly schema: object
}

/**
 * A schema, the first, and all that it refers to.
 * @param path of the schema's file, with `/`
 * @throws UsageError if a schema is missing, or not valid JSON, or refers to something else than a file beside it
 */
export function readSchemas(path: string, read: ReadFile): SchemaFile[] {
  const files: SchemaFile[] = []
  load(path, addressOf(path), read)
  return files

  function load(path: string, address: string, readThis: ReadFile): void {
    const schema = parseSchema(path, readThis(path))
    files.push({ path, address, schema })
    const { ids, references } = linksOf(path, schema, address)
    for (const { reference, target } of references) {
      if (ids.has(target) || files.some((file) => file.address === target)) continue
      if (/^[a-z][a-z\d+.-]*:/i.test(reference)) {
        throw new UsageError(`The schema "${path}" refers to ${reference}: only files beside it can be referred to.`)
      }
      const file = posix.join(posix.dirname(path), decodeURIComponent(reference.replace(/#.*/s, '')))
      load(file, target, (referenced) => readReferenced(path, referenced))
    }
  }

  function readReferenced(schema: string, path: string): string {
    try {
      return read(path)
    } catch (error) {
      throw new UsageError(`The schema "${schema}" refers to "${path}": ${(error as Error).message}`)
    }
  }
}

/** Any absolute address serves, so that `$ref`s are resolved against the path of the file. */
function addressOf(path: string): string {
  return `file:///${path.split('/').map(encodeURIComponent).join('/')}`
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

/** What a schema calls itself and its parts, and what it refers to: addresses without fragments. */
interface Links {
  readonly ids: Set<string>
  readonly references: { readonly reference: string; readonly target: string }[]
}

function linksOf(
  path: string,
  schema: unknown,
  address: string,
  links: Links = { ids: new Set(), references: [] },
): Links {
  if (!isContainer(schema)) return links
  const { $id, $ref } = schema as { $id?: unknown; $ref?: unknown }
  const resolve = (keyword: string, reference: string, base: string): string => {
    const url = parseUrl(reference, base)
    if (url && isPercentEncoded(reference)) return url.href.replace(/#.*$/, '')
    throw new UsageError(`The schema "${path}" has the ${keyword} ${quoted(reference)}, which is not a valid address.`)
  }
  const base = typeof $id === 'string' ? resolve('$id', $id, address) : address
  links.ids.add(base)
  if (typeof $ref === 'string' && !$ref.startsWith('#')) {
    links.references.push({ reference: $ref, target: resolve('$ref', $ref, base) })
  }
  for (const inner of Object.values(schema)) linksOf(path, inner, base, links)
  return links
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

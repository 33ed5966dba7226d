/** The documents of a contract: the one that is named, and all that it refers to, each parsed once. */

import { createHash } from 'node:crypto'
import { addressOf, type OpenedDocument, openDocument, parseDocument, type Reading } from '../documents/document-source'
import { splitFragment } from '../documents/json-pointer'
import { referredDocument } from '../documents/referred-document'
import { placeInText, placeOfCharacter } from '../documents/text-place'
import { UsageError } from '../errors'
import { isContainer } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'

/** So many documents may belong to one contract. */
const MAX_DOCUMENTS = 100

/** A document that has been read: its text, and what it says; it throws why there is nothing. */
interface ReadDocument {
  readonly text: string
  readonly content: () => object
}

/** What has been read. */
export class ContractDocuments {
  private readonly documents = new Map<string, ReadDocument>()

  /** @param path of the document that is named */
  constructor(readonly path: string) {}

  add(opened: Pick<OpenedDocument, 'path' | 'text'>): void {
    const { path, text } = opened
    try {
      const content = parseDocument(opened, `The document ${quoted(path)}`)
      this.documents.set(path, { text, content: () => content })
    } catch (error) {
      const { message } = error as UsageError
      this.addError(path, message.replace(/^(?:In the|The) document/, `${placeOfError(path, text, message)}: $&`))
    }
  }

  /** Keeps in mind why a document cannot be read: until something refers to it that is needed, it is not an error. */
  addError(path: string, problem: string): void {
    this.documents.set(path, {
      text: '',
      content: () => {
        throw new UsageError(problem)
      },
    })
  }

  has(path: string): boolean {
    return this.documents.has(path)
  }

  get isFull(): boolean {
    return this.documents.size >= MAX_DOCUMENTS
  }

  /**
   * What a document says.
   * @throws UsageError if it could not be read
   */
  readonly contentOf = (path: string): object => {
    const document = this.documents.get(path)
    if (document) return document.content()
    throw new UsageError(
      `The document ${quoted(path)} has not been read: a contract has at most ${MAX_DOCUMENTS} of them, and refers to them ` +
        'without "$id".',
    )
  }

  /** As an editor opens it: `docs/asyncapi.yaml:12:5`. */
  placeOf(path: string, names: readonly string[]): string {
    const { text } = this.documents.get(path) as ReadDocument
    return `${excerpt(path)}${placeInText(text, names)}`
  }

  /**
   * Of all their texts.
   * @param meaning how they are meant
   */
  hash(meaning: string): string {
    const hash = createHash('sha256').update(meaning)
    for (const [path, { text }] of [...this.documents].sort(([one], [other]) => (one < other ? -1 : 1))) {
      // The way to the documents may be another one on another machine.
      if (path !== this.path) hash.update(`${path.split('/').at(-1)}\n`)
      hash.update(`${text.length}\n${text}`)
    }
    return hash.digest('hex')
  }
}

function placeOfError(path: string, text: string, message: string): string {
  const [, line, column] = /at line (\d+), column (\d+)/.exec(message) ?? []
  if (line !== undefined) return `${excerpt(path)}:${line}:${column}`
  const [, position] = /at position (\d+)/.exec(message) ?? []
  return `${excerpt(path)}${position === undefined ? '' : placeOfCharacter(text, Number(position))}`
}

/**
 * Reads a document, and all that it refers to.
 * @throws UsageError if the document itself cannot be read
 */
export function* readDocuments(location: string): Reading<ContractDocuments> {
  const { path, text, fragment } = yield* openDocument(location, 'an AsyncAPI document')
  if (fragment !== '')
    throw new UsageError(`${quoted(location)} names a part of a document: a contract is a whole one, without #.`)
  const documents = new ContractDocuments(path)
  documents.add({ path, text })
  const pending = [...otherDocuments(path, documents.contentOf(path))]
  for (let next = pending.shift(); next; next = pending.shift()) {
    if (documents.has(next)) continue
    if (documents.isFull) return documents
    const source = yield next
    try {
      documents.add({ path: next, text: source() })
      pending.push(...otherDocuments(next, documents.contentOf(next)))
    } catch (error) {
      if (!documents.has(next)) documents.addError(next, (error as Error).message)
    }
  }
  return documents
}

interface Pending {
  readonly value: object
  readonly base: URL
}

/** The paths or addresses of what a document refers to; where a reference leads nowhere, whoever follows it says so. */
function otherDocuments(path: string, content: object): Set<string> {
  const found = new Set<string>()
  const own = new URL(addressOf(path))
  const base = baseOf(content, own)
  const pending: Pending[] = [{ value: content, base: own }]
  for (let part = pending.pop(); part; part = pending.pop()) {
    const nearest = baseOf(part.value, part.base)
    const { $ref } = part.value as { $ref?: unknown }
    if (typeof $ref === 'string' && splitFragment($ref)[0] !== '') {
      const target = otherDocument($ref, { path, own: base, base: nearest })
      if (target !== undefined) found.add(target)
    }
    for (const value of Object.values(part.value)) if (isContainer(value)) pending.push({ value, base: nearest })
  }
  found.delete(path)
  return found
}

function baseOf(value: object, outer: URL): URL {
  const { $id } = value as { $id?: unknown }
  return typeof $id === 'string' ? (parseUrl($id, outer) ?? outer) : outer
}

function otherDocument(
  reference: string,
  from: { readonly path: string; readonly own: URL; readonly base: URL },
): string | undefined {
  try {
    const target = parseUrl(reference, from.base)
    // What stands behind a question mark in the name of a file is percent-encoded in its address.
    if (target?.href.replace(/#.*$/, '') === from.own.href.replace(/#.*$/, '')) return undefined
    return referredDocument({ reference, ...from }, 'It')
  } catch {
    return undefined
  }
}

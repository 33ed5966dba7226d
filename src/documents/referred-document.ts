/** Documents that others refer to: beside them, or on their host. */

import { posix } from 'node:path'
import { UsageError } from '../errors'
import { excerpt } from '../text/excerpt'
import { isAddress } from './document-source'
import { splitFragment } from './json-pointer'

/** What a document refers to, as it is written, and the addresses between which it leads. */
export interface DocumentReference {
  readonly reference: string
  /** The path or address from which the document was read. */
  readonly path: string
  /** The address that the document has, or gives itself. */
  readonly own: URL
  /** The address against which the reference is resolved. */
  readonly base: URL
}

/**
 * The path or address of a document that is referred to: from this one it is as far as its address is from that of this one.
 * @param subject what refers to it, for an error: `The schema "a.json"`
 * @throws UsageError if it is neither beside this one nor on its host
 */
export function referredDocument({ reference, path, own, base }: DocumentReference, subject: string): string {
  const [relative] = splitFragment(reference)
  // Two slashes begin a host (RFC 3986, section 4.2).
  const hasScheme = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(reference)
  if (isAddress(path)) {
    const url = new URL(hasScheme ? relative : wayTo(relative, own, base), path)
    if (url.origin === new URL(path).origin && base.origin === own.origin) return url.href
    throw new UsageError(`${subject} refers to ${excerpt(reference)}: only what is on its host can be referred to.`)
  }
  if (hasScheme || base.host !== own.host)
    throw new UsageError(`${subject} refers to ${excerpt(reference)}: only files beside it can be referred to.`)
  const folder = posix.relative(folderOf(own), folderOf(base))
  const way = relative.startsWith('/') ? posix.relative(folderOf(own), relative) : posix.join(folder, relative)
  return posix.join(posix.dirname(path), decodeURIComponent(way))
}

/** What leads from the address of a document to that to which it refers. */
function wayTo(reference: string, own: URL, base: URL): string {
  const { pathname, search } = new URL(reference, base)
  // Dots and slashes of a query are its own.
  const way = posix.relative(folderOf(own), folderOf({ pathname }))
  return `./${way === '' ? '' : `${way}/`}${pathname.slice(pathname.lastIndexOf('/') + 1)}${search}`
}

function folderOf({ pathname }: Pick<URL, 'pathname'>): string {
  return pathname.slice(0, pathname.lastIndexOf('/') + 1)
}

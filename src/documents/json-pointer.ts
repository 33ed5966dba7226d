/** Places in documents: JSON Pointers (RFC 6901), and the fragments of addresses that have them. */

import { UsageError } from '../errors'
import { isContainer } from '../json/json-value'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

/** A step to a place, with what stands there. */
export interface PointerStep {
  readonly name: string
  readonly value: unknown
  readonly pointer: string
}

/**
 * Each step to a place.
 * @param subject what the document is, for an error: `The schema "a.json"`
 * @throws UsageError if there is nothing
 */
export function stepsTo(pointer: string, content: unknown, subject: string): PointerStep[] {
  let container = content
  let at = ''
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const name = unescapeStep(step)
      at += `/${step}`
      if (!isContainer(container) || !Object.hasOwn(container, name)) throw nothingAt({ at, name, container, subject })
      container = (container as Record<string, unknown>)[name]
      return { name, value: container, pointer: at }
    })
}

interface Missing {
  readonly at: string
  readonly name: string
  readonly container: unknown
  readonly subject: string
}

function nothingAt({ at, name, container, subject }: Missing): UsageError {
  const known = isContainer(container) ? Object.keys(container) : []
  const hint = nearest(name, known)
  const advice = hint ? `Did you mean ${quoted(hint)}?` : `There is ${excerpt(known.join(', ')) || 'nothing in it'}.`
  return new UsageError(`${subject} has nothing at #${excerpt(at)}. ${advice}`)
}

/** An address or a reference, and what stands behind its `#`. */
export function splitFragment(location: string): [path: string, fragment: string] {
  const at = location.indexOf('#')
  return at < 0 ? [location, ''] : [location.slice(0, at), location.slice(at + 1)]
}

/** A name or an index as a step of a pointer. */
export function escapeStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The name or index of a pointer's step. */
function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The pointer to what names and indices lead to. */
export function pointerTo(names: readonly string[]): string {
  return names.map((name) => `/${escapeStep(name)}`).join('')
}

/** The names and indices of a pointer. */
export function namesIn(pointer: string): string[] {
  return pointer.split('/').slice(1).map(unescapeStep)
}

/** A pointer as a fragment of an address (RFC 6901, section 6). */
export function fragmentOf(pointer: string): string {
  return pointer === '' ? '' : `#${pointer.split('/').map(encodeURIComponent).join('/')}`
}

/** Whether what is percent-encoded can be decoded (RFC 3986, section 2.1). */
export function isPercentEncoded(reference: string): boolean {
  try {
    decodeURIComponent(reference)
    return true
  } catch {
    return false
  }
}

/** Fills variables into addresses, so that a value stays in its place, whatever is in it. */

import { UsageError } from '../errors'
import { hasVariables } from '../json/json-text'
import { quoted } from '../text/excerpt'
import type { Variables } from '../variables/variables'

/** What fills in the values of variables. */
type ValueSource = Pick<Variables, 'fill'>

/** Whether an address has a scheme and a host. */
export const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\//i

/** The same before its variables are filled in. */
const HAS_HOST = /^(?:[a-z][a-z\d+.-]*|\$\{[^{}]*\}):\/\//i

/** What a value may not bring to a host and its port: whatever could end them. */
const NOT_IN_HOSTS = /[^\p{L}\p{M}\p{N}._~:[\]-]/u

/** Segments that URLs take out of their path, also if they are percent-encoded (URL Standard, 4.5). */
const REMOVED_SEGMENT = /^(?:\.|%2e){0,2}$/i

/** Percent-encodes a text; half a surrogate pair, which has no bytes, becomes the replacement character. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/**
 * Fills variables into an address. Values are percent-encoded, but in the host, and where one is an address itself.
 * @throws UsageError if a value is not a host where there must be one, or would make it another path
 */
export function fillAddress(address: string, variables: ValueSource): string {
  if (!hasVariables(address)) return address
  const query = address.indexOf('?')
  const [path, rest] = query < 0 ? [address, ''] : [address.slice(0, query), address.slice(query)]
  const host = HAS_HOST.test(path) ? 2 : -1
  const segments = path.split('/').map((segment, index) => {
    if (!hasVariables(segment)) return segment
    if (index === host) return fillAuthority(segment, variables)
    return fillSegment(segment, variables, { isFirst: index === 0 })
  })
  return segments.join('/') + variables.fill(rest, percentEncode)
}

/** A user, who is percent-encoded, and a host with its port. */
function fillAuthority(authority: string, variables: ValueSource): string {
  const at = authority.lastIndexOf('@') + 1
  const host = authority.slice(at).replace(/\$\{[^{}]*\}/g, (variable) => {
    const value = variables.fill(variable)
    if (value !== '' && !NOT_IN_HOSTS.test(value)) return value
    throw new UsageError(`The value of ${variable} is not a valid host or port of an address.`)
  })
  return variables.fill(authority.slice(0, at), percentEncode) + host
}

function fillSegment(segment: string, variables: ValueSource, { isFirst }: { readonly isFirst: boolean }): string {
  const [first = ''] = isFirst ? (/^\$\{[^{}]*\}(?!:)/.exec(segment) ?? []) : []
  const base = variables.fill(first)
  if (ABSOLUTE.test(base)) return base + variables.fill(segment.slice(first.length), percentEncode)
  const filled = variables.fill(segment, percentEncode)
  if (!REMOVED_SEGMENT.test(filled)) return filled
  throw new UsageError(
    `${segment} stands for a part of a path, and its value is ${quoted(filled)}: that would be the address of something else.`,
  )
}

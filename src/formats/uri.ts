/** Addresses: URIs (RFC 3986), those with any letters (RFC 3987), and templates of them (RFC 6570). */

import { fullFormats } from 'ajv-formats/dist/formats'

const IPV6 = fullFormats.ipv6 as RegExp
const ESCAPED = '%[\\da-fA-F]{2}'
const UNRESERVED = '\\w.~\\-'
const DELIMITERS = "!$&'()*+,;="
const SCHEME = '[a-zA-Z][a-zA-Z\\d+.\\-]*:'

/** Letters of RFC 3987, section 2.2: `ucschar`, and `iprivate`. */
const LETTERS = `\\u{a0}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{ffef}${planes(1, 13)}\\u{e1000}-\\u{efffd}`
const PRIVATE = `\\u{e000}-\\u{f8ff}${planes(15, 16)}`

function planes(first: number, last: number): string {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => (first + index).toString(16))
  return numbers.map((plane) => `\\u{${plane}0000}-\\u{${plane}fffd}`).join('')
}

/** Says whether a text is one. */
type Accepts = (text: string) => boolean

/** With a scheme, and without one; both are references. */
function grammarOf(letters: string, ofQuery: string): { isAbsolute: Accepts; isReference: Accepts } {
  const oneOf = (signs: string) => `(?:[${UNRESERVED}${DELIMITERS}${letters}${signs}]|${ESCAPED})`
  const [name, user, part] = [oneOf(''), oneOf(':'), oneOf(':@')]
  const segments = `(?:/${part}*)*`
  const authority = `//(?:${user}*@)?(?:\\[([^\\]]*)\\]|${name}*)(?::\\d*)?${segments}`
  const rest = `(?:\\?${oneOf(`:@/?${ofQuery}`)}*)?(?:#${oneOf(':@/?')}*)?$`
  const path = (first: string) => `(?:${authority}|/(?:${part}+${segments})?|${first}+${segments}|)${rest}`
  const absolute = new RegExp(`^${SCHEME}${path(part)}`, 'u')
  // The first part of a relative path has no colon, which would end a scheme.
  const relative = new RegExp(`^${path(oneOf('@'))}`, 'u')
  const isAbsolute = (text: string) => accepts(absolute, text)
  return { isAbsolute, isReference: (text) => isAbsolute(text) || accepts(relative, text) }
}

const FUTURE_ADDRESS = new RegExp(`^[vV][\\da-fA-F]+\\.[${UNRESERVED}${DELIMITERS}:]+$`)

function accepts(pattern: RegExp, text: string): boolean {
  const found = pattern.exec(text)
  if (!found) return false
  const [, literal] = found
  return literal === undefined || IPV6.test(literal) || FUTURE_ADDRESS.test(literal)
}

export const uri = grammarOf('', '')

export const iri = grammarOf(LETTERS, PRIVATE)

const LITERAL = `[!#$&(-;=?-\\[\\]_a-z~${LETTERS}${PRIVATE}]`
const VARIABLE = `(?:\\w|${ESCAPED})(?:\\.?(?:\\w|${ESCAPED}))*(?::[1-9]\\d{0,3}|\\*)?`

export const URI_TEMPLATE = new RegExp(
  `^(?:${LITERAL}|${ESCAPED}|\\{[+#./;?&=,!@|]?${VARIABLE}(?:,${VARIABLE})*\\})*$`,
  'u',
)

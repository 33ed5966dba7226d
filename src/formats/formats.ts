/** Formats of texts as their standards have them, in the place of Ajv's, which accept more. */

import { fullFormats } from 'ajv-formats/dist/formats'
import { DURATION, isDate, iso8601, rfc3339 } from './date-time'
import { iri, URI_TEMPLATE, uri } from './uri'

/** Says whether a text is of a format. */
type Accepts = (text: string) => boolean

const fits =
  (pattern: RegExp): Accepts =>
  (text) =>
    pattern.test(text)

const [IPV4, IPV6, POINTER] = (['ipv4', 'ipv6', 'json-pointer'] as const).map((name) => fullFormats[name]) as [
  RegExp,
  RegExp,
  RegExp,
]

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'

/** RFC 1123, section 2.1. */
const HOSTNAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`, 'i')

const WORD = "[\\w!#$%&'*+/=?^`{|}~-]+"
/** RFC 5321, section 4.1.2: a mailbox; its parts are as long as section 4.5.3.1 allows. */
const MAILBOX = new RegExp(`^(?=.{1,64}@)(?:${WORD}(?:\\.${WORD})*|"(?:[ !#-[\\]-~]|\\\\[ -~])*")@([^@]+)$`)

function isMailbox(text: string): boolean {
  const domain = MAILBOX.exec(text)?.[1] ?? ''
  const literal = /^\[(.*)\]$/.exec(domain)?.[1]
  if (literal === undefined) return HOSTNAME.test(domain)
  return IPV4.test(literal) || (/^ipv6:/i.test(literal) && IPV6.test(literal.slice('IPv6:'.length)))
}

/** A pointer as the fragment of an address (RFC 6901, section 6). */
function isPointerFragment(text: string): boolean {
  if (!text.startsWith('#') || !uri.isReference(text)) return false
  try {
    return POINTER.test(decodeURIComponent(text.slice(1)))
  } catch {
    // Its bytes are not UTF-8.
    return false
  }
}

/** One of ECMA-262, without what its annex B lets browsers accept: any sign may be escaped, but no letter that means nothing. */
function isRegularExpression(text: string): boolean {
  const signs = /\\([\s\S])/g
  const plain = text.replace(signs, (pair, sign) =>
    /[!-/:-@[-^`{-~]/.test(sign) ? `\\x${sign.charCodeAt(0).toString(16)}` : pair,
  )
  try {
    new RegExp(plain, 'u')
    return true
  } catch {
    return false
  }
}

/** By their names in JSON Schema, in OpenAPI, and in Ajv. */
export const FORMATS: Readonly<Record<string, Accepts>> = {
  date: isDate,
  time: rfc3339.isTime,
  'date-time': rfc3339.isDateTime,
  'iso-time': iso8601.isTime,
  'iso-date-time': iso8601.isDateTime,
  duration: fits(DURATION),
  uri: uri.isAbsolute,
  'uri-reference': uri.isReference,
  iri: iri.isAbsolute,
  'iri-reference': iri.isReference,
  'uri-template': fits(URI_TEMPLATE),
  email: isMailbox,
  hostname: fits(HOSTNAME),
  ipv4: fits(IPV4),
  ipv6: fits(IPV6),
  // RFC 9562, section 4: its text alone, without the prefix that makes it a URN.
  uuid: fits(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i),
  regex: isRegularExpression,
  'json-pointer': fits(POINTER),
  'json-pointer-uri-fragment': isPointerFragment,
  // RFC 4648, section 4.
  byte: fits(/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/),
}

/** Whether a number is one of 64 bits with a sign, as OpenAPI has it; the one next below stands for what JavaScript cannot hold. */
export function isInt64(number: number): boolean {
  return Number.isInteger(number) && number >= -(2 ** 63) && number < 2 ** 63
}

/** Whether a text is of a format. */
export function isOfFormat(name: string, text: string): boolean {
  return (FORMATS[name] as Accepts)(text)
}

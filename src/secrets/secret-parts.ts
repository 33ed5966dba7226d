/** The parts of headers and JSON that are secret by themselves. */

import { isUtf8 } from 'node:buffer'
import { ExactNumber } from '../json/exact-number'
import { partsOf } from '../json/json-value'
import { percentDecode } from '../text/url'

/** The credentials after `Bearer`, the password after `Basic`, the values of cookies, or each subprotocol. */
export function secretParts(header: string, value: string): string[] {
  if (header === 'cookie') return cookieValues(value.split(';'))
  if (header === 'set-cookie') return cookieValues(value.split('\n').map((line) => line.split(';')[0] as string))
  if (header === 'sec-websocket-protocol') return value.split(/,\s*/)
  const pattern = header.endsWith('authorization') ? /^([^\s=]+)\s+(\S.*)$/s : /^(\w+) +(\S+)$/
  const [, scheme = '', credentials] = pattern.exec(value.trim()) ?? []
  if (credentials === undefined) return []
  if (scheme.toLowerCase() !== 'basic') return [credentials, ...parameterValues(credentials)]
  const bytes = Buffer.from(credentials, 'base64')
  // Either is what servers take them for (RFC 7617, section 2.1).
  const decoded = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
  return [credentials, decoded, decoded.slice(decoded.indexOf(':') + 1)]
}

function cookieValues(cookies: readonly string[]): string[] {
  const values = cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1).trim())
  return values.flatMap((value) => [value, unquoted(value), percentDecode(unquoted(value))])
}

/** The values of `response="5f1d"`, as some schemes write their credentials. */
function parameterValues(credentials: string): string[] {
  return [...credentials.matchAll(/=\s*("[^"]*"|[^\s,"]+)/g)].map(([, value = '']) => unquoted(value))
}

function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1) : value
}

/** The texts and numbers in a value; the others have nothing to hide. A number is also known in its digits. What has been visited is left out. */
export function* leafTexts(json: unknown, visited: Set<object>): Generator<string> {
  for (const { value } of partsOf(json, visited)) {
    if (typeof value === 'string' || value instanceof ExactNumber) yield value.toString()
    else if (typeof value === 'number') {
      yield String(value)
      // Only such a number is written with an exponent otherwise; the words of a language take long.
      if (Number.isInteger(value) && Math.abs(value) >= 1e21) {
        yield value.toLocaleString('en-US', { useGrouping: false })
      }
    }
  }
}

/** How many blanks may stand before a colon. */
const MAX_BLANKS = 20

/** A token of JSON: a text, with the colon that makes it a name; a bracket or a comma; a number, or what lacks its quotes. */
const TOKEN = /"((?:[^"\\]|\\[\s\S])*)"?(\s*:)?|[{}[\],]|[^\s"{}[\],]+/g

/** The texts and numbers in the members of this name, in a text that is not JSON, but was meant to be, or contains some. */
export function* memberLeaves(text: string, name: string): Generator<string> {
  const written = new RegExp(
    `"${Array.from({ length: name.length }, (_, at) => unitInJson(name.charAt(at))).join('')}"`,
    'g',
  )
  while (written.test(text)) {
    const at = written.lastIndex
    const [colon] = /^\s*:/.exec(text.slice(at, at + MAX_BLANKS)) ?? []
    if (colon !== undefined) written.lastIndex = yield* leavesFrom(text, at + colon.length)
  }
}

/** A pattern for a code unit as JSON may write it. */
function unitInJson(unit: string): string {
  const digits = unit.charCodeAt(0).toString(16).padStart(4, '0')
  const anyCase = digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
  const written = JSON.stringify(unit)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return `(?:${written}|\\\\u${anyCase})`
}

/** The texts and numbers in the value that begins at a place; returns where it ends. */
function* leavesFrom(text: string, start: number): Generator<string, number> {
  const token = new RegExp(TOKEN)
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found, inner, colon] = match
    if (/^[{[]/.test(found)) depth++
    else if (/^[}\]]/.test(found)) depth--
    else if (inner !== undefined && colon === undefined) yield* [inner, unquote(inner)]
    else if (inner === undefined && found !== ',') yield* bareLeaves(found, token.lastIndex === text.length)
    if (depth <= 0) return token.lastIndex
  }
  return text.length
}

/** What a number, or a text without quotes, may be meant to be; a name is none, nor are the words of JSON, also if cut off. */
function bareLeaves(word: string, isLast: boolean): string[] {
  if (word.endsWith(':') || WORDS.some((known) => known === word || (isLast && known.startsWith(word)))) return []
  const [number = ''] = /^-?\d[\d.eE+-]*/.exec(word) ?? []
  if (number === word) return [number]
  const value = word.slice(word.indexOf(':') + 1)
  const [withoutMarks = ''] = FROM_FIRST_LETTER_TO_LAST.exec(value) ?? []
  return [number, word, value, withoutMarks]
}

/** Or digit. A pattern for the marks at the end would be tried from each of them on. */
const FROM_FIRST_LETTER_TO_LAST = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su

const WORDS = ['true', 'false', 'null']

/** A text as JSON means it; one that is not valid stays as it is. */
function unquote(quoted: string): string {
  try {
    return JSON.parse(`"${quoted}"`)
  } catch {
    return quoted
  }
}

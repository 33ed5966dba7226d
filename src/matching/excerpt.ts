/** Long texts, cut so that a person can read them. */

import { redacted } from './redaction'

/** How many letters of a text are shown. */
const LETTERS = 300

/** The beginning of a text; a cut one says how long it is. Invisible characters are made visible. */
export function excerpt(written: string, letters = LETTERS, from = 0): string {
  // Before it is cut: half a secret is one, too.
  const text = redacted(written)
  if (from === 0 && text.length <= letters) return text.replace(INVISIBLE, escaped)
  const [begin, end] = [whole(text, from), whole(text, from + letters)]
  const visible = text.slice(begin, end).replace(INVISIBLE, escaped)
  return `${begin > 0 ? '…' : ''}${visible}${end < text.length ? `… (${text.length} characters)` : ''}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a console
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

/** `\n` where JSON has a short form, else `\u009b`: JSON itself leaves most of them as they are. */
function escaped(char: string): string {
  const short = JSON.stringify(char).slice(1, -1)
  return short.length > 1 ? short : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A place to cut a text that is not between the two halves of one letter. */
function whole(text: string, at: number): number {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) ? at - 1 : at
}

/** A phrase in quotes, cut if it is long. */
export function quoted(phrase: string): string {
  return `"${excerpt(phrase)}"`
}

/** The beginning of binary data, in hexadecimal digits. */
export function hexExcerpt(bytes: Buffer): string {
  const text = bytes.toString()
  if (redacted(text) !== text) return `${bytes.length} bytes with something that is not shown`
  const digits = bytes.subarray(0, LETTERS / 2).toString('hex')
  return bytes.length > LETTERS / 2 ? `bytes ${digits}… (${bytes.length} bytes)` : `bytes ${digits}`
}

/** Two values to compare, where long texts are cut to the surroundings of their first difference. */
export function comparable(expected: unknown, actual: unknown): { expected: unknown; actual: unknown } {
  if (typeof expected === 'string' && typeof actual === 'string') {
    return comparableTexts(redacted(expected), redacted(actual))
  }
  if (!isContainer(expected) || !isContainer(actual)) return { expected: shorten(expected), actual: shorten(actual) }
  const [e, a] = [empty(expected), empty(actual)]
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const both = comparable(own(expected, name), own(actual, name))
    if (Object.hasOwn(expected, name)) define(e, name, both.expected)
    if (Object.hasOwn(actual, name)) define(a, name, both.actual)
  }
  return { expected: e, actual: a }
}

function comparableTexts(expected: string, actual: string): { expected: string; actual: string } {
  if (expected.length <= LETTERS && actual.length <= LETTERS) return { expected, actual }
  const from = Math.max(0, firstDifference(expected, actual) - LETTERS / 3)
  const around = (text: string) => excerpt(text, LETTERS, from)
  return { expected: around(expected), actual: around(actual) }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return excerpt(value)
  return isContainer(value) ? comparable(value, {}).expected : value
}

function own(of: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(of, name) ? of[name] : undefined
}

/** Defined, not assigned, so that a member named __proto__ is a member like any other. */
function define(of: object, name: string, value: unknown): void {
  Object.defineProperty(of, name, { value, enumerable: true })
}

function empty(like: object): Record<string, unknown> {
  return (Array.isArray(like) ? [] : {}) as Record<string, unknown>
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

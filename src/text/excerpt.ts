/** Long texts, cut so that a person can read them. */

import { redact } from '../redaction'
import { escapeInvisible } from './lazy-visible'

/** How much of a text is shown, in characters. */
export const MAX_EXCERPT = 300

/** Which part of a text is shown. */
export interface ExcerptOptions {
  /** In characters. Default {@link MAX_EXCERPT}. */
  readonly length?: number
  /** Where it begins. Default 0. */
  readonly from?: number
}

/** A part of a text; one that was cut says how long the text is. Invisible characters are made visible. */
export function excerpt(text: string, options: ExcerptOptions = {}): string {
  const { length = MAX_EXCERPT, from = 0 } = options
  // Before it is cut, as half a secret is one, too.
  return cut(redact(text, from + length), options)
}

/** The same of a text without secrets. */
export function cut(redacted: string, { length = MAX_EXCERPT, from = 0 }: ExcerptOptions = {}): string {
  if (from === 0 && redacted.length <= length) return escapeInvisible(redacted)
  const [start, end] = [characterBoundary(redacted, from), characterBoundary(redacted, from + length)]
  const visible = escapeInvisible(redacted.slice(start, end))
  const isCut = end < redacted.length
  return `${start > 0 ? '…' : ''}${visible}${isCut ? `… (${redacted.length} characters)` : ''}`
}

/** A text of several lines in one, cut if it is long. */
function excerptInOneLine(text: string, options: Pick<ExcerptOptions, 'length'> = {}): string {
  // Before blanks are merged, as a secret may have some.
  return cut(redact(text).replace(/\s+/g, ' ').trim(), options)
}

/** The same in quotes. */
export function quotedInOneLine(text: string, options?: Pick<ExcerptOptions, 'length'>): string {
  return `"${excerptInOneLine(text, options)}"`
}

/** The nearest place that is not between the two halves of a surrogate pair. */
function characterBoundary(text: string, at: number): number {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) ? at - 1 : at
}

/**
 * A message as a person reads it, cut if it is long: where it is JSON, letters stand instead of their escapes.
 * @param start where the message begins in the text
 */
export function messageExcerpt(text: string, start = 0): string {
  return excerpt(text.slice(0, start) + readable(text.slice(start)))
}

/** Loaded when it is needed: few servers escape what need not be. */
function readable(text: string): string {
  if (!text.includes('\\u')) return text
  return (require('./readable-json') as typeof import('./readable-json')).readableJson(text)
}

/** A text in quotes, cut if it is long. */
export function quoted(text: string): string {
  return `"${excerpt(text)}"`
}

/** How far a secret may reach that begins in what is shown of bytes. */
const SECRET_REACH = 2 ** 16

/** The beginning of binary data, in hexadecimal digits. */
export function hexExcerpt(bytes: Buffer): string {
  const maxBytes = MAX_EXCERPT / 2
  const searched = bytes.subarray(0, maxBytes + SECRET_REACH)
  const hasSecret = [searched.toString(), searched.toString('latin1')].some((text) => redact(text, maxBytes) !== text)
  if (hasSecret) return `${bytes.length} bytes with something that is not shown`
  const digits = bytes.subarray(0, maxBytes).toString('hex')
  return bytes.length > maxBytes ? `bytes ${digits}… (${bytes.length} bytes)` : `bytes ${digits}`
}

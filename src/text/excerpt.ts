/** Long texts, cut so that a person can read them. */

import { redact } from '../redaction'

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
export function excerpt(text: string, { length = MAX_EXCERPT, from = 0 }: ExcerptOptions = {}): string {
  // Before it is cut: half a secret is one, too.
  const redacted = redact(text)
  if (from === 0 && redacted.length <= length) return redacted.replace(INVISIBLE, escapeControl)
  const [start, end] = [characterBoundary(redacted, from), characterBoundary(redacted, from + length)]
  const visible = redacted.slice(start, end).replace(INVISIBLE, escapeControl)
  const isCut = end < redacted.length
  return `${start > 0 ? '…' : ''}${visible}${isCut ? `… (${redacted.length} characters)` : ''}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a console
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

/** `\n` where JSON has a short form, else `\u009b`: JSON itself leaves most of them as they are. */
function escapeControl(char: string): string {
  const short = JSON.stringify(char).slice(1, -1)
  return short.length > 1 ? short : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The nearest place that is not between the two halves of a surrogate pair. */
function characterBoundary(text: string, at: number): number {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) ? at - 1 : at
}

/** A text in quotes, cut if it is long. */
export function quoted(text: string): string {
  return `"${excerpt(text)}"`
}

/** The beginning of binary data, in hexadecimal digits. */
export function hexExcerpt(bytes: Buffer): string {
  const text = bytes.toString()
  if (redact(text) !== text) return `${bytes.length} bytes with something that is not shown`
  const maxBytes = MAX_EXCERPT / 2
  const digits = bytes.subarray(0, maxBytes).toString('hex')
  return bytes.length > maxBytes ? `bytes ${digits}… (${bytes.length} bytes)` : `bytes ${digits}`
}

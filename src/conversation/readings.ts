/** What may be meant at a place of a text: letters stand as they are, escaped as in JSON, or percent-encoded as in addresses. */

/** A letter, and how long it is written. */
type Reading = readonly [letter: string, length: number]

/** All letters that may be meant there. */
export function readingsAt(text: string, at: number): Reading[] {
  const letter = letterAt(text, at)
  const asItIs: Reading = [wellFormed(letter), letter.length]
  if (letter === '\\') return [asItIs, ...escapedAt(text, at)]
  if (letter === '%') return [asItIs, ...percentEncodedAt(text, at)]
  return letter === '+' ? [asItIs, [' ', 1]] : [asItIs]
}

/** The letters that may begin the spelling of another one. */
export const AMBIGUOUS: readonly string[] = ['\\', '%', '+']

/** How long one letter can be written: as two escaped units, or four encoded bytes. */
export const LONGEST_SPELLING = 12

/** The letter that stands there, of one or two units. */
export function letterAt(text: string, at: number): string {
  const unit = text[at] as string
  return isHalf(unit) ? String.fromCodePoint(text.codePointAt(at) as number) : unit
}

/** A letter; half a letter, which has no bytes, as the sign that stands for it. */
export function wellFormed(letter: string): string {
  return isHalf(letter) ? '\ufffd' : letter
}

function isHalf(letter: string): boolean {
  return letter.length === 1 && letter >= '\ud800' && letter <= '\udfff'
}

const SHORTHAND: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function escapedAt(text: string, at: number): Reading[] {
  const shorthand = SHORTHAND[text[at + 1] ?? '']
  if (shorthand !== undefined) return [[shorthand, 2]]
  const [unit, next] = [unitAt(text, at), unitAt(text, at + UNIT)]
  if (unit === undefined) return []
  const pair = unit + (next ?? '')
  const single: Reading = [wellFormed(unit), UNIT]
  return next !== undefined && isHalf(unit) && pair.isWellFormed() ? [single, [pair, 2 * UNIT]] : [single]
}

/** The length of `\u0061`. */
const UNIT = 6

function unitAt(text: string, at: number): string | undefined {
  const [, digits] = /^\\u([\da-f]{4})$/i.exec(text.slice(at, at + UNIT)) ?? []
  return digits === undefined ? undefined : String.fromCharCode(Number.parseInt(digits, 16))
}

function percentEncodedAt(text: string, at: number): Reading[] {
  const [encoded] = /^(?:%[\da-f]{2})+/i.exec(text.slice(at, at + LONGEST_SPELLING)) ?? []
  if (encoded === undefined) return []
  const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex')
  const [letter = ''] = bytes.toString()
  return bytes.indexOf(letter) === 0 ? [[letter, 3 * Buffer.byteLength(letter)]] : []
}

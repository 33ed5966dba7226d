/** The ways in which one text is written: as it is, in JSON, and in addresses, each of which leaves some choice. */

/** What is shorter is hidden only where it stands by itself: the `1` of a `pin` is also in every other number. */
const SHORT = 4

/** Of what is longer, so many letters are looked for: an expression for all of them takes long, or ends the stack. */
const LONG = 1000

/** The letters and digits of an escaped mark are none: `%3D1` is `=1`. */
const AFTER_ESCAPE = '(?<=\\\\(?:[bfnrt]|u[\\da-fA-F]{4})|%[\\da-fA-F]{2})'

const SHORTHAND: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** The source of a regular expression, for the flag `u`, that finds a text however it is written. */
export function everySpellingOf(text: string): string {
  const letters = [...text]
  if (letters.length > LONG) return longSpellingOf(letters)
  const spelled = everySpellingOfAll(letters)
  // `12.5` may have been written as `12.50`.
  const zeros = /^-?\d+\.\d+$/.test(text) ? '0*' : ''
  if (text.length >= SHORT) return spelled + zeros
  return `(?:(?<![\\p{L}\\p{N}])|${AFTER_ESCAPE})${spelled}${zeros}(?![\\p{L}\\p{N}])`
}

/** From its beginning to its end, or where that is missing to the end of everything. */
function longSpellingOf(letters: readonly string[]): string {
  const [begin, end] = [letters.slice(0, LONG / 2), letters.slice(-LONG / 2)].map(everySpellingOfAll)
  return `${begin}(?:[^]{${letters.length - LONG},}?${end}|[^]*)`
}

function everySpellingOfAll(letters: readonly string[]): string {
  return letters.map(spellingsOfLetter).join('')
}

function spellingsOfLetter(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at))
  const escaped = units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('')
  const bytes = [...Buffer.from(letter.toWellFormed())]
  const percent = bytes.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const shorthand = SHORTHAND[letter]
  const spellings = [itself(letter), escaped, percent, ...(shorthand ? [itself(shorthand)] : [])]
  if (letter === ' ') spellings.push('\\+')
  return `(?:${spellings.join('|')})`
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function itself(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`)
}

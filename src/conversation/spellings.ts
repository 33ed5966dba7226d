/** The ways in which one text is written: as it is, in JSON, and in addresses, each of which leaves some choice. */

/** What is shorter is hidden only where it stands by itself: the `1` of a `pin` is also in every other number. */
const SHORT = 4

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
  const letters = [...text].map(spellingsOfLetter).join('')
  // `12.5` may have been written as `12.50`.
  const zeros = /^-?\d+\.\d+$/.test(text) ? '0*' : ''
  if (text.length >= SHORT) return letters + zeros
  return `(?<![\\p{L}\\p{N}])${letters}${zeros}(?![\\p{L}\\p{N}])`
}

function spellingsOfLetter(letter: string): string {
  const units = Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at))
  const escaped = units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('')
  const bytes = [...Buffer.from(letter.toWellFormed())]
  const percent = bytes.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const shorthand = SHORTHAND[letter]
  const spellings = [literally(letter), escaped, percent, ...(shorthand ? [literally(shorthand)] : [])]
  if (letter === ' ') spellings.push('\\+')
  return `(?:${spellings.join('|')})`
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`)
}

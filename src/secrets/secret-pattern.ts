/** Finds a text in all its spellings: as it is, in JSON, and in addresses, each of which leaves some choice. */

/** A shorter text is found only where it stands by itself: the `1` of a `pin` is also in every other number. */
const SHORT_LENGTH = 4

/** Of a longer text, so many characters are looked for: an expression for all of them takes long, or ends the stack. */
const MAX_LENGTH = 1000

/** The letters and digits of an escape do not belong to the text: `%3D1` is `=1`. */
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
export function patternForAllSpellings(text: string): string {
  const characters = [...text]
  if (characters.length > MAX_LENGTH) return patternForLongText(characters)
  const spelled = patternForCharacters(characters)
  // `12.5` may have been written as `12.50`.
  const zeros = /^-?\d+\.\d+$/.test(text) ? '0*' : ''
  if (text.length >= SHORT_LENGTH) return spelled + zeros
  return `(?:(?<![\\p{L}\\p{N}])|${AFTER_ESCAPE})${spelled}${zeros}(?![\\p{L}\\p{N}])`
}

/** From its beginning to its end, or where that is missing to the end of everything. */
function patternForLongText(characters: readonly string[]): string {
  const [begin, end] = [characters.slice(0, MAX_LENGTH / 2), characters.slice(-MAX_LENGTH / 2)].map(
    patternForCharacters,
  )
  return `${begin}(?:[^]{${characters.length - MAX_LENGTH},}?${end}|[^]*)`
}

function patternForCharacters(characters: readonly string[]): string {
  return characters.map(patternForCharacter).join('')
}

function patternForCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  const escaped = units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('')
  const bytes = [...Buffer.from(character.toWellFormed())]
  const percent = bytes.map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const shorthand = SHORTHAND[character]
  const spellings = [escapeCharacter(character), escaped, percent, ...(shorthand ? [escapeCharacter(shorthand)] : [])]
  if (character === ' ') spellings.push('\\+')
  return `(?:${spellings.join('|')})`
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function escapeCharacter(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`)
}

/** Finds whole words and numbers in a text. */

/** How much of a text before and after a place says whether it is within a word or number, in characters. */
export const WORD_CONTEXT = 40

/**
 * Whether a text has a part that neither begins nor ends within a word or number.
 * @param from where the part may begin
 */
export function includesWords(text: string, part: string, from = 0): boolean {
  for (let start = text.indexOf(part, from); start >= 0; start = text.indexOf(part, start + 1)) {
    if (!isWithinWord(text, start) && !isWithinWord(text, start + part.length)) return true
  }
  return false
}

/** Where the last word or number of a text begins, which may go on; 0 if it has no other. */
export function lastWordStart(text: string): number {
  let start = text.length
  while (start > 0 && PART_OF_WORD.test(text[start - 1] as string)) start--
  return start
}

/** The spaces here are those that do not break a line, or are thin: an ordinary one stands between numbers. */
const SEPARATORS =
  ".,'’_\\u00a0\\u00b7\\u02d9\\u066b\\u066c\\u2007\\u2008\\u2009\\u202f\\u2396\\u2e31\\ufe50\\ufe52\\uff07\\uff0c\\uff0e"
const SIGNS =
  '+\\u002d\\u00b1\\u2010-\\u2013\\u207a\\u207b\\u208a\\u208b\\u2212\\u2213\\u2795\\u2796\\ufe62\\ufe63\\uff0b\\uff0d'
/** Between a sign and its number: a currency, and marks of the direction in which it is written. */
const CURRENCY = '[\\u061c\\u200e\\u200f]?(?:(?:\\p{Sc}|[A-Z]{3})\\u00a0?)?[\\u061c\\u200e\\u200f]?'

/** What may be a part of a word or number, or stand between two parts of one. */
const PART_OF_WORD = new RegExp(
  `[\\p{L}\\p{N}\\p{M}\\p{Pc}\\p{Sc}\\p{Cs}\\u061c\\u200c-\\u200f${SEPARATORS}${SIGNS}]`,
  'u',
)

/**
 * What stands before and after a place within a word or number (Unicode Standard Annex 29, section 4.1, and the ways to write
 * numbers).
 */
const WITHIN_WORD: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/[\p{L}\p{N}\p{M}\p{Pc}\u200c\u200d]$/u, /^[\p{L}\p{N}\p{Pc}]/u],
  // Before an accent of its own, or what joins letters,
  [/[^\s]$/u, /^[\p{M}\u200c\u200d]/u],
  // beside a hyphen or an apostrophe,
  [/[\p{L}\p{M}]$/u, /^[-\u2010\u2011'’]\p{L}/u],
  [/[\p{L}\p{M}][-\u2010\u2011'’]$/u, /^\p{L}/u],
  // a decimal point or what groups digits,
  [/\p{N}$/u, new RegExp(`^[${SEPARATORS}]\\p{N}`, 'u')],
  [new RegExp(`\\p{N}[${SEPARATORS}]$`, 'u'), /^\p{N}/u],
  // the sign of an exponent,
  [/\p{N}\.?[eE]$/u, new RegExp(`^[${SIGNS}]\\p{N}`, 'u')],
  [new RegExp(`\\p{N}\\.?[eE][${SIGNS}]$`, 'u'), /^\p{N}/u],
  // or after a sign.
  [new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:\\.|[${SIGNS}]${CURRENCY})$`, 'u'), /^\p{N}/u],
  [new RegExp(`(?:^|[^\\p{L}\\p{N}])[${SIGNS}]$`, 'u'), new RegExp(`^${CURRENCY}\\p{N}`, 'u')],
]

function isWithinWord(text: string, at: number): boolean {
  const [before, after] = [text.slice(Math.max(at - 10, 0), at), text.slice(at, at + 10)]
  return WITHIN_WORD.some(([end, start]) => end.test(before) && start.test(after)) && !isInList(text, at)
}

/** Three numbers or more with commas between them, which do not group digits: by three, or by two as in India. */
const LIST = /^[^,]+(?:,[^,]+){2,}$/
const GROUPED = /^[-+\u2212]?\d{1,3}(?:(?:,\d{3})+|(?:,\d\d)+,\d{3})(?:\.\d*)?$/

/** Both match any text. */
const NUMBERS_BEFORE = /(?:[-+\u2212]?[\d.]+,)*[-+\u2212]?[\d.]*$/
const NUMBERS_AFTER = /^[-+\u2212]?[\d.]*(?:,[-+\u2212]?[\d.]+)*/

/** Whether a place is beside a comma of such a list: `1,2,3`. */
function isInList(text: string, at: number): boolean {
  if (text[at] !== ',' && text[at - 1] !== ',') return false
  const [before] = NUMBERS_BEFORE.exec(text.slice(Math.max(at - WORD_CONTEXT, 0), at)) as RegExpExecArray
  const [after] = NUMBERS_AFTER.exec(text.slice(at, at + WORD_CONTEXT)) as RegExpExecArray
  const numbers = before + after
  return LIST.test(numbers) && !GROUPED.test(numbers)
}

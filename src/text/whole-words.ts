/** Finds whole words and numbers in a text. */

/** Whether a text has a part that neither begins nor ends within a word or number. */
export function includesWords(text: string, part: string): boolean {
  const isWithinWord = (at: number) => {
    const [before, after] = [text.slice(Math.max(at - 4, 0), at), text.slice(at, at + 5)]
    return WITHIN_WORD.some(([end, start]) => end.test(before) && start.test(after))
  }
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + 1)) {
    if (!isWithinWord(start) && !isWithinWord(start + part.length)) return true
  }
  return false
}

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
  // a decimal point,
  [/\d$/, /^\.\d/],
  [/\d\.$/, /^\d/],
  // what groups thousands,
  [/\d$/, /^[,'’_\u00a0\u2009\u202f]\d{3}(?!\d)/],
  [/\d[,'’_\u00a0\u2009\u202f]$/, /^\d{3}(?!\d)/],
  // the sign of an exponent,
  [/\d\.?[eE]$/, /^[-+\u2212]\d/],
  [/\d\.?[eE][-+\u2212]$/, /^\d/],
  // or after a sign.
  [/(?:^|[^\p{L}\p{N}])[-+.\u2013\u2212\ufe63\uff0b\uff0d]$/u, /^\d/],
]

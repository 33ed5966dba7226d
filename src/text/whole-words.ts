/** Finds whole words and numbers in a text. */

/** Whether a text has a part that neither begins nor ends within a word or number. */
export function includesWords(text: string, part: string): boolean {
  const isWithinWord = (at: number) => {
    const [before, after] = [text.slice(Math.max(at - 2, 0), at), text.slice(at, at + 5)]
    return WITHIN_WORD.some(([end, start]) => end.test(before) && start.test(after))
  }
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + 1)) {
    if (!isWithinWord(start) && !isWithinWord(start + part.length)) return true
  }
  return false
}

/** What stands before and after a place within a word or number. */
const WITHIN_WORD: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/[\p{L}\p{N}]$/u, /^[\p{L}\p{N}]/u],
  // Beside a hyphen,
  [/\p{L}$/u, /^-\p{L}/u],
  [/\p{L}-$/u, /^\p{L}/u],
  // a decimal point,
  [/\d$/, /^\.\d/],
  [/\d\.$/, /^\d/],
  // what groups thousands,
  [/\d$/, /^[,'’_\u00a0\u202f]\d{3}(?!\d)/],
  [/\d[,'’_\u00a0\u202f]$/, /^\d{3}(?!\d)/],
  // or after a sign.
  [/(?:^|[^\p{L}\p{N}])[-+.]$/u, /^\d/],
]

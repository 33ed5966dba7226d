/** How different two texts are, and the known word that was probably meant. */

/** How many characters of a text are compared. */
const MAX_COMPARED = 200

/** What is longer, in characters, is not a word; and to compare two of them takes the square of their length. */
const MAX_WORD = 1000

/** The share of characters to change, from 0, equal, to 1; of long texts the beginnings are compared. */
export function textDistance(a: string, b: string): number {
  const [start, other] = [a.slice(0, MAX_COMPARED), b.slice(0, MAX_COMPARED)]
  return editDistance(start, other) / Math.max(start.length, other.length, 1)
}

/** The known word nearest to another one, if it is near enough to be a misspelling. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > MAX_WORD) return undefined
  const maxEdits = Math.max(2, word.length / 3)
  const ranked = [...known]
    // Each character of the difference in length is an edit: to compare thousands of long ones would take minutes.
    .filter(({ length }) => Math.abs(length - word.length) <= maxEdits)
    .map((candidate) => ({ candidate, edits: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const [best] = ranked
  const isNear = best && best.edits < best.candidate.length && best.edits <= maxEdits
  return isNear ? best.candidate : undefined
}

/** By a library that is loaded with the first failure that needs it. */
function editDistance(a: string, b: string): number {
  return (require('fastest-levenshtein') as typeof import('fastest-levenshtein')).distance(a, b)
}

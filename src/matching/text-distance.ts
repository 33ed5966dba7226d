/** How far two texts are apart. */

import { distance } from 'fastest-levenshtein'

/** The share of letters to change, from 0, equal, to 1; of long texts the first 200 letters count. */
export function textDistance(one: string, other: string): number {
  const [a, b] = [one.slice(0, 200), other.slice(0, 200)]
  return distance(a, b) / Math.max(a.length, b.length, 1)
}

/** What is longer, in letters, is no word; and to compare two of them takes the square of their length. */
const LONGEST = 1000

/** The known word nearest to what was written, if it is near enough to be a slip of the pen. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  if (written.length > LONGEST) return undefined
  const ranked = [...known]
    .map((word) => ({ word, slips: distance(written.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.slips - b.slips)
  const best = ranked[0]
  return best && best.slips < best.word.length && best.slips <= Math.max(2, written.length / 3) ? best.word : undefined
}

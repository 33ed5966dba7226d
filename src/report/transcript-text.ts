/** The conversation as text: a line for each thing that happened, below the sentence during which it did. */

import type { Entry } from '../conversation/transcript'
import { excerpt, hexExcerpt } from '../matching/excerpt'

/** How many lines are shown. */
const LINES = 1000

/** The entries as aligned lines; a long conversation is cut in the middle and says so. */
export function inLines(entries: readonly Entry[]): string {
  const left = entries.length - LINES
  const shown = left <= 0 ? entries : [...entries.slice(0, LINES / 2), ...entries.slice(-LINES / 2)]
  const who = Math.max(...shown.map((entry) => entry.who.length))
  const lines = shown.map((entry) => (entry.what === 'sentence' ? said(entry) : happened(entry, who)))
  if (left > 0) lines.splice(LINES / 2, 0, `  … ${left} more …`)
  return lines.join('\n')
}

function said({ detail }: Entry): string {
  return excerpt(String(detail))
}

function happened({ at, who, what, detail, reaction }: Entry, width: number): string {
  const time = `+${Math.round(at)} ms`.padStart(9)
  const text = typeof detail === 'string' ? excerpt(detail) : hexExcerpt(detail)
  return `${time}  ${who.padEnd(width)}  ${what.padEnd(8)}  ${text}${reaction ? '  (reaction)' : ''}`.trimEnd()
}

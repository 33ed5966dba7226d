/** The conversation as text: a line for each thing that happened, below the sentence during which it did. */

import type { Entry } from '../conversation/transcript'
import { excerpt, hexExcerpt } from '../matching/excerpt'

/** How many lines are shown. */
const LINES = 200

/** The entries as aligned lines; a long conversation is cut in the middle and says so. */
export function inLines(entries: readonly Entry[]): string {
  const left = entries.length - LINES
  if (left <= 0) return linesOf(entries)
  const half = LINES / 2
  return [linesOf(entries.slice(0, half)), `  … ${left} more …`, linesOf(entries.slice(-half))].join('\n')
}

function linesOf(entries: readonly Entry[]): string {
  const who = Math.max(...entries.map((entry) => entry.who.length))
  return entries.map((entry) => (entry.what === 'sentence' ? said(entry) : happened(entry, who))).join('\n')
}

function said({ detail }: Entry): string {
  return excerpt(String(detail))
}

function happened({ at, who, what, detail, reaction }: Entry, width: number): string {
  const time = `+${Math.round(at)} ms`.padStart(9)
  const text = typeof detail === 'string' ? excerpt(detail) : hexExcerpt(detail)
  return `${time}  ${who.padEnd(width)}  ${what.padEnd(8)}  ${text}${reaction ? '  (reaction)' : ''}`.trimEnd()
}

/** The conversation as text: a line for each thing that happened, below the sentence during which it did. */

import { excerpt } from '../text/excerpt'
import type { TranscriptEntry } from '../transcript'
import { entryText } from './entry-text'

/** How many lines are shown. */
const MAX_LINES = 1000

/** The entries as aligned lines; a long conversation is cut in the middle and says so. */
export function formatTranscript(entries: readonly TranscriptEntry[]): string {
  const isLong = entries.length > MAX_LINES
  const shown = isLong ? [...entries.slice(0, MAX_LINES / 2), ...entries.slice(-MAX_LINES / 2)] : entries
  const who = Math.max(...shown.map((entry) => excerpt(entry.client).length))
  const lines = shown.map((entry) => formatEntry(entry, who))
  if (isLong) lines.splice(MAX_LINES / 2, 0, formatCut(countOf(entries) - countOf(shown)))
  return lines.join('\n')
}

/** How many entries these stand for, with those that the transcript has left out. */
function countOf(entries: readonly TranscriptEntry[]): number {
  return entries.reduce((sum, { kind, detail }) => sum + (kind === 'is cut' ? Number(detail) : 1), 0)
}

function formatEntry(entry: TranscriptEntry, who: number): string {
  if (entry.kind === 'is cut') return formatCut(Number(entry.detail))
  return entry.kind === 'sentence' ? formatSentence(entry) : formatEvent(entry, who)
}

function formatCut(count: number): string {
  return `  … ${count} more …`
}

function formatSentence({ detail }: TranscriptEntry): string {
  return excerpt(String(detail))
}

function formatEvent(entry: TranscriptEntry, width: number): string {
  const { at, client, kind, isReaction } = entry
  const time = `+${Math.round(at)} ms`.padStart(9)
  return `${time}  ${excerpt(client).padEnd(width)}  ${kind.padEnd(8)}  ${entryText(entry)}${isReaction ? '  (reaction)' : ''}`.trimEnd()
}

/** Whether a program has printed a text, or does so in time. */

import { programOutputFailure } from '../processes/program-failure'
import { includesWords } from '../text/whole-words'
import type { ManagedProcess } from './managed-process'
import { WordSearch } from './text-search'

interface PrintedText {
  readonly process: ManagedProcess
  readonly text: string
  /** In ms. */
  readonly timeout: number
}

/** @throws ExpectationError if it has not printed the text in time, or before it ended */
export async function requirePrintedText(name: string, { process, text, timeout }: PrintedText): Promise<void> {
  const { output } = process
  let isFound = false
  const endSearch = output.search(
    () => new WordSearch(text),
    () => {
      isFound = true
    },
  )
  await output.changes.until(() => process.end !== undefined || isFound, timeout)
  endSearch()
  if (isFound) return
  if (process.end) await process.gone()
  // What comes last may have no end of its line.
  if (includesWords(output.text, text)) return
  throw programOutputFailure(name, { text, timeout, end: process.end, lines: process.lastLines() })
}

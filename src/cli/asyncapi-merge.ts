/** `asyncapi merge`: the AsyncAPI coverage of several runs, such as the shards of one, as that of one. */

import { readFileSync } from 'node:fs'
import { formatReport, mergeReports, type NamedReport, readReport } from '../coverage/report'
import { formatSummary } from '../coverage/summary'
import { isShare, shortfalls } from '../coverage/threshold'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { inWords } from './in-words'
import { namedFiles } from './named-files'
import type { Command } from './run-command'
import { writeWhole } from './write-file'

export const asyncapiMerge: Command = {
  words: 'asyncapi merge',
  operands: '<report>...',
  summary: 'Adds the AsyncAPI coverage of several runs, such as the shards of one, and prints a summary.',
  options: {
    out: { value: '<file>', summary: 'Where the sum is written to, as JSON.' },
    minimum: {
      value: '<share>',
      summary: 'The share of the messages of each document to be seen, from 0 to 1: below it the exit code is 1.',
    },
  },
  run({ operands, options: { out, minimum } }, { print, complain }) {
    const least = minimum === undefined ? undefined : readMinimum(minimum)
    const coverage = mergeReports(namedFiles(operands, out, 'reports/part-*.json').map(read))
    if (out !== undefined) writeWhole(out, formatReport(coverage))
    const summary = formatSummary(coverage)
    if (summary !== '') print(summary)
    const failures = least === undefined ? [] : shortfalls(coverage, least)
    if (failures.length > 0) complain(failures.join('\n'))
    return failures.length > 0 ? 1 : 0
  },
}

function readMinimum(text: string): number {
  const minimum = Number(text)
  if (text.trim() !== '' && isShare(minimum)) return minimum
  throw new UsageError(`--minimum should be a number from 0 to 1, such as 0.9, not ${quoted(text)}.`)
}

function read(file: string): NamedReport {
  try {
    return readReport(file, readFileSync(file, 'utf8'))
  } catch (error) {
    throw inWords(error, `${quoted(file)} cannot be read`)
  }
}

/** `asyncapi merge`: the AsyncAPI coverage of several runs, such as the shards of one, as that of one. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { formatReport, mergeReports, type NamedReport, readReport } from '../coverage/report'
import { formatSummary } from '../coverage/summary'
import { isShare, shortfalls } from '../coverage/threshold'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { inWords } from './in-words'
import type { Command } from './run-command'

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
    const coverage = mergeReports(reportsIn(operands, out).map(read))
    if (out !== undefined) write(out, formatReport(coverage))
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

/** The files that are named, each once; what an earlier merge has written is none of them. */
function reportsIn(named: readonly string[], out: string | undefined): string[] {
  if (named.length === 0)
    throw new UsageError('There is nothing to merge: name the reports, as in reports/part-*.json.')
  const files = new Map(named.flatMap(expand).map((file) => [resolve(file), file]))
  if (out !== undefined) files.delete(resolve(out))
  if (files.size === 0) throw new UsageError(`No file is like ${named.map(quoted).join(' or ')}, but the one to write.`)
  return [...files.values()]
}

/** A shell of Windows leaves `part-*.json` as it is; so does one that finds no such file. */
function expand(path: string): string[] {
  const [folder, name] = [dirname(path), basename(path)]
  if (!name.includes('*')) return [path]
  const parts = name.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  const found = filesIn(folder).filter((file) => pattern.test(file))
  if (found.length === 0) throw new UsageError(`There is no file ${quoted(path)}.`)
  return found.sort().map((file) => join(folder, file))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): NamedReport {
  try {
    return readReport(file, readFileSync(file, 'utf8'))
  } catch (error) {
    throw inWords(error, `${quoted(file)} cannot be read`)
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw inWords(error, `${quoted(file)} cannot be written`)
  }
}

/** Cucumber's messages of a run, as its formatter `message` has written them to a file. */

import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Envelope } from '@cucumber/messages'
import { UsageError } from '../errors'
import { quoted, quotedInOneLine } from '../text/excerpt'

/** The messages of one run, such as a shard. */
export interface RunMessages {
  /** Where they stand. */
  readonly file: string
  readonly envelopes: readonly Envelope[]
}

/** How a shard writes its messages. */
const HOW_TO_WRITE = 'npx cucumber-js --shard 1/4 --format message:reports/shard-1.ndjson'

/**
 * Reads the runs of a file: one, or several that were written one behind the other.
 * @throws UsageError if the file cannot be read, is something else, or has the messages of a run that was broken off
 */
export function readRuns(file: string): RunMessages[] {
  const runs: Envelope[][] = []
  for (const line of linesOf(file)) {
    if (line.text.trim() === '') continue
    const envelope = parse(file, line)
    if (envelope.meta) runs.push([])
    const run = runs.at(-1)
    if (!run) throw notMessages(file, line)
    run.push(envelope)
  }
  if (runs.length === 0) {
    throw new UsageError(`${quoted(file)} is empty: the run that should have written it was broken off. Run it again.`)
  }
  if (!runs.every(isOver)) throw brokenOff(file, 'before the run does')
  if (!runs.every(hasFinishedAll)) throw brokenOff(file, 'before one of its scenarios does')
  return runs.map((envelopes) => ({ file, envelopes }))
}

/** A run whose features cannot be read ends with that. */
function isOver(run: readonly Envelope[]): boolean {
  return run.some(({ testRunFinished, parseError }) => testRunFinished || parseError)
}

/** Cucumber ends the run, and calls it a success, also where the process of a worker has ended. */
function hasFinishedAll(run: readonly Envelope[]): boolean {
  const finished = new Set(run.map(({ testCaseFinished }) => testCaseFinished?.testCaseStartedId))
  return run.every(({ testCaseStarted }) => !testCaseStarted || finished.has(testCaseStarted.id))
}

function parse(file: string, line: Line): Envelope {
  try {
    const value: unknown = JSON.parse(line.text.replace(/^\ufeff/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    if (line.isCut && line.number > 1) throw brokenOff(file, `in the middle of line ${line.number}`)
  }
  throw notMessages(file, line)
}

function brokenOff(file: string, where: string): UsageError {
  return new UsageError(
    `${quoted(file)} ends ${where}: it was broken off, by a failing BeforeAll hook or from outside. Run that shard again, or leave the file out.`,
  )
}

function notMessages(file: string, { number, text }: Line): UsageError {
  return new UsageError(
    `${quoted(file)} has no messages of Cucumber's: line ${number} is ${quotedInOneLine(text, { length: 80 })}. Have it written by: ${HOW_TO_WRITE}`,
  )
}

interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
  /** Whether the file ends before the line does. */
  readonly isCut: boolean
}

/** The lines of a file, which may be larger than a text can be: of the line breaks of Unicode, JSON leaves some as they are. */
function* linesOf(file: string): Generator<Line> {
  let [number, rest] = [0, '']
  for (const part of partsOf(file)) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() as string
    for (const text of lines) yield { number: ++number, text, isCut: false }
  }
  if (rest !== '') yield { number: ++number, text: rest, isCut: true }
}

/** In bytes. */
const PART = 4_194_304

function* partsOf(file: string): Generator<string> {
  const descriptor = open(file)
  try {
    const decoder = new StringDecoder('utf8')
    const buffer = Buffer.alloc(PART)
    for (let size = read(); size > 0; size = read()) yield decoder.write(buffer.subarray(0, size))
    yield decoder.end()

    function read(): number {
      try {
        return readSync(descriptor, buffer, 0, PART, null)
      } catch (error) {
        throw unreadable(file, error)
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EISDIR') return new UsageError(`${quoted(file)} is a folder: name its files, as in ${file}/*.ndjson.`)
  if (code === 'ENOENT') return new UsageError(`There is no file ${quoted(file)}. Have it written by: ${HOW_TO_WRITE}`)
  return new UsageError(`${quoted(file)} cannot be read: ${message}`)
}

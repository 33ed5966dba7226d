/**
 * A formatter of Cucumber's that tells how much of an AsyncAPI document the scenarios have seen:
 * `format: ['cucumber-websocket/asyncapi-coverage:reports/asyncapi-coverage.json']`.
 * @packageDocumentation
 */

import type { Envelope } from '@cucumber/messages'
import { CoverageCollector } from './collect-coverage'
import type { Coverage } from './coverage'
import { below, figuresOf, formatShare } from './figures'
import { readOptions } from './options'
import { formatReport } from './report'
import { formatSummary } from './summary'

export type { AsyncapiCoverageOptions } from './options'

/**
 * What Cucumber gives a formatter that is a plugin.
 * @example const context: FormatterContext = { on: (_, handler) => run.on('envelope', handler), write: console.log }
 */
export interface FormatterContext {
  /** Subscribes to Cucumber's messages. */
  readonly on: (key: 'message', handler: (envelope: Envelope) => void) => void
  /** What stands under `asyncapiCoverage` in formatOptions. */
  readonly options?: unknown
  /** Writes the report. */
  readonly write: (text: string) => void
}

/**
 * Tells Cucumber that this module is a formatter.
 * @example import * as coverage from 'cucumber-websocket/asyncapi-coverage' // { type: 'formatter', … }
 */
export const type = 'formatter'

/**
 * Where a project's `formatOptions` have its options.
 * @example module.exports = { default: { formatOptions: { asyncapiCoverage: { minimum: 0.9 } } } }
 */
export const optionsKey = 'asyncapiCoverage'

/**
 * Listens to a run; when it is over, writes the report, prints a summary, and fails the run if too little has been seen.
 * @returns what Cucumber calls then
 * @throws UsageError for wrong options
 * @example module.exports = { default: { format: ['cucumber-websocket/asyncapi-coverage:reports/asyncapi-coverage.json'] } }
 */
export function formatter({ on, options, write }: FormatterContext): () => void {
  const { minimum } = readOptions(options)
  const collector = new CoverageCollector()
  on('message', (envelope) => collector.update(envelope))
  return () => {
    const { coverage, remarks, hasRun } = collector
    write(formatReport(coverage))
    const summary = formatSummary(coverage)
    const verdict = minimum === undefined || !hasRun ? undefined : judge(coverage, minimum)
    const lines = [summary, ...remarks, verdict?.words ?? ''].filter((text) => text !== '')
    if (lines.length > 0) console.error(`\n${lines.join('\n\n')}`)
    if (!verdict?.fails) return
    // An error here would be told as one of Cucumber's own.
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  }
}

interface Judgement {
  readonly fails: boolean
  readonly words: string
}

function judge(coverage: Coverage, minimum: number): Judgement {
  if (isShard()) {
    return { fails: false, words: `The minimum of ${formatShare(minimum)} is not applied to a shard: ${MERGE}` }
  }
  if (coverage.documents.length === 0) return { fails: true, words: NO_DOCUMENT }
  const words = failures(coverage, minimum)
  return { fails: words.length > 0, words: words.join('\n') }
}

const MERGE =
  'give it to the merge of all, npx cucumber-websocket asyncapi merge reports/part-*.json --minimum …, as docs/asyncapi.md tells.'
const NO_DOCUMENT =
  'There is a minimum of AsyncAPI coverage, but no scenario was judged by a document: is the setting "asyncapi" there?'

/** Which documents have been seen too little of, in sentences. */
export function failures({ documents }: Coverage, minimum: number): string[] {
  return below(minimum, documents).map(
    (document) =>
      `The coverage of ${document.document} is ${formatShare(figuresOf(document).coverage as number)}, below the minimum of ${formatShare(minimum)}.`,
  )
}

/** Whether this run is a part of one; Cucumber tells its formatters nothing of it. */
function isShard(): boolean {
  return process.argv.some((argument) => /^--shard(?:=|$)/.test(argument))
}

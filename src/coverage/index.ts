/**
 * A formatter of Cucumber's that tells how much of an AsyncAPI document the scenarios have seen:
 * `format: ['cucumber-websocket/asyncapi-coverage:reports/asyncapi-coverage.json']`.
 * @packageDocumentation
 */

import type { Envelope } from '@cucumber/messages'
import { CoverageCollector } from './collect-coverage'
import { readOptions } from './options'
import { formatReport } from './report'
import { formatSummary } from './summary'
import { shortfalls } from './threshold'

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
  /** Where it is written to. */
  readonly stream?: { readonly writableEnded?: boolean }
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
export function formatter({ on, options, write, stream }: FormatterContext): () => void {
  const { minimum } = readOptions(options)
  const collector = new CoverageCollector()
  on('message', (envelope) => collector.update(envelope))
  return () => {
    // Of a run whose features cannot be read, Cucumber ends the stream before; nothing has been seen in it.
    if (stream?.writableEnded) return
    const { coverage, remarks, hasRun, isEmpty } = collector
    write(formatReport(coverage))
    const isChecked = minimum !== undefined && (hasRun || isEmpty)
    const failures = isChecked && !isShard() ? shortfalls(coverage, minimum, isEmpty) : []
    const notes = isChecked && isShard() ? [NOT_IN_SHARDS] : failures
    const lines = [formatSummary(coverage), ...remarks, ...notes].filter((text) => text !== '')
    if (lines.length > 0) console.error(`\n${lines.join('\n\n')}`)
    if (failures.length === 0) return
    // An error here would be told as one of Cucumber's own.
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  }
}

const NOT_IN_SHARDS =
  'The minimum is not applied to a shard. Give it to the merge of all, as in:\n' +
  '  npx cucumber-websocket asyncapi merge reports/part-*.json --out reports/asyncapi-coverage.json --minimum 0.9'

/** Whether this run is a part of one; Cucumber tells its formatters nothing of it. */
function isShard(): boolean {
  return process.argv.some((argument) => /^--shard(?:=|$)/.test(argument))
}

/**
 * A formatter of Cucumber's that writes a run as a page for readers: `format: ['cucumber-websocket/living-docs:docs.html']`.
 * @packageDocumentation
 */

import { ftruncateSync, writeSync } from 'node:fs'
import type { Envelope } from '@cucumber/messages'
import { readOptions } from './options'
import { RunPage } from './run-page'

export type { LivingDocsOptions } from './options'

/**
 * What Cucumber gives a formatter that is a plugin.
 * @example const context: FormatterContext = { on: (_, handler) => run.on('envelope', handler), write: console.log }
 */
export interface FormatterContext {
  /** Subscribes to Cucumber's messages. */
  readonly on: (key: 'message', handler: (envelope: Envelope) => void) => void
  /** What stands under `livingDocs` in formatOptions. */
  readonly options?: unknown
  /** Writes the page. */
  readonly write: (text: string) => void
  /** Where it is written to; a file has a descriptor. */
  readonly stream?: { readonly fd?: unknown; readonly writableEnded?: boolean }
}

/**
 * Tells Cucumber that this module is a formatter.
 * @example import * as livingDocs from 'cucumber-websocket/living-docs' // { type: 'formatter', … }
 */
export const type = 'formatter'

/**
 * Where a project's `formatOptions` have its options.
 * @example module.exports = { default: { formatOptions: { livingDocs: { title: 'Our chat' } } } }
 */
export const optionsKey = 'livingDocs'

/**
 * Listens to a run, and writes the page when it is over.
 * @returns what Cucumber calls then
 * @throws UsageError for wrong options
 * @example module.exports = { default: { format: ['cucumber-websocket/living-docs:docs.html'] } }
 */
export function formatter(context: FormatterContext): () => void {
  const { on, write, stream } = context
  const options = readOptions(context.options)
  const page = new RunPage()
  // A run that a failing hook breaks off ends the process without calling us; one whose features cannot be read ends the
  // stream before it does.
  const writeNow = () => {
    if (typeof stream?.fd === 'number') replaceContent(stream.fd, page.render(options))
  }
  on('message', (envelope) => {
    page.update(envelope)
    if (envelope.parseError) writeNow()
  })
  process.once('exit', writeNow)
  return () => {
    process.off('exit', writeNow)
    if (!stream?.writableEnded) write(page.render(options))
  }
}

function replaceContent(file: number, text: string): void {
  const bytes = Buffer.from(text)
  ftruncateSync(file)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at)
}

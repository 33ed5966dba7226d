/** A formatter of Cucumber's that writes a run as a page for readers: `format: ['cucumber-websocket/living-docs:docs.html']`. */

import { ftruncateSync, writeSync } from 'node:fs'
import type { Envelope, ParseError, TestCaseStarted } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { documentationOf } from './documentation'
import { factsOf } from './facts'
import { readOptions } from './options'
import { page } from './page'

export type { LivingDocsOptions } from './options'

/** What Cucumber gives a formatter that is a plugin. */
export interface FormatterContext {
  readonly on: (key: 'message', handler: (envelope: Envelope) => void) => void
  readonly options?: unknown
  readonly write: (text: string) => void
  /** Where it is written to; a file has a descriptor. */
  readonly stream?: { readonly fd?: unknown; readonly writableEnded?: boolean }
}

/** Tells Cucumber that this module is a formatter. */
export const type = 'formatter'

/** Where a project's `formatOptions` have its options. */
export const optionsKey = 'livingDocs'

/**
 * Listens to a run, and writes the page when it is over.
 * @throws Mistake for wrong options
 */
export function formatter({ on, options, write, stream }: FormatterContext): () => void {
  const wording = readOptions(options)
  const query = new Query()
  const attempts: TestCaseStarted[] = []
  const parseErrors: ParseError[] = []
  const written = () => page(documentationOf(query, attempts, parseErrors), factsOf(query), wording)
  // A run that breaks off by a failing hook ends the process without a word to us, one whose features cannot be read ends
  // the stream before we are asked.
  const writeAtOnce = () => {
    if (typeof stream?.fd === 'number') replaceContent(stream.fd, written())
  }
  on('message', (envelope) => {
    query.update(envelope)
    if (envelope.testCaseStarted) attempts.push(envelope.testCaseStarted)
    if (envelope.parseError) {
      parseErrors.push(envelope.parseError)
      writeAtOnce()
    }
  })
  process.once('exit', writeAtOnce)
  return () => {
    process.off('exit', writeAtOnce)
    if (!stream?.writableEnded) write(written())
  }
}

function replaceContent(file: number, text: string): void {
  const bytes = Buffer.from(text)
  ftruncateSync(file)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at)
}

/** A formatter of Cucumber's that writes a run as a page for readers: `format: ['cucumber-websocket/living-docs:docs.html']`. */

import type { Envelope, TestCaseStarted } from '@cucumber/messages'
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
}

/** Tells Cucumber that this module is a formatter. */
export const type = 'formatter'

/** Where a project's `formatOptions` have its options. */
export const optionsKey = 'livingDocs'

/**
 * Listens to a run, and writes the page when it is over.
 * @throws Mistake for wrong options
 */
export function formatter({ on, options, write }: FormatterContext): () => void {
  const wording = readOptions(options)
  const query = new Query()
  const attempts: TestCaseStarted[] = []
  on('message', (envelope) => {
    query.update(envelope)
    if (envelope.testCaseStarted) attempts.push(envelope.testCaseStarted)
  })
  return () => write(page(documentationOf(query, attempts), factsOf(query), wording))
}

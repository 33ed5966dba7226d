/** The page of a run, made from Cucumber's messages: as they come, or as shards have left them. */

import type { Envelope, ParseError, TestCaseStarted } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { CoverageCollector } from '../coverage/collect-coverage'
import { collectDocumentation, type Documentation } from './documentation'
import type { LivingDocsOptions } from './options'
import { renderPage } from './render-page'
import { runFacts } from './run-facts'

/** Listens to a run, and renders what it has heard so far. */
export class RunPage {
  readonly #query = new Query()
  readonly #attempts: TestCaseStarted[] = []
  readonly #parseErrors: ParseError[] = []
  readonly #coverage = new CoverageCollector()

  /** Takes notice of a message of Cucumber's. */
  update(envelope: Envelope): void {
    this.#query.update(envelope)
    this.#coverage.update(envelope)
    if (envelope.testCaseStarted) this.#attempts.push(envelope.testCaseStarted)
    if (envelope.parseError) this.#parseErrors.push(envelope.parseError)
  }

  /** What the page tells of the features. */
  get documentation(): Documentation {
    return collectDocumentation(this.#query, this.#attempts, this.#parseErrors)
  }

  /** Writes the page. */
  render(options: Required<LivingDocsOptions>, documentation = this.documentation): string {
    return renderPage(documentation, this.#coverage.coverage, runFacts(this.#query), options)
  }
}

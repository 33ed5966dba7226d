/** The report in JSON, and how several of them become one. */

import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import {
  addDocument,
  areOfSame,
  type Coverage,
  compareScenarios,
  compareTexts,
  type DocumentCoverage,
  inOrder,
  outcomeOf,
} from './coverage'
import { figuresOf } from './figures'
import { parseReport, REPORT_VERSION } from './shapes'

/** A report that was read, with the name of its file. */
export interface NamedReport {
  readonly file: string
  readonly coverage: Coverage
}

/** The report as JSON: with figures and outcomes for those who read it. */
export function formatReport({ documents, scenarios }: Coverage): string {
  const entries = documents.map((document) => {
    const { messages, findings, ...head } = document
    const withOutcomes = messages.map((one) => ({ outcome: outcomeOf(one), ...one }))
    return { ...head, figures: figuresOf(document), messages: withOutcomes, findings }
  })
  return `${JSON.stringify({ version: REPORT_VERSION, documents: entries, scenarios }, undefined, 2)}\n`
}

/**
 * Reads the report of a run.
 * @throws UsageError if it is none
 */
export function readReport(file: string, text: string): NamedReport {
  if (text.trim() === '') {
    throw new UsageError(`${quoted(file)} is empty: the run that should have written it was broken off. Run it again.`)
  }
  const coverage = parseReport(text)
  if (coverage) return { file, coverage }
  throw new UsageError(
    `${quoted(file)} is not a report of this version: have it written by "cucumber-websocket/asyncapi-coverage:${REPORT_FILE}" in format.`,
  )
}

const REPORT_FILE = 'reports/asyncapi-coverage.json'

/**
 * Adds what several runs have seen, such as the shards of one.
 * @throws UsageError if they were validated against different versions of a document
 */
export function mergeReports(reports: readonly NamedReport[]): Coverage {
  const documents = new Map<string, { readonly sum: DocumentCoverage; readonly file: string }>()
  const scenarios = new Map<string, string>()
  for (const { file, coverage } of reports) {
    for (const { at, name } of coverage.scenarios) scenarios.set(at, name)
    for (const document of coverage.documents) {
      const known = documents.get(document.document)
      if (!known) documents.set(document.document, { sum: structuredClone(document), file })
      else if (areOfSame(known.sum, document)) addDocument(known.sum, document)
      else throw differentDocuments(document.document, known.file, file)
    }
  }
  return {
    documents: [...documents.values()]
      .map(({ sum }) => inOrder(sum))
      .sort((one, other) => compareTexts(one.document, other.document)),
    scenarios: [...scenarios]
      .sort(([one], [other]) => compareScenarios(one, other))
      .map(([at, name]) => ({ at, name })),
  }
}

function differentDocuments(document: string, one: string, other: string): UsageError {
  const where = one === other ? `within ${quoted(one)}` : `in ${quoted(one)} and in ${quoted(other)}`
  return new UsageError(
    `The document ${quoted(document)} is not the same ${where}: what was seen of different documents cannot be added. Run all shards with the same one.`,
  )
}

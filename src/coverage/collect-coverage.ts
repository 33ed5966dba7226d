/** Collects the coverage of a run from its messages: of each scenario its last attempt, whatever worker has run it. */

import type { Attachment, Envelope, Location, Pickle, TestCaseFinished } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import type { ContractModel, ObservedContract } from '../asyncapi/contract-model'
import { lazyFunctions } from '../lazy-functions'
import { isCoverage } from './attachment'
import { addObservations, type Coverage, compareScenarios, compareTexts, inOrder, unseenDocument } from './coverage'
import type * as Shapes from './shapes'

/** Loaded with the first attachment: most runs have no document. */
const { parseAttachment } = lazyFunctions<typeof Shapes>(() => require('./shapes'))

/** A scenario's file and line, the same on every system. */
export function placeOfScenario(query: Query, pickle: Pickle): string {
  return `${pickle.uri.replaceAll('\\', '/')}:${(query.findLocationOf(pickle) as Location).line}`
}

/** Listens to a run, and tells what its scenarios have seen. */
export class CoverageCollector {
  readonly #query = new Query()
  readonly #models = new Map<string, ContractModel>()
  /** By the attempt in which they were seen. */
  readonly #observed = new Map<string, ObservedContract[]>()
  readonly #finished: TestCaseFinished[] = []
  #unreadable = 0
  #hasRun = false
  #isEmpty = true

  /** Takes notice of a message of Cucumber's. */
  update(envelope: Envelope): void {
    const { attachment, testCaseFinished, testStepFinished } = envelope
    if (attachment) {
      // Others may be large, and say nothing here.
      if (isCoverage(attachment)) this.#read(attachment)
      return
    }
    this.#query.update(envelope)
    if (envelope.testCaseStarted) this.#isEmpty = false
    if (testCaseFinished && !testCaseFinished.willBeRetried) this.#finished.push(testCaseFinished)
    this.#hasRun ||= ['PASSED', 'FAILED'].includes(testStepFinished?.testStepResult.status ?? '')
  }

  #read({ body, contentEncoding, testCaseStartedId = '' }: Attachment): void {
    const text = contentEncoding === 'BASE64' ? Buffer.from(body, 'base64').toString() : body
    const content = parseAttachment(text)
    if (!content) {
      this.#unreadable++
      return
    }
    // Also that of an attempt that is repeated: it is attached once.
    if (content.model) this.#models.set(keyOf(content.model), content.model)
    this.#observed.set(testCaseStartedId, [...(this.#observed.get(testCaseStartedId) ?? []), content.observed])
  }

  /** Whether any step has been run: in a dry run none is. */
  get hasRun(): boolean {
    return this.#hasRun
  }

  /** Whether there was no scenario at all. */
  get isEmpty(): boolean {
    return this.#isEmpty
  }

  /** What has been seen so far. */
  get coverage(): Coverage {
    const documents = new Map([...this.#models].map(([key, model]) => [key, unseenDocument(model)]))
    const scenarios = new Map<string, string>()
    for (const finished of this.#finished) {
      const pickle = this.#query.findPickleBy(finished) as Pickle
      const at = placeOfScenario(this.#query, pickle)
      for (const observed of this.#observed.get(finished.testCaseStartedId) ?? []) {
        const document = documents.get(keyOf(observed))
        if (document) addObservations(document, observed, at)
        if (document && observed.observations.length > 0) scenarios.set(at, pickle.name)
      }
    }
    return {
      documents: [...documents]
        .sort(([one], [other]) => compareTexts(one, other))
        .map(([, document]) => inOrder(document)),
      scenarios: [...scenarios]
        .sort(([one], [other]) => compareScenarios(one, other))
        .map(([at, name]) => ({ at, name })),
    }
  }

  /** What readers should know of how the coverage was made, in sentences. */
  get remarks(): string[] {
    const names = [...this.#models.values()].map(({ document }) => document)
    const changed = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
    const missing = [...this.#observed.values()].flat().filter((observed) => !this.#models.has(keyOf(observed))).length
    const left = this.#unreadable + missing
    return [
      ...changed.map(
        (name) => `The document ${name} changed during the run: each of its versions is counted by itself.`,
      ),
      ...(left === 0
        ? []
        : [
            `${left} attachment${left === 1 ? '' : 's'} of coverage could not be read, and ${left === 1 ? 'is' : 'are'} left out.`,
          ]),
    ]
  }
}

function keyOf({ document, hash }: Pick<ObservedContract, 'document' | 'hash'>): string {
  return JSON.stringify([document, hash])
}

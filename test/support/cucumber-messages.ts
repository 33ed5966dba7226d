/** Cucumber's messages of runs that never were: as each shard writes them, with all features and its own scenarios. */

import type { Envelope, TestStepResultStatus } from '@cucumber/messages'

type Outcome = 'passed' | 'failed' | 'skipped'

/** What is run, and how. */
export interface PretendedRun {
  /** In seconds. */
  readonly began?: number
  readonly ended?: number
  /** What each id begins with. */
  readonly ids?: string
  /** Scenarios by feature, each in a line of its own from the third on. */
  readonly features?: Readonly<Record<string, readonly string[]>>
  /** How the attempts at each scenario that was run have ended. */
  readonly outcomes?: Readonly<Record<string, readonly Outcome[]>>
  /** What the run says of itself. */
  readonly message?: string
  /** Of Cucumber. */
  readonly version?: string
}

/** The two features of most runs. */
const FEATURES = { 'features/a.feature': ['One', 'Two'], 'features/b.feature': ['Three'] } as const

/** All messages of a run, in Cucumber's order. */
export function messagesOf({
  began = 10,
  ended = 20,
  ids = '',
  features = FEATURES,
  outcomes = {},
  message,
  version = '12.9.0',
}: PretendedRun = {}): Envelope[] {
  let given = 0
  const newId = () => `${ids}${given++}`
  const at = (seconds: number) => ({ seconds, nanos: 0 })
  const pickles = new Map<string, { id: string; step: string }>()
  const told = Object.entries(features).flatMap(([uri, names]): Envelope[] => {
    const scenarios = names.map((name, index) => {
      const location = { line: 3 + index, column: 3 }
      const steps = [{ id: newId(), keyword: 'Given ', text: 'it rains', location }]
      return { id: newId(), name, location, steps, keyword: 'Scenario', description: '', tags: [], examples: [] }
    })
    const header = {
      keyword: 'Feature',
      name: uri.slice(9),
      description: '',
      tags: [],
      language: 'en',
      location: at(1),
    }
    const feature = { ...header, children: scenarios.map((scenario) => ({ scenario })) }
    const told = scenarios.map(({ id, name, location, steps: [step] }) => {
      const pickle = { id: newId(), step: newId() }
      pickles.set(name, pickle)
      const steps = [{ id: pickle.step, text: 'it rains', astNodeIds: [step?.id] }]
      return { pickle: { id: pickle.id, uri, name, location, language: 'en', tags: [], astNodeIds: [id], steps } }
    })
    const source = { uri, data: '', mediaType: 'text/x.cucumber.gherkin+plain' }
    return [{ source }, { gherkinDocument: { uri, feature, comments: [] } }, ...told] as unknown as Envelope[]
  })
  const definition = newId()
  const run = newId()
  const tests = Object.entries(outcomes).flatMap(([name, attempts]) => {
    const { id: pickleId, step } = pickles.get(name) as { id: string; step: string }
    const [testCaseId, testStepId] = [newId(), newId()]
    const testSteps = [{ id: testStepId, pickleStepId: step, stepDefinitionIds: [definition] }]
    const testCase = { id: testCaseId, pickleId, testRunStartedId: run, testSteps }
    const tried = attempts.flatMap((outcome, attempt) => {
      const testCaseStartedId = newId()
      const status = outcome.toUpperCase() as TestStepResultStatus
      const testStepResult = { status, duration: at(0), ...(outcome === 'failed' ? { message: `${name} failed` } : {}) }
      const ofStep = { testCaseStartedId, testStepId }
      return [
        { testCaseStarted: { id: testCaseStartedId, testCaseId, attempt, workerId: '0', timestamp: at(began) } },
        { attachment: { ...ofStep, body: name, mediaType: 'text/plain', contentEncoding: 'IDENTITY' } },
        { testStepFinished: { ...ofStep, testStepResult, timestamp: at(began) } },
        { testCaseFinished: { testCaseStartedId, timestamp: at(ended), willBeRetried: attempt < attempts.length - 1 } },
      ]
    })
    return [{ testCase }, ...tried]
  })
  const success = Object.values(outcomes).every((attempts) => attempts.at(-1) !== 'failed')
  return [
    { meta: { protocolVersion: '32.0.0', implementation: { name: 'cucumber-js', version }, os: { name: `${began}` } } },
    ...told,
    { stepDefinition: { id: definition, pattern: { type: 'CUCUMBER_EXPRESSION', source: 'it rains' } } },
    { testRunStarted: { id: run, timestamp: at(began) } },
    ...tests,
    { testRunFinished: { testRunStartedId: run, timestamp: at(ended), success, ...(message ? { message } : {}) } },
  ] as unknown as Envelope[]
}

/** As the formatter `message` writes them. */
export function asNdjson(envelopes: readonly Envelope[]): string {
  return envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join('')
}

/** Scenarios that a later run has run again, since they had failed: attempts, as Cucumber's own `--retry` makes them. */

import type { Envelope, Pickle } from '@cucumber/messages'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import type { RunMessages } from './read-runs'

/** What several runs have told, as one would have. */
export interface CountedAttempts {
  readonly envelopes: readonly Envelope[]
  /** How many have run something that none before them had, or nothing. */
  readonly shards: number
}

/** The attempts of a run at a scenario. */
interface Attempts {
  readonly file: string
  /** Their ids; those of earlier runs come first. */
  readonly ids: string[]
  hasPassed: boolean
}

/**
 * Counts attempts across runs.
 * @param runs in the order in which they began, with ids of one run
 * @throws UsageError if a scenario was run again that had passed
 */
export function countAttempts(runs: readonly RunMessages[], pickles: readonly Pickle[]): CountedAttempts {
  const names = new Map(pickles.map((pickle) => [pickle.id, placeOf(pickle)]))
  const soFar = new Map<string, Attempts>()
  const numbers = new Map<string, number>()
  const repeated = new Set<string>()
  let shards = 0
  for (const run of runs) {
    const attempts = attemptsOf(run)
    shards += Number(attempts.size === 0 || [...attempts.keys()].some((pickle) => !soFar.has(pickle)))
    for (const [pickle, { file, ids, hasPassed }] of attempts) {
      const earlier = soFar.get(pickle)
      if (earlier?.hasPassed) throw ranAgain(names.get(pickle) as string, earlier.file, file)
      const all = [...(earlier?.ids ?? []), ...ids]
      for (const [number, id] of all.entries()) numbers.set(id, number)
      for (const id of all.slice(0, -1)) repeated.add(id)
      soFar.set(pickle, { file, ids: all, hasPassed })
    }
  }
  const envelopes = runs.flatMap((run) => run.envelopes.map((one) => numbered(one, numbers, repeated)))
  return { envelopes, shards }
}

/** The attempts of a run at each scenario, by the pickle's id. */
function attemptsOf({ file, envelopes }: RunMessages): Map<string, Attempts> {
  const pickles = new Map<string, string>()
  const byId = new Map<string, Attempts>()
  const attempts = new Map<string, Attempts>()
  for (const { testCase, testCaseStarted, testStepFinished } of envelopes) {
    if (testCase) pickles.set(testCase.id, testCase.pickleId)
    if (testCaseStarted) {
      const pickle = pickles.get(testCaseStarted.testCaseId) as string
      const { ids } = attempts.get(pickle) ?? { ids: [] }
      const attempt = { file, ids: [...ids, testCaseStarted.id], hasPassed: true }
      attempts.set(pickle, attempt)
      byId.set(testCaseStarted.id, attempt)
    }
    if (testStepFinished && testStepFinished.testStepResult.status !== 'PASSED') {
      ;(byId.get(testStepFinished.testCaseStartedId) as Attempts).hasPassed = false
    }
  }
  return attempts
}

function numbered(envelope: Envelope, numbers: ReadonlyMap<string, number>, repeated: ReadonlySet<string>): Envelope {
  const { testCaseStarted, testCaseFinished } = envelope
  if (testCaseStarted) {
    return { testCaseStarted: { ...testCaseStarted, attempt: numbers.get(testCaseStarted.id) as number } }
  }
  if (testCaseFinished) {
    const willBeRetried = repeated.has(testCaseFinished.testCaseStartedId)
    return { testCaseFinished: { ...testCaseFinished, willBeRetried } }
  }
  return envelope
}

function placeOf({ uri, location, name }: Pickle): string {
  return location ? `${uri}:${location.line}` : `${uri}: ${name}`
}

function ranAgain(scenario: string, file: string, later: string): UsageError {
  return new UsageError(
    `The scenario ${quoted(scenario)} passed in ${quoted(file)}, and was run again in ${quoted(later)}: they are of the same shard, or of different runs. Name one file for each shard of one run.`,
  )
}

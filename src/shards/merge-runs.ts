/** Makes one run of several: of the shards of one, and of those that have run again what had failed. */

import { type Envelope, type Meta, type TestRunFinished, type TestRunStarted, TimeConversion } from '@cucumber/messages'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { type CountedAttempts, countAttempts } from './attempts'
import { type RewrittenIds, rewriteIds } from './message-ids'
import type { RunMessages } from './read-runs'
import { SharedFeatures } from './shared-features'

/**
 * Merges runs. Each has all features and scenarios with ids of its own: they are there once, in the order of a run that has
 * them all, with what has become of each scenario in any of them. It began with the first and ended with the last.
 * @throws UsageError if they are not runs of the same features, or have run the same scenarios although they had passed
 */
export function mergeRuns(given: readonly RunMessages[]): CountedAttempts {
  const runs = [...given].sort((one, other) => startOf(one) - startOf(other))
  requireDifferentRuns(runs)
  requireOneCucumber(runs)
  const features = new SharedFeatures()
  const attempts = runs.map((run, index) => ({ file: run.file, envelopes: ownEnvelopes(run, index, features) }))
  const definitions = features.envelopes()
  const pickles = definitions.flatMap(({ pickle }) => pickle ?? [])
  const { envelopes, shards } = countAttempts(attempts, pickles)
  const all = runs.flatMap((run) => run.envelopes)
  const started = all.flatMap(({ testRunStarted }) => testRunStarted ?? [])
  const finished = all.flatMap(({ testRunFinished }) => testRunFinished ?? [])
  return {
    shards,
    envelopes: [
      ...all.filter(({ meta }) => meta).slice(0, 1),
      ...definitions,
      ...oncePerContent(all.filter(({ parseError }) => parseError)),
      ...started.slice(0, 1).map((first) => ({ testRunStarted: { ...first, id: RUN } })),
      ...envelopes,
      ...(finished.length === 0 ? [] : [{ testRunFinished: lastOf(finished) }]),
    ],
  }
}

/** The id of the one run. */
const RUN = 'run'

/** In ms; a run whose features cannot be read does not start. */
function startOf({ envelopes }: RunMessages): number {
  const { testRunStarted } = envelopes.find((one) => one.testRunStarted) ?? {}
  return testRunStarted ? millisecondsOf(testRunStarted) : 0
}

function millisecondsOf({ timestamp }: TestRunStarted | TestRunFinished): number {
  return TimeConversion.timestampToMillisecondsSinceEpoch(timestamp)
}

function requireDifferentRuns(runs: readonly RunMessages[]): void {
  const files = new Map<string, string>()
  for (const { file, envelopes } of runs) {
    for (const { testRunStarted } of envelopes) {
      if (testRunStarted?.id === undefined) continue
      const other = files.get(testRunStarted.id)
      if (other !== undefined) {
        const where = other === file ? `${quoted(file)} has twice` : `${quoted(other)} and ${quoted(file)} have both`
        throw new UsageError(`${where} the messages of the same run: name one file for each shard, each once.`)
      }
      files.set(testRunStarted.id, file)
    }
  }
}

/** Versions differ in what they write, and in what they mean by it. */
function requireOneCucumber(runs: readonly RunMessages[]): void {
  const versions = runs.map(({ file, envelopes }) => ({ file, cucumber: cucumberOf(envelopes) }))
  const [first] = versions
  const other = versions.find(({ cucumber }) => cucumber !== first?.cucumber)
  if (!first || !other) return
  throw new UsageError(
    `${quoted(first.file)} was written by ${first.cucumber}, and ${quoted(other.file)} by ${other.cucumber}. Run all shards with the same version of Cucumber.`,
  )
}

function cucumberOf(envelopes: readonly Envelope[]): string {
  const [meta] = envelopes.flatMap((envelope): Partial<Meta>[] => (envelope.meta ? [envelope.meta] : []))
  if (!meta?.implementation) return 'an unknown program'
  const { implementation, protocolVersion } = meta
  return `${implementation.name} ${implementation.version} with messages ${protocolVersion}`
}

/** What is a run's own, with ids that no other run has; what all have goes to the features. */
function ownEnvelopes({ file, envelopes }: RunMessages, index: number, features: SharedFeatures): Envelope[] {
  const known = new Map<string, string>()
  const ids: RewrittenIds = {
    define(id) {
      const own = `${index + 1}:${id}`
      known.set(id, own)
      return own
    },
    refer(id) {
      const own = known.get(id)
      if (own !== undefined) return own
      throw new UsageError(
        `${quoted(file)} refers to ${quoted(id)}, of which no line before tells: lines are missing. Run that shard again.`,
      )
    },
  }
  const own: Envelope[] = []
  for (const envelope of envelopes) {
    const { meta, source, gherkinDocument, pickle, parseError, testRunStarted, testRunFinished } = envelope
    if (meta || parseError || testRunFinished) continue
    if (testRunStarted) known.set(testRunStarted.id as string, RUN)
    else if (source || gherkinDocument || pickle) features.add(file, envelope, ids, known)
    else own.push(rewriteIds(envelope, ids))
  }
  return own
}

function oncePerContent(envelopes: readonly Envelope[]): Envelope[] {
  return [...new Map(envelopes.map((envelope) => [JSON.stringify(envelope), envelope])).values()]
}

function lastOf(finished: readonly TestRunFinished[]): TestRunFinished {
  const last = [...finished].sort((one, other) => millisecondsOf(one) - millisecondsOf(other)).at(-1) as TestRunFinished
  const messages = [...new Set(finished.flatMap(({ message }) => message ?? []))]
  return {
    testRunStartedId: RUN,
    timestamp: last.timestamp,
    success: finished.every(({ success }) => success),
    ...(messages.length > 0 ? { message: messages.join('\n') } : {}),
  }
}

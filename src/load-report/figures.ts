/** The figures of a load test, as its page tells them. */

import type { LoadRun, ShownFailure } from './read-load-run'
import type { ArtilleryReport, Summary } from './shapes'

/** What a load test has measured. */
export interface LoadFigures {
  /** When its first user started; undefined if none has. */
  readonly began: Date | undefined
  readonly seconds: number
  readonly users: { readonly started: number; readonly passed: number; readonly failed: number }
  readonly traffic: Traffic
  /** What users do, and what else was measured; the slowest first. */
  readonly timings: readonly Timing[]
  readonly failures: readonly FailureKind[]
  /** Connections by the code they were closed with. */
  readonly closes: readonly (readonly [code: string, count: number])[]
  /** What is told nowhere else. */
  readonly others: readonly (readonly [name: string, count: number])[]
  readonly periods: readonly Period[]
}

interface Traffic {
  readonly sent: number
  readonly received: number
  readonly bytesSent: number
  readonly bytesReceived: number
}

/** How long something took. */
export interface Timing {
  readonly name: string
  /** Whether it is a sentence, or something that the engine or Artillery measures. */
  readonly is: 'sentence' | 'measure'
  /** Undefined for a sentence that has always failed. */
  readonly summary: Summary | undefined
  /** How often the sentence has failed. */
  readonly failed: number
  /** Where it stands: `features/chat.feature:12`. */
  readonly scenarios: readonly string[]
}

/** Failures with the same first line. */
export interface FailureKind {
  readonly kind: string
  readonly count: number
  readonly first: ShownFailure | undefined
}

/** A part of the time, as Artillery tells it. */
interface Period {
  /** Since the beginning, in s. */
  readonly at: number
  /** Per second. */
  readonly started: number
  readonly passed: number
  readonly failed: number
  readonly sent: number
  readonly received: number
  /** Those who had started and not ended, at its end. */
  readonly users: number
  readonly summaries: ReadonlyMap<string, Summary>
}

/** What the engine and Artillery measure beside sentences, in words. */
export const MEASURES: ReadonlyMap<string, string> = new Map([
  ['connect', 'until a connection is open'],
  ['answer', 'from a request to its answer'],
  ['reaction', 'from a message to what reacts to it'],
  ['vusers.session_length', 'all that a user does'],
])

/** Computes the figures. */
export function figuresOf({ report, plan, failures }: LoadRun): LoadFigures {
  const { counters, summaries, firstMetricAt, lastMetricAt } = report.aggregate
  const count = (name: string) => counters[name] ?? 0
  const scenarios = new Map<string, string[]>()
  for (const { sentences, location } of plan?.scenarios ?? []) {
    for (const name of new Set(sentences)) scenarios.set(name, [...(scenarios.get(name) ?? []), location])
  }
  const failed = withPrefix(counters, 'failed.')
  const names = new Set([...Object.keys(summaries), ...failed.map(([name]) => name)])
  const timings = [...names].map((name): Timing => {
    const is = MEASURES.has(name) || (plan && !scenarios.has(name)) ? 'measure' : 'sentence'
    const places = scenarios.get(name) ?? []
    return { name, is, summary: summaryOf(name, report), failed: count(`failed.${name}`), scenarios: places }
  })
  return {
    began: firstMetricAt === undefined ? undefined : new Date(firstMetricAt),
    seconds: ((lastMetricAt ?? 0) - (firstMetricAt ?? 0)) / 1000,
    users: { started: count('vusers.created'), passed: count('vusers.completed'), failed: count('vusers.failed') },
    traffic: {
      ...{ sent: count('messages.sent'), received: count('messages.received') },
      ...{ bytesSent: count('bytes.sent'), bytesReceived: count('bytes.received') },
    },
    timings: timings.sort((one, other) => slowness(other) - slowness(one)),
    failures: failureKinds(withPrefix(counters, 'errors.'), failures),
    closes: withPrefix(counters, 'closes.'),
    others: Object.entries(counters).filter(([name]) => !TOLD.test(name)),
    periods: periodsOf(report),
  }
}

/** What is lost of the whole is put together of the periods, as far as that is possible: of percentiles it is not. */
function summaryOf(name: string, { aggregate, intermediate }: ArtilleryReport): Summary | undefined {
  const whole = aggregate.summaries[name]
  if (!whole || whole.count !== undefined) return whole
  const counts = intermediate.flatMap(({ summaries }) => summaries[name] ?? []).map(({ count }) => count)
  if (counts.length === 0 || counts.includes(undefined)) return whole
  return { ...whole, count: counts.reduce<number>((sum, count = 0) => sum + count, 0) }
}

/** By its p99, or where that is lost, by its longest time. */
export function slowness({ summary }: Timing): number {
  return summary?.p99 ?? summary?.max ?? 0
}

/** Counters that have a place of their own. */
const TOLD =
  /^(?:vusers\.(?:created|completed|failed)$|(?:messages|bytes)\.(?:sent|received)$|(?:failed|errors|closes)\.)/

function withPrefix(counters: Readonly<Record<string, number>>, prefix: string): [string, number][] {
  return Object.entries(counters)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, count]) => [name.slice(prefix.length), count])
}

/** The most frequent first. */
function failureKinds(
  counts: readonly (readonly [string, number])[],
  failures: readonly ShownFailure[],
): FailureKind[] {
  const first = new Map(failures.map((failure) => [failure.kind, failure]))
  const counted = new Map(counts)
  return [...new Set([...counted.keys(), ...first.keys()])]
    .map((kind) => ({ kind, count: counted.get(kind) ?? 1, first: first.get(kind) }))
    .sort((one, other) => other.count - one.count)
}

/** Artillery tells of ten seconds at a time, unless it is told otherwise; the last ones are seldom whole. */
const PERIOD = 10_000

function periodsOf({ aggregate, intermediate }: ArtilleryReport): Period[] {
  const inOrder = [...intermediate].sort((one, other) => one.period - other.period)
  const begin = aggregate.firstMetricAt ?? inOrder[0]?.period ?? 0
  let users = 0
  return inOrder.map(({ period, counters, summaries }, index) => {
    const next =
      inOrder[index + 1]?.period ?? Math.min(aggregate.lastMetricAt ?? Number.POSITIVE_INFINITY, period + PERIOD)
    const seconds = Math.max(1, (next - Math.max(period, begin)) / 1000)
    const perSecond = (name: string) => (counters[name] ?? 0) / seconds
    const [created = 0, completed = 0, failed = 0] = USERS.map((name) => counters[name])
    users += created - completed - failed
    return {
      at: Math.max(0, period - begin) / 1000,
      ...{ started: created / seconds, passed: completed / seconds, failed: failed / seconds },
      ...{ sent: perSecond('messages.sent'), received: perSecond('messages.received') },
      users: Math.max(0, users),
      summaries: new Map(Object.entries(summaries)),
    }
  })
}

const USERS = ['vusers.created', 'vusers.completed', 'vusers.failed']

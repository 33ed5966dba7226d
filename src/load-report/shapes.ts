/** What the files of a load test hold, checked: what is missing of the figures is nought. */

import * as v from 'valibot'
import type { LoadFailure, LoadPlan } from '../artillery/load-failures'
import { parseAs } from '../json/parse-as'

const number = v.pipe(v.number(), v.finite())

/** What Artillery tells of a histogram, in ms: no number, `null`, where it has lost count. */
const summary = v.pipe(
  v.object({ count: v.nullable(number), min: number, max: number, p50: number, p95: number, p99: number }),
  v.transform(withoutLost),
)

const metrics = {
  counters: v.optional(v.record(v.string(), number), {}),
  summaries: v.optional(v.record(v.string(), summary), {}),
  firstMetricAt: v.optional(number),
  lastMetricAt: v.optional(number),
}

const reportShape = v.object({
  aggregate: v.object(metrics),
  intermediate: v.array(
    v.object({ ...metrics, period: v.pipe(v.union([v.string(), number]), v.transform(Number), number) }),
  ),
})

const planShape = v.object({
  run: v.string(),
  scenarios: v.array(v.object({ name: v.string(), location: v.string(), sentences: v.array(v.string()) })),
})

const file = v.optional(v.pipe(v.string(), v.regex(/^[\w-][\w.-]*$/)))

const failureShape = v.object({
  ...{ run: v.string(), kind: v.string(), message: v.string(), scenario: v.string(), location: v.string() },
  ...{ sentence: v.string(), user: v.string(), at: v.pipe(v.string(), v.isoTimestamp()), leftOut: number },
  picture: file,
  text: file,
})

/** The file that `artillery run --output` writes. */
export type ArtilleryReport = v.InferOutput<typeof reportShape>

/** The times of a histogram, in ms. */
export interface Summary {
  readonly min: number
  readonly max: number
  /** These are undefined where Artillery has lost them. */
  readonly count?: number
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
}

/** What percentiles may be above the longest time, in ms and as a factor: they are rounded, and exact to one per cent. */
const [ROUNDING, ACCURACY] = [0.1, 1.03]

/**
 * Artillery 2.0.34 puts histograms together by sketches whose bins end at 1 ms now and then: a histogram that gets one of these is
 * without a count, or above its longest time, and its percentiles mean nothing (`_extendRange` of @artilleryio/sketches-js 2.1.1
 * takes the key 0 for none).
 */
function withoutLost({ count, min, max, ...percentiles }: HistogramOfArtillery): Summary {
  const isLost = count === null || percentiles.p50 > max * ACCURACY + ROUNDING
  return isLost ? { min, max } : { min, max, count, ...percentiles }
}

interface HistogramOfArtillery extends Record<'min' | 'max' | 'p50' | 'p95' | 'p99', number> {
  readonly count: number | null
}

/** Reads Artillery's results, if they are such. */
export function parseArtilleryReport(text: string): ArtilleryReport | undefined {
  return parseAs(reportShape, text)
}

/** Reads what was run, if it is that. */
export function parsePlan(text: string): LoadPlan | undefined {
  return parseAs(planShape, text)
}

/** Reads a failure, if it is one: its files stand beside it. */
export function parseFailure(text: string): LoadFailure | undefined {
  return parseAs(failureShape, text) as LoadFailure | undefined
}

/** What the files of a load test hold, checked: what is missing of the figures is nought. */

import * as v from 'valibot'
import type { LoadFailure, LoadPlan } from '../artillery/load-failures'
import { parseAs } from '../json/parse-as'

const number = v.pipe(v.number(), v.finite())

/** What Artillery tells of a histogram, in ms. */
const summary = v.object({
  count: number,
  min: number,
  max: number,
  mean: number,
  p50: number,
  p95: number,
  p99: number,
})

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
export type Summary = v.InferOutput<typeof summary>

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

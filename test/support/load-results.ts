/** What a load test leaves in its folder: Artillery's results, and the engine's files beside them. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadFailure, LoadPlan } from '../../src/artillery/load-failures'

/** When it began, in ms. */
const BEGAN = Date.UTC(2026, 0, 31, 12, 0, 3)

/** The times of a histogram that was measured so often. */
export function times(p50: number, count = 10) {
  return {
    min: p50 / 2,
    max: p50 * 10,
    count,
    mean: p50,
    p50,
    median: p50,
    p75: p50,
    p90: p50 * 2,
    p95: p50 * 3,
    p99: p50 * 4,
    p999: p50 * 9,
  }
}

const FAILURE = 'Ann did not receive "Hi" within 2 s.'

/** Artillery's results: half a minute, of which the second ten seconds were slow. */
export const RESULTS = {
  aggregate: {
    counters: {
      ...{ 'vusers.created': 1000, 'vusers.created_by_name.talk': 1000, 'vusers.completed': 990, 'vusers.failed': 10 },
      ...{ 'messages.sent': 2000, 'messages.received': 8000, 'bytes.sent': 64_000, 'bytes.received': 1_234_567 },
      ...{ 'closes.1000': 990, 'closes.1006': 9, 'closes.4321': 1, 'scenarios.passed': 990 },
      ...{ [`errors.${FAILURE}`]: 9, 'errors.ECONNREFUSED': 1, 'failed.Ann receives "Hi"': 9, 'failed.Rob waits': 1 },
    },
    rates: {},
    summaries: {
      ...{ 'Ann receives "Hi"': times(20), 'Ann sends "Hi"': times(1), connect: times(3), 'my.own': times(0.5) },
      'vusers.session_length': times(50),
    },
    firstMetricAt: BEGAN,
    lastMetricAt: BEGAN + 25_000,
  },
  intermediate: [20, 0, 10].map((seconds, index) => ({
    period: String(Date.UTC(2026, 0, 31, 12, 0, seconds)),
    counters: { 'vusers.created': 300 + index, 'vusers.completed': 290, 'vusers.failed': 3, 'messages.sent': 500 },
    summaries: seconds === 0 ? {} : { 'Ann receives "Hi"': times(seconds), connect: times(3) },
  })),
}

export const PLAN: LoadPlan = {
  run: 'run-2',
  scenarios: [
    {
      name: 'Talking',
      location: 'features/chat.feature:3',
      sentences: ['Ann sends "Hi"', 'Ann receives "Hi"', 'Ann sends "Hi"'],
    },
    { name: 'Waiting', location: 'features/chat.feature:9', sentences: ['Ann sends "Hi"', 'Rob waits'] },
  ],
}

export const FAILED: LoadFailure = {
  run: 'run-2',
  kind: FAILURE,
  message: `${FAILURE}\nShe has received nothing.`,
  scenario: 'Talking',
  location: 'features/chat.feature:5',
  sentence: 'Ann receives "Hi"',
  user: 'user-7',
  at: new Date(BEGAN + 65_000).toISOString(),
  leftOut: 12,
  picture: 'ab12.svg',
  text: 'ab12.txt',
}

/** Writes a load test's folder. */
export function writeLoadResults(
  folder: string,
  results: unknown = RESULTS,
  plan: unknown = PLAN,
  failed: unknown = FAILED,
): void {
  mkdirSync(join(folder, 'failures'), { recursive: true })
  write(join(folder, 'report.json'), results)
  write(join(folder, 'load.json'), plan)
  write(join(folder, 'failures/ab12.json'), failed)
  writeFileSync(join(folder, 'failures/ab12.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
  writeFileSync(join(folder, 'failures/ab12.txt'), 'Ann sends {"message":"<Hi>"}')
}

function write(file: string, content: unknown): void {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}

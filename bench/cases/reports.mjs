/** What the report of a scenario takes: its text, its picture and its place in the living documentation. */

import { runFeature, writeFeature } from '../features.mjs'

const ROUNDS = 7
const SCENARIOS = 100
const TRIPS = 10

const NEITHER = { diagram: 'never', transcript: 'never' }

export default async function reports({ serverUrl, compare }) {
  const feature = writeFeature('reports', SCENARIOS, () => [
    'Given Ann is connected',
    ...Array.from({ length: TRIPS }, (_, trip) => [
      `When Ann sends "Hello ${trip}"`,
      `Then Ann receives "Hello ${trip}"`,
    ]).flat(),
  ])
  const run = (report, format) => runFeature(feature, 'ours', `${serverUrl}/echo`, { settings: { report }, format })
  await compare({
    what: `a scenario of ${2 * TRIPS} messages`,
    unit: 'ms',
    per: SCENARIOS,
    rounds: ROUNDS,
    contestants: {
      'without a report': () => run(NEITHER),
      'with its text': () => run({ ...NEITHER, transcript: 'always' }),
      'with its picture': () => run({ ...NEITHER, diagram: 'always' }),
      'with both, in the living documentation': () =>
        run({}, [['cucumber-websocket/living-docs', 'reports/living.html']]),
    },
  })
}

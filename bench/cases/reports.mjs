/** The time that the report of a scenario takes: its text, its picture and its page in the living documentation. */

import { runFeature, writeFeature } from '../features.mjs'

const ROUNDS = 9
const SCENARIOS = 100
const TRIPS = 10
const SIZES = [50, 158, 500]

/** Each of these messages has another secret, if the setting `redact` names it. */
const SECRETS = 100_000

const NO_REPORT = { diagram: 'never', transcript: 'never' }

export default async function reports({ serverUrl, compare, growth }) {
  const feature = writeFeature('reports', SCENARIOS, () => roundTrips(TRIPS))
  const run = (path, report, format) => runFeature(path, 'ours', `${serverUrl}/echo`, { settings: { report }, format })
  await compare({
    name: `a scenario of ${2 * TRIPS} messages`,
    unit: 'ms',
    per: SCENARIOS,
    rounds: ROUNDS,
    contestants: {
      'without a report': () => run(feature, NO_REPORT),
      'with its text': () => run(feature, { ...NO_REPORT, transcript: 'always' }),
      'with its picture': () => run(feature, { ...NO_REPORT, diagram: 'always' }),
      'with both, in the living documentation': () =>
        run(feature, {}, [['cucumber-websocket/living-docs', 'reports/living.html']]),
    },
  })
  const long = SIZES.map((trips) => [`${trips}`, writeFeature(`long-${trips}`, 4, () => roundTrips(trips))])
  const took = await compare({
    name: 'round trips of four scenarios, with text and picture',
    unit: 'ms',
    rounds: 5,
    contestants: Object.fromEntries(long.map(([trips, path]) => [trips, () => run(path, {})])),
  })
  growth('messages of a scenario, with its report', took)

  const burst = writeFeature('secrets', 1, () => [
    'Given Ann is connected',
    'When Ann sends "Begin"',
    `Then Ann receives {"id": "m-${SECRETS}"}`,
  ])
  const receive = (settings) =>
    runFeature(burst, 'ours', `${serverUrl}/burst?count=${SECRETS}&size=100`, {
      settings: { timeout: '1 minute', ...settings },
    })
  await compare({
    name: `${SECRETS.toLocaleString('en')} messages and their report`,
    unit: 'ms',
    rounds: ROUNDS,
    contestants: {
      'with no secret': () => receive({ redact: ['$.token'] }),
      'with a secret each': () => receive({ redact: ['$.id'] }),
      'with none that is named': () => receive({}),
    },
    targets: { 'with a secret each': 1.5 },
  })
}

function roundTrips(trips) {
  const trip = (_, number) => [`When Ann sends "Hello ${number}"`, `Then Ann receives "Hello ${number}"`]
  return ['Given Ann is connected', ...Array.from({ length: trips }, trip).flat()]
}

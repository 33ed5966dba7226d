/** The round trips again, as sentences in Cucumber: beside sentences that do nothing, and others that use bare ws. */

import { summary } from '../compare.mjs'
import { runFeature, runInTurns, writeFeature } from '../features.mjs'

const SUPPORT = ['empty', 'bare', 'vocabulary', 'hooks', 'least', 'ours']

/** One long scenario, as round trips are measured, and not connecting; and many short turns, as differences are small. */
const TRIPS = 100
const ROUNDS = 151

/** What Node has hardly executed before. */
const FIRST = { scenarios: 20, trips: 3, rounds: 11 }

const SIZES = [20, 63, 200]

export default async function sentences({ serverUrl, record, compare, growth }) {
  const url = `${serverUrl}/echo`
  const settings = { report: { diagram: 'never', transcript: 'never' } }
  record({
    what: 'a round trip in Cucumber, beyond what empty sentences take',
    unit: 'µs',
    per: TRIPS / 1000,
    target: { sentences: { aim: 1.3, most: 1.7 } },
    summary: beyondEmpty(await runInTurns(featureOf(1, TRIPS), SUPPORT, url, ROUNDS, { settings })),
  })
  const feature = featureOf(FIRST.scenarios, FIRST.trips)
  const took = Object.fromEntries(SUPPORT.map((support) => [support, []]))
  for (let round = 0; round < FIRST.rounds; round++) {
    for (const support of round % 2 === 0 ? SUPPORT : SUPPORT.toReversed()) {
      took[support].push(await runFeature(feature, support, url, { settings }))
    }
  }
  record({
    what: `the first scenarios of a run, of ${FIRST.trips} round trips each, beyond what empty sentences take`,
    unit: 'ms',
    per: FIRST.scenarios,
    summary: beyondEmpty(took),
  })
  const medians = await compare({
    what: 'scenarios of 30 round trips',
    unit: 'ms',
    rounds: 3,
    contestants: Object.fromEntries(
      SIZES.map((scenarios) => [scenarios, () => runFeature(featureOf(scenarios, 30), 'ours', url, { settings })]),
    ),
  })
  growth('scenarios', medians)
}

/** What each support file takes beyond its sentences when these do nothing. */
function beyondEmpty(took) {
  const beyond = (support, base) => took[support].map((time, round) => time - took[base][round])
  return summary({
    'bare ws': beyond('bare', 'empty'),
    'hooks that do nothing': beyond('hooks', 'vocabulary'),
    'the least that such sentences can do': beyond('least', 'vocabulary'),
    sentences: beyond('ours', 'vocabulary'),
  })
}

function featureOf(scenarios, trips) {
  return writeFeature(`sentences-${scenarios}-${trips}`, scenarios, () => [
    'Given Ann is connected',
    ...Array.from({ length: trips }, (_, trip) => [
      `When Ann sends "Hello ${trip}"`,
      `Then Ann receives "Hello ${trip}"`,
    ]).flat(),
  ])
}

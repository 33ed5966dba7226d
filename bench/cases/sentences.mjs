/** The round trips again, as sentences in Cucumber: beside sentences that do nothing, and others that use bare ws. */

import { summary } from '../compare.mjs'
import { runFeature, writeFeature } from '../features.mjs'

const ROUNDS = 11
const SCENARIOS = 20
const SIZES = [20, 63, 200]
const TRIPS = 30
const SUPPORT = ['empty', 'bare', 'vocabulary', 'hooks', 'ours']

export default async function sentences({ serverUrl, record, compare, growth }) {
  const settings = { report: { diagram: 'never', transcript: 'never' } }
  const run = (feature, support) => runFeature(feature, support, `${serverUrl}/echo`, { settings })
  const feature = featureOf(SCENARIOS)
  const took = Object.fromEntries(SUPPORT.map((support) => [support, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const support of round % 2 === 0 ? SUPPORT : SUPPORT.toReversed()) {
      took[support].push(await run(feature, support))
    }
  }
  const beyond = (support, base) => took[support].map((time, round) => time - took[base][round])
  record({
    what: 'a round trip in Cucumber, beyond what empty sentences take',
    unit: 'µs',
    per: (SCENARIOS * TRIPS) / 1000,
    target: { sentences: { aim: 1.3, most: 2.1 } },
    summary: summary({
      'bare ws': beyond('bare', 'empty'),
      'hooks that do nothing': beyond('hooks', 'vocabulary'),
      sentences: beyond('ours', 'vocabulary'),
    }),
  })
  const medians = await compare({
    what: `scenarios of ${TRIPS} round trips`,
    unit: 'ms',
    rounds: 3,
    contestants: Object.fromEntries(SIZES.map((scenarios) => [scenarios, () => run(featureOf(scenarios), 'ours')])),
  })
  growth('scenarios', medians)
}

function featureOf(scenarios) {
  return writeFeature(`sentences-${scenarios}`, scenarios, () => [
    'Given Ann is connected',
    ...Array.from({ length: TRIPS }, (_, trip) => [
      `When Ann sends "Hello ${trip}"`,
      `Then Ann receives "Hello ${trip}"`,
    ]).flat(),
  ])
}

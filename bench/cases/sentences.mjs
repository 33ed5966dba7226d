/** The round trips again, as sentences in Cucumber: beside sentences that do nothing, and others that use bare ws. */

import { summary } from '../compare.mjs'
import { runFeature, writeFeature } from '../features.mjs'

const ROUNDS = 7
const SCENARIOS = 20
const TRIPS = 30
const SUPPORT = ['empty', 'hooks', 'bare', 'ours']

export default async function sentences({ serverUrl, record, tell }) {
  const feature = writeFeature('sentences', SCENARIOS, () => [
    'Given Ann is connected',
    ...Array.from({ length: TRIPS }, (_, trip) => [
      `When Ann sends "Hello ${trip}"`,
      `Then Ann receives "Hello ${trip}"`,
    ]).flat(),
  ])
  const took = { empty: [], hooks: [], bare: [], ours: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const support of round % 2 === 0 ? SUPPORT : SUPPORT.toReversed()) {
      took[support].push(
        await runFeature(feature, support, `${serverUrl}/echo`, {
          settings: { report: { diagram: 'never', transcript: 'never' } },
        }),
      )
    }
  }
  const beyond = (support, base) => took[support].map((time, round) => time - took[base][round])
  console.log(took)
  record({
    what: 'a round trip in Cucumber, beyond empty sentences',
    unit: 'µs',
    per: (SCENARIOS * TRIPS) / 1000,
    target: { sentences: { most: 1.3 } },
    summary: summary({ 'bare ws': beyond('bare', 'empty'), sentences: beyond('ours', 'empty') }),
  })
}

/** Users of Artillery: what one takes by this library, beside one of Artillery's own engine that does the same. */

import { runArtillery } from '../artillery-runs.mjs'

const [USERS, MORE, MOST] = [500, 1000, 2000]
/** In s; whatever Artillery does in that time without users is measured by a run with few. */
const DURATION = 15
const FEW = 10
const ROUNDS = 3
const MAX_RATIO = 1.5

const [OWN, OURS] = ["Artillery's own engine", 'the sentences']

export default async function load({ serverUrl, record, growth }) {
  const run = (engine, users) => runArtillery(engine, { url: `${serverUrl}/echo`, users, duration: DURATION })
  const engines = { [OWN]: 'ws', [OURS]: 'cucumber-websocket' }
  const perUser = { [OWN]: [], [OURS]: [] }
  const memory = { [OWN]: [], [OURS]: [] }
  const bySize = { [USERS]: [], [MORE]: [], [MOST]: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? [OWN, OURS] : [OURS, OWN]) {
      const few = await run(engines[name], FEW)
      for (const users of name === OURS ? [USERS, MORE, MOST] : [MORE]) {
        const many = await run(engines[name], users)
        const cpu = many.cpu - few.cpu
        if (name === OURS) bySize[users].push(cpu)
        if (users !== MORE) continue
        perUser[name].push(cpu / (users - FEW))
        memory[name].push(many.maxRSS / 1024)
      }
    }
  }
  record({
    name: 'CPU of a user of Artillery who connects, sends, receives and leaves',
    unit: 'ms',
    figures: perUser,
    targets: { [OURS]: MAX_RATIO },
  })
  record({ name: `memory of Artillery with ${MORE} users in ${DURATION} s`, unit: 'MB', figures: memory })
  growth('users of Artillery', bySize)
}

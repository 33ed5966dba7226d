/** Users of Artillery: what one takes by this library, beside one of Artillery's own engine, and of k6, that do the same. */

import { quantileSorted } from 'simple-statistics'
import { runArtillery } from '../artillery-runs.mjs'
import { closeBare, connectBare } from '../contestants.mjs'
import { hasK6, runK6 } from '../k6-runs.mjs'

const [USERS, MORE, MOST] = [500, 1000, 2000]
/** In s; whatever Artillery does in that time without users is measured by a run with few. */
const DURATION = 10
const FEW = 10
const ROUNDS = 3
const MAX_RATIO = 1.5

/** So many users are measured beside a bare client that does the same at the same time, every so many ms. */
const [COMPARED, BARE_INTERVAL] = [600, 25]
/** By which part latencies may differ. */
const MAX_DIFFERENCE = 1.1
const RECEIVES = 'she receives {"message": "#startsWith Hello from "}'

const [OWN, OURS, K6] = ["Artillery's own engine", 'the sentences', 'k6']

export default async function load(bench) {
  await measureCpu(bench)
  await measureLatencies(bench)
}

async function measureCpu({ serverUrl, record, growth }) {
  const url = `${serverUrl}/echo`
  const runs = {
    [OWN]: (users) => runArtillery('ws', { url, users, duration: DURATION }),
    [OURS]: (users) => runArtillery('cucumber-websocket', { url, users, duration: DURATION }),
    ...(hasK6() && { [K6]: (users) => runK6({ url, users, duration: DURATION }) }),
  }
  const names = Object.keys(runs)
  if (!names.includes(K6)) console.log('k6 is left out, as it is not installed: go install go.k6.io/k6@latest')
  const [perUser, memory] = [0, 1].map(() => Object.fromEntries(names.map((name) => [name, []])))
  const bySize = { [USERS]: [], [MORE]: [], [MOST]: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const few = await runs[name](FEW)
      for (const users of name === OURS ? [USERS, MORE, MOST] : [MOST]) {
        const many = await runs[name](users)
        const cpu = many.cpu - few.cpu
        if (name === OURS) bySize[users].push(cpu)
        if (users !== MOST) continue
        perUser[name].push(cpu / (users - FEW))
        memory[name].push(many.maxRSS / 1024)
      }
    }
  }
  record({
    name: 'CPU of a user of a load test who connects, sends, receives and leaves',
    unit: 'ms',
    figures: perUser,
    targets: { [OURS]: MAX_RATIO },
  })
  record({ name: `memory with ${MOST} users in ${DURATION} s`, unit: 'MB', figures: memory })
  growth('users of Artillery', bySize)
}

/** What users say that an answer takes, beside a bare client of the same server at the same time. */
async function measureLatencies({ serverUrl, record }) {
  const url = `${serverUrl}/slow`
  const figures = { p50: { 'bare ws': [], [OURS]: [] }, p99: { 'bare ws': [], [OURS]: [] } }
  for (let round = 0; round < ROUNDS; round++) {
    const bare = startMeasuring(url)
    const { summaries } = await runArtillery('cucumber-websocket', { url, users: COMPARED, duration: DURATION })
    const took = (await bare.stop()).sort((a, b) => a - b)
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ]) {
      figures[name]['bare ws'].push(quantileSorted(took, share))
      figures[name][OURS].push(summaries[RECEIVES][name])
    }
  }
  for (const [name, each] of Object.entries(figures)) {
    record({ name: `${name} of an answer`, unit: 'ms', figures: each, targets: { [OURS]: MAX_DIFFERENCE } })
  }
}

/** Connects again and again, each time for one message and its answer. */
function startMeasuring(url) {
  const took = []
  const pending = new Set()
  const timer = setInterval(() => {
    const trip = measureTrip(url).then((ms) => {
      took.push(ms)
      pending.delete(trip)
    })
    pending.add(trip)
  }, BARE_INTERVAL)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      return took
    },
  }
}

async function measureTrip(url) {
  const socket = await connectBare(url)
  const began = performance.now()
  await new Promise((answered) => {
    socket.on('message', answered)
    socket.send('{"message":"Hello from bare"}')
  })
  const ms = performance.now() - began
  await closeBare(socket)
  return ms
}

/** A message comes in, and its answer goes out: as often as the server asks. */

import { closeBare, connectBare, startConversation } from '../contestants.mjs'

const TIMES = 1000
const SIZES = [1000, 3162, 10_000]

export default async function reaction({ serverUrl, compare, growth }) {
  const askedTimes = (times) => `${serverUrl}/ask?times=${times}`
  const url = askedTimes(TIMES)
  await compare({
    name: 'a reaction',
    unit: 'µs',
    per: TIMES / 1000,
    contestants: { 'bare ws': () => bareAnswers(url), core: () => coreAnswers(url) },
    targets: { core: 1.2 },
  })
  const took = await compare({
    name: 'reactions of one client',
    unit: 'ms',
    rounds: 7,
    contestants: Object.fromEntries(SIZES.map((times) => [times, () => coreAnswers(askedTimes(times))])),
  })
  growth('reactions', took)
}

async function bareAnswers(url) {
  const socket = await connectBare(url)
  const took = await new Promise((resolve) => {
    socket.on('message', (data) => {
      if (`${data}` === 'Question') socket.send('Answer')
      else resolve(JSON.parse(data).took)
    })
    socket.send('Begin')
  })
  await closeBare(socket)
  return took
}

async function coreAnswers(url) {
  const conversation = startConversation(url)
  const ann = conversation.client('Ann')
  ann.whenever('Question').send('Answer')
  await ann.connect()
  await ann.send('Begin')
  const { json } = await ann.receives({ took: '#number' })
  await conversation.end()
  return json.took
}

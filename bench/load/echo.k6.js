/** What a user of the echo does, for k6. */

import { fail } from 'k6'
import exec from 'k6/execution'
import { WebSocket } from 'k6/websockets'

const { URL, USERS, DURATION } = __ENV

export const options = {
  scenarios: {
    echo: {
      executor: 'constant-arrival-rate',
      rate: Number(USERS),
      timeUnit: `${DURATION}s`,
      duration: `${DURATION}s`,
      preAllocatedVUs: Math.min(50, Number(USERS)),
      maxVUs: Number(USERS),
    },
  },
}

export default function echo() {
  const text = `Hello from ${exec.scenario.iterationInTest}`
  const socket = new WebSocket(URL)
  socket.addEventListener('open', () => socket.send(JSON.stringify({ message: text })))
  socket.addEventListener('message', ({ data }) => {
    if (JSON.parse(data).message !== text) fail(`Another message came: ${data}`)
    socket.close()
  })
}

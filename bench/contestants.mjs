/** What is measured: bare ws, and this library without Cucumber. */

import { once } from 'node:events'
import { Conversation } from 'cucumber-websocket'
import { WebSocket } from 'ws'

const MINUTE = 60_000

/** A conversation whose timeout no measurement reaches. */
export function startConversation(url, settings = {}) {
  return new Conversation({ url, timeout: MINUTE, quiet: 1, ...settings })
}

/** An open connection of bare ws, without compression, as the library's. */
export async function connectBare(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await once(socket, 'open')
  return socket
}

export async function closeBare(socket) {
  socket.close()
  await once(socket, 'close')
}

/** What some work takes, in ms. */
export async function timed(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

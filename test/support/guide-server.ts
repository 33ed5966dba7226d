/** The server that the snippets of docs/how-to.md are run against: an auction with logins, by WebSocket and HTTP. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { portOf } from './ports'

const TOKEN = 'rob123'
const HEARTBEAT = JSON.stringify({ type: 'heartbeat' })

/** A server on a free port. */
export interface GuideServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts it. Its paths: `/login` and `/first` ask for a token in a message, `/private` in a header or a cookie, `/live` has heartbeats. */
export async function startGuideServer(): Promise<GuideServer> {
  const http = createServer(respond)
  const server = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    const { authorization, cookie } = request.headers
    const isKnown = authorization === `Bearer ${TOKEN}` || cookie === `session=${TOKEN}`
    const isRefused = request.url === '/private' && !isKnown
    if (isRefused) socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
    else server.handleUpgrade(request, socket, head, (client) => welcome(client, request.url ?? '/', server))
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `ws://127.0.0.1:${portOf(http)}`,
    async close() {
      for (const client of server.clients) client.terminate()
      await new Promise((closed) => http.close(closed))
    },
  }
}

function respond(request: IncomingMessage, response: ServerResponse): void {
  const isLogin = request.method === 'POST' && request.url === '/sessions'
  const cookie = isLogin ? { 'Set-Cookie': `session=${TOKEN}; Path=/; HttpOnly` } : {}
  response.writeHead(isLogin ? 201 : 404, { 'Content-Type': 'application/json', ...cookie })
  response.end(isLogin ? JSON.stringify({ token: TOKEN }) : '{}')
}

function welcome(client: WebSocket, path: string, server: WebSocketServer): void {
  if (path === '/login') client.send('{"type": "login required"}')
  if (path === '/private') client.send('{"type": "welcome", "user": "Rob"}')
  if (path === '/live') {
    client.send(HEARTBEAT)
    const beat = setInterval(() => client.send(HEARTBEAT), 1000)
    client.on('close', () => clearInterval(beat))
  }
  client.on('message', (data) => answer(client, data.toString(), server))
}

function answer(client: WebSocket, text: string, server: WebSocketServer): void {
  const message = text.startsWith('{') ? JSON.parse(text) : {}
  if (message.type === 'login') client.send('{"type": "welcome", "user": "Rob"}')
  else if (message.op === 'list') {
    client.send(JSON.stringify({ id: 0, op: 'list', rooms: [] }))
    client.send(JSON.stringify({ id: message.id, op: 'list', rooms: ['lobby', 'attic'] }))
  } else if (text !== HEARTBEAT && message.type !== 'heartbeat') {
    for (const other of server.clients) other.send(text)
  }
}

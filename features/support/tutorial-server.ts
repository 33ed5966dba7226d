/** The server that the features in features/tutorial talk to, modelled on the one of the Chanx tutorial. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { asyncApi, asyncApiPage } from './tutorial-documentation'
import { createEndpoints, type Endpoints, parseMessage } from './tutorial-endpoints'

/** A server that is listening. */
export interface TutorialServer {
  /** Where it is, `ws://127.0.0.1:PORT`; it speaks HTTP at the same port. */
  readonly url: string
  /** Terminates every connection and stops listening; resolves when nothing is left. */
  close(): Promise<void>
}

/** Starts the server on a free port of this machine. */
export async function startTutorialServer(): Promise<TutorialServer> {
  const endpoints = createEndpoints()
  const server = createServer((request, response) => {
    answer(endpoints, request, response).catch(() => response.destroy())
  })

  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: false,
    maxPayload: 1024 * 1024,
    verifyClient: ({ req }, decide) => {
      const path = pathOf(req)
      const refusal = path === '/ws/private' ? refusalOf(req.headers) : undefined
      if (!endpoints.at(path)) decide(false, 404, 'There is nobody here.', PLAIN_TEXT)
      else if (refusal) decide(false, refusal.status, refusal.reason, { ...PLAIN_TEXT, ...refusal.headers })
      else decide(true)
    },
  })

  sockets.on('connection', (socket, request) => {
    const endpoint = endpoints.at(pathOf(request))
    const peer = {
      send: (...messages: object[]) => {
        for (const message of messages) socket.send(JSON.stringify(message))
      },
      close: (code: number, reason: string) => socket.close(code, reason),
    }
    // Whoever breaks the protocol is disconnected by ws; without a listener the error would end this process.
    socket.on('error', () => {})
    socket.on('close', () => endpoint?.closed?.(peer))
    socket.on('message', (data, isBinary) => {
      // A peer that is leaving is not answered any more.
      if (socket.readyState === WebSocket.OPEN) endpoint?.received(peer, isBinary ? {} : parseMessage(data.toString()))
    })
    endpoint?.opened?.(peer)
  })

  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers requests over HTTP: the documentation, the worker and the announcement. */
async function answer(endpoints: Endpoints, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${pathOf(request)}`
  const [, job] = /^POST \/jobs\/([^/]+)\/result$/.exec(route) ?? []
  if (route === 'GET /asyncapi.json') sendJson(response, asyncApi())
  else if (route === 'GET /asyncapi') response.setHeader('Content-Type', 'text/html; charset=utf-8').end(asyncApiPage)
  else if (pathOf(request) === '/echo') sendJson(response, await describeRequest(request))
  else if (route === 'POST /sessions') response.setHeader('Set-Cookie', 'session=rob; Path=/; HttpOnly').end()
  else if (route === 'GET /jobs') sendJson(response, endpoints.jobs())
  else if (job === undefined && route !== 'POST /announce') response.writeHead(404).end()
  else {
    const { message } = parseMessage((await request.setEncoding('utf8').toArray()).join(''))
    if (typeof message !== 'string') {
      response.writeHead(400, PLAIN_TEXT).end('Write it like {"message": "Hello, world!"}')
    } else if (job === undefined) {
      endpoints.announce(message)
      response.writeHead(204).end()
    } else {
      response.writeHead(endpoints.finishJob(job, message) ? 204 : 404).end()
    }
  }
}

/** What was requested, for those who want to see it. */
async function describeRequest(request: IncomingMessage): Promise<object> {
  const { method, headers } = request
  const query = Object.fromEntries(new URL(request.url ?? '', 'http://tutorial').searchParams)
  return { method, query, headers, body: (await request.setEncoding('utf8').toArray()).join('') }
}

function sendJson(response: ServerResponse, content: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(content))
}

const PLAIN_TEXT = { 'Content-Type': 'text/plain' }

/** Why somebody may not come in: a token decides, and only without one the session's cookie. */
function refusalOf({ authorization = '', cookie = '' }: IncomingMessage['headers']) {
  const [, token] = /^Bearer +(.*)$/i.exec(authorization) ?? []
  if (token === 'rob123') return undefined
  if (token !== undefined) return { status: 403, reason: 'Nobody has this token.' }
  if (cookie.split(/; */).includes('session=rob')) return undefined
  return { status: 401, reason: 'Log in first.', headers: { 'WWW-Authenticate': 'Bearer' } }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] as string
}

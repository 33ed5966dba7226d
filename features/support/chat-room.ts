/**
 * The chat server that the features in features/chat talk to: people come in with a name, talk, and leave. Who brings a header
 * `Room` meets only those who have brought the same.
 */

import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'

/** A chat room that is open. */
export interface ChatRoom {
  /** Where it is, `ws://127.0.0.1:PORT`; people add `/?name=` and who they are. */
  readonly url: string
  /** Terminates every connection and stops listening; resolves when nothing is left. */
  close(): Promise<void>
}

/** Opens a chat room on a free port of this machine. */
export async function startChatRoom(): Promise<ChatRoom> {
  const rooms = new Map<string, Map<string, WebSocket>>()
  const server = createServer((_, response) => response.writeHead(426).end())

  const lobby = new WebSocketServer({
    server,
    perMessageDeflate: false,
    maxPayload: 4 * 1024 * 1024,
    verifyClient: ({ req }, answer) => {
      const room = roomIn(req)
      const members = rooms.get(room) ?? NOBODY
      // Whose goodbye is still under way has left before the newcomer comes: the name is free, and those left know.
      for (const [other, socket] of members) if (socket.readyState !== WebSocket.OPEN) leave(room, other, socket)
      const name = nameIn(req)
      if (name === '') answer(false, 400, 'Say who you are: /?name=Rob', PLAIN_TEXT)
      else if (members.has(name)) answer(false, 409, 'Somebody of that name is here already.', PLAIN_TEXT)
      else answer(true)
    },
  })

  lobby.on('connection', (socket, request) => {
    const [name, room] = [nameIn(request), roomIn(request)]
    rooms.set(room, (rooms.get(room) ?? new Map<string, WebSocket>()).set(name, socket))
    socket.on('error', () => leave(room, name, socket))
    socket.on('close', () => leave(room, name, socket))
    socket.on('message', (data, isBinary) => {
      const text = isBinary ? undefined : textIn(data)
      if (text === undefined) socket.send(JSON.stringify({ error: 'Write it like {"message": "Hello, world!"}' }))
      else broadcast(room, `${name}: ${text}`)
    })
    broadcast(room, `${name} has connected`)
  })

  function leave(room: string, name: string, socket: WebSocket): void {
    const members = rooms.get(room)
    if (members?.get(name) !== socket) return
    members.delete(name)
    if (members.size === 0) rooms.delete(room)
    broadcast(room, `${name} has disconnected`)
  }

  function broadcast(room: string, message: string): void {
    for (const socket of (rooms.get(room) ?? NOBODY).values()) socket.send(JSON.stringify({ message }))
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of lobby.clients) socket.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

const NOBODY: ReadonlyMap<string, WebSocket> = new Map()
const PLAIN_TEXT = { 'Content-Type': 'text/plain' }

function nameIn({ url = '' }: IncomingMessage): string {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('name')?.trim() ?? ''
}

function roomIn({ headers }: IncomingMessage): string {
  return String(headers.room ?? '')
}

function textIn(data: RawData): string | undefined {
  try {
    const { message } = JSON.parse(data.toString()) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

/** Real servers on this machine, each with a conversation and its client Rob: for tests of real sockets. */

import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { Client } from '../../src/client/client'
import { Conversation } from '../../src/conversation/conversation'
import type { ResolvedSettings } from '../../src/conversation-state/resolved-settings'
import { lazyProxies } from '../../src/transport/lazy-transports'
import { webSockets } from '../../src/transport/ws'
import { turn } from './event-loop'
import { resolvedSettings, transportsOf } from './fake-server'
import { portOf } from './ports'

/** A conversation with a server, in which nobody has connected yet. */
export interface ServedConversation {
  readonly url: string
  readonly conversation: Conversation
  readonly rob: Client
}

/** The servers of a test, and their sockets; `close` leaves none of them. */
export class WebSocketServers {
  readonly sockets = new Set<Socket>()
  private readonly servers: Server[] = []
  private readonly conversations: Conversation[] = []

  /** Starts a server that keeps to the protocol. */
  serve(
    onConnection: (socket: WebSocket, request: IncomingMessage) => void,
    options: ServerOptions = {},
    changes: Partial<ResolvedSettings> = {},
  ): Promise<ServedConversation> {
    const http = createHttpServer()
    new WebSocketServer({ ...options, server: http }).on('connection', onConnection)
    return this.listen(http, changes)
  }

  /** Starts a server that does what it likes with the socket, once the request has come. */
  serveRaw(
    onRequest: (socket: Socket, request: string) => void,
    changes: Partial<ResolvedSettings> = {},
    options: { allowHalfOpen?: boolean } = {},
  ): Promise<ServedConversation> {
    const server = createServer(options, (socket) => {
      let request = ''
      const read = (data: Buffer) => {
        request += data
        if (!request.includes('\r\n\r\n')) return
        socket.off('data', read)
        onRequest(socket, request)
      }
      socket.on('data', read)
      socket.on('error', () => socket.destroy())
    })
    return this.listen(server, changes)
  }

  /** Begins a conversation with whatever is at an address. */
  converseWith(url: string, changes: Partial<ResolvedSettings> = {}): ServedConversation {
    const settings = resolvedSettings(url, changes)
    const { compression, redirects, proxy } = settings
    const openConnection = webSockets({}, { compression, redirects, chooseProxy: lazyProxies(proxy) })
    const conversation = new Conversation(settings, transportsOf(openConnection))
    this.conversations.push(conversation)
    return { url, conversation, rob: conversation.client('Rob') }
  }

  /** Resolves when a server has been connected to. */
  async connected(): Promise<void> {
    await Promise.race(this.servers.map((server) => once(server, 'connection')))
  }

  /** Resolves when no server has a socket any more. */
  async socketsClosed(): Promise<void> {
    await Promise.all([...this.sockets].map((socket) => once(socket, 'close')))
    await turn()
    await turn()
  }

  destroySockets(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  async close(): Promise<void> {
    await Promise.all(this.conversations.map((conversation) => conversation.end()))
    this.destroySockets()
    await Promise.all(this.servers.map((server) => new Promise((closed) => server.close(closed))))
  }

  private async listen(server: Server, changes: Partial<ResolvedSettings>): Promise<ServedConversation> {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    this.servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return this.converseWith(`ws://127.0.0.1:${portOf(server)}`, changes)
  }
}

/** Small servers that do one thing each, also what no decent server does: for the manual and for the failures. */

import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** What a server does with each connection. */
export interface Script {
  readonly opened?: (socket: WebSocket, raw: Socket, request: IncomingMessage) => void
  readonly received?: (message: string | Buffer, socket: WebSocket, raw: Socket) => void
  /** Refuses everyone with this HTTP status and body; a location makes it a redirect. */
  readonly refusal?: { readonly status: number; readonly body: string; readonly location?: string }
  readonly subprotocol?: string
  /** Whether it accepts compression. */
  readonly compresses?: boolean
  /** The Unix domain socket that it listens at, instead of a port. */
  readonly socket?: string
  /** What it answers a request over HTTP with. */
  readonly requested?: (request: IncomingMessage) => string
  /** Its certificates, if it speaks TLS. */
  readonly tls?: ServerOptions
}

/** A server that follows its script, on a free port of this machine. */
export interface ScriptedServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts a server. */
export async function startServer(script: Script): Promise<ScriptedServer> {
  const http = script.tls ? createSecureServer(script.tls) : createServer()
  http.on('request', (request, response) => response.end(script.requested?.(request)))
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => script.subprotocol ?? false,
    perMessageDeflate: script.compresses ? { threshold: 0 } : false,
  })
  http.on('upgrade', (request, raw: Socket, head) => {
    raw.on('error', () => raw.destroy())
    if (script.refusal) {
      const { status, body, location } = script.refusal
      const where = location === undefined ? '' : `Location: ${location}\r\n`
      raw.end(
        `HTTP/1.1 ${status} No\r\n${where}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
      return
    }
    sockets.handleUpgrade(request, raw, head, (socket) => {
      socket.on('message', (data: Buffer, isBinary) =>
        script.received?.(isBinary ? data : data.toString(), socket, raw),
      )
      script.opened?.(socket, raw, request)
    })
  })
  await new Promise<void>((listening) => {
    if (script.socket) http.listen(script.socket, listening)
    else http.listen(0, '127.0.0.1', listening)
  })
  const port = `127.0.0.1:${(http.address() as AddressInfo).port}`
  const url = script.socket ? `ws+unix://${script.socket}:/` : `${script.tls ? 'wss' : 'ws'}://${port}`
  return { url, close: () => stop(http, sockets) }
}

async function stop(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  await new Promise((closed) => http.close(closed))
}

/** A text frame of the length that its second byte tells, with fewer letters in it (RFC 6455, section 5.2). */
export const UNFINISHED_MESSAGE = Buffer.concat([Buffer.from([0x81, 100]), Buffer.from('only the beg')])

/** A frame with an opcode that is reserved (RFC 6455, section 5.2). */
export const GARBAGE = Buffer.from([0x83, 0x01, 0x00])

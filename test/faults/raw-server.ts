/** A server on bare TCP, for what a library that keeps to the protocol would never do. */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** One connection: what it has asked for, and the socket to do anything with. */
export interface Caller {
  readonly socket: Socket
  /** The request line and headers of the handshake. */
  readonly request: string
}

/** What a server does with whoever comes to a path. */
export type Behaviour = (caller: Caller) => void

/** A server of several behaviours, each at a path of its own. */
export interface RawServer {
  readonly port: number
  /** Those that were opened, and are not closed yet. */
  readonly sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** Starts it, on a free port of this machine unless one is given. */
export async function startRawServer(behaviours: Readonly<Record<string, Behaviour>>, port = 0): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    let request = ''
    const read = (chunk: Buffer) => {
      request += chunk.toString('latin1')
      if (!request.includes('\r\n\r\n')) return
      socket.off('data', read)
      const path = /^GET \/([\w-]*)/.exec(request)?.[1] ?? ''
      behaviours[path]?.({ socket, request })
    }
    socket.on('data', read)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Accepts a handshake (RFC 6455, section 4.2.2). */
export function accept({ socket, request }: Caller, ...headers: string[]): void {
  socket.write(welcome(request, ...headers))
}

/** The answer to a handshake, with headers of one's own. */
export function welcome(request: string, ...headers: string[]): string {
  const key = /^sec-websocket-key: (.*)$/im.exec(request)?.[1]?.trim() ?? ''
  const proof = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${proof}`, ...headers]
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** What may be wrong with a frame. */
interface Oddities {
  /** Whether it is the last of its message. */
  readonly isFinal?: boolean
  /** The reserved bits, 0 to 7. */
  readonly reserved?: number
  readonly isMasked?: boolean
  /** The length it claims to have. */
  readonly length?: number
}

export const TEXT = 1
export const CLOSE = 8
export const PING = 9

/** A frame (RFC 6455, section 5.2), as wrong as it is asked to be. */
export function frame(
  opcode: number,
  payload: string | Buffer,
  { isFinal = true, reserved = 0, isMasked = false, length = Buffer.byteLength(payload) }: Oddities = {},
): Buffer {
  const mask = isMasked ? 0x80 : 0
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode
  const size =
    length < 126
      ? Buffer.from([mask | length])
      : length < 2 ** 16
        ? Buffer.from([mask | 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([mask | 127, 0, 0, 0, 0]), uint32(length)])
  const key = isMasked ? Buffer.alloc(4) : Buffer.alloc(0)
  return Buffer.concat([Buffer.from([first]), size, key, Buffer.from(payload)])
}

/** A close frame with a code and a reason. */
export function closing(code: number, reason = ''): Buffer {
  return frame(CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]))
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

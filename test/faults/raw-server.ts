/** A server on bare TCP, which can break every rule of the protocol. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { acceptHandshake } from '../support/handshake'

/** A connection of a client. */
export interface RawConnection {
  readonly socket: Socket
  /** The request line and headers of the handshake. */
  readonly request: string
}

/** What a server does with a connection, once it has received the handshake. */
export type Behaviour = (connection: RawConnection) => void

/** A fault, and a scenario that meets it. */
export interface Fault {
  readonly name: string
  readonly behaviour: Behaviour
  readonly steps: readonly string[]
  /** The first line of the failure; without it the scenario passes. */
  readonly message?: string | RegExp
}

/** A server with a behaviour for each path. */
export interface RawServer {
  readonly port: number
  /** The open connections. */
  readonly sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** Starts a server, on a free port unless one is given. */
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

/** Accepts a handshake, with further headers. */
export function accept({ socket, request }: RawConnection, ...headers: string[]): void {
  socket.write(acceptHandshake(request, headers.map((header) => `${header}\r\n`).join('')))
}

/** Sends a text at ten bytes a second. */
export const trickles = (text: string | Buffer): Behaviour =>
  function trickle({ socket }) {
    const bytes = [...Buffer.from(text)]
    const timer = setInterval(() => {
      const byte = bytes.shift()
      if (byte === undefined || socket.destroyed) clearInterval(timer)
      else socket.write(Buffer.from([byte]))
    }, 100)
    socket.on('close', () => clearInterval(timer))
  }

/** Sends a chunk again and again, as fast as the client reads, until the connection ends. */
export function writeWithoutEnd(socket: Socket, chunk: string | Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk)) {}
  }
  socket.on('drain', more)
  more()
}

/** The fields of a frame that are not as usual. */
interface FrameOptions {
  /** Whether it is the last of its message. */
  readonly isFinal?: boolean
  /** The reserved bits, 0 to 7. */
  readonly reserved?: number
  readonly isMasked?: boolean
  /** The announced length of the payload. */
  readonly length?: number
}

export const TEXT = 1
export const CLOSE = 8
export const PING = 9

/** A frame (RFC 6455, section 5.2), valid or not. */
export function frame(
  opcode: number,
  payload: string | Buffer,
  { isFinal = true, reserved = 0, isMasked = false, length = Buffer.byteLength(payload) }: FrameOptions = {},
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
export function closeFrame(code: number, reason = ''): Buffer {
  return frame(CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]))
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Real sockets, by the library ws. */

import { type ClientOptions, WebSocket } from 'ws'
import type { Connect, Connection, ConnectionListener, Limits } from '../conversation/connection'
import { Deadline } from '../conversation/deadline'
import { Mistake } from '../matching/errors'
import type { Certificates } from './certificates'
import { causeOf, problemOf } from './network-problem'

/** How much of a refusing server's answer is read, in characters. */
const BODY = 200

/**
 * Opens WebSockets; each throws a Mistake if a header or subprotocol cannot be sent.
 * @param certificates of `wss` connections
 */
export function webSockets(certificates: Certificates = {}): Connect {
  return (address, limits, listener) => {
    const options: ClientOptions & { closeTimeout: number } = {
      ...certificates,
      headers: { ...address.headers },
      maxPayload: limits.maxMessageBytes,
      closeTimeout: limits.closeGrace,
      // Accepted compression is many times slower and takes hundreds of kB a connection.
      perMessageDeflate: false,
    }
    const socket = create(address.url, [...address.subprotocols], options)
    const connection = new SocketConnection(socket)
    listen(socket, listener, limits)
    // The library cuts a connection whose pings it cannot answer in time, and would leave it to look like the server's doing.
    socket.on('ping', () => {
      if (socket.readyState === WebSocket.CLOSING && !connection.isLeaving) {
        listener.failed('the server sent more pings at once than can be answered')
      }
    })
    return connection
  }
}

class SocketConnection implements Connection {
  /** Whether it was us who ended it. */
  isLeaving = false

  constructor(private readonly socket: WebSocket) {}

  get backlog(): number {
    return this.socket.bufferedAmount
  }

  send(data: string | Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(data, { binary: typeof data !== 'string' }, (error) => (error ? reject(error) : resolve()))
    })
  }

  ping(payload: string): void {
    this.socket.ping(payload)
  }

  close(code?: number, reason?: string): void {
    this.isLeaving = true
    this.socket.close(code, reason)
  }

  cut(): void {
    this.isLeaving = true
    this.socket.terminate()
  }
}

function create(...args: ConstructorParameters<typeof WebSocket>): WebSocket {
  try {
    return new WebSocket(...args)
  } catch (error) {
    const [url, subprotocols] = args
    const offered = /subprotocol/.test((error as Error).message)
      ? ` Offered are: ${[subprotocols].flat().join(', ')}`
      : ''
    throw new Mistake(`${url} cannot be connected to: ${(error as Error).message}.${offered}`)
  }
}

function listen(socket: WebSocket, listener: ConnectionListener, limits: Limits): void {
  socket.on('open', () => listener.opened(socket.protocol))
  socket.on('message', (data: Buffer, isBinary) => listener.received(isBinary ? data : data.toString()))
  socket.on('pong', (payload) => listener.ponged(payload.toString()))
  socket.on('close', (code, reason) => listener.closed({ code, reason: reason.toString() }))
  // A server that cuts its own answer short has refused all the same.
  let refused: (() => void) | undefined
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (refused) refused()
    else listener.failed(inWords(error, limits, socket.url), error.code)
  })
  socket.on('unexpected-response', (_request, response) => {
    let body = ''
    const end = () => {
      deadline.callOff()
      listener.refused(
        response.statusCode as number,
        response.statusMessage as string,
        body.replace(/\s+/g, ' ').trim(),
      )
      socket.terminate()
    }
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      body += chunk
      if (body.length >= BODY) {
        body = body.slice(0, BODY)
        end()
      }
    })
    response.on('end', end)
    response.on('error', end)
    const deadline = new Deadline(limits.closeGrace, end)
    refused = end
  })
}

function inWords(error: Error, { maxMessageBytes }: Limits, url: string): string {
  const { code = '', message } = causeOf(error)
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return `the server sent a message of more than ${maxMessageBytes} bytes; "maxMessageBytes" in the settings allows more`
  }
  if (code.startsWith('WS_ERR_')) return `the server broke the WebSocket protocol: ${message}`
  return problemOf(error, url)
}

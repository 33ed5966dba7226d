/** Real sockets, by the library ws. */

import type { ClientRequest, IncomingMessage } from 'node:http'
import { type ClientOptions, WebSocket } from 'ws'
import type { Address, Connect, Connection, ConnectionListener, Limits } from '../conversation/connection'
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
export function webSockets(certificates: Certificates): Connect {
  return (...connecting) => new SocketConnection(open(certificates, ...connecting))
}

function open(certificates: Certificates, ...[address, limits, listener]: Parameters<Connect>): TellingSocket {
  const options: SocketOptions = {
    ...certificates,
    headers: { ...address.headers },
    maxPayload: limits.maxMessageBytes,
    closeTimeout: limits.closeGrace,
    // Accepted compression is many times slower and takes hundreds of kB a connection.
    perMessageDeflate: false,
  }
  try {
    return new TellingSocket(address, options, limits, listener)
  } catch (error) {
    const { url, subprotocols } = address
    const { message } = error as Error
    const offered = /subprotocol/.test(message) ? ` Offered are: ${subprotocols.join(', ')}` : ''
    throw new Mistake(`${url} cannot be connected to: ${message}.${offered}`)
  }
}

type SocketOptions = ClientOptions & { closeTimeout: number }

class SocketConnection implements Connection {
  constructor(private readonly socket: TellingSocket) {}

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
    this.socket.isLeaving = true
    this.socket.close(code, reason)
  }

  cut(): void {
    this.socket.isLeaving = true
    this.socket.terminate()
  }
}

/** A socket that tells a listener what happens to it. */
class TellingSocket extends WebSocket {
  /** Whether it was us who ended it. */
  isLeaving = false
  /** Tells of a refusal, also if the server cuts its own answer short. */
  private tellRefusal: (() => void) | undefined

  constructor(
    { url, subprotocols }: Address,
    options: SocketOptions,
    private readonly limits: Limits,
    private readonly listener: ConnectionListener,
  ) {
    super(url, [...subprotocols], options)
  }

  /** What it does at the events of the library; listeners would be a table of their own for each of thousands of sockets. */
  private static readonly methods = new Map<string | symbol, (...details: never[]) => void>([
    ['open', TellingSocket.prototype.opened],
    ['message', TellingSocket.prototype.received],
    ['ping', TellingSocket.prototype.pinged],
    ['pong', TellingSocket.prototype.ponged],
    ['close', TellingSocket.prototype.closed],
    ['unexpected-response', TellingSocket.prototype.refused],
    ['error', TellingSocket.prototype.failed],
  ])

  override emit(event: string | symbol, ...details: unknown[]): boolean {
    const method = TellingSocket.methods.get(event)
    if (!method) return super.emit(event, ...details)
    method.apply(this, details as never[])
    return true
  }

  private opened(): void {
    this.listener.opened(this.protocol)
  }

  private received(data: Buffer, isBinary: boolean): void {
    this.listener.received(isBinary ? data : data.toString())
  }

  private pinged(): void {
    // The library cuts a connection whose pings it cannot answer in time, and would leave it to look like the server's doing.
    if (this.readyState === WebSocket.CLOSING && !this.isLeaving) {
      this.listener.failed('the server sent more pings at once than can be answered')
    }
  }

  private ponged(payload: Buffer): void {
    this.listener.ponged(payload.toString())
  }

  private closed(code: number, reason: Buffer): void {
    this.listener.closed({ code, reason: reason.toString() })
  }

  private refused(_request: ClientRequest, response: IncomingMessage): void {
    let body = ''
    const end = () => {
      deadline.callOff()
      this.listener.refused(
        response.statusCode as number,
        response.statusMessage as string,
        body.replace(/\s+/g, ' ').trim(),
      )
      this.terminate()
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
    const deadline = new Deadline(this.limits.closeGrace, end)
    this.tellRefusal = end
  }

  private failed(error: NodeJS.ErrnoException): void {
    if (this.tellRefusal) this.tellRefusal()
    else this.listener.failed(inWords(error, this.limits, this.url), error.code)
  }
}

function inWords(error: Error, { maxMessageBytes }: Limits, url: string): string {
  const { code = '', message } = causeOf(error)
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return `the server sent a message of more than ${maxMessageBytes} bytes; "maxMessageBytes" in the settings allows more`
  }
  if (code.startsWith('WS_ERR_')) return `the server broke the WebSocket protocol: ${message}`
  return problemOf(error, url)
}

/** Real sockets, by the library ws. */

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import type {
  CloseInfo,
  Connection,
  ConnectionLimits,
  ConnectionListener,
  ConnectionTarget,
  OpenConnection,
} from '../connection/connection'
import { maxKeptBytes } from '../connection/memory-limit'
import { UsageError } from '../errors'
import { excerpt } from '../text/excerpt'
import { Deadline } from '../time/deadline'
import { observeArrivals, WorkQueue } from '../time/turns'
import type { Certificates } from './certificates'
import type { Handshake } from './handshake'
import { finishRequest } from './interim-responses'
import { describeNetworkError, rootCause } from './network-error'
import type { ChooseProxy } from './proxies'

/** How much of a refusing server's answer is read, in characters: far more than is shown, so that no secret in it is cut. */
const MAX_REFUSAL_LENGTH = 2 ** 16

/** What holds for all connections of a conversation. */
export interface SocketSettings {
  /** Whether compression is offered: accepted, it is many times slower and takes hundreds of kB a connection. */
  readonly compression?: boolean
  /** How many redirects of a handshake are followed. */
  readonly redirects?: number
  /** Undefined where no proxy is in between. */
  readonly chooseProxy?: ChooseProxy | undefined
}

/**
 * Opens WebSockets; each throws a UsageError if a header or subprotocol cannot be sent.
 * @param certificates of `wss` connections
 */
export function webSockets(
  certificates: Certificates,
  { compression = false, redirects = 0, chooseProxy }: SocketSettings = {},
): OpenConnection {
  const unread: UnreadMessages = { bytes: 0 }
  return (target, limits, listener) => {
    const isUsual = redirects === 0 && !chooseProxy && !target.url.startsWith('ws+unix:')
    const handshake = isUsual
      ? undefined
      : newHandshake(target.url, { certificates, redirects, chooseProxy }, (response) => {
          listener.responded(headersOf(response))
        })
    const socket = createSocket(target, {
      ...certificates,
      headers: { ...target.headers },
      maxPayload: limits.maxMessageBytes,
      closeTimeout: limits.closeGrace,
      perMessageDeflate: compression,
      finishRequest,
      ...handshake?.options,
    })
    return new WebSocketConnection(socket, limits, listener, { handshake, unread })
  }
}

/** Loaded when it is needed: most connections go straight to their server. */
function newHandshake(...options: ConstructorParameters<typeof Handshake>): Handshake {
  const { Handshake } = require('./handshake') as typeof import('./handshake')
  return new Handshake(...options)
}

type SocketOptions = ClientOptions & { readonly closeTimeout: number }

function createSocket({ url, subprotocols }: ConnectionTarget, options: SocketOptions): WebSocket {
  try {
    return new WebSocket(url, [...subprotocols], options)
  } catch (error) {
    const { message } = error as Error
    const offered = /subprotocol/.test(message) ? ` The client offers: ${excerpt(subprotocols.join(', '))}` : ''
    throw new UsageError(`${url} cannot be connected to: ${excerpt(message)}.${offered}`)
  }
}

/** What all sockets of a conversation have sent, and the system has not taken, since the servers do not read. */
interface UnreadMessages {
  /** With `UNREAD_OVERHEAD`. */
  bytes: number
}

/** What a message takes beside its bytes until it is read, with all that waits for that. */
const UNREAD_OVERHEAD = 1024

/** A socket, and what it reports to its listener. */
class WebSocketConnection implements Connection {
  /** Whether the client has ended it. */
  private isLeaving = false
  /** What the system said of the socket, which ws keeps to itself: a connection that was reset is not one that was closed. */
  private socketError: Error | undefined
  /** Whether the server has ended the socket: what it sent before may not have been read yet. */
  private hasHungUp = false
  /** What it sends through, once its handshake is done. */
  private tcp: Socket | undefined
  /** Reports a refusal, also if the server cuts its own answer short. */
  private reportRefusal: (() => void) | undefined
  private readonly work: WorkQueue

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: ConnectionLimits,
    private readonly listener: ConnectionListener,
    private readonly shared: { readonly handshake: Handshake | undefined; readonly unread: UnreadMessages },
  ) {
    // Before it has opened nothing waits that could pause it.
    const work = new WorkQueue(socket)
    this.work = work
    socket
      .on('upgrade', (response) => {
        this.listener.responded(headersOf(response))
        this.watch(response.socket)
      })
      .on('open', () => {
        open.add(this)
        listener.opened(socket.protocol, this.notes)
      })
      .on('message', (data: Buffer, isBinary) => work.do(() => listener.received(isBinary ? data : data.toString())))
      .on('ping', () => this.pinged(work))
      .on('pong', (payload) => work.do(() => listener.ponged(payload.toString())))
      .on('close', (code, reason) => {
        open.delete(this)
        work.do(() => this.closed({ code, reason: reason.toString() }), { isLast: true })
      })
      .on('unexpected-response', (_request, response) => this.refused(response))
      .on('error', (error) => work.do(() => this.failed(error), { isLast: true }))
  }

  /** Whether one side has begun to close it: for the server that may be by the words of a protocol. */
  get isClosing(): boolean {
    return this.socket.readyState === WebSocket.CLOSING
  }

  get isBehind(): boolean {
    return this.isClosing || this.work.isBehind
  }

  doInPieces(pieces: Iterator<unknown>): void {
    this.work.doInPieces(pieces)
  }

  get awaited(): string | undefined {
    return this.shared.handshake?.awaited
  }

  private get notes(): string {
    const compression = this.socket.extensions === '' ? '' : ` with ${this.socket.extensions}`
    return this.redirection + compression
  }

  get destination(): string {
    return this.shared.handshake?.destination ?? ''
  }

  /** Where its server has sent it, as it follows the address. */
  private get redirection(): string {
    const { destination } = this
    return destination && `, redirected to ${destination}`
  }

  get hasUnsent(): boolean {
    return this.socket.bufferedAmount > 0
  }

  send(data: string | Buffer): Promise<void> {
    const { unread } = this.shared
    if (typeof data === 'string' && !data.isWellFormed()) return Promise.reject(new UsageError(NOT_WELL_FORMED))
    // Servers that read are not to blame for those that do not.
    if (this.hasUnsent && unread.bytes > maxKeptBytes(this.limits.maxMessageBytes)) return this.refuseToSend()
    const size = Buffer.byteLength(data) + UNREAD_OVERHEAD
    unread.bytes += size
    return new Promise((resolve, reject) => {
      let waits = false
      this.socket.send(data, { binary: typeof data !== 'string' }, (error) => {
        unread.bytes -= size
        // Of what waits when a socket is destroyed, Node says that it was written.
        if (waits && this.tcp?.destroyed) reject(new Error('the connection has ended before all of it was sent'))
        else if (error) reject(error)
        else resolve()
      })
      waits = this.hasUnsent
    })
  }

  /** Gives up a server that does not read, which frees what waits for it. */
  private async refuseToSend(): Promise<never> {
    const max = maxKeptBytes(this.limits.maxMessageBytes)
    const problem =
      `the server does not read, and more than ${max} bytes wait for servers to read them in this scenario, ` +
      `counting ${UNREAD_OVERHEAD} more for each message; a larger "maxMessageBytes" in the settings allows more`
    this.listener.failed(problem)
    throw new Error(problem)
  }

  ping(payload: string): void {
    this.socket.ping(payload)
  }

  close(code?: number, reason?: string): void {
    // Unless the server has hung up before.
    this.isLeaving = this.socket.readyState === WebSocket.OPEN
    this.socket.close(code, reason)
  }

  terminate(): void {
    this.isLeaving = true
    this.socket.terminate()
  }

  private watch(socket: Socket): void {
    this.tcp = socket
    socket.on('error', (error) => {
      if (!this.hasHungUp) this.socketError = error
    })
    socket.prependListener('end', () => {
      this.hasHungUp = true
      // If a connection is reset while its last data are read, libuv reports its end instead. The system still tells who writes.
      if (!socket.writable) return
      socket.write(UNSOLICITED_PONG, (error?: NodeJS.ErrnoException | null) => {
        if (error?.code === 'ECONNRESET') this.socketError = error
      })
    })
  }

  private closed(info: CloseInfo): void {
    this.shared.handshake?.abandon()
    // To hang up is an answer to the client's closing, too, but not to reset: what the client sent last was not read.
    const hungUp = this.isLeaving && info.code === 1006 && !this.socketError
    this.listener.closed(hungUp ? { code: 1005, reason: '' } : info)
  }

  private pinged(work: WorkQueue): void {
    // ws terminates a connection whose pings it cannot answer in time, which would look like the server's doing.
    const isTerminated = this.isClosing && !this.isLeaving && !this.hasHungUp && !this.socketError
    if (isTerminated) work.do(() => this.listener.failed('the server sent more pings at once than can be answered'))
  }

  private refused(response: IncomingMessage): void {
    this.listener.responded(headersOf(response))
    if (response.statusCode === 101) {
      // Node takes it for a response like others, where it lacks what makes it the end of HTTP.
      this.listener.failed(
        'it answered 101, which accepts, without the headers Upgrade and Connection (RFC 6455, section 4.1)',
      )
      return
    }
    let body = ''
    const report = () => {
      deadline.cancel()
      this.listener.refused({
        status: response.statusCode as number,
        statusText: response.statusMessage as string,
        body,
        ...{ redirection: this.redirection, problem: this.shared.handshake?.problem },
      })
      this.socket.terminate()
    }
    response
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        body = (body + chunk).slice(0, MAX_REFUSAL_LENGTH)
        if (body.length === MAX_REFUSAL_LENGTH) report()
      })
      .on('end', report)
      .on('error', report)
    const deadline = new Deadline(this.limits.closeGrace, report)
    this.reportRefusal = report
  }

  private failed(error: NodeJS.ErrnoException): void {
    if (this.reportRefusal) this.reportRefusal()
    else {
      const { destination } = this
      const redirected = destination && `redirected to ${excerpt(destination)}: `
      this.listener.failed(redirected + describeError(error, this.limits, this.socket.url), error.code)
    }
  }
}

/** Why a text is not sent: another character would be. */
const NOT_WELL_FORMED = 'the text has half of a surrogate pair, which UTF-8 does not have.'

/** A frame that needs no answer (RFC 6455, section 5.5.3), masked as clients have to. */
const UNSOLICITED_PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

/** The connections that have opened, until they have ended. */
const open = new Set<WebSocketConnection>()

observeArrivals(() => {
  for (const connection of open) if (connection.isClosing) return true
  return false
})

function headersOf({ headersDistinct }: IncomingMessage): Record<string, string> {
  const headers = Object.entries(headersDistinct)
  return Object.fromEntries(headers.map(([name, values = []]) => [name, values.join('\n')]))
}

function describeError(error: Error, { maxMessageBytes }: ConnectionLimits, url: string): string {
  const { code = '', message, name } = rootCause(error)
  if (name === 'ProxyError') return message
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return `the server sent a message of more than ${maxMessageBytes} bytes; "maxMessageBytes" in the settings allows more`
  }
  if (code.startsWith('Z_')) {
    return `the server sent a message that is not compressed as permessage-deflate is: ${excerpt(message)}`
  }
  if (code.startsWith('WS_ERR_')) return `the server broke the WebSocket protocol: ${excerpt(message)}`
  return describeNetworkError(error, url)
}

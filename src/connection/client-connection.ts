/** A client's connection to the server: what state it is in, and waiting for it to change. */

import type { Coding, MessageAddress, MessageDetails } from '../message-details'
import { excerpt } from '../text/excerpt'
import { Condition } from '../time/condition'
import { Deadline } from '../time/deadline'
import { formatDuration } from '../time/duration'
import { isWorkWaiting } from '../time/turns'
import { reportsError } from './close-code'
import type {
  CloseInfo,
  Connection,
  ConnectionLimits,
  ConnectionListener,
  ConnectionTarget,
  FrameKind,
  OpenConnection,
  ProtocolActions,
  Refusal,
} from './connection'
import { type ConnectionState, describeState, hasEnded } from './connection-state'

/** What is reported to a client of its connection. */
export interface ClientConnectionListener {
  responded(headers: Readonly<Record<string, string>>): void
  stateChanged(state: ConnectionState): void
  received(data: string | Buffer, details?: MessageDetails): void
  framed(kind: FrameKind, frame: string | Buffer): void
  ponged(payload: string): void
  /** One of the other methods threw. */
  threw(error: unknown): void
}

/** Stands for a connection that was not closed by a closing handshake (RFC 6455, section 7.4.1). */
const NO_HANDSHAKE = 1006

/** One client's connection, over as many sockets as the client opens one after the other. */
export class ClientConnection {
  state: ConnectionState = { kind: 'unconnected' }
  /** The subprotocol that the server has chosen; empty without one. */
  subprotocol = ''
  /** What the connection has beside its address, in words that follow it. */
  notes = ''
  target: ConnectionTarget | undefined
  private connection: Connection | undefined
  /** The listener of the current socket, until that has ended. */
  private current: ConnectionListener | undefined
  /** Whether the present connection has opened. */
  hasOpened = false
  /** The code with which the present connection was closed; 1006 as long as no closing handshake has said one. */
  closeCode = NO_HANDSHAKE
  /** The code with which the client has begun to close the connection. */
  private ownCode: number | undefined
  private readonly condition = new Condition()

  constructor(private readonly listener: ClientConnectionListener) {}

  get isOpen(): boolean {
    return this.state.kind === 'open'
  }

  get hasEnded(): boolean {
    return hasEnded(this.state)
  }

  /** What became of the connection, as the rest of a sentence that begins with the client's name. */
  describe(): string {
    return describeState(this.state, this.target?.url)
  }

  /**
   * Opens a connection and waits until it is open, or refused, or has failed; returns whether it opened.
   * A server may well have closed it again by then.
   * @param timeout in ms
   */
  async open(
    openConnection: OpenConnection,
    target: ConnectionTarget,
    limits: ConnectionLimits,
    timeout: number,
  ): Promise<boolean> {
    const listener = new CurrentConnectionListener(this)
    this.connection = openConnection(target, limits, listener)
    this.current = listener
    this.target = target
    this.hasOpened = false
    this.closeCode = NO_HANDSHAKE
    this.become({ kind: 'connecting' })
    if (!(await this.condition.until(() => this.state.kind !== 'connecting', timeout))) {
      const { awaited, unreadable } = this.connection
      const what = `${awaited ?? 'it'} did not answer${awaited ? '' : ' the handshake'} within ${formatDuration(timeout)}`
      this.fail(unreadable === undefined ? what : `${what}, and what it sent cannot be read: ${excerpt(unreadable)}`)
    }
    return this.hasOpened
  }

  /** The address of the server that has answered it. */
  get serverUrl(): string {
    return this.connection?.destination || (this.target as ConnectionTarget).url
  }

  /** Whether the server has not read, or not confirmed, all that was sent. */
  get hasUnsent(): boolean {
    return (this.connection as Connection).hasUnsent
  }

  /** Whether something has arrived on it that nobody has seen yet. */
  get isBehind(): boolean {
    return (this.connection as Connection).isBehind
  }

  /** Resolves when all that has arrived has been looked at, as far as that is soon. */
  caughtUp(): Promise<void> {
    return new Promise((resolve) => {
      new Deadline(0, resolve, () => this.isBehind)
    })
  }

  /** The topic to which goes what names none; undefined where there is none. */
  get topic(): string | undefined {
    return this.connection?.topic
  }

  /** How content travels on it. */
  get coding(): Coding {
    return this.connection?.coding ?? 'verbatim'
  }

  /** What it can do in its protocol; undefined without one. */
  get actions(): ProtocolActions | undefined {
    return this.connection?.actions
  }

  /**
   * Sends a message over the open connection; fails if the server does not read, or does not confirm it.
   * @param timeout in ms
   */
  send(data: string | Buffer, timeout: number, address?: MessageAddress): Promise<unknown> {
    const connection = this.connection as Connection
    const sent = connection.send(data, address)
    if (!this.hasUnsent) return sent
    return inTime(sent, timeout, connection.actions ? 'taken' : 'read')
  }

  ping(payload: string): void {
    this.connection?.ping(payload)
  }

  /**
   * Closes the connection and waits for the server to agree; without an answer it is terminated.
   * @param timeout in ms
   */
  async close(timeout: number, code?: number, reason?: string): Promise<void> {
    if (!this.isOpen) return this.terminate()
    this.ownCode = code
    this.become({ kind: 'closing' })
    this.connection?.close(code, reason)
    if (await this.condition.until(() => this.state.kind !== 'closing', timeout)) return
    this.connection?.showRest?.()
    this.become({ kind: 'disconnected' })
    this.connection?.terminate()
  }

  /** Closes the connection without a closing handshake. */
  terminate(): void {
    if (this.hasEnded || this.state.kind === 'unconnected') return
    const connection = this.connection
    connection?.showRest?.()
    this.become({ kind: 'terminated', opened: this.hasOpened })
    connection?.terminate()
  }

  /**
   * Waits for the end of the connection; returns whether it has ended.
   * @param timeout in ms
   */
  ended(timeout: number): Promise<boolean> {
    return this.condition.until(
      () => this.hasEnded,
      timeout,
      () => this.isBehind,
    )
  }

  /**
   * Handles an event of the socket that has this listener, unless another one has been opened, or it has ended.
   * @internal
   */
  handle(listener: ConnectionListener, event: (client: ClientConnectionListener) => void): void {
    if (this.current !== listener) return
    try {
      event(this.listener)
    } catch (error) {
      // Thrown on from a socket's callback it would end the process, or fail a step that has nothing to do with it.
      this.listener.threw(error)
    }
  }

  /** @internal */
  opened(subprotocol: string, notes: string): void {
    this.subprotocol = subprotocol
    this.notes = notes
    this.hasOpened = true
    this.become({ kind: 'open' })
  }

  /** @internal */
  closed(info: CloseInfo, error?: string): void {
    this.closeCode = info.code
    // What the server has to complain about may cross the client's closing.
    const isAnswer = (info.code === this.ownCode || !reportsError(info.code)) && error === undefined
    const isLeaving = this.state.kind === 'closing' && isAnswer
    this.become(isLeaving ? { kind: 'disconnected' } : { kind: 'closed by the server', ...info, error })
  }

  /** @internal */
  refused(refusal: Refusal): void {
    this.become({ kind: 'refused', ...refusal })
  }

  /** @internal */
  failed(problem: string, code?: string): void {
    this.fail(problem, code)
  }

  private fail(problem: string, code?: string): void {
    const { connection } = this
    this.become({ kind: 'failed', problem, code, opened: this.hasOpened })
    // The server may well keep its side open.
    connection?.terminate()
  }

  private become(state: ConnectionState): void {
    this.state = state
    if (this.hasEnded) this.current = undefined
    this.listener.stateChanged(state)
    this.condition.changed()
  }
}

/**
 * What the server has to do with something that was sent.
 * @param done what it has not done: `read`
 * @throws Error if it has not in time
 */
export function inTime<T>(sent: Promise<T>, timeout: number, done: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onTimeout = () => reject(new Error(`the server has not ${done} it within ${formatDuration(timeout)}`))
    const deadline = new Deadline(timeout, onTimeout, isWorkWaiting)
    sent.then(resolve, reject).finally(() => deadline.cancel())
  })
}

/** Passes on the events of one socket, as long as it is the current one of its client. */
class CurrentConnectionListener implements ConnectionListener {
  constructor(private readonly connection: ClientConnection) {}

  responded(headers: Readonly<Record<string, string>>): void {
    this.connection.handle(this, (client) => client.responded(headers))
  }

  opened(subprotocol: string, notes = ''): void {
    this.connection.handle(this, () => this.connection.opened(subprotocol, notes))
  }

  received(data: string | Buffer, details?: MessageDetails): void {
    this.connection.handle(this, (client) => client.received(data, details))
  }

  framed(kind: FrameKind, frame: string | Buffer): void {
    this.connection.handle(this, (client) => client.framed(kind, frame))
  }

  ponged(payload: string): void {
    this.connection.handle(this, (client) => client.ponged(payload))
  }

  closed(info: CloseInfo, error?: string): void {
    this.connection.handle(this, () => this.connection.closed(info, error))
  }

  refused(refusal: Refusal): void {
    this.connection.handle(this, () => this.connection.refused(refusal))
  }

  failed(problem: string, code?: string): void {
    this.connection.handle(this, () => this.connection.failed(problem, code))
  }
}

/** A client's link to the server: what state it is in, and waiting for it to change. */

import { Condition } from './condition'
import type { Address, Closing, Connect, Connection, ConnectionListener, Limits } from './connection'
import { Deadline } from './deadline'
import { inWords } from './duration'
import { ConnectionFailure } from './errors'

/** The state of a link. */
export type LinkState =
  | { readonly is: 'unconnected' | 'connecting' | 'open' | 'closing' }
  /** Closed by the client, or cut by it. */
  | { readonly is: 'left' | 'cut' }
  | ({ readonly is: 'closed by the server' } & Closing)
  | { readonly is: 'refused'; readonly status: number; readonly statusText: string; readonly body: string }
  | { readonly is: 'failed'; readonly problem: string; readonly code: string | undefined; readonly opened: boolean }

/** Shared by all links, as thousands of clients are held at once. */
const UNCONNECTED: LinkState = { is: 'unconnected' }
const OPEN: LinkState = { is: 'open' }

/** The states of a link that has not ended. */
const GOING_ON = new Set<LinkState['is']>(['unconnected', 'connecting', 'open', 'closing'])

/** What a link tells the client it belongs to. */
export interface LinkListener {
  linkChanged(state: LinkState): void
  linkReceived(data: string | Buffer): void
  linkPonged(payload: string): void
  /** Something went wrong while the client was told of something. */
  linkStumbled(error: unknown): void
}

/** One client's link, over as many connections as the client makes one after the other. */
export class Link implements ConnectionListener {
  state = UNCONNECTED
  subprotocol = ''
  address: Address | undefined
  private connection: Connection | undefined
  /** How its connection is heard, unless that has ended. */
  private hearing: Hearing | undefined
  private hasOpened = false
  private readonly condition = new Condition()

  constructor(private readonly listener: LinkListener) {}

  get isOpen(): boolean {
    return this.state.is === 'open'
  }

  get hasEnded(): boolean {
    return !GOING_ON.has(this.state.is)
  }

  /**
   * Opens a connection and waits until it is open, or refused, or has failed; says whether it opened.
   * A server may well have closed it again by then.
   * @param within in ms
   */
  async open(connect: Connect, address: Address, limits: Limits, within: number): Promise<boolean> {
    const hearing = new Hearing(this)
    this.connection = connect(address, limits, hearing)
    this.hearing = hearing
    this.address = address
    this.hasOpened = false
    this.become({ is: 'connecting' })
    if (!(await this.condition.until(() => this.state.is !== 'connecting', within))) {
      this.fail(`it did not answer the handshake within ${inWords(within)}`)
    }
    return this.hasOpened
  }

  /**
   * Sends a message; a server that does not read makes it fail.
   * @param within in ms
   */
  send(data: string | Buffer, within: number): Promise<void> {
    const connection = this.connection as Connection
    const sent = connection.send(data)
    if (connection.backlog === 0) return sent
    return new Promise<void>((resolve, reject) => {
      const late = () => reject(new Error(`the server has not read it within ${inWords(within)}`))
      const deadline = new Deadline(within, late)
      sent.then(resolve, reject).finally(() => deadline.callOff())
    })
  }

  ping(payload: string): void {
    this.connection?.ping(payload)
  }

  /**
   * Closes the connection and waits for the server to agree; one that does not is cut by the transport.
   * @param within in ms
   */
  async close(within: number, code?: number, reason?: string): Promise<void> {
    if (this.state.is !== 'open') return this.cut()
    this.become({ is: 'closing' })
    this.connection?.close(code, reason)
    if (await this.condition.until(() => this.state.is !== 'closing', within)) return
    this.become({ is: 'left' })
    this.connection?.cut()
  }

  /** Cuts the connection without a closing handshake. */
  cut(): void {
    if (this.hasEnded || this.state.is === 'unconnected') return
    const connection = this.connection
    this.become({ is: 'cut' })
    connection?.cut()
  }

  /** Waits for the end of the connection. */
  ended(within: number): Promise<boolean> {
    return this.condition.until(() => this.hasEnded, within)
  }

  /** What became of the connection, as the rest of a sentence that begins with the client's name. */
  inWords(): string {
    const where = ` to ${this.address?.url}`
    const state = this.state
    switch (state.is) {
      case 'unconnected':
        return 'has not connected yet'
      case 'connecting':
        return `is still connecting${where}`
      case 'open':
        return `is connected${where}`
      case 'closing':
      case 'left':
        return 'has disconnected'
      case 'cut':
        return 'has lost the connection'
      case 'closed by the server':
        return `was disconnected by the server ${closingInWords(state)}`
      case 'refused':
        return `was refused by ${this.address?.url} with status ${statusInWords(state)}`
      case 'failed':
        return state.opened
          ? `lost the connection${where}: ${state.problem}`
          : `could not connect${where}: ${state.problem}`
    }
  }

  /** A failure in these words, with what is known of the link's state. */
  failure(problem: string): ConnectionFailure {
    const { state } = this
    return new ConnectionFailure(
      problem,
      state.is === 'refused' ? state.status : undefined,
      state.is === 'failed' ? state.code : undefined,
    )
  }

  /** Whether this is how its connection is heard, and that has not ended. */
  isHeardBy(hearing: Hearing): boolean {
    return this.hearing === hearing
  }

  opened(subprotocol: string): void {
    this.subprotocol = subprotocol
    this.hasOpened = true
    this.become(OPEN)
  }

  received(data: string | Buffer): void {
    this.listener.linkReceived(data)
  }

  ponged(payload: string): void {
    this.listener.linkPonged(payload)
  }

  closed(closing: Closing): void {
    this.become(this.state.is === 'closing' ? { is: 'left' } : { is: 'closed by the server', ...closing })
  }

  refused(status: number, statusText: string, body: string): void {
    this.become({ is: 'refused', status, statusText, body })
  }

  failed(problem: string, code?: string): void {
    if (this.state.is === 'closing') this.become({ is: 'left' })
    else this.fail(problem, code)
  }

  stumbled(error: unknown): void {
    this.listener.linkStumbled(error)
  }

  private fail(problem: string, code?: string): void {
    const { connection } = this
    this.become({ is: 'failed', problem, code, opened: this.hasOpened })
    // The server may well keep its side open.
    connection?.cut()
  }

  private become(state: LinkState): void {
    this.state = state
    if (this.hasEnded) this.hearing = undefined
    this.listener.linkChanged(state)
    this.condition.changed()
  }
}

/** How a link hears one of its connections: as long as it is the current one and has not ended. */
class Hearing implements ConnectionListener {
  constructor(private readonly link: Link) {}

  opened(subprotocol: string): void {
    this.hear((link) => link.opened(subprotocol))
  }

  received(data: string | Buffer): void {
    const { link } = this
    if (!link.isHeardBy(this)) return
    // As hear does, without a function for each of many messages.
    try {
      link.received(data)
    } catch (error) {
      link.stumbled(error)
    }
  }

  ponged(payload: string): void {
    this.hear((link) => link.ponged(payload))
  }

  closed(closing: Closing): void {
    this.hear((link) => link.closed(closing))
  }

  refused(status: number, statusText: string, body: string): void {
    this.hear((link) => link.refused(status, statusText, body))
  }

  failed(problem: string, code?: string): void {
    this.hear((link) => link.failed(problem, code))
  }

  private hear(tell: (link: Link) => void): void {
    const { link } = this
    if (!link.isHeardBy(this)) return
    try {
      tell(link)
    } catch (error) {
      // Thrown on from a socket's callback it would end the process, or fail a step that has nothing to do with it.
      link.stumbled(error)
    }
  }
}

/** A close code and reason, as the rest of a sentence: `with 4001 "Kicked"`. */
export function closingInWords({ code, reason }: Closing): string {
  if (code === 1006) return 'without a closing handshake (1006)'
  if (code === 1005) return 'without a close code (1005)'
  return `with ${code}${reason === '' ? '' : ` "${reason}"`}`
}

function statusInWords({ status, statusText, body }: { status: number; statusText: string; body: string }): string {
  return `${status}${statusText === '' ? '' : ` ${statusText}`}${body === '' ? '' : `: "${body}"`}`
}

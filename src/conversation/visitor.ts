/** Whoever comes to a server: connects or is refused, stays, leaves or is made to leave, and receives meanwhile. */

import { Mistake } from '../matching/errors'
import type { Arrival } from './address'
import type { Address } from './connection'
import type { Conversation } from './conversation'
import { inWords, milliseconds } from './duration'
import type { ConnectionFailure } from './errors'
import { unmetConnection } from './failure'
import { Inbox } from './inbox'
import { closingInWords, Link, type LinkListener, type LinkState } from './link'
import { Message } from './message'
import { advised, clause } from './names'
import { Pings } from './pings'
import type { Happening } from './transcript'
import type { Variables } from './variables'
import { wordingFrom } from './written'

/** How long to wait: a duration in words or in ms; without it the settings' timeout, or quiet time. */
export interface Within {
  readonly within?: string | number | undefined
}

/** The part of a client that has to do with its connection. */
export abstract class Visitor implements LinkListener {
  /** The conversation's variables, and `${client}`, the own name. */
  readonly variables: Variables
  readonly inbox = new Inbox()
  readonly link = new Link(this)
  /** Whether a sentence has introduced it, by connecting it or by giving it a reaction. */
  isIntroduced = false
  /** Holds from a broken connection until a sentence has spoken of it. */
  protected brokenUnsaid = false
  private arrivedAt: string | undefined
  /** Made for the first ping, as few clients send any. */
  private pinging: Pings | undefined
  /** Whether a sentence has said that the server disconnected it. */
  private isKnownToBeDisconnected = false

  constructor(
    readonly name: string,
    protected readonly conversation: Conversation,
  ) {
    this.variables = conversation.variables.with({ client: name })
  }

  /**
   * Connects and waits until the connection is open.
   * @throws ConnectionFailure if it is refused or cannot be made
   */
  async connect(arrival: Arrival = {}): Promise<void> {
    if (!(await this.arrive(arrival))) throw this.failure()
  }

  /** Connects unless it is connected; a connection that the server has ended is not made again. */
  async beConnected(arrival: Arrival = {}): Promise<void> {
    if (this.link.isOpen && (arrival.to === undefined || arrival.to === this.arrivedAt)) return
    if (['closed by the server', 'refused', 'failed'].includes(this.link.state.is)) {
      throw this.failure(`${this.standing} ${this.advice}`)
    }
    await this.connect(arrival)
  }

  /** Tries to connect; a refusal is no failure. */
  async tryToConnect(arrival: Arrival = {}): Promise<void> {
    if (!(await this.arrive(arrival)) && this.link.state.is !== 'refused') throw this.failure()
  }

  /** Connects again, to where it was and as it was; the inbox goes on. */
  async reconnect(): Promise<void> {
    this.mustBeIntroduced()
    if (this.link.state.is === 'unconnected') throw this.notConnected()
    this.brokenUnsaid = false
    const { address } = this.link
    await this.link.close(this.conversation.settings.closeGrace)
    if (!(await this.open(address as Address))) throw this.failure()
  }

  /** @throws UnmetExpectation if the last attempt to connect was not answered with an HTTP status instead, or another one */
  isRefused(status?: number): void {
    this.mustBeIntroduced()
    const { state } = this.link
    if (state.is !== 'refused') throw unmetConnection(this, `${this.name} was not refused: ${this.standing}`)
    if (status !== undefined && state.status !== status) {
      throw unmetConnection(this, `${this.name} should be refused with status ${status}, but ${this.link.inWords()}.`, {
        expected: status,
        actual: state.status,
      })
    }
  }

  isStillConnected(): void {
    this.mustHaveConnected()
    if (this.link.isOpen) return
    this.brokenUnsaid = false
    throw unmetConnection(this, `${clause(this.name, 'is not connected any more')}: ${this.standing}`)
  }

  speaksSubprotocol(subprotocol: string): void {
    this.isStillConnected()
    const actual = this.link.subprotocol
    if (actual === subprotocol) return
    const spoken = actual === '' ? 'none was agreed on' : `"${actual}" was agreed on`
    throw unmetConnection(this, `${this.name} should speak the subprotocol "${subprotocol}", but ${spoken}.`, {
      expected: subprotocol,
      actual,
    })
  }

  /**
   * Disconnects by a closing handshake.
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455, section 7.4, and IANA's registry)
   * @param reason at most 123 bytes
   */
  async disconnect(code?: number, reason?: string): Promise<void> {
    this.mustBeConnected('disconnect')
    if (code !== undefined && !isSendable(code)) {
      throw new Mistake(`No connection is closed with code ${code}: write 1000 to 1003, 1007 to 1014, or 3000 to 4999.`)
    }
    const length = Buffer.byteLength(reason ?? '')
    if (length > 123) throw new Mistake(`A reason for closing has room for 123 bytes; this one has ${length}.`)
    const sent = code ?? (reason === undefined ? undefined : 1000)
    this.record('disconnects', sent === undefined ? '' : closingInWords({ code: sent, reason: reason ?? '' }))
    await this.link.close(this.conversation.settings.closeGrace, sent, reason)
  }

  /** Disconnects, unless it has left already. */
  protected async leave(): Promise<void> {
    if (!['closing', 'left'].includes(this.link.state.is)) await this.disconnect()
  }

  /** Cuts the connection, without a closing handshake. */
  loseConnection(): void {
    this.mustBeConnected('lose the connection')
    this.record('loses the connection')
    this.link.cut()
  }

  /** Waits until the server has ended the connection, with this code and reason if any are given. */
  isDisconnected(expected: { code?: number; reason?: string } & Within = {}): Promise<void> {
    return this.heard(() => this.awaitDisconnection(expected))
  }

  private async awaitDisconnection(expected: { code?: number; reason?: string } & Within): Promise<void> {
    this.mustHaveConnected()
    const patience = this.patience(expected)
    const hasEnded = await this.link.ended(patience)
    const { state } = this.link
    this.brokenUnsaid = false
    if (state.is !== 'closed by the server') {
      const within = hasEnded ? '' : ` within ${inWords(patience)}`
      throw unmetConnection(this, `${this.name} was not disconnected by the server${within}: ${this.standing}`)
    }
    const { code = state.code, reason = state.reason } = expected
    if (code === state.code && reason === state.reason) {
      this.isKnownToBeDisconnected = true
      return
    }
    const wanted = closingInWords({ code, reason: expected.reason ?? '' })
    throw unmetConnection(
      this,
      `${this.name} should be disconnected ${wanted}, but was disconnected ${closingInWords(state)}.`,
      { expected: { code, reason }, actual: { code: state.code, reason: state.reason } },
    )
  }

  ping(): void {
    this.mustBeConnected('ping')
    this.record('pings')
    this.link.ping(this.pings.next())
  }

  private get pings(): Pings {
    this.pinging ??= new Pings()
    return this.pinging
  }

  /** Waits for the answer to a ping. */
  receivesPong(options: Within = {}): Promise<void> {
    return this.heard(() => this.awaitPong(options))
  }

  private async awaitPong(options: Within): Promise<void> {
    this.mustHaveConnected()
    const within = this.patience(options)
    if (!(await this.pings.takePong(() => this.link.isOpen, within))) {
      this.brokenUnsaid = false
      const time = this.link.isOpen ? ` within ${inWords(within)}` : ''
      const needless = this.link.isOpen && !this.pings.areAwaited
      const advice = `\nNo ping is unanswered. Write before this: ${advised(this.name, 'pings the server')}`
      throw unmetConnection(
        this,
        `${this.name} did not receive a pong${time}: ${this.standing}${needless ? advice : ''}`,
      )
    }
  }

  /** Whether it has left, was not let in, or a sentence has said that the server disconnected it. */
  get isGone(): boolean {
    return ['left', 'cut', 'refused'].includes(this.link.state.is) || this.isKnownToBeDisconnected
  }

  get hasEverConnected(): boolean {
    return this.inbox.hasConnected
  }

  /** What is wrong with the connection, if it broke and no sentence has spoken of it. */
  unsaidBreak(): ConnectionFailure | undefined {
    return this.brokenUnsaid ? this.failure() : undefined
  }

  /** The one-time reactions of the conversation that have not happened, in words. */
  get waitingReactions(): readonly string[] {
    return this.conversation.waitingReactions()
  }

  /** All others who take part; nobody if a failure has looked around in this sentence already. */
  lookAround(): readonly Visitor[] {
    if (!this.conversation.mayLookAround()) return []
    return this.conversation.roster.known.filter((client: Visitor) => client !== this)
  }

  private get advice(): string {
    return `To connect again write: ${advised(this.name, 'reconnects')}`
  }

  /** How it stands with the connection, in a sentence. */
  get standing(): string {
    return `${clause(this.name, this.link.inWords())}.`
  }

  /** Writes into the transcript what happened between this client and its server. */
  protected record(what: Happening, detail: string | Buffer = '', reaction = false): void {
    this.conversation.transcript.add(what, this.name, detail, { url: this.link.address?.url, reaction })
  }

  protected mustBeIntroduced(): void {
    if (!this.isIntroduced) throw this.conversation.roster.unknown(this.name)
  }

  protected mustHaveConnected(): void {
    this.mustBeIntroduced()
    if (this.link.state.is === 'unconnected') throw this.notConnected()
  }

  protected mustBeConnected(to: string): void {
    this.mustHaveConnected()
    if (this.link.isOpen) return
    const { state } = this.link
    const problem = `${this.name} cannot ${to}: ${this.standing}`
    if (state.is === 'left' || state.is === 'cut') {
      throw new Mistake(`${problem} ${this.advice}`)
    }
    throw this.failure(problem)
  }

  /**
   * Work that nobody may be waiting for any more: failing only because the conversation has ended does no harm.
   * @param begin what it throws is a failure of the work, too
   */
  protected heard<T>(begin: () => Promise<T>): Promise<T> {
    const outcome = begun(begin).catch((failure) => {
      if (this.conversation.isOver) outcome.catch(() => {})
      throw failure
    })
    return outcome
  }

  protected patience({ within }: Within, silent = false): number {
    const { quiet, timeout } = this.conversation.settings
    return within === undefined ? (silent ? quiet : timeout) : milliseconds(within)
  }

  private async arrive(arrival: Arrival): Promise<boolean> {
    this.isIntroduced = true
    if (this.link.isOpen || this.link.state.is === 'connecting') {
      const elsewhere = arrival.to !== undefined && arrival.to !== this.arrivedAt
      const advice = elsewhere ? `Write before this: ${advised(this.name, 'disconnects')}` : this.advice
      throw new Mistake(`${clause(this.name, 'is connected already')}, to ${this.link.address?.url}. ${advice}`)
    }
    this.arrivedAt = arrival.to
    return this.open(this.conversation.addressFor(arrival, this.variables))
  }

  private open(address: Address): Promise<boolean> {
    const { ports, settings, secrets, isOver } = this.conversation
    if (isOver) throw new Mistake(`${this.name} cannot connect any more: the conversation has ended.`)
    if (this.link.state.is === 'unconnected') this.ignoreAsTheSettingsSay()
    secrets.learnFromAddress(address.url)
    secrets.learnFromHeaders({ ...address.headers, 'Sec-WebSocket-Protocol': address.subprotocols.join(', ') })
    return this.link.open(ports.connect, address, settings, settings.timeout)
  }

  /** Before it connects: what is wrong in the settings is then told by the sentence itself. */
  private ignoreAsTheSettingsSay(): void {
    for (const noise of this.conversation.settings.ignore) {
      this.inbox.ignore(wordingFrom(noise).expected(this.conversation.speaking(this.variables)))
    }
  }

  /** @internal */
  linkReceived(data: string | Buffer): void {
    const { transcript, secrets } = this.conversation
    secrets.learnFromText(data)
    const message = new Message(this.inbox.nextNumber, transcript.now(), data, this.name, this.link.address?.url)
    transcript.entries.push(message)
    this.inbox.arrive(message)
  }

  /** @internal */
  linkPonged(payload: string): void {
    this.record('receives a pong')
    this.pinging?.answered(payload)
  }

  /** @internal */
  linkStumbled(error: unknown): void {
    this.conversation.keep(error as Error)
  }

  /** @internal */
  linkChanged(state: LinkState): void {
    if (state.is === 'open') {
      this.inbox.connected()
      this.pinging?.forget()
      this.isKnownToBeDisconnected = false
      this.record('connects', this.link.address?.url)
    }
    if (state.is === 'refused') this.record('is refused', `${state.status} ${state.statusText}`.trim())
    if (state.is === 'closed by the server') {
      this.record('is disconnected', closingInWords(state))
      this.brokenUnsaid = state.code === 1006
    }
    if (state.is === 'failed') {
      this.record('fails', state.problem)
      this.brokenUnsaid = state.opened
    }
    if (this.link.hasEnded) {
      this.inbox.connectionEnded()
      this.pinging?.connectionEnded()
      this.conversation.reactionsChanged()
    }
  }

  private failure(problem = this.standing): ConnectionFailure {
    this.brokenUnsaid = false
    return this.link.failure(problem)
  }

  private notConnected(): Mistake {
    return new Mistake(
      `${clause(this.name, 'has not connected yet')}. Write before this: ${advised(this.name, 'is connected')}`,
    )
  }
}

/** As an async function would, but without a promise of its own: within Cucumber each one takes its time. */
function begun<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return begin()
  } catch (failure) {
    return Promise.reject(failure)
  }
}

/** Whether a close frame may carry this code; 1004 to 1006 and 1015 are for local use. */
function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999)
}

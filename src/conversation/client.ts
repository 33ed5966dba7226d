/** A named participant: its connection, its inbox and its reactions. */

import { Mistake } from '../matching/errors'
import { type Matcher, showable } from '../matching/matcher'
import { parsePath } from '../matching/path'
import type { Arrival } from './address'
import { Condition } from './condition'
import type { Conversation } from './conversation'
import { inWords, milliseconds } from './duration'
import { ConnectionFailure } from './errors'
import { type Expectation, one, silence } from './expectation'
import { unmet, unmetConnection } from './failure'
import { Inbox } from './inbox'
import { closingInWords, Link, type LinkState } from './link'
import { Message } from './message'
import { type Origin, Reaction, type Response } from './reaction'
import type { Variables } from './variables'
import { type Phrases, type Speaker, type Spoken, wordingOf } from './wording'

/** How long to wait: a duration in words or in ms; without it the settings' timeout, or quiet time. */
export interface Within {
  readonly within?: string | number | undefined
}

/** What a reaction does once its message has come. */
export interface Reacting {
  /** Sends a message; `${received}` in it is the message that set it off. */
  send(spoken: Spoken, options?: { after?: string | number }): void
  disconnect(): void
  /** Does anything else; `doing` says it in a failure: `order a taxi`. */
  do(doing: string, act: (received: unknown) => void | Promise<void>): void
}

/** A participant of a conversation. */
export class Client implements Speaker {
  readonly inbox = new Inbox()
  readonly link = new Link({
    changed: (state) => this.linkChanged(state),
    received: (data) => this.receivedMessage(data),
    ponged: () => {
      this.pongs++
      this.conversation.transcript.add('receives a pong', this.name)
      this.ponged.changed()
    },
  })
  /** Whether a sentence has introduced it, by connecting it or by giving it a reaction. */
  isIntroduced = false
  /** Holds from a broken connection until a sentence has spoken of it. */
  private brokenUnsaid = false
  private arrival: Arrival = {}
  private pongs = 0
  private readonly ponged = new Condition()

  constructor(
    readonly name: string,
    private readonly conversation: Conversation,
  ) {}

  /** The conversation's variables, and `${client}`, the own name. */
  get variables(): Variables {
    return this.conversation.variables.with({ client: this.name })
  }

  get phrases(): Phrases {
    return this.conversation.phrases
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
    if (this.link.isOpen && (arrival.to === undefined || arrival.to === this.arrival.to)) return
    if (['closed by the server', 'refused', 'failed'].includes(this.link.state.is)) throw this.failure()
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
    await this.link.close(this.conversation.settings.closeGrace)
    await this.connect(this.arrival)
  }

  /** @throws UnmetExpectation if the last attempt to connect was not answered with an HTTP status instead, or another one */
  isRefused(status?: number): void {
    this.mustBeIntroduced()
    const { state } = this.link
    if (state.is !== 'refused')
      throw unmetConnection(this, `${this.name} was not refused: ${this.name} ${this.link.inWords()}.`)
    if (status !== undefined && state.status !== status) {
      throw unmetConnection(this, `${this.name} should be refused with status ${status}, but ${this.link.inWords()}.`, {
        expected: status,
        actual: state.status,
      })
    }
  }

  isStillConnected(): void {
    this.mustBeIntroduced()
    if (!this.link.isOpen)
      throw unmetConnection(this, `${this.name} is not connected any more: ${this.name} ${this.link.inWords()}.`)
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
   * @param code 1000 or 3000 to 4999 (RFC 6455, section 7.4)
   * @param reason at most 123 bytes
   */
  async disconnect(code?: number, reason?: string): Promise<void> {
    this.mustBeConnected('disconnect')
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) {
      throw new Mistake(`A client cannot close with code ${code}: write 1000, or one from 3000 to 4999.`)
    }
    if (Buffer.byteLength(reason ?? '') > 123) {
      throw new Mistake(`A reason for closing has room for 123 bytes; this one has ${Buffer.byteLength(reason ?? '')}.`)
    }
    const closing = code === undefined ? '' : closingInWords({ code, reason: reason ?? '' })
    this.conversation.transcript.add('disconnects', this.name, closing)
    await this.link.close(this.conversation.settings.closeGrace, code, reason)
  }

  /** Cuts the connection, without a closing handshake. */
  loseConnection(): void {
    this.mustBeConnected('lose the connection')
    this.conversation.transcript.add('loses the connection', this.name)
    this.link.cut()
  }

  /** Waits until the server has ended the connection, with this code and reason if any are given. */
  async isDisconnected(expected: { code?: number; reason?: string } & Within = {}): Promise<void> {
    this.mustHaveConnected()
    const patience = this.patience(expected)
    const hasEnded = await this.link.ended(patience)
    const state = this.ending()
    if (!state) {
      const within = hasEnded ? '' : ` within ${inWords(patience)}`
      throw unmetConnection(
        this,
        `${this.name} was not disconnected by the server${within}: ${this.name} ${this.link.inWords()}.`,
      )
    }
    const differs =
      (expected.code !== undefined && expected.code !== state.code) ||
      (expected.reason !== undefined && expected.reason !== state.reason)
    if (!differs) return
    const [wanted, actual] = [{ code: expected.code ?? state.code, reason: expected.reason ?? state.reason }, state]
    throw unmetConnection(
      this,
      `${this.name} should be disconnected ${closingInWords(wanted)}, but was disconnected ${closingInWords(actual)}.`,
      { expected: wanted, actual: { code: actual.code, reason: actual.reason } },
    )
  }

  /**
   * Sends a message.
   * @throws ConnectionFailure if the connection has ended, Mistake if the client never connected
   */
  async send(spoken: Spoken, options: { after?: string | number; times?: number } = {}): Promise<void> {
    this.mustBeConnected('send')
    if (options.after !== undefined) await this.conversation.pause(milliseconds(options.after))
    const wording = wordingOf(spoken)
    for (let time = 0; time < (options.times ?? 1); time++) await this.transmit(wording.outgoing(this))
  }

  ping(): void {
    this.mustBeConnected('ping')
    this.conversation.transcript.add('pings', this.name)
    this.link.ping()
  }

  /** Waits for the answer to a ping. */
  async receivesPong(options: Within = {}): Promise<void> {
    this.mustHaveConnected()
    const within = this.patience(options)
    const done = await this.ponged.until(() => this.pongs > 0 || !this.link.isOpen, within)
    if (!done || this.pongs === 0)
      throw unmetConnection(this, `${this.name} did not receive a pong: ${this.name} ${this.link.inWords()}.`)
    this.pongs--
  }

  /**
   * Waits for a message that is meant, and reads it.
   * @returns the message
   * @throws UnmetExpectation if none comes in time
   */
  async receives(spoken: Spoken, options: Within = {}): Promise<Message> {
    const [message] = await this.expects(one(this.matcher(spoken)), options)
    return message as Message
  }

  /** Makes sure that no such message is unread, and that none comes within the quiet time. */
  async doesNotReceive(spoken: Spoken, options: Within = {}): Promise<void> {
    await this.expects(silence(this.matcher(spoken)), options)
  }

  /** Waits for whatever is expected; the other expectations are `inOrder`, `silence` and their like. */
  async expects(expectation: Expectation, options: Within = {}): Promise<readonly Message[]> {
    this.mustHaveConnected()
    const within = this.patience(options, expectation.silent)
    return this.inbox.expect(expectation, within, this.link.hasEnded, (ending, progress) => {
      this.brokenUnsaid = false
      return unmet(this, expectation, ending, progress, within)
    })
  }

  /** Marks everything that came as read. */
  catchUp(): void {
    this.mustHaveConnected()
    this.inbox.read()
  }

  /** Once: as soon as such a message is there or comes. It must have happened when the scenario ends. */
  when(spoken: Spoken, origin?: Origin): Reacting {
    return this.reacting(spoken, false, origin)
  }

  /** Every time such a message comes. */
  whenever(spoken: Spoken, origin?: Origin): Reacting {
    return this.reacting(spoken, true, origin)
  }

  /**
   * Keeps a part of the message that was read last as a variable.
   * @throws Mistake if none was read, or if it has nothing there
   */
  remember(path: string, variable: string): void {
    this.mustHaveConnected()
    const message = this.inbox.lastRead
    if (!message) throw new Mistake(`${this.name} has read no message yet, so there is nothing to remember.`)
    const values = parsePath(this.variables.fill(path)).select(message.json)
    if (values.length === 0) {
      const read = JSON.stringify(showable(message))
      throw new Mistake(`The message that ${this.name} read last has nothing at ${path}: it is ${read}`)
    }
    this.conversation.variables.set(variable, values[0])
  }

  /** The matcher of what is meant, with variables and templates as they are now. */
  matcher(spoken: Spoken): Matcher {
    return wordingOf(spoken).expected(this)
  }

  /** The one-time reactions of the conversation that have not happened, in words. */
  waitingReactions = (): string[] => this.conversation.waitingReactions()

  others(): Client[] {
    return this.conversation.roster.known.filter((client) => client !== this)
  }

  /** What is wrong with the connection, if it broke and no sentence has spoken of it. */
  unsaidBreak(): ConnectionFailure | undefined {
    return this.brokenUnsaid ? this.failure() : undefined
  }

  private async arrive(arrival: Arrival): Promise<boolean> {
    this.isIntroduced = true
    if (this.link.isOpen)
      throw new Mistake(`${this.name} is connected already. To connect again write: ${this.name} reconnects`)
    const { conversation } = this
    this.arrival = arrival
    const address = conversation.addressFor(arrival, this.variables)
    return this.link.open(conversation.transport, address, conversation.settings, conversation.settings.timeout)
  }

  private async transmit(data: string | Buffer, reaction = false): Promise<void> {
    this.mustBeConnected('send')
    this.conversation.transcript.add('sends', this.name, data, reaction)
    try {
      await this.link.send(data)
    } catch (error) {
      throw new ConnectionFailure(
        `${this.name} could not send: ${(error as Error).message}. ${this.name} ${this.link.inWords()}.`,
      )
    }
  }

  private reacting(spoken: Spoken, everyTime: boolean, origin: Origin = {}): Reacting {
    this.isIntroduced = true
    const arm = (response: Response) =>
      this.conversation.arm((tell) => new Reaction(this, this.matcher(spoken), everyTime, response, origin, tell))
    return {
      send: (answer, { after } = {}) => {
        const wording = wordingOf(answer)
        arm({
          present: `send ${wording.written}`,
          past: `sent ${wording.written}`,
          act: async (received) => {
            if (after !== undefined) await this.conversation.pause(milliseconds(after))
            const speaker = { variables: this.variables.with({ received }), phrases: this.phrases }
            await this.transmit(wording.outgoing(speaker), true)
          },
        })
      },
      disconnect: () => arm({ present: 'disconnect', past: 'disconnected', act: () => this.disconnect() }),
      do: (doing, act) => arm({ present: doing, past: `came to ${doing}`, act: async (received) => act(received) }),
    }
  }

  private receivedMessage(data: string | Buffer): void {
    const { transcript } = this.conversation
    this.inbox.arrive((number) => {
      transcript.add('receives', this.name, data)
      return new Message(number, transcript.now(), data)
    })
  }

  private linkChanged(state: LinkState): void {
    const record = this.conversation.transcript
    if (state.is === 'open') {
      this.inbox.connected()
      record.add('connects', this.name, this.link.address?.url)
    }
    if (state.is === 'refused') record.add('is refused', this.name, `${state.status} ${state.statusText}`.trim())
    if (state.is === 'closed by the server') record.add('is disconnected', this.name, closingInWords(state))
    if (state.is === 'failed') {
      record.add('fails', this.name, state.problem)
      this.brokenUnsaid = state.opened
    }
    if (this.link.hasEnded) {
      this.inbox.connectionEnded()
      this.ponged.changed()
      this.conversation.reactionsChanged()
    }
  }

  /** How the server ended the connection; a reset counts, a breach of the protocol does not. */
  private ending(): { code: number; reason: string } | undefined {
    const { state } = this.link
    if (state.is === 'closed by the server') return state
    if (state.is !== 'failed' || !state.opened) return undefined
    this.brokenUnsaid = false
    return state.code?.startsWith('WS_ERR_') ? undefined : { code: 1006, reason: '' }
  }

  private failure(): ConnectionFailure {
    this.brokenUnsaid = false
    return this.link.failure(this.name)
  }

  private patience({ within }: Within, silent = false): number {
    const { quiet, timeout } = this.conversation.settings
    return within === undefined ? (silent ? quiet : timeout) : milliseconds(within)
  }

  private mustBeIntroduced(): void {
    if (!this.isIntroduced) throw this.conversation.roster.unknown(this.name)
  }

  private mustHaveConnected(): void {
    this.mustBeIntroduced()
    if (this.link.state.is === 'unconnected') throw this.notConnected()
  }

  private mustBeConnected(to: string): void {
    this.mustHaveConnected()
    if (this.link.isOpen) return
    const { state } = this.link
    const problem = `${this.name} cannot ${to}: ${this.name} ${this.link.inWords()}.`
    if (state.is === 'left' || state.is === 'cut')
      throw new Mistake(`${problem} To connect again write: ${this.name} reconnects`)
    this.brokenUnsaid = false
    throw new ConnectionFailure(problem, state.is === 'refused' ? state.status : undefined)
  }

  private notConnected(): Mistake {
    return new Mistake(`${this.name} has not connected yet. Write before this: ${this.name} is connected`)
  }
}

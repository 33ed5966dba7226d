/** The state of a client: its connection, its inbox, and how the connection's events change them. */

import { ClientConnection, type ClientConnectionListener } from '../connection/client-connection'
import { reportsError } from '../connection/close-code'
import type {
  ConnectionTarget,
  FillOptions,
  FrameKind,
  OpenConnection,
  ProtocolOptions,
  Refusal,
  SpokenProtocol,
} from '../connection/connection'
import { type ConnectionState, formatEnd } from '../connection/connection-state'
import { fillOptions } from '../connection/fill-options'
import { MESSAGE_OVERHEAD } from '../connection/memory-limit'
import { Pings } from '../connection/pings'
import type { SaidPart } from '../connection/said-parts'
import { UsageError } from '../errors'
import type { ClientView, WaitingReaction } from '../failures/client-view'
import { clientTimeoutFailure } from '../failures/lazy-failures'
import { Inbox } from '../inbox/inbox'
import { Message } from '../inbox/message'
import { detailsLength, type MessageDetails } from '../message-details'
import type { MessageContext } from '../messages/message-expression'
import { conjugate } from '../text/grammar'
import { parseDuration } from '../time/duration'
import type { EventKind } from '../transcript'
import type { Variables } from '../variables/variables'
import type { ClientContext } from './client-context'

/**
 * How long to wait.
 * @example await rob.receives('Hello', { within: '2 seconds' })
 */
export interface WaitOptions {
  /** `2 seconds`, or a number of ms; by default the settings' timeout, or for silence their quiet time. */
  readonly within?: string | number | undefined
}

/** A method of the server that was called. */
export interface MethodCall {
  readonly method: string
  /** What its answer has as `answerTo`. */
  readonly id: string | number
  /** The number of the first message that can be its answer. */
  readonly firstNumber: number
  /** When it was called, in ms since the conversation began. */
  readonly at: number
}

/** What the transcript has beside what happened. */
interface RecordOptions {
  readonly isReaction?: boolean
  readonly details?: MessageDetails | undefined
}

/** The end of a connection that no sentence has reported yet. */
export interface UnreportedEnd {
  readonly state: ConnectionState
  /** As a sentence: `Rob was refused by ws://server with status 500.` */
  readonly summary: string
  /** What the server has said of it, in the words of the protocol: who reads it knows of the end. */
  readonly farewell: Message | undefined
}

/** What a client is still at. */
export interface PendingGoal {
  /** As it follows `is waiting to`: `send`. */
  readonly goal: string
  /** Ends the waiting for it, which goes on unheeded. */
  reject(error: Error): void
}

/** One message that is sent again and again. */
export interface RepeatedSending {
  readonly description: string
  /** It is not sent any more. */
  stop(): void
}

/** The state of one client, which all that it does reads and changes. */
export class ClientState implements ClientView, ClientConnectionListener {
  /** The conversation's variables, and `${client}`, the own name. */
  readonly variables: Variables
  readonly inbox = new Inbox({
    deferError: (error) => this.threw(error),
    isBehind: () => this.connection.isBehind,
    failsUnheeded: () => this.context.failsUnheeded,
  })
  readonly connection = new ClientConnection(this)
  readonly pings = new Pings()
  /** What the client was asked to do and has not done yet: `send`, `be disconnected`. */
  readonly pendingGoals = new Set<PendingGoal>()
  /** What it sends again and again. */
  readonly repeatedSendings = new Set<RepeatedSending>()
  /** What is on its way of that; each resolves when the server has read it, and confirmed what it confirms, or that is told. */
  readonly repeatedSent = new Set<Promise<void>>()
  /** Whether a sentence has introduced it, by connecting it or by giving it a reaction. */
  isIntroduced = false
  /** Whether a rule is about it: a reaction, or what it ignores. */
  hasRule = false
  /** How a connection ended as none should, until a sentence has reported it. */
  unreportedEnd: UnreportedEnd | undefined
  /** The number of the first message that can come over the present connection. */
  firstNumber = 1
  /** How its connection has ended while a sentence does what ends it, so that none has to report this. */
  announcedEnds: UnreportedEnd[] | undefined
  /** Whether a sentence has said that the server disconnected it. */
  isReportedDisconnected = false
  /** The method that it called last, on its present connection. */
  lastCall: MethodCall | undefined
  /** When its present connection began to open, in ms since the conversation began. */
  private openedAt = 0
  /** What its last `connect` said: an address, headers and the like. */
  connectedWith: readonly SaidPart[] = []
  /** What its latest connection has spoken, and the options of that, filled in. */
  private spoken: SpokenProtocol | undefined
  private spokenOptions: ProtocolOptions | undefined

  constructor(
    readonly name: string,
    readonly context: ClientContext,
  ) {
    this.variables = context.variables.with({ client: name })
  }

  /** Whether it has left, was not let in, or a sentence has said that the server disconnected it. */
  get isGone(): boolean {
    const { kind } = this.connection.state
    return ['disconnected', 'terminated', 'refused'].includes(kind) || this.isReportedDisconnected
  }

  /** What it was asked to do, and what it waits for: `receive "Hello"`, `send`. */
  get goals(): readonly string[] {
    return [...this.inbox.pendingGoals, ...[...this.pendingGoals].map(({ goal }) => goal)]
  }

  /** Whether a sentence has said that the server disconnected it, or has read why. */
  get isEndReported(): boolean {
    return this.isReportedDisconnected || this.unreportedEnd?.farewell?.isUnread === false
  }

  get connectionSummary(): string {
    return `${conjugate(this.name, this.connection.describe())}.`
  }

  get waitingReactions(): readonly WaitingReaction[] {
    return this.context.reactions.waiting
  }

  mayComeFromScenarioBefore(message: Message): boolean {
    return this.context.mayComeFromScenarioBefore(message)
  }

  claimSearch(): readonly ClientView[] {
    return this.context.claimSearch(this)
  }

  /** What its messages are evaluated with. */
  messageContext(variables = this.variables): MessageContext {
    const context = this.context.messageContext(variables)
    const { spoken = this.context.protocols } = this
    const topicOf = (topic: string) => spoken.topicOf(topic, (options) => this.spokenOptions ?? this.filled(options))
    return { ...context, protocols: { lack: (...part) => spoken.lack(...part), topicOf } }
  }

  /** Options as they are now; before it connects, their variables may not be known. */
  private filled(options: ProtocolOptions): ProtocolOptions {
    try {
      return fillOptions(options, this.variables)
    } catch {
      return options
    }
  }

  /** How long to wait, in ms. */
  timeoutFor({ within }: WaitOptions, byDefault = this.context.settings.timeout): number {
    return within === undefined ? byDefault : parseDuration(within)
  }

  /**
   * How long to watch that something does not happen, in ms; by default the quiet time.
   * @throws UsageError for no time at all, in which nothing could be seen
   */
  watchTimeFor(options: WaitOptions): number {
    const time = this.timeoutFor(options, this.context.settings.quiet)
    if (options.within === undefined || time > 0) return time
    throw new UsageError('Nothing is seen in no time: write a longer one, such as "200 ms".')
  }

  /** Writes into the transcript what happened between this client and its server. */
  record(kind: EventKind, detail: string | Buffer = '', { isReaction = false, details }: RecordOptions = {}): void {
    const { transcript } = this.context
    // Nothing happens between them before it has been told where to connect.
    const { url } = this.connection.target as ConnectionTarget
    transcript.keep({ at: transcript.now(), kind, client: this.name, detail, isReaction, url, details })
  }

  /** Learns the secrets of where it is to connect, before anything shows that. */
  learnFromTarget({ url, headers, subprotocols }: ConnectionTarget): void {
    const { secrets } = this.context
    secrets.learnFromAddress(url)
    secrets.learnFromHeaders({ ...headers, 'Sec-WebSocket-Protocol': subprotocols.join(', ') })
  }

  /** Opens a connection; returns whether it opened. */
  open(target: ConnectionTarget): Promise<boolean> {
    this.spoken = this.context.spokenAt(target.url)
    return this.openAgain(target)
  }

  /** Opens a connection in the protocol of the one before, whatever is spoken now; returns whether it opened. */
  openAgain(target: ConnectionTarget): Promise<boolean> {
    const { settings, secrets } = this.context
    this.lastCall = undefined
    this.openedAt = this.context.transcript.now()
    // Only in a protocol, which has options: whoever reconnects has the values of that time.
    const fill: FillOptions = (options) => {
      const filled = fillOptions(options, this.variables)
      secrets.learnFromOptions(filled)
      this.spokenOptions = filled
      return filled
    }
    const spoken = this.spoken as SpokenProtocol
    const open: OpenConnection = (to, limits, listener) => spoken.openConnection(to, limits, listener, fill)
    return this.connection.open(open, target, settings, settings.timeout)
  }

  responded(headers: Readonly<Record<string, string>>): void {
    this.context.secrets.learnFromHeaders(headers)
  }

  received(data: string | Buffer, details?: MessageDetails): void {
    const { transcript, secrets, maxReceivedBytes } = this.context
    if (!this.context.hasRoomFor(data.length + detailsLength(details))) {
      this.connection.failed(
        `the servers have sent more than ${maxReceivedBytes} bytes in this scenario, counting ${MESSAGE_OVERHEAD} more ` +
          'for each message; a larger "maxMessageBytes" in the settings allows more',
      )
      return
    }
    secrets.learnFromText(data)
    const { coding, target } = this.connection
    const number = this.inbox.nextNumber
    const message = new Message(number, transcript.now(), data, this.name, target?.url, details, coding)
    transcript.keep(message)
    this.context.contracts?.received(message)
    this.inbox.receive(message)
  }

  framed(kind: FrameKind, frame: string | Buffer): void {
    if (this.context.settings.report.frames) this.record(kind, frame)
  }

  /** The scenario has taken too long: whatever is waited for fails; returns how much there was. */
  scenarioTimedOut(): number {
    const pending = [...this.pendingGoals]
    this.pendingGoals.clear()
    for (const { goal, reject } of pending) reject(clientTimeoutFailure(this, this.context.timeLimit, goal))
    return pending.length + this.inbox.interrupt('scenario timeout')
  }

  ponged(payload: string): void {
    this.record('receives a pong')
    this.pings.answered(payload)
  }

  threw(error: unknown): void {
    this.context.deferError(error as Error)
  }

  stateChanged(state: ConnectionState): void {
    switch (state.kind) {
      case 'open':
        this.inbox.connected()
        this.firstNumber = this.inbox.nextNumber
        this.pings.reset()
        this.isReportedDisconnected = false
        this.announcedEnds = undefined
        this.record('connects', `${this.connection.target?.url}${this.connection.notes}`)
        this.context.measures?.connected(this.context.transcript.now() - this.openedAt)
        break
      case 'refused':
        for (const text of [state.statusText, state.body]) this.context.secrets.learnFromText(text)
        this.record('is refused', describeRefusal(state))
        this.endedUnexpectedly()
        break
      case 'closed by the server':
        this.context.secrets.learnFromText(state.reason)
        this.context.secrets.learnFromText(state.error ?? '')
        this.record('is disconnected', formatEnd(state))
        if (reportsError(state.code)) this.endedUnexpectedly()
        else if (state.error !== undefined) this.endedUnexpectedly(this.farewellOf(state.error))
        break
      case 'failed':
        this.record('fails', state.problem)
        if (state.opened) this.endedUnexpectedly()
    }
    if (!this.connection.hasEnded) return
    if (this.connection.hasOpened) this.context.measures?.closed(this.connection.closeCode)
    this.inbox.disconnected()
    this.pings.disconnected()
    for (const sending of this.repeatedSendings) sending.stop()
    this.context.reactions.changed()
  }

  /** A sentence has said how the present connection ended; that of an earlier one is still to be reported. */
  endIsReported(): void {
    if (this.unreportedEnd?.state === this.connection.state) this.unreportedEnd = undefined
  }

  private endedUnexpectedly(farewell?: Message): void {
    const { state } = this.connection
    const end: UnreportedEnd = { state, summary: this.connectionSummary, farewell }
    // What breaks a protocol does not come from the end of a server.
    if (this.announcedEnds && state.kind !== 'failed') this.announcedEnds.push(end)
    else this.unreportedEnd ??= end
  }

  /** The message that has reported an error. */
  private farewellOf(error: string): Message | undefined {
    return this.inbox.messages.findLast(({ text, details }) => details.isError && text === error)
  }
}

function describeRefusal({ status, statusText, body, redirection = '', problem }: Refusal): string {
  const words = `${status ?? body} ${statusText}`.trim()
  return `${words}${redirection}${problem === undefined ? '' : `: ${problem}`}`
}

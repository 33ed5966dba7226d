/** A transport that speaks a protocol: between a client and its WebSocket, it turns what is said into frames, and back. */

import { type Kind, requireArgument, TEXT } from '../arguments'
import type {
  CloseInfo,
  Connection,
  ConnectionLimits,
  ConnectionListener,
  ConnectionTarget,
  OpenConnection,
  ProtocolActions,
  Refusal,
  RequestId,
  SpokenProtocol,
} from '../connection/connection'
import { MESSAGE_OVERHEAD } from '../connection/memory-limit'
import { UsageError } from '../errors'
import { callGuarded, failureOf, promiseOf } from '../guarded-call'
import type { Coding, ContentKind, MessageAddress } from '../message-details'
import { AFTER_FAREWELL, REQUEST_ID, reading } from '../protocol/confirmations'
import { requireFewRecords } from '../protocol/frame-limits'
import type { ChosenProtocol } from '../protocol/known-protocols'
import { ContentCodec } from '../protocol/open-codec'
import type { DecodedMessage, ProtocolSession } from '../protocol/protocol'
import { textOrBytes } from '../protocol/text-or-bytes'
import { onSameSocket, unixAddress } from '../text/url'
import { lack, requireMessage } from './decoded-message'
import { ReceivedMessages } from './received-messages'
import { SessionTimers } from './session-timers'
import { Unconfirmed } from './unconfirmed'

/** Opens connections that speak a protocol. */
export function speaking(chosen: ChosenProtocol, openConnection: OpenConnection): SpokenProtocol {
  const { protocol } = chosen
  return {
    openConnection(target, limits, listener, fillOptions = (options) => options) {
      const options = fillOptions(chosen.options)
      return new SpeakingConnection({ ...chosen, options }, openConnection, target, limits, listener)
    },
    topicOf: (topic, fillOptions = (options) => options) =>
      callGuarded(`The function topicOf of the protocol ${protocol.name}`, TEXT, () =>
        protocol.topicOf ? protocol.topicOf(topic, fillOptions(chosen.options)) : topic,
      ),
    lack: (part, event) => lack(protocol, part, event),
  }
}

class SpeakingConnection implements Connection, ConnectionListener, ProtocolActions {
  readonly coding: Coding
  private readonly socket: Connection
  private session: ProtocolSession | undefined
  private codec: ContentCodec | undefined
  private isOpen = false
  private hasEnded = false
  private isClosing = false
  /** That the server has ended the conversation in the words of the protocol, and for which error. */
  private farewell: { readonly error: string | undefined } | undefined
  /** What happens after that, until everybody knows what the server has confirmed before. */
  private late: (() => void)[] | undefined
  private isReading = false
  private hasSaidGoodbye = false
  private readonly timers = new SessionTimers((problem) => {
    this.failed(problem)
    this.socket.terminate()
  })
  private readonly messages = new ReceivedMessages((message) => {
    this.timers.heard()
    this.receive(message)
  })
  private isRestRead = false
  /** What becomes of the frames that a sentence sends, while it does. */
  private sending: Promise<unknown>[] | undefined
  private readonly unconfirmed = new Unconfirmed()

  constructor(
    private readonly chosen: ChosenProtocol,
    openConnection: OpenConnection,
    private readonly target: ConnectionTarget,
    private readonly limits: ConnectionLimits,
    private readonly listener: ConnectionListener,
  ) {
    const { codec } = chosen
    const { subprotocols = [], isVerbatim = false } = chosen.protocol
    this.coding = codec && !codec.codec.isVerbatim ? 'decoded' : isVerbatim ? 'verbatim' : 'unquoted'
    const offered = target.subprotocols.length > 0 ? target.subprotocols : subprotocols
    this.socket = openConnection({ ...target, url: this.address(), subprotocols: offered }, limits, this)
  }

  get isBehind(): boolean {
    return this.socket.isBehind
  }

  get topic(): string | undefined {
    return this.call('topic', OPTIONAL_TEXT, () => this.session?.topic)
  }

  get hasUnsent(): boolean {
    return this.socket.hasUnsent || !this.unconfirmed.isEmpty
  }

  get awaited(): string | undefined {
    return this.socket.awaited
  }

  get destination(): string | undefined {
    return this.socket.destination
  }

  get unreadable(): string | undefined {
    return this.messages.unreadable
  }

  get actions(): ProtocolActions {
    return this
  }

  send(data: string | Buffer, address: MessageAddress = {}): Promise<unknown> {
    const { isFrame, topic, event, isEmpty, answerTo, isError = false, kind } = address
    if (isFrame) return this.socket.send(data)
    const encoded = () => this.encode(data, kind)
    if (answerTo !== undefined) return this.act('answer', () => [answerTo, encoded(), isError, kind])
    if (event !== undefined) return this.act('emit', () => [event, isEmpty ? undefined : encoded(), topic, kind])
    if (topic !== undefined) return this.act('publish', () => [topic, encoded(), kind])
    return this.act('send', () => [encoded(), kind])
  }

  async subscribe(topic: string): Promise<void> {
    await this.act('subscribe', () => [topic])
  }

  async unsubscribe(topic: string): Promise<void> {
    await this.act('unsubscribe', () => [topic])
  }

  callMethod(method: string, content?: string | Buffer, kind?: ContentKind): Promise<RequestId> {
    const partsOf = () => [method, content === undefined ? undefined : this.encode(content, kind), kind]
    return this.act('call', partsOf) as Promise<RequestId>
  }

  private encode(content: string | Buffer, kind: ContentKind | undefined): string | Buffer {
    return this.codec ? this.codec.encode(content, kind) : content
  }

  /**
   * Has the protocol do something; resolves when what it sends is on its way, and the server has confirmed what it confirms.
   * @param partsOf returns what the action is given
   */
  private async act(name: keyof typeof ACTIONS, partsOf: () => unknown[]): Promise<unknown> {
    const parts = partsOf()
    const session = this.session as ProtocolSession
    const action = session[name] as ((...parts: unknown[]) => unknown) | undefined
    if (!action) throw new UsageError(`the protocol ${this.name} ${ACTIONS[name]}`)
    const sending: Promise<unknown>[] = []
    this.sending = sending
    let result: unknown
    try {
      result = this.call(name, name === 'call' ? REQUEST_ID : NOTHING, () => action.apply(session, parts))
    } finally {
      this.sending = undefined
    }
    const promise = promiseOf(result)
    const confirmed = promise ? this.unconfirmed.add(promise) : result
    for (const sent of sending) await sent
    return confirmed
  }

  ping(payload: string): void {
    this.socket.ping(payload)
  }

  close(code?: number, reason?: string): void {
    const { session } = this
    this.isClosing = true
    if (this.isOpen && session?.close) {
      this.hasSaidGoodbye = true
      this.attempt('close', () => session.close?.())
    }
    this.wantsNothing()
    this.socket.close(code, reason)
  }

  showRest(): void {
    this.readRest()
    this.messages.deliver()
  }

  /** Reads what has not ended when the connection does, once. */
  private readRest(): void {
    if (!this.isOpen || this.hasEnded || this.isRestRead) return
    this.isRestRead = true
    const rest = this.session?.ended?.bind(this.session)
    if (rest) this.messages.add(this.read('', 'ended', rest))
    if (this.codec) this.messages.add(this.codec.ended())
  }

  terminate(): void {
    this.ended()
    this.socket.terminate()
  }

  responded(headers: Readonly<Record<string, string>>): void {
    this.listener.responded(headers)
  }

  opened(subprotocol: string, notes?: string): void {
    const { protocol, options, codec } = this.chosen
    const open = () => {
      if (this.isOpen || this.isClosing || this.hasEnded || this.isLate) return
      this.isOpen = true
      this.listener.opened(subprotocol, notes)
      this.messages.deliver(this.socket)
    }
    let session: ProtocolSession | undefined
    const opened = () => {
      if (session && !session.start) {
        throw new UsageError(
          `a session of the protocol ${this.name} called opened, but it has no function start, without which the client ` +
            'counts as connected at once: write start() {}, if it has nothing to say first',
        )
      }
      open()
    }
    this.attempt('open', () => {
      if (codec) this.codec = new ContentCodec(codec, this.limits.maxMessageBytes, protocol.name !== 'plain')
      session = callGuarded(this.functionName('open'), SESSION, () =>
        protocol.open(
          {
            ...{ url: this.target.url, subprotocol, opened, maxMessageBytes: this.limits.maxMessageBytes },
            textOrBytes: codec?.codec.isBinary ? bytesOf : textOrBytes,
            send: (frame) => this.transmit(frame),
            refused: (reason) => this.refusedByProtocol(reason),
            closed: (error) => this.closedByProtocol(error),
            every: (ms, action) => this.timers.repeat(ms, () => this.attempt('every', action)),
            idleTimeout: (ms) => this.timers.limitIdleness(ms),
          },
          options,
        ),
      )
      this.session = session
    })
    if (session?.start) this.attempt('start', () => session?.start?.())
    else if (session) open()
  }

  received(frame: string | Buffer): void {
    // It may not confirm anything any more.
    if (this.late && !this.unconfirmed.isEmpty) {
      this.late.push(() => this.received(frame))
      return
    }
    this.timers.heard()
    this.listener.framed?.('receives a frame', frame)
    const session = this.session as ProtocolSession
    const messages = this.read(frame, 'received', () => session.received(frame))
    if (this.hasEnded) return
    const [first] = messages
    // As most frames are.
    if (first && messages.length === 1 && this.isOpen && !this.messages.isBusy) {
      this.receive(first)
      return
    }
    // What comes before the client counts as connected is received right after that.
    if (!this.isOpen) {
      this.hold(messages)
      return
    }
    this.messages.add(messages)
    this.messages.deliver(this.socket)
  }

  private hold(messages: readonly DecodedMessage[]): void {
    const max = this.limits.maxMessageBytes + PENDING_ROOM
    if (this.messages.hold(messages) <= max) return
    this.messages.clear()
    this.failed(
      `the server sent more than ${max} bytes of messages before the client was connected by the protocol ${this.name}, ` +
        `counting ${MESSAGE_OVERHEAD} more for each message; a larger "maxMessageBytes" in the settings allows more`,
    )
    this.socket.terminate()
  }

  private receive({ content, ...details }: DecodedMessage): void {
    this.listener.received(content, details)
  }

  ponged(payload: string): void {
    this.listener.ponged(payload)
  }

  /** A server that closes before the protocol's own handshake is done does not want the client. */
  closed(info: CloseInfo): void {
    if (this.late) {
      this.late.push(() => this.closed(info))
      return
    }
    const isRefusal = !this.isOpen && !this.isClosing && !this.hasEnded && this.session !== undefined
    const { error } = this.farewell ?? {}
    const report = () => {
      this.ended()
      if (isRefusal) {
        const body = error ?? `${info.code} ${info.reason}`.trim()
        this.listener.refused({ status: undefined, statusText: '', body })
      }
      // A server that has read the goodbye need not read the closing handshake of the WebSocket.
      else this.listener.closed(this.hasSaidGoodbye && info.code === 1006 ? { code: 1005, reason: '' } : info, error)
    }
    this.readRest()
    this.messages.deliver(this.socket)
    this.messages.whenDone(report)
  }

  refused(refusal: Refusal): void {
    this.ended()
    this.listener.refused(refusal)
  }

  failed(problem: string, code?: string): void {
    this.showRest()
    this.ended()
    // Some servers answer a closing frame without a code by 1005, which stands for none, and may not be sent.
    if (this.isClosing && code === 'WS_ERR_INVALID_CLOSE_CODE') this.listener.closed({ code: 1005, reason: '' })
    else this.listener.failed(problem, code)
  }

  private get name(): string {
    return this.chosen.protocol.name
  }

  /** The address of the handshake. */
  private address(): string {
    const { protocol, options } = this.chosen
    if (!protocol.address) return this.target.url
    const url = new URL(this.target.url)
    const unix = unixAddress(url)
    const shown = unix?.inner ?? url
    this.call('address', NOTHING, () => protocol.address?.(shown, options))
    return unix ? onSameSocket(url, unix, shown).href : url.href
  }

  /** The messages of a frame; where it cannot be read any more, the frame itself, and why. */
  private read(frame: string | Buffer, member: string, decode: () => Iterable<unknown>): DecodedMessage[] {
    const messages: DecodedMessage[] = []
    this.isReading = true
    reading.isLate = this.farewell !== undefined
    try {
      const decoded = this.call(member, MESSAGES, decode)
      this.call(member, NOTHING, () => {
        for (const message of decoded) {
          const isLate = this.farewell !== undefined
          for (const one of this.decode(requireMessage(message, this.chosen.protocol))) {
            requireFewRecords(messages.length + 1)
            messages.push(isLate ? { content: one.content, problem: AFTER_FAREWELL } : one)
          }
        }
      })
    } catch (error) {
      messages.push({ content: frame, problem: (error as Error).message })
    } finally {
      this.isReading = false
      reading.isLate = false
    }
    return messages
  }

  private decode(message: DecodedMessage): Iterable<DecodedMessage> {
    return this.codec ? this.codec.decode(message) : [message]
  }

  private transmit(frame: string | Buffer): void {
    this.listener.framed?.('sends a frame', frame)
    const sent = this.socket.send(frame)
    // Whether it could be sent concerns a sentence that sends, not a heartbeat.
    sent.catch(() => {})
    this.sending?.push(sent)
  }

  private refusedByProtocol(reason: string): void {
    this.requireText('refused', 'reason', reason)
    if (this.hasEnded || this.isClosing) return
    this.refused({ status: undefined, statusText: '', body: reason })
    this.socket.terminate()
  }

  private closedByProtocol(error: string | undefined): void {
    if (error !== undefined) this.requireText('closed', 'error', error)
    if (!this.farewell) {
      this.farewell = { error }
      this.late = []
      // What has been confirmed before, in the same turn, is on its way, through however many promises.
      setImmediate(() => this.part(this.late as (() => void)[]))
    }
    reading.isLate = this.isReading
    this.socket.close()
  }

  /** From now on, the server confirms nothing any more. */
  private part(late: readonly (() => void)[]): void {
    this.late = undefined
    this.unconfirmed.rejectAll()
    for (const happens of late) happens()
  }

  /** Whether what the server says now comes after its farewell. */
  private get isLate(): boolean {
    return this.farewell !== undefined && (this.isReading || this.late === undefined)
  }

  /** @throws UsageError for what is not a text; the connection has failed then, since nobody knows what the server has said */
  private requireText(member: string, name: string, value: unknown): void {
    try {
      requireArgument(member, name, value, TEXT)
    } catch (error) {
      this.failed(`The protocol ${this.name} is wrong: ${(error as Error).message}`)
      this.socket.terminate()
      throw error
    }
  }

  /** Does something of the protocol, at once or by and by; if it throws, the connection has failed. */
  private attempt(member: string, action: () => unknown): void {
    const fail = (error: unknown) => {
      this.failed(failureOf(this.functionName(member), error).message)
      this.socket.terminate()
    }
    try {
      promiseOf(this.call(member, NOTHING, action))?.catch(fail)
    } catch (error) {
      fail(error)
    }
  }

  private call<T>(member: string, kind: Kind, action: () => T): T {
    return callGuarded(() => this.functionName(member), kind, action)
  }

  private functionName(member: string): string {
    return `The function ${member} of the protocol ${this.name}`
  }

  private ended(): void {
    this.hasEnded = true
    this.wantsNothing()
  }

  /** Nothing is sent any more, or awaited. */
  private wantsNothing(): void {
    this.timers.stop()
    this.unconfirmed.rejectAll()
  }
}

/** Content for a codec that reads bytes. */
const bytesOf = (bytes: Buffer) => bytes

/** What a protocol says that does not know them. */
const ACTIONS = {
  send: 'has no messages without a name or a topic',
  publish: 'has no topics',
  emit: 'has no events',
  call: 'has no methods to call',
  answer: 'has no requests that are answered',
  subscribe: 'has nothing to subscribe to',
  unsubscribe: 'has nothing to unsubscribe from',
}

const OPTIONAL_TEXT: Kind = {
  words: 'a text, or undefined',
  accepts: (value) => value === undefined || typeof value === 'string',
}

const NOTHING: Kind = { words: 'nothing', accepts: () => true }

const MESSAGES: Kind = {
  words: 'a list of messages',
  accepts: (list) => typeof list === 'object' && list !== null && Symbol.iterator in list,
}

const SESSION: Kind = {
  words: 'an object with a function `received`',
  accepts: (session) => typeof (session as ProtocolSession | undefined)?.received === 'function',
}

/** What a server may say before the client counts as connected, in bytes or characters, beside one message of the largest size. */
const PENDING_ROOM = 2 ** 20

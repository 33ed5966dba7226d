/** Action Cable, of Rails, with the subprotocol actioncable-v1-json: what channels transmit is received. */

import { requireOptions, TEXTS } from '../arguments'
import { UsageError } from '../errors'
import { stringifyExactly } from '../json/exact-number'
import { isObject } from '../json/json-value'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  jsonOf,
  parseFrame,
  requireObject,
  textOf,
} from '../protocol/json-content'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import { CHANNELS, type Channels, identifierOf, topicOf } from '../protocol-frames/actioncable-channels'
import { quoted } from '../text/excerpt'
import { ended } from '../text/grammar'

interface ActionCableOptions {
  /** What a client subscribes to before it counts as connected. */
  readonly subscribe?: readonly string[]
  /** Channels with their parameters, by the names that sentences call them by. */
  readonly channels?: Channels
}

/** Why a server disconnects a client that has done nothing wrong: it restarts, or the application wants it. */
const NO_ERRORS: readonly string[] = ['server_restart', 'remote']

/** What the server has to confirm. */
interface Request {
  readonly confirmed: () => void
  readonly rejected: (reason: string) => void
}

class ActionCableSession implements ProtocolSession {
  /** What the settings have it subscribe to, by the identifiers. */
  private readonly toSubscribe: ReadonlyMap<string, string>
  private isWelcome = false
  private isOpen = false
  /** As sentences have them, by their identifiers: of all that a client has subscribed to. */
  private readonly topics = new Map<string, string>()
  /** By their identifiers, in the order in which they were asked for; what the server has not confirmed has a request. */
  private readonly subscriptions = new Map<string, Request | undefined>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: ActionCableOptions,
  ) {
    this.toSubscribe = new Map((options.subscribe ?? []).map((topic) => [this.identifierInOptions(topic), topic]))
  }

  /** The server begins. */
  start(): void {}

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const { type, identifier, message, reason } = requireObject(parseFrame(textOf(frame)))
    switch (type) {
      case 'welcome':
        this.welcomed()
        break
      case 'ping':
        break
      case 'confirm_subscription':
        this.confirmed(identifier)
        break
      case 'reject_subscription':
        this.rejected(identifier)
        break
      case 'disconnect':
        yield* this.disconnected(contentOf(reason))
        break
      case undefined:
        if (message === undefined) throw new Error('it has neither a type nor a message')
        yield { ...decodedValue(message), topic: this.topicOf(identifier) }
        break
      default:
        throw new Error('its type is not known')
    }
  }

  send(content: string | Buffer, kind?: ContentKind): void {
    this.perform(this.lastSubscribed(), jsonOf(content, kind))
  }

  publish(topic: string, content: string | Buffer, kind?: ContentKind): void {
    this.perform(this.identifier(topic), jsonOf(content, kind))
  }

  emit(action: string, content: string | Buffer | undefined, topic: string | undefined, kind?: ContentKind): void {
    const identifier = topic === undefined ? this.lastSubscribed() : this.identifier(topic)
    const data = content === undefined ? {} : jsonOf(content, kind)
    if (!isObject(data)) throw new Error('the data of an action is an object, such as {"text": "Hello"}')
    this.perform(identifier, { ...data, action })
  }

  subscribe(topic: string): Promise<void> {
    const identifier = this.identifier(topic)
    // Rails would not answer.
    if (this.subscriptions.has(identifier)) throw new Error('it has subscribed to it before')
    return new Promise((resolve, reject) => {
      this.begin(identifier, topic, { confirmed: resolve, rejected: (reason) => reject(new Error(reason)) })
    })
  }

  unsubscribe(topic: string): void {
    const identifier = this.identifier(topic)
    if (!this.subscriptions.delete(identifier)) throw new Error('it has not subscribed to it')
    this.command('unsubscribe', identifier)
  }

  private welcomed(): void {
    if (this.isWelcome) throw new Error('the server has welcomed the client before')
    this.isWelcome = true
    const topics = this.toSubscribe
    const missing = new Set(topics.keys())
    const openOnceConfirmed = () => {
      if (missing.size > 0) return
      this.isOpen = true
      this.connection.opened()
    }
    openOnceConfirmed()
    for (const [identifier, topic] of topics) {
      this.begin(identifier, topic, {
        confirmed: () => {
          missing.delete(identifier)
          openOnceConfirmed()
        },
        rejected: (reason) => this.connection.refused(`${topic}: ${reason}`),
      })
    }
  }

  private begin(identifier: string, topic: string, request: Request): void {
    this.topics.set(identifier, topicOf(topic, this.options.channels ?? {}))
    this.subscriptions.set(identifier, request)
    this.command('subscribe', identifier)
  }

  private confirmed(identifier: unknown): void {
    const request = this.request(identifier)
    this.subscriptions.set(identifier as string, undefined)
    request.confirmed()
  }

  private rejected(identifier: unknown): void {
    const request = this.request(identifier)
    this.subscriptions.delete(identifier as string)
    this.topics.delete(identifier as string)
    request.rejected('the server rejects the subscription')
  }

  private request(identifier: unknown): Request {
    const request = this.subscriptions.get(identifier as string)
    if (!request) throw new Error('the client does not wait for it')
    return request
  }

  /**
   * The topic of what is transmitted; also of a channel that the client has left, since Rails does not confirm that.
   * @throws Error if the client has never subscribed to it
   */
  private topicOf(identifier: unknown): string {
    if (typeof identifier !== 'string') throw new Error('it has neither a type nor an identifier')
    const topic = this.topics.get(identifier)
    if (topic === undefined) throw new Error('it is of a channel that the client has not subscribed to')
    return topic
  }

  private *disconnected(reason: string): Generator<DecodedMessage> {
    if (!this.isOpen) return this.connection.refused(reason)
    const isError = !NO_ERRORS.includes(reason)
    yield { content: reason, event: 'disconnect', ...(isError && { isError }) }
    this.connection.closed(isError ? reason || 'no reason is given' : undefined)
  }

  /** The one that was subscribed to last. */
  get topic(): string | undefined {
    const last = this.lastConfirmed()
    return last && this.topics.get(last)
  }

  private lastConfirmed(): string | undefined {
    let last: string | undefined
    for (const [identifier, request] of this.subscriptions) if (request === undefined) last = identifier
    return last
  }

  private lastSubscribed(): string {
    const last = this.lastConfirmed()
    if (last === undefined) {
      throw new Error(
        "it has not subscribed to a channel: subscribe to one before, or write protocol: { name: 'actioncable', " +
          "subscribe: ['ChatChannel'] }",
      )
    }
    return last
  }

  private identifier(topic: string): string {
    return identifierOf(topic, this.options.channels ?? {})
  }

  /** @throws UsageError for an option that is no channel */
  private identifierInOptions(topic: string): string {
    try {
      return this.identifier(topic)
    } catch (error) {
      const { message } = error as Error
      throw new UsageError(`The option subscribe of the protocol actioncable has ${quoted(topic)}: ${ended(message)}`)
    }
  }

  /** Has a channel do something: the action that the data say, or what it does when it receives. */
  private perform(identifier: string, data: unknown): void {
    this.command('message', identifier, stringifyExactly(data))
  }

  private command(command: string, identifier: string, data?: string): void {
    this.connection.send(JSON.stringify({ command, identifier, data }))
  }
}

export const protocol: Protocol = {
  name: 'actioncable',
  subprotocols: ['actioncable-v1-json'],
  events: ['disconnect'],
  topicOf: (topic, { channels = {} }: ActionCableOptions) => topicOf(topic, channels),
  open(connection, options) {
    requireOptions('the protocol actioncable', options, { subscribe: TEXTS, channels: CHANNELS })
    return new ActionCableSession(connection, options)
  },
}

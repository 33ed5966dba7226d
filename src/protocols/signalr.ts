/** SignalR, in its JSON hub protocol (HubProtocol.md of dotnet/aspnetcore): what a hub calls is received. */

import { requireOptions, TEXT, TEXTS } from '../arguments'
import { stringifyExactly } from '../json/exact-number'
import { MAX_RECORDS } from '../protocol/frame-limits'
import { intervalUpTo } from '../protocol/interval'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  decodeEach,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
  textOf,
} from '../protocol/json-content'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import { quoted } from '../text/excerpt'
import { parseDuration } from '../time/duration'

/** What ends each record of a frame. */
const SEPARATOR = '\x1e'

/** Of a record's member `type`. */
const [INVOCATION, STREAM_ITEM, COMPLETION, STREAM_INVOCATION, CANCELLATION, PING, CLOSE, ACK, SEQUENCE] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
]

interface SignalROptions {
  /** The hub's method that `sends` calls. */
  readonly method?: string
  /** The methods that answer by the items of a stream. */
  readonly streams?: readonly string[]
  /** How long after one ping the next is sent. Default 15 s, as Microsoft's clients have it. */
  readonly keepAlive?: string | number
}

const KEEP_ALIVE = intervalUpTo('24 days')

class SignalRSession implements ProtocolSession {
  private isOpen = false
  /** What has come of a record that has not ended yet. */
  private rest: string[] = []
  private restSize = 0
  private lastId = 0
  /** The methods of the calls that are not complete, by their ids. */
  private readonly called = new Map<string, string>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: SignalROptions,
  ) {}

  start(): void {
    this.write({ protocol: 'json', version: 1 })
  }

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const text = textOf(frame)
    const last = text.lastIndexOf(SEPARATOR)
    const ended = last < 0 ? text : text.slice(0, last)
    // One more than may be, to be told.
    const [first, ...others] = ended.split(SEPARATOR, MAX_RECORDS + 1) as [string, ...string[]]
    this.rest.push(first)
    this.restSize += first.length
    const { maxMessageBytes } = this.connection
    if (this.restSize > maxMessageBytes) {
      this.keepRest('')
      throw new Error(`a record has more than ${maxMessageBytes} bytes`)
    }
    if (last < 0) return
    const records = [this.rest.join(''), ...others]
    this.keepRest(text.slice(last + 1))
    yield* decodeEach(records, String, (record) => this.read(requireObject(parseFrame(record))))
  }

  private keepRest(rest: string): void {
    this.rest = [rest]
    this.restSize = rest.length
  }

  *ended(): Generator<DecodedMessage> {
    const content = this.rest.join('')
    if (content !== '') yield { content, problem: 'the record has not ended' }
  }

  private *read(record: JsonObject): Generator<DecodedMessage> {
    if (!this.isOpen) return this.shakeHands(record)
    yield* this.messagesOf(record)
    if (record.type === CLOSE) this.connection.closed(errorIn(record.error))
  }

  send(content: string | Buffer, kind?: ContentKind): void {
    const { method } = this.options
    if (method === undefined) {
      throw new Error(
        `no setting says which method of the hub it calls: write protocol: { name: 'signalr', method: 'Send' }`,
      )
    }
    this.emit(method, content, undefined, kind)
  }

  emit(target: string, content: string | Buffer | undefined, _topic: undefined, kind?: ContentKind): void {
    this.write({ type: INVOCATION, target, arguments: argumentsOf(content, kind) })
  }

  call(target: string, content: string | Buffer | undefined, kind?: ContentKind): string {
    const invocationId = String(++this.lastId)
    this.called.set(invocationId, target)
    const type = this.isStream(target) ? STREAM_INVOCATION : INVOCATION
    this.write({ type, invocationId, target, arguments: argumentsOf(content, kind) })
    return invocationId
  }

  /** Completes what the hub has called, and waits for. */
  answer(invocationId: string | number, content: string | Buffer, isError: boolean, kind?: ContentKind): void {
    const value = jsonOf(content, kind)
    const outcome = isError ? { error: contentOf(value) } : { result: value }
    this.write({ type: COMPLETION, invocationId, ...outcome })
  }

  close(): void {
    this.write({ type: CLOSE })
  }

  private shakeHands({ error, ...others }: JsonObject): void {
    if (Object.keys(others).length > 0) throw new Error('it does not answer the handshake')
    const reason = errorIn(error)
    if (reason !== undefined && reason !== '') {
      this.connection.refused(reason)
      return
    }
    this.isOpen = true
    this.connection.opened()
    this.connection.every(parseDuration(this.options.keepAlive ?? '15s'), () => this.write({ type: PING }))
  }

  private *messagesOf(record: JsonObject): Generator<DecodedMessage> {
    const { type, target, arguments: values, invocationId, item, result, error } = record
    switch (type) {
      case INVOCATION: {
        if (!Array.isArray(values)) throw new Error('its arguments are not a list')
        const [first, ...others] = values
        yield {
          ...decodedValue(others.length === 0 ? first : values),
          ...{ event: requireText('target', target) },
          ...(invocationId !== undefined && { requestId: requireText('invocationId', invocationId) }),
        }
        break
      }
      case STREAM_ITEM:
        if (item === undefined) throw new Error('it has no item')
        yield this.itemOf(this.requireCall(invocationId), item)
        break
      case COMPLETION: {
        const answerTo = this.requireCall(invocationId)
        const reason = errorIn(error)
        if (reason !== undefined && result !== undefined) throw new Error('it has both a result and an error')
        const isStream = this.isStream(this.called.get(answerTo) as string)
        if (isStream && (result ?? undefined) !== undefined) throw new Error('it ends a stream, and has a result')
        this.called.delete(answerTo)
        yield reason === undefined
          ? { ...decodedValue(result), answerTo }
          : { content: reason, isError: true, answerTo }
        break
      }
      case CLOSE: {
        const reason = errorIn(error)
        if (reason !== undefined) yield { content: reason, event: 'close', isError: true }
        break
      }
      case CANCELLATION:
      case PING:
      case ACK:
      case SEQUENCE:
        break
      default:
        throw new Error('its type is not known')
    }
  }

  /** @throws Error if the client has no such call */
  private requireCall(invocationId: unknown): string {
    if (typeof invocationId === 'string' && this.called.has(invocationId)) return invocationId
    throw new Error('it answers no call of the client')
  }

  /** An item of a stream is an event of the method's name: the answer is that the stream has ended. */
  private itemOf(id: string, item: unknown): DecodedMessage {
    const event = this.called.get(id) as string
    if (!this.isStream(event)) {
      throw new Error(`it is an item of a stream, and the setting "streams" does not have ${quoted(event)}`)
    }
    return { ...decodedValue(item), event }
  }

  private isStream(method: string): boolean {
    return this.options.streams?.includes(method) ?? false
  }

  private write(record: JsonObject): void {
    this.connection.send(stringifyExactly(record) + SEPARATOR)
  }
}

/** What went wrong; some servers write null where nothing did. */
function errorIn(error: unknown): string | undefined {
  return error === undefined || error === null ? undefined : requireText('error', error)
}

function requireText(member: string, value: unknown): string {
  if (typeof value !== 'string') throw new Error(`its ${member} is not a text`)
  return value
}

/** A list is several arguments. */
function argumentsOf(content: string | Buffer | undefined, kind: ContentKind | undefined): readonly unknown[] {
  if (content === undefined) return []
  const value = jsonOf(content, kind)
  return Array.isArray(value) ? value : [value]
}

export const protocol: Protocol = {
  name: 'signalr',
  topics: false,
  open(connection, options) {
    requireOptions('the protocol signalr', options, { method: TEXT, streams: TEXTS, keepAlive: KEEP_ALIVE })
    return new SignalRSession(connection, options)
  },
}

/** GraphQL over WebSocket (PROTOCOL.md of enisdenjo/graphql-ws): the results of operations are received. */

import type * as GraphQLWS from 'graphql-ws/client'
import { NAME, OBJECT, requireOptions } from '../arguments'
import { UsageError } from '../errors'
import { stringifyExactly } from '../json/exact-number'
import { isObject } from '../json/json-value'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
  textOf,
} from '../protocol/json-content'
import { optionalPackage } from '../protocol/optional-package'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import {
  asObject,
  type GraphQLOptions,
  isGraphQL,
  isMap,
  isOperation,
  isSubscription,
  NAMED_OPERATIONS,
  nameIn,
  nameOf,
  OPERATION,
  OPERATIONS,
  type Operation,
  topicOf,
  unknownName,
} from '../protocol-frames/graphql-operations'
import { excerpt, quoted } from '../text/excerpt'
import { ended } from '../text/grammar'

// The package's main module would need the package graphql, too.
const { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, validateMessage } = optionalPackage<typeof GraphQLWS>(
  'graphql-ws',
  'graphql-ws',
  () => require('graphql-ws/client'),
)

/** What is known of an operation that is not complete. */
interface OpenOperation {
  /** The name, if it has one. */
  readonly event?: string | undefined
  /** As a sentence has subscribed to it. */
  readonly topic?: string | undefined
}

/** An operation of which results may be in flight. */
interface LeftOperation extends OpenOperation {
  /** How many results may still come: any number, which are ignored, until the server has read it; then one, which is received. */
  readonly late: number
}

/** A subscription of which it is not known whether the server takes it. */
interface Unconfirmed {
  confirmed(): void
  refused(error: Error): void
}

class GraphQLSession implements ProtocolSession {
  private isAcknowledged = false
  /** The operations that the client has completed, or could not begin, by their ids, until the server has completed them, too. */
  private readonly left = new Map<string, LeftOperation>()
  /** The subscriptions that the server may still refuse, by their ids. */
  private readonly unconfirmed = new Map<string, Unconfirmed>()
  /** The topics of subscriptions that the server has ended, and the client has not: it may, once. */
  private readonly endedTopics = new Set<string>()
  private lastId = 0
  /** What is to be done when the server has answered them, the earliest first. */
  private readonly pings: (() => void)[] = []
  /** The operations that are not complete, by their ids. */
  private readonly open = new Map<string, OpenOperation>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: GraphQLOptions,
  ) {
    for (const each of options.subscribe ?? []) if (typeof each === 'string') this.requireKnown(each)
  }

  start(): void {
    this.write({ type: MessageType.ConnectionInit, payload: this.options.payload })
  }

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const message = validateMessage(parseFrame(textOf(frame)))
    switch (message.type) {
      case MessageType.ConnectionAck:
        this.acknowledged()
        break
      case MessageType.Ping:
        this.write({ type: MessageType.Pong, payload: message.payload })
        break
      case MessageType.Pong:
        this.pings.shift()?.()
        break
      case MessageType.Next:
        yield* this.result(message.id, requireResult(message.payload))
        break
      case MessageType.Error:
        if (!message.payload.every(isError)) throw new Error(NO_ERRORS)
        yield* this.failed(message.id, contentOf(message.payload))
        break
      case MessageType.Complete:
        this.confirm(message.id)
        if (!this.endedByServer(message.id) && !this.left.delete(message.id)) throw unknownId(message.id)
        break
      default:
        throw new Error(`only clients send ${message.type}`)
    }
  }

  send(content: string | Buffer, kind?: ContentKind): string {
    const value = jsonOf(content, kind)
    return this.begin(isOperation(value) ? value : this.withVariables(this.operationToSend(), value))
  }

  publish(topic: string, content: string | Buffer, kind?: ContentKind): void {
    this.call(topic, content, kind)
  }

  call(name: string, content: string | Buffer | undefined, kind?: ContentKind): string {
    const operation = this.operation(name)
    const topic = this.topicOfResults(operation, name)
    const value = content === undefined ? undefined : jsonOf(content, kind)
    return this.begin(content === undefined ? operation : this.withVariables(operation, value), topic)
  }

  subscribe(topic: string): Promise<void> {
    const name = topicOf(topic, this.options)
    const id = this.begin(this.operation(topic), name)
    return new Promise((confirmed, refused) => {
      this.unconfirmed.set(id, { confirmed, refused })
      this.whenRead(() => this.confirm(id))
    })
  }

  private confirm(id: string): void {
    this.unconfirmed.get(id)?.confirmed()
    this.unconfirmed.delete(id)
  }

  unsubscribe(topic: string): Promise<void> {
    const name = topicOf(topic, this.options)
    const ended = [...this.open].filter(([, operation]) => operation.topic === name)
    const wasEnded = this.endedTopics.delete(name)
    if (ended.length === 0 && !wasEnded) throw new Error('it has not subscribed to it')
    for (const [id] of ended) {
      this.write({ type: MessageType.Complete, id })
      this.leave(id, Number.POSITIVE_INFINITY)
    }
    return new Promise((resolve) => {
      this.whenRead(() => {
        for (const [id, operation] of ended) if (this.left.has(id)) this.left.set(id, { ...operation, late: 1 })
        resolve()
      })
    })
  }

  /** @param late how many of its results may still come */
  private leave(id: string, late: number): void {
    this.left.set(id, { ...(this.open.get(id) as OpenOperation), late })
    this.open.delete(id)
  }

  /**
   * Calls back when the server has read what was written before. It does not confirm it, but it answers a ping that came after it; the
   * answer to a second one comes when the server has also done what it does a moment later, such as to refuse a subscription.
   */
  private whenRead(read: () => void): void {
    const ping = (answered: () => void) => {
      this.write({ type: MessageType.Ping })
      this.pings.push(answered)
    }
    ping(() => ping(read))
  }

  private *failed(id: string, content: string): Generator<DecodedMessage> {
    if (this.refuse(id, content)) this.open.delete(id)
    else {
      const operation = this.take(id)
      if (operation) yield messageOf(id, operation, { content, isError: true })
      this.endedByServer(id)
    }
    this.left.delete(id)
  }

  /** The server ends an operation; tells whether it was open. */
  private endedByServer(id: string): boolean {
    const { topic } = this.open.get(id) ?? {}
    if (topic !== undefined) this.endedTopics.add(topic)
    return this.open.delete(id)
  }

  private *result(id: string, result: JsonObject): Generator<DecodedMessage> {
    // What could not begin has errors alone; the server completes it.
    if (result.data === undefined && this.refuse(id, contentOf(result.errors))) {
      this.leave(id, 0)
      return
    }
    // What has results, or an end, has begun: it cannot be refused any more.
    this.confirm(id)
    const operation = this.take(id)
    if (operation) yield* messagesOf(id, operation, result)
  }

  /** Whether it was a subscription that the server might still refuse. */
  private refuse(id: string, reason: string): boolean {
    this.unconfirmed.get(id)?.refused(new Error(reason))
    return this.unconfirmed.delete(id)
  }

  close(): void {
    for (const id of this.open.keys()) this.write({ type: MessageType.Complete, id })
  }

  private acknowledged(): void {
    if (this.isAcknowledged) throw new Error('the server has acknowledged the connection before')
    this.isAcknowledged = true
    const { subscribe = [], operations = {} } = this.options
    for (const each of subscribe) {
      const name = typeof each === 'string' && Object.hasOwn(operations, each) ? each : undefined
      const operation = name === undefined ? asObject(each) : this.operation(name)
      this.begin(operation, this.topicOfResults(operation, name))
    }
    this.connection.opened()
  }

  /** @throws UsageError for an option that is neither a name nor an operation */
  private requireKnown(name: string): void {
    try {
      this.operation(name)
    } catch (error) {
      const { message } = error as Error
      throw new UsageError(`The option subscribe of the protocol graphql-ws has ${quoted(name)}: ${ended(message)}`)
    }
  }

  /** The operation of a name, or one that is written itself. */
  private operation(name: string): Operation {
    const { operations = {} } = this.options
    if (Object.hasOwn(operations, name)) return asObject(operations[name] as string | Operation)
    if (isGraphQL(name)) return asObject(name)
    throw unknownName(this.options)
  }

  /** Of a subscription that has a name in the settings, as if a sentence had subscribed to it. */
  private topicOfResults(operation: Operation, name = ''): string | undefined {
    if (!isSubscription(operation)) return undefined
    return Object.hasOwn(this.options.operations ?? {}, name) ? name : nameIn(this.options, operation)
  }

  private operationToSend(): Operation {
    const { send } = this.options
    if (send === undefined) {
      throw new Error(
        'it is not JSON with a `query`, and no setting says which operation it is for: ' +
          "write protocol: { name: 'graphql-ws', send: 'mutation ($text: String!) { say(text: $text) }' }",
      )
    }
    return asObject(send)
  }

  /** An operation with the content as its variables. */
  private withVariables(operation: Operation, value: unknown): Operation {
    const { variable } = this.options
    const variables = variable === undefined && isObject(value) ? value : { [variable ?? 'text']: value }
    return { ...operation, variables: { ...operation.variables, ...variables } }
  }

  /** @returns its id */
  private begin(operation: Operation, topic?: string): string {
    const id = String(++this.lastId)
    this.open.set(id, { event: nameOf(operation), topic })
    this.write({ type: MessageType.Subscribe, id, payload: operation })
    return id
  }

  /**
   * The operation of a result; undefined where it is to be ignored.
   * @throws Error if there is none of which one may come
   */
  private take(id: string): OpenOperation | undefined {
    const operation = this.open.get(id)
    if (operation) return operation
    const left = this.left.get(id)
    if (!left || left.late === 0) throw unknownId(id)
    this.left.set(id, { ...left, late: left.late - 1 })
    return left.late === 1 ? left : undefined
  }

  private write(message: JsonObject): void {
    this.connection.send(stringifyExactly(message))
  }
}

/** A result may have both errors, and what could be found out nevertheless. */
function* messagesOf(id: string, operation: OpenOperation, { data, errors }: JsonObject): Generator<DecodedMessage> {
  const members = isObject(data) ? Object.entries(data) : []
  const field = members.length === 1 ? members[0] : undefined
  const hasErrors = Array.isArray(errors) && errors.length > 0
  if (hasErrors) yield messageOf(id, operation, { content: contentOf(errors), isError: true }, field?.[0])
  if (hasErrors && members.every(([, value]) => value === null)) return
  yield messageOf(id, operation, decodedValue(field ? field[1] : data), field?.[0])
}

function messageOf(id: string, operation: OpenOperation, message: DecodedMessage, field?: string): DecodedMessage {
  const { event = field, topic } = operation
  return { ...message, ...(event !== undefined && { event }), ...(topic !== undefined && { topic }), answerTo: id }
}

const NO_ERRORS = 'its errors are not a list of objects with a text "message"'

/** @throws Error for what is not a response of GraphQL (its specification, section 7.1) */
function requireResult(payload: unknown): JsonObject {
  const result = requireObject(payload)
  const { data, errors } = result
  // Beside data, servers write what is empty where they should leave it out.
  const listed = errors ?? []
  if (data === undefined && isEmpty(listed)) throw new Error('it has neither data nor errors')
  if (!isMap(data)) throw new Error('its data are not an object')
  if (!Array.isArray(listed) || !listed.every(isError)) throw new Error(NO_ERRORS)
  return result
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0
}

function isError(value: unknown): boolean {
  return isObject(value) && typeof value.message === 'string'
}

function unknownId(id: string): Error {
  return new Error(`no operation of the client has the id ${excerpt(id)}`)
}

export const protocol: Protocol = {
  name: 'graphql-ws',
  topicOf(topic, options: GraphQLOptions) {
    if (!isGraphQL(topic) && !Object.hasOwn(options.operations ?? {}, topic)) throw unknownName(options)
    return topicOf(topic, options)
  },
  subprotocols: [GRAPHQL_TRANSPORT_WS_PROTOCOL],
  open(connection, options) {
    requireOptions('the protocol graphql-ws', options, {
      ...{ payload: OBJECT, subscribe: OPERATIONS, send: OPERATION, variable: NAME, operations: NAMED_OPERATIONS },
    })
    return new GraphQLSession(connection, options)
  },
}

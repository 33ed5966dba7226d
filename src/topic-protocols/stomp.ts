/** STOMP 1.2: the messages of destinations are received. */

import { FLAG, type Kind, NAME, requireOptions } from '../arguments'
import { wellFormed } from '../protocol/binary-content'
import { Confirmations } from '../protocol/confirmations'
import { intervalUpTo } from '../protocol/interval'
import { decodeEach } from '../protocol/json-content'
import type { DecodedMessage, Protocol, ProtocolConnection, ProtocolSession } from '../protocol/protocol'
import { textOrBytes } from '../protocol/text-or-bytes'
import { decodeFrame, encodeFrame, type StompFrame, StompReader } from '../protocol-frames/stomp-frames'
import { parseDuration } from '../time/duration'

interface StompOptions {
  readonly login?: string
  readonly passcode?: string
  /** The virtual host. Default: the host of the address. */
  readonly host?: string
  /** How often a client sends a heart-beat, and wants to get one. Default 10 s; 0 for none. */
  readonly heartbeat?: string | number
  /** What the server has to confirm. Default: what subscribes; true: what is sent, too; false: nothing. */
  readonly receipts?: boolean
  /** The destinations that a client subscribes to before it counts as connected. */
  readonly subscribe?: readonly string[]
  /** The destination of what `sends` sends. */
  readonly send?: string
}

const VERSIONS: readonly string[] = ['1.1', '1.2']

/** The server may be silent for twice as long. */
const HEARTBEAT = intervalUpTo('12 days', { mayBeNone: true })
/** The first frame has no escapes. */
const LINE: Kind = {
  words: 'a text in UTF-8 without line breaks',
  accepts: (value) => typeof value === 'string' && value.isWellFormed() && !/[\r\n\0]/.test(value),
}
const DESTINATION: Kind = {
  words: 'a text in UTF-8 with something in it',
  accepts: (value) => NAME.accepts(value) && (value as string).isWellFormed(),
}
const DESTINATIONS: Kind = {
  words: 'a list of destinations, such as ["/topic/house"], in UTF-8',
  accepts: (value) => Array.isArray(value) && value.every(DESTINATION.accepts),
}

class StompSession implements ProtocolSession {
  private readonly frames: StompReader
  /** In ms. */
  private readonly heartbeat: number
  private isConnected = false
  /** Whether the subscriptions of the settings are confirmed, too. */
  private isOpen = false
  private lastId = 0
  private readonly confirmations = new Confirmations()
  /** The receipts that have not come. */
  private readonly awaited = new Set<string>()
  /** Destinations, by the ids of the subscriptions. */
  private readonly subscriptions = new Map<string, string>()
  /** The receipts of those that have ended, and for all that is known the server has not read it: it may send more. */
  private readonly left = new Set<string>()

  constructor(
    private readonly connection: ProtocolConnection,
    private readonly options: StompOptions,
  ) {
    this.heartbeat = Math.ceil(parseDuration(options.heartbeat ?? '10s'))
    this.frames = new StompReader(connection.maxMessageBytes)
  }

  start(): void {
    const { login, passcode, host = new URL(this.connection.url).hostname } = this.options
    const heartbeat = `${this.heartbeat},${this.heartbeat}`
    this.write('CONNECT', { 'accept-version': VERSIONS.join(), host, login, passcode, 'heart-beat': heartbeat })
  }

  *received(frame: string | Buffer): Generator<DecodedMessage> {
    const chunk = typeof frame === 'string' ? Buffer.from(frame) : frame
    yield* decodeEach(this.frames.read(chunk), textOrBytes, (bytes) => this.read(decodeFrame(bytes)))
  }

  *ended(): Generator<DecodedMessage> {
    const rest = this.frames.rest()
    if (rest.length > 0) yield { content: textOrBytes(rest), problem: 'the frame has not ended' }
  }

  get topic(): string | undefined {
    return this.options.send
  }

  send(content: string | Buffer): unknown {
    const { send } = this.options
    if (send === undefined) {
      throw new Error(
        "no setting says which destination it is for: write protocol: { name: 'stomp', send: '/topic/house' }, " +
          'or name it, as in publishes "Hello" to "/topic/house"',
      )
    }
    return this.publish(send, content)
  }

  publish(destination: string, content: string | Buffer): unknown {
    const type = Buffer.isBuffer(content) ? 'application/octet-stream' : undefined
    return this.ask(this.options.receipts === true, 'SEND', { destination, 'content-type': type }, { body: content })
  }

  subscribe(destination: string): unknown {
    const id = String(++this.lastId)
    this.subscriptions.set(id, wellFormed(destination))
    const receipt = beginningOf(id)
    return this.ask(this.options.receipts !== false, 'SUBSCRIBE', { id, destination, ack: 'auto' }, { receipt })
  }

  unsubscribe(destination: string): unknown {
    const ids = [...this.subscriptions].filter(([, subscribed]) => subscribed === destination).map(([id]) => id)
    if (ids.length === 0) throw new Error('it has not subscribed to it')
    const confirmed = ids.map((id) => {
      const receipt = endOf(id)
      this.subscriptions.delete(id)
      this.left.add(receipt)
      return this.ask(this.options.receipts !== false, 'UNSUBSCRIBE', { id }, { receipt })
    })
    return Promise.all(confirmed)
  }

  close(): void {
    this.write('DISCONNECT', {})
  }

  private *read(frame: StompFrame): Generator<DecodedMessage> {
    const { command, headers, body } = frame
    switch (command) {
      case 'CONNECTED':
        this.connected(headers.get('version') ?? '1.0', headers.get('heart-beat'))
        break
      case 'MESSAGE':
        this.requireSubscription(required(headers, 'subscription'))
        required(headers, 'message-id')
        yield { content: this.connection.textOrBytes(body), topic: required(headers, 'destination') }
        break
      case 'RECEIPT':
        this.confirmed(required(headers, 'receipt-id'))
        break
      case 'ERROR':
        yield* this.failed(frame)
        break
      default:
        throw new Error(`servers do not send ${command}`)
    }
  }

  /** @throws Error if the client has none of this id */
  private requireSubscription(id: string): void {
    if (this.subscriptions.has(id) || this.left.has(endOf(id))) return
    throw new Error('it is of no subscription of the client')
  }

  private confirmed(receipt: string): void {
    this.confirmations.confirm(receipt)
    this.awaited.delete(receipt)
    this.left.delete(receipt)
    this.openOnceConfirmed()
  }

  private connected(version: string, heartbeat = '0,0'): void {
    if (this.isConnected) throw new Error('the server has connected the client before')
    if (!VERSIONS.includes(version)) {
      this.connection.refused(`the server speaks STOMP ${version}, and the client ${VERSIONS.join(' and ')}`)
      return
    }
    if (!/^\d{1,9},\d{1,9}$/.test(heartbeat)) {
      throw new Error(`its heart-beat is ${JSON.stringify(heartbeat)}, not two numbers of ms`)
    }
    this.isConnected = true
    this.beginHeartbeats(...(heartbeat.split(',').map(Number) as [number, number]))
    for (const destination of this.options.subscribe ?? []) this.subscribe(destination)
    this.openOnceConfirmed()
  }

  /** In each direction as often as the one can, and the other wants; in ms, 0 for not at all. */
  private beginHeartbeats(promised: number, wanted: number): void {
    if (this.heartbeat === 0) return
    if (wanted > 0) this.connection.every(Math.max(this.heartbeat, wanted), () => this.connection.send('\n'))
    if (promised > 0) this.connection.idleTimeout(2 * Math.max(this.heartbeat, promised))
  }

  private openOnceConfirmed(): void {
    if (this.isOpen || this.awaited.size > 0) return
    this.isOpen = true
    this.connection.opened()
  }

  /** The server does not do what the client has asked it for, or ends the conversation. */
  private *failed({ headers, body }: StompFrame): Generator<DecodedMessage> {
    const text = textOrBytes(body)
    const content = [headers.get('message') ?? '', String(text)].filter(Boolean).join('\n')
    // Some servers do not say which frame it is about.
    const [only = ''] = this.awaited.size === 1 ? this.awaited : []
    const receipt = headers.get('receipt-id') ?? only
    const isRefusal = this.awaited.delete(receipt)
    if (isRefusal) {
      this.confirmations.refuse(receipt, content)
      for (const id of this.subscriptions.keys()) if (beginningOf(id) === receipt) this.subscriptions.delete(id)
    }
    if (!this.isOpen) return this.connection.refused(content)
    yield { content, event: 'ERROR', isError: true }
    // RabbitMQ refuses what a client asks for, and goes on.
    if (!isRefusal) this.connection.closed(content)
  }

  /** Sends a frame, which the server is to confirm or not. */
  private ask(
    isConfirmed: boolean,
    command: string,
    headers: Readonly<Record<string, string | undefined>>,
    { body, receipt = `receipt-${++this.lastId}` }: { body?: string | Buffer; receipt?: string } = {},
  ): Promise<void> | undefined {
    if (!isConfirmed) {
      this.write(command, headers, body)
      return undefined
    }
    this.write(command, { ...headers, receipt }, body)
    this.awaited.add(receipt)
    return this.confirmations.wait(receipt)
  }

  private write(command: string, headers: Readonly<Record<string, string | undefined>>, body?: string | Buffer): void {
    this.connection.send(encodeFrame(command, headers, body))
  }
}

/** What confirms a subscription. */
function beginningOf(id: string): string {
  return `beginning-of-${id}`
}

/** What confirms that the server has read the end of a subscription. */
function endOf(id: string): string {
  return `end-of-${id}`
}

function required(headers: ReadonlyMap<string, string>, name: string): string {
  const value = headers.get(name)
  if (value === undefined) throw new Error(`it has no header ${name}`)
  return value
}

export const protocol: Protocol = {
  name: 'stomp',
  isVerbatim: true,
  events: ['ERROR'],
  subprotocols: ['v12.stomp', 'v11.stomp'],
  open(connection, options) {
    requireOptions('the protocol stomp', options, {
      ...{ login: LINE, passcode: LINE, host: LINE, heartbeat: HEARTBEAT, receipts: FLAG },
      ...{ subscribe: DESTINATIONS, send: DESTINATION },
    })
    return new StompSession(connection, options)
  },
}

/** A server in memory: what the tests of the core talk to, where every event happens when the test says so. */

import type { Address, Closing, Connect, Connection, ConnectionListener } from '../src/conversation/connection'
import { Conversation, type Ports, type Terms } from '../src/conversation/conversation'
import type { Files } from '../src/conversation/files'

/** One client's connection: what the client did with it, and what the server can do to it. */
export class FakeConnection implements Connection {
  readonly sent: (string | Buffer)[] = []
  pings = 0
  pinged = ''
  /** With what the client began the closing handshake. */
  closing: Partial<Closing> | undefined
  wasCut = false
  /** Whether the server answers a closing handshake. */
  answersClosing = true
  /** Bytes that wait until the server reads. */
  backlog = 0
  /** What becomes of each message that the client sends. */
  sending: (data: string | Buffer) => Promise<void> = async () => {}

  constructor(
    readonly address: Address,
    private readonly client: ConnectionListener,
  ) {}

  send(data: string | Buffer): Promise<void> {
    this.sent.push(data)
    return this.sending(data)
  }

  ping(payload: string): void {
    this.pings++
    this.pinged = payload
  }

  close(code?: number, reason?: string): void {
    this.closing = { ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) }
    if (this.answersClosing) queueMicrotask(() => this.closes(code, reason))
  }

  cut(): void {
    this.wasCut = true
  }

  accepts(subprotocol = ''): void {
    this.client.opened(subprotocol)
  }

  refuses(status: number, statusText = '', body = ''): void {
    this.client.refused(status, statusText, body)
  }

  says(...messages: (string | Buffer)[]): void {
    for (const message of messages) this.client.received(message)
  }

  pongs(payload = this.pinged): void {
    this.client.ponged(payload)
  }

  closes(code = 1005, reason = ''): void {
    this.client.closed({ code, reason })
  }

  fails(problem: string, code?: string): void {
    this.client.failed(problem, code)
  }
}

/** Lets in whoever comes, unless a test says otherwise. */
export class FakeServer {
  readonly connections: FakeConnection[] = []
  welcome = (connection: FakeConnection): void => connection.accepts()

  readonly connect: Connect = (address, _limits, listener) => {
    const connection = new FakeConnection(address, listener)
    this.connections.push(connection)
    queueMicrotask(() => this.welcome(connection))
    return connection
  }

  /** The latest connection of the client of that name. */
  to(name: string): FakeConnection {
    const connection = this.connections.findLast(
      ({ address }) => new URL(address.url).searchParams.get('name') === name,
    )
    if (!connection) throw new Error(`${name} never connected.`)
    return connection
  }
}

/** Terms on which nothing is waited for in vain for long, where a test does not say so. */
export function terms(url: string, changes: Partial<Terms> = {}): Terms {
  return {
    tls: {},
    server: { url, headers: {}, subprotocols: [] },
    phrases: {},
    timeout: 5000,
    quiet: 10,
    maxMessageBytes: 1000,
    closeGrace: 20,
    messages: 'messages',
    ignore: [],
    redact: [],
    report: { diagram: 'always', transcript: 'always', mermaid: 'never' },
    programs: {},
    commands: {},
    ...changes,
  }
}

const no = () => Promise.reject(new Error('there is nothing but sockets'))

/** Sockets alone, without files and requests. */
export function portsOf(connect: Connect): Ports {
  const programs = { start: no, run: no, stop: async () => {}, fallen: async () => [] }
  return { connect, files: noFiles, request: no, programs }
}

/** A conversation with a server in memory, at `ws://server/?name=Rob`. */
export function converse(changes: Partial<Terms> = {}): { server: FakeServer; conversation: Conversation } {
  const server = new FakeServer()
  return {
    server,
    conversation: new Conversation(terms('ws://server/?name=${client}', changes), portsOf(server.connect)),
  }
}

/** A project without files. */
export const noFiles: Files = {
  read: (path) => {
    throw new Error(`no file ${path}`)
  },
  message: (name) => {
    throw new Error(`no message ${name}`)
  },
}

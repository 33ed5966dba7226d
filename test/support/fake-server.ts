/** A server in memory: what the tests of the core talk to, where every event happens when the test says so. */

import type {
  CloseInfo,
  Connection,
  ConnectionListener,
  ConnectionTarget,
  OpenConnection,
} from '../../src/connection/connection'
import { Conversation } from '../../src/conversation/conversation'
import type { ResolvedSettings } from '../../src/conversation-state/resolved-settings'
import type { Transports } from '../../src/conversation-state/transports'
import type { ProjectFiles } from '../../src/messages/project-files'
import type { Programs } from '../../src/processes/programs'
import { lazyProtocols } from '../../src/transport/lazy-transports'

/** One client's connection: what the client did with it, and what the server can do to it. */
export class FakeConnection implements Connection {
  destination = ''
  readonly sent: (string | Buffer)[] = []
  pings = 0
  pinged = ''
  /** With what the client began the closing handshake. */
  closeFrame: Partial<CloseInfo> | undefined
  wasTerminated = false
  /** Whether the server answers a closing handshake. */
  answersClosing = true
  /** With what the server closes the connection by itself, just when the client closes it. */
  closesInstead: CloseInfo | undefined
  /** Whether something waits until the server reads. */
  hasUnsent = false
  /** Whether something has arrived that it has not reported. */
  isBehind = false
  /** What becomes of each message that the client sends. */
  sending: (data: string | Buffer) => Promise<void> = async () => {}
  /** Takes over what could be done in pieces; otherwise it is done at once. */
  doInPieces?: (pieces: Iterator<unknown>) => void

  constructor(
    readonly target: ConnectionTarget,
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
    this.closeFrame = { ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) }
    const { closesInstead } = this
    if (closesInstead) queueMicrotask(() => this.closes(closesInstead.code, closesInstead.reason))
    else if (this.answersClosing) queueMicrotask(() => this.closes(code, reason))
  }

  terminate(): void {
    this.wasTerminated = true
  }

  accepts(subprotocol = ''): void {
    this.client.opened(subprotocol)
  }

  responds(headers: Readonly<Record<string, string>>): void {
    this.client.responded(headers)
  }

  refuses(status: number, statusText = '', body = ''): void {
    this.client.refused({ status, statusText, body })
  }

  sends(...messages: (string | Buffer)[]): void {
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

/** Accepts every connection, unless a test says otherwise. */
export class FakeServer {
  readonly connections: FakeConnection[] = []
  onConnection = (connection: FakeConnection): void => connection.accepts()

  readonly openConnection: OpenConnection = (target, _limits, listener) => {
    const connection = new FakeConnection(target, listener)
    this.connections.push(connection)
    queueMicrotask(() => this.onConnection(connection))
    return connection
  }

  /** The latest connection of the client of that name. */
  to(name: string): FakeConnection {
    const connection = this.connections.findLast(({ target }) => new URL(target.url).searchParams.get('name') === name)
    if (!connection) throw new Error(`${name} never connected.`)
    return connection
  }
}

/** Settings with a short quiet time, unless a test changes them. */
export function resolvedSettings(url: string, changes: Partial<ResolvedSettings> = {}): ResolvedSettings {
  return {
    tls: {},
    proxy: false,
    compression: false,
    redirects: 0,
    protocol: undefined,
    protocols: {},
    server: { url, headers: {}, subprotocols: [] },
    phrases: {},
    timeout: 5000,
    quiet: 10,
    maxMessageBytes: 1000,
    closeGrace: 20,
    scenarioTimeout: undefined,
    pauseBetweenScenarios: 0,
    messages: 'messages',
    type: 'type',
    correlation: undefined,
    token: undefined,
    ignore: [],
    redact: [],
    report: { diagram: 'always', transcript: 'always', mermaid: 'never', frames: false },
    asyncapi: [],
    programs: {},
    commands: {},
    ...changes,
  }
}

const unavailable = () => Promise.reject(new Error('there is nothing but sockets'))

/** Sockets alone, without files and requests. */
export function transportsOf(openConnection: OpenConnection): Transports {
  const programs: Programs = {
    start: unavailable,
    run: unavailable,
    end: unavailable,
    startAgain: unavailable,
    requireRunning: unavailable,
    requirePrinted: unavailable,
    serves: () => true,
    isListening: unavailable,
    freePort: unavailable,
    stop: async () => {},
    takeCrashes: async () => [],
    untilIdle: async () => {},
  }
  return {
    openConnection,
    speaking: lazyProtocols(openConnection, {}, noFiles),
    files: noFiles,
    sendRequest: unavailable,
    programs,
    schemaTexts: new Map(),
  }
}

/** A conversation with a server in memory, at `ws://server/?name=Rob`. */
export function startConversation(changes: Partial<ResolvedSettings> = {}): {
  server: FakeServer
  conversation: Conversation
} {
  const server = new FakeServer()
  return {
    server,
    conversation: new Conversation(
      resolvedSettings('ws://server/?name=${client}', changes),
      transportsOf(server.openConnection),
    ),
  }
}

/** A project without files. */
export const noFiles: ProjectFiles = {
  read: (path) => {
    throw new Error(`no file ${path}`)
  },
  message: (name) => {
    throw new Error(`no message ${name}`)
  },
}

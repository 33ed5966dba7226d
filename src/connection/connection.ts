/** The port to a transport: what a connection can do, and what it reports. */

import type { Coding, ContentKind, MessageAddress, MessageDetails } from '../message-details'

/** Where and as whom to connect. */
export interface ConnectionTarget {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly subprotocols: readonly string[]
}

/** What the setting `protocol` has beside its name. */
export type ProtocolOptions = Readonly<Record<string, unknown>>

/** Fills the client's variables into the options of its protocol. */
export type FillOptions = (options: ProtocolOptions) => ProtocolOptions

/**
 * The certificates of secure connections and requests: each a file's path, relative to the project, or the PEM itself.
 * @example const tls: TlsSettings = { ca: 'certificates/ca.pem' }
 */
export interface TlsSettings {
  /** Of the authorities that are trusted, instead of those that Node knows. */
  readonly ca?: string | readonly string[]
  /** Of the clients, with what it is signed by after it; needs the key. */
  readonly cert?: string
  /** The private key of `cert`, without a passphrase. */
  readonly key?: string
  /** Whether a server whose certificate is not trusted is refused. Default `true`. */
  readonly rejectUnauthorized?: boolean
}

/** What a transport has to keep to. */
export interface ConnectionLimits {
  /** The largest message that is taken in, in bytes. */
  readonly maxMessageBytes: number
  /** How long the peer has to answer a closing handshake before it is terminated, in ms. */
  readonly closeGrace: number
}

/** What a request is known by, and its answer has as `answerTo`. */
export type RequestId = string | number

export function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || typeof value === 'number'
}

/** An open, or opening, connection. None of its methods throws; what goes wrong is reported to the listener. */
export interface Connection {
  /**
   * Resolves when the message is handed to the network, and where a protocol has the server confirm it, when it has been
   * confirmed; rejects with the reason why it could not be.
   * @param address in a protocol that has topics or events
   * @returns its `RequestId`, in a protocol that tells answers; otherwise anything else
   */
  send(data: string | Buffer, address?: MessageAddress): Promise<unknown>
  /** Whether something that was sent has not been read, or not been confirmed, by the server. */
  readonly hasUnsent: boolean
  /** Who has to answer before the server can: a proxy. */
  readonly awaited?: string | undefined
  /** Where its handshake was redirected to; undefined or empty where it was not. */
  readonly destination?: string | undefined
  /** Why the protocol cannot read what the server has said before the client counts as connected. */
  readonly unreadable?: string | undefined
  /** Whether something has arrived that has not been reported, such as messages or its end. */
  readonly isBehind: boolean
  /** How content travels; undefined without a protocol, where it is verbatim. */
  readonly coding?: Coding
  /** The topic to which goes what names none; undefined where there is none. */
  readonly topic?: string | undefined
  /** What a client can do beside sending; undefined without a protocol. */
  readonly actions?: ProtocolActions
  /** @param payload comes back in the pong */
  ping(payload: string): void
  /** Begins the closing handshake (RFC 6455, section 7). */
  close(code?: number, reason?: string): void
  /** Closes the connection without a closing handshake. */
  terminate(): void
  /** Reports what has been received and has not ended, before the client ends the connection itself; undefined where there is none. */
  showRest?(): void
  /**
   * Does something in pieces before it reports what comes next: in later turns of the event loop, if it takes long. Where a transport
   * has no turns, all is done at once.
   */
  doInPieces?(pieces: Iterator<unknown>): void
}

/** What the server has refused, in the words of the protocol. */
export class RefusedError extends Error {}

/** What a client does in a protocol; each promise rejects if the protocol does not know it, or the server refuses it. */
export interface ProtocolActions {
  subscribe(topic: string): Promise<void>
  unsubscribe(topic: string): Promise<void>
  /** Resolves to what the answer to it has as `answerTo`. */
  callMethod(method: string, content?: string | Buffer, kind?: ContentKind): Promise<RequestId>
}

/**
 * How a connection was closed.
 * @example const kicked: CloseInfo = { code: 4001, reason: 'Kicked' }
 */
export interface CloseInfo {
  /** The close code (RFC 6455, section 7.4); 1005 without one, 1006 without a closing handshake. */
  readonly code: number
  /** At most 123 bytes; empty without one. */
  readonly reason: string
}

/** How a server refused a client: by an HTTP status instead of the handshake, or in the words of a protocol after it. */
export interface Refusal {
  /** Undefined if the handshake succeeded, and the protocol refused. */
  readonly status: number | undefined
  readonly statusText: string
  /** The beginning of its answer, as the server sent it. */
  readonly body: string
  /** Where it was redirected to before, as it follows the address. */
  readonly redirection?: string
  /** Why a redirect was not followed, in words. */
  readonly problem?: string | undefined
}

/** What happens to a frame, as the transcript tells it. */
export type FrameKind = 'sends a frame' | 'receives a frame'

/** What a connection reports, in the order in which it happens. After `closed`, `refused` or `failed` nothing follows. */
export interface ConnectionListener {
  /** The headers of the server's response to the handshake, whatever it is; several of one name are joined. */
  responded(headers: Readonly<Record<string, string>>): void
  /** @param notes what the connection has beside its address, in words that follow it: ` with permessage-deflate` */
  opened(subprotocol: string, notes?: string): void
  received(data: string | Buffer, details?: MessageDetails): void
  /** A protocol has sent or received a frame, whatever is in it; without a protocol each frame is a message. */
  framed?(kind: FrameKind, frame: string | Buffer): void
  ponged(payload: string): void
  /**
   * Also with 1005 if the server just hangs up when the client closes the connection.
   * @param error what the server has reported before, in the words of the protocol
   */
  closed(info: CloseInfo, error?: string): void
  refused(refusal: Refusal): void
  /**
   * It could not be made, or the server broke the protocol; the problem in words, and the system's or library's code.
   * A connection that is just gone is `closed` with 1006.
   */
  failed(problem: string, code?: string): void
}

/**
 * How the content of messages travels: the name of a codec, or its name and options.
 * @example const codec: CodecSetting = { name: 'ndjson', separator: '\u001e' }
 */
export type CodecSetting = string | { readonly name: string; readonly [option: string]: unknown }

/**
 * Which protocol clients speak: its name, or its name and options. With a `codec` and without a name there is no protocol. One of
 * the setting `protocols` that has an `address` is spoken by clients that connect there, or below it.
 * @example const protocol: ProtocolSetting = { name: 'signalr', method: 'SendMessage' }
 */
export type ProtocolSetting =
  | string
  | {
      readonly name?: string
      readonly codec?: CodecSetting
      readonly address?: string
      readonly [option: string]: unknown
    }

/** A protocol that clients can speak. */
export interface SpokenProtocol {
  readonly openConnection: OpenConnection
  /**
   * Why its messages cannot have topics, or events; undefined where they can.
   * @param event one that is to be received
   */
  lack(part: 'topics' | 'events', event?: string): string | undefined
  /**
   * The topic that messages have of which a sentence speaks.
   * @throws Error if no message can have it
   */
  topicOf(topic: string, fillOptions?: FillOptions): string
}

/** Opens a connection; the listener is attached in the same tick, so that nothing is missed. */
export type OpenConnection = (
  target: ConnectionTarget,
  limits: ConnectionLimits,
  listener: ConnectionListener,
  fillOptions?: FillOptions,
) => Connection

/** What a protocol over a WebSocket is: how what is said travels in frames. */

import { FLAG, FUNCTION, type Kind, NAME, OBJECT, requireArgument, TEXTS } from '../arguments'
import type { ContentKind, MessageDetails } from '../message-details'

/**
 * A message as a protocol reads it from a frame: its content, as sentences expect it, and what else the frame tells.
 * @example const welcome: DecodedMessage = { content: '{"text":"Hello"}', event: 'chat' }
 */
export interface DecodedMessage extends MessageDetails {
  /** A text, which may be JSON, or bytes. */
  readonly content: string | Buffer
}

/**
 * The connection of one client, as a protocol uses it.
 * @example const greet = ({ send }: ProtocolConnection) => send('HELLO')
 */
export interface ProtocolConnection {
  /** The address of the server. */
  readonly url: string
  /** The subprotocol that the server has chosen; empty without one. */
  readonly subprotocol: string
  /** The largest message that is taken in, in bytes: what is put together from several frames may not be larger. */
  readonly maxMessageBytes: number
  /**
   * The content that bytes are where the format does not say whether they are a text: a text if they are one in UTF-8, otherwise
   * bytes; always bytes for a codec that reads bytes.
   */
  readonly textOrBytes: (bytes: Buffer) => string | Buffer
  /** Sends a frame. */
  readonly send: (frame: string | Buffer) => void
  /** The client counts as connected from now on; of a session that has `start`. */
  readonly opened: () => void
  /** The server does not want the client, for a reason in its words. */
  readonly refused: (reason: string) => void
  /**
   * The server has ended the conversation, as the protocol says it: the WebSocket is closed, and what the server says after that
   * cannot be read. What a session yields before it calls this is still received.
   * @param error why, if the server has reported an error: one of which no sentence speaks fails the scenario
   */
  readonly closed: (error?: string) => void
  /** Does something again and again, until the connection ends: for heartbeats. */
  readonly every: (ms: number, action: () => unknown) => void
  /**
   * The connection fails if no frame comes for so long: of a server that has promised to show that it is alive. A later call
   * takes the place of an earlier one.
   */
  readonly idleTimeout: (ms: number) => void
}

/**
 * One client's conversation in a protocol; what it does not have, the protocol does not know.
 * @example const plain: ProtocolSession = { received: (frame) => [frame] }
 */
export interface ProtocolSession {
  /**
   * Begins, once the WebSocket is open; the client counts as connected when `opened` is called. Without it, at once: a session
   * that waits for the server to speak first has one that does nothing.
   */
  start?(): unknown
  /**
   * Reads a frame: into no message, one, or several. What it throws is shown beside the frame, which is the message then.
   */
  received(frame: string | Buffer): Iterable<DecodedMessage | string | Buffer>
  /**
   * Sends what a sentence sends to nowhere in particular; returns what its answer is to have as `answerTo`, if it has one. Like
   * what follows, it may return a promise: until it is fulfilled the server has not confirmed it, and if it is rejected the
   * server has refused it.
   * @param kind whether a text is JSON, where the sentence says so: otherwise it is JSON if it looks like an object or a list
   */
  send?(content: string | Buffer, kind?: ContentKind): unknown
  /** The topic to which goes what names none: by it, what is sent is validated against documents. Undefined where there is none. */
  readonly topic?: string | undefined
  /** Sends a message to a topic. */
  publish?(topic: string, content: string | Buffer, kind?: ContentKind): unknown
  /**
   * Sends an event; `content` is undefined for one that says all by its name.
   * @param topic where the protocol has topics, too, and the sentence names one
   */
  emit?(event: string, content: string | Buffer | undefined, topic: string | undefined, kind?: ContentKind): unknown
  /** Calls a method, without content or with it; returns what its answer is to have as `answerTo`. */
  call?(method: string, content: string | Buffer | undefined, kind?: ContentKind): string | number
  /**
   * Answers a request of the server.
   * @param requestId what the message that is answered has as `requestId`
   * @param isError whether the answer is that it has failed
   */
  answer?(requestId: string | number, content: string | Buffer, isError: boolean, kind?: ContentKind): unknown
  /** Asks for the messages of a topic. */
  subscribe?(topic: string): unknown
  /** Asks for no more of them. */
  unsubscribe?(topic: string): unknown
  /** Reads what is left when the server has closed the WebSocket, such as half a record. */
  ended?(): Iterable<DecodedMessage | string | Buffer>
  /** Says goodbye, before the WebSocket is closed. */
  close?(): unknown
}

/**
 * A protocol: `defineProtocol` makes it known.
 * @example const protocol: Protocol = { name: 'plain', open: () => ({ received: (frame) => [frame] }) }
 */
export interface Protocol {
  /** As the settings and sentences write it. */
  readonly name: string
  /** Whether its messages may have a topic: `false` has sentences say so that name one. */
  readonly topics?: boolean
  /** The same of events; a list of those that can be received, where no others can. */
  readonly events?: boolean | readonly string[]
  /** Whether content travels as it is, so that a text in JSON keeps its quotes. */
  readonly isVerbatim?: boolean
  /** Which subprotocols a client offers that names none. */
  readonly subprotocols?: readonly string[]
  /**
   * Completes the address of the handshake, such as with a path or parameters; transcripts and failures show it without them.
   * @param url the address that the scenario says, to be changed
   * @param options what the setting `protocol` has beside its name, with the variables in its texts filled in
   */
  address?(url: URL, options: Readonly<Record<string, unknown>>): void
  /**
   * The topic that messages have of which a sentence speaks, where it may be written in several ways.
   * @param options what the setting `protocol` has beside its name
   * @throws what no message can be on, such as a filter of topics, in words
   */
  topicOf?(topic: string, options: Readonly<Record<string, unknown>>): string
  /**
   * Begins a conversation on a connection whose handshake is done.
   * @param options what the setting `protocol` has beside its name, with the variables in its texts filled in
   */
  open(connection: ProtocolConnection, options: Readonly<Record<string, unknown>>): ProtocolSession
}

const EVENTS: Kind = {
  words: 'true, false or a list of events',
  accepts: (events) => typeof events === 'boolean' || TEXTS.accepts(events),
}

/** Those of the project, by name. */
export const ownProtocols = new Map<string, Protocol>()

/**
 * Makes a protocol known to the setting `protocol` and to the sentence `the server speaks "…"`.
 * @returns the protocol
 * @throws UsageError for what is not a protocol; a later one of the same name takes the place of an earlier one
 * @example
 * defineProtocol({
 *   name: 'lines',
 *   open: ({ send }) => ({
 *     received: (frame) => String(frame).split('\n'),
 *     send: (content) => send(`${content}\n`),
 *   }),
 * })
 */
export function defineProtocol(protocol: Protocol): Protocol {
  requireArgument('defineProtocol', 'protocol', protocol, OBJECT)
  const { name, open, subprotocols = [], address, topicOf, events = true, isVerbatim = false } = protocol
  requireArgument('defineProtocol', 'name', name, NAME)
  requireArgument('defineProtocol', 'open', open, FUNCTION)
  requireArgument('defineProtocol', 'subprotocols', subprotocols, TEXTS)
  requireArgument('defineProtocol', 'events', events, EVENTS)
  requireArgument('defineProtocol', 'isVerbatim', isVerbatim, FLAG)
  if (address !== undefined) requireArgument('defineProtocol', 'address', address, FUNCTION)
  if (topicOf !== undefined) requireArgument('defineProtocol', 'topicOf', topicOf, FUNCTION)
  ownProtocols.set(name, protocol)
  return protocol
}

/** What a client needs of its conversation. */

import type { ConnectionLimits, ConnectionTarget, SpokenProtocol } from '../connection/connection'
import type { ConnectOptions } from '../connection/connection-target'
import type { UsageError } from '../errors'
import type { ClientView, WaitingReaction } from '../failures/client-view'
import type { Requester, RequestOptions } from '../http/http-requests'
import type { Message } from '../inbox/message'
import type { Coding, MessageAddress } from '../message-details'
import type { ContractMessage, MessageContext } from '../messages/message-expression'
import type { Secrets } from '../secrets/secrets'
import type { Transcript } from '../transcript'
import type { Variables } from '../variables/variables'
import type { Reaction } from './reaction'

/** The settings that concern a client; durations in ms. */
export interface ClientSettings extends ConnectionLimits {
  /** How long an expectation waits. */
  readonly timeout: number
  /** How long silence is watched for. */
  readonly quiet: number
  /** The path of the member that an answer has in common with its request. */
  readonly correlation: string | undefined
  /** Where a token stands when a client connects. */
  readonly token: Omit<ConnectOptions, 'to'> | undefined
  /** Messages that every client ignores, each as a sentence writes it. */
  readonly ignore: readonly string[]
  readonly report: { readonly frames: boolean }
}

/** The reactions of all clients. */
export interface ReactionList {
  /** Reactions that have not happened. */
  readonly waiting: readonly WaitingReaction[]
  /**
   * Begins a rule that has no action yet: `when Rob receives "Hi"`.
   * @returns is to be called when it has one
   */
  begin(rule: string): () => void
  /** Arms a reaction. */
  add(reaction: Reaction): void
  /** Tells that a connection has ended, so that a reaction may never happen. */
  changed(): void
}

/** How a client sends something. */
interface SendingWay {
  readonly address?: MessageAddress | undefined
  readonly coding?: Coding | undefined
  readonly isContrary?: boolean | undefined
}

/** The documents that describe the servers of a conversation, as its clients know them. */
interface MessageContracts {
  /** @throws UsageError if none of them, or more than one, has it, or if it is expected, and the server does not send it */
  messageNamed(name: string, options?: { isExpected?: boolean }): ContractMessage
  /** Reads those that have not been read; undefined if there is nothing to wait for. */
  ready(): Promise<void> | undefined
  /** @throws UsageError for a connection that contradicts a document, before it is opened */
  connecting(client: string, target: ConnectionTarget, hasTopics: boolean): void
  received(message: Message): void
  /** @throws UsageError for what contradicts a document, unless it is contrary on purpose */
  sent(client: string, url: string, data: string | Buffer, way: SendingWay): void
  /** Where a message has the value that its answer repeats; undefined where no document says so. */
  correlationOf(client: string, url: string, data: string | Buffer, topic: string | undefined): string | undefined
  /** Where a message that has been received has the value of what it answers; undefined where no document says so. */
  correlationIn(message: Message): string | undefined
}

/** What is measured of a conversation that runs under load. */
export interface Measures {
  /** A connection has opened, so many ms after the client began to connect. */
  connected(ms: number): void
  /** A connection that had opened has ended with this code. */
  closed(code: number): void
  /** A request has been answered so many ms after it was sent. */
  answered(ms: number): void
  /** A reaction is done, so many ms after its message came. */
  reacted(ms: number): void
}

/** The conversation, as its clients know it. */
export interface ClientContext extends MessageContext {
  readonly settings: ClientSettings
  readonly secrets: Secrets
  readonly transcript: Transcript
  readonly reactions: ReactionList
  readonly isOver: boolean
  /** Whether nobody has to heed what fails from now on: what was still under way has been told, or the end has come. */
  readonly failsUnheeded: boolean
  /** Whether it has ended, and nobody can await what was under way. */
  readonly isAbandoned: boolean
  /** How long the scenario may take, in ms; without a limit infinite. */
  readonly timeLimit: number
  /** Tells that something begins which may fail after the end: no secret may be shown until the function is called. */
  beginWork(): () => void
  /** What clients may speak that have not connected. */
  readonly protocols: Pick<SpokenProtocol, 'lack' | 'topicOf'>
  /** What a client speaks that connects to an address now. */
  spokenAt(url: string): SpokenProtocol
  /** How much the servers of a scenario may send in all, in bytes or characters, with the overhead: it is kept until the end. */
  readonly maxReceivedBytes: number
  /** Counts a message; returns whether it can be kept beside all others. */
  hasRoomFor(size: number): boolean
  connectionTarget(options: ConnectOptions, variables: Variables): ConnectionTarget
  messageContext(variables: Variables): MessageContext
  /** Sends an HTTP request beside the socket, for the client of that name. */
  request(source: string, requester: Requester, options?: RequestOptions): Promise<void>
  /** Resolves after so many ms, or when the conversation ends. */
  delay(ms: number): Promise<void>
  /** What connections and messages are validated against; undefined where no document describes the servers. */
  readonly contracts: MessageContracts | undefined
  /** Undefined where nothing is measured. */
  readonly measures?: Measures | undefined
  /** Has an error of the background thrown by whoever waits, by the next sentence, or at the end. */
  deferError(error: Error): void
  /** Whether a message may well be about the clients of the scenario before. */
  mayComeFromScenarioBefore(message: Message): boolean
  unknownClient(name: string): UsageError
  /** The other clients, once in a sentence: see `ClientView.claimSearch`. */
  claimSearch(client: ClientView): readonly ClientView[]
}

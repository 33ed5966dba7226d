/** What a sentence can wait for: an expectation considers one unread message after the other, in the order of arrival. */

import type { Matcher } from '../matching/matcher'
import type { Message } from './message'

/** Why an expectation cannot be met any more. */
export interface Failed {
  /** The rest of a sentence that begins with the client's name: `should receive "a", but number 3 came first`. */
  readonly reason: string
  /** The message that was not as it should be, and what it should have been. */
  readonly mismatch?: { readonly message: Message; readonly matcher: Matcher }
  /** The message that should not have come, or not there. */
  readonly surplus?: Message
}

/** The messages that met the expectation, or why it cannot be met any more; undefined while it is open. */
export type Verdict = readonly Message[] | Failed | undefined

/** The state of one wait. */
export interface Progress {
  consider(message: Message): Verdict
  /** Whether the verdict depends on this message; if another wait reads it, this one starts again. */
  dependsOn?(message: Message): boolean
  /** What is still missing, a line each. */
  missing?(): readonly string[]
}

/** What an expectation may ask of the inbox. */
export interface InboxView {
  /** All that came and are not ignored, in the order of arrival. */
  readonly messages: readonly Message[]
  readonly unread: readonly Message[]
  /** The message that was read last. */
  readonly lastRead: Message | undefined
  /** The number of the latest message that is not new: one that was read, or came over a connection before this one. */
  readonly latestKnown: number
}

/** An expectation that is met when its time has passed. */
interface Silence {
  /** For the transcript: `nothing else`, `no "Hello"`. */
  readonly description: string
  /** Whether the end of the connection meets it, too. */
  readonly metByDisconnection: boolean
}

/** Messages that have been read already, such as those of a sentence that is under way. */
interface ReadMessages {
  /** The number of the first one. */
  readonly from: number
  /** Those that are left out, as the sentence itself has read them. */
  readonly except: readonly Message[]
}

/**
 * Something to wait for; `inOrder`, `silence` and their like create one.
 * @example const expectation: Expectation = messageCount(3)
 */
export interface Expectation {
  /** What the client did not do when the time is over: `receive "Hello"`. */
  readonly goal: string
  /**
   * Set if it is met when its time has passed.
   * @internal
   */
  readonly silence?: Silence
  /**
   * Whether it is shown what comes also if another wait, or a reaction, reads it at once: what must not come has come then, too.
   * @internal
   */
  readonly seesAll?: boolean
  /**
   * What it is shown of that which has been read before it begins: nothing by default.
   * @internal
   */
  readonly includeRead?: ReadMessages
  /**
   * Finds the closest message, for the text of a failure.
   * @internal
   */
  readonly matcher?: Matcher
  /**
   * Begins to wait.
   * @internal
   */
  start(inbox: InboxView): Progress
}

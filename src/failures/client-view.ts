/** A client, as its failures see it. */

import type { ClientConnection } from '../connection/client-connection'
import type { Inbox } from '../inbox/inbox'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'

/** A reaction that has not happened. */
export interface WaitingReaction {
  readonly client: object
  /** The message that sets it off. */
  readonly matcher: Matcher
  /** The rule, with its place, and why it may wait in vain. */
  readonly expectation: string
}

/** What can be read of a client. */
export interface ClientView {
  readonly name: string
  readonly inbox: Inbox
  readonly connection: ClientConnection
  /** What became of the connection, as a sentence. */
  readonly connectionSummary: string
  /** The reactions of the conversation that have not happened, also those of other clients. */
  readonly waitingReactions: readonly WaitingReaction[]
  /** Whether a message may well be about the clients of the scenario before. */
  mayComeFromScenarioBefore(message: Message): boolean
  /**
   * The other clients, for a failure to say which of them has received the message; none for the second failure of a
   * sentence. Of a thousand that fail together, only the first is shown in full, and a search by each would take minutes.
   */
  claimSearch(): readonly ClientView[]
}

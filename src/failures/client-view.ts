/** A client, as its failures see it. */

import type { ClientConnection } from '../connection/client-connection'
import type { Inbox } from '../inbox/inbox'

/** What can be read of a client. */
export interface ClientView {
  readonly name: string
  readonly inbox: Inbox
  readonly connection: ClientConnection
  /** What became of the connection, as a sentence. */
  readonly connectionSummary: string
  /** The reactions of the conversation that have not happened, in words. */
  readonly waitingReactions: readonly string[]
  /**
   * The other clients, for a failure to say which of them has received the message; none for the second failure of a
   * sentence. Of a thousand that fail together, only the first is shown in full, and a search by each would take minutes.
   */
  claimSearch(): readonly ClientView[]
}

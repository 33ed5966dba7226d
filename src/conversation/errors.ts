/** The other two kinds of error: the system under test is wrong, or the connection to it failed. */

import { ConversationError } from '../matching/errors'

/** The system under test did not do what a sentence says; expected and actual are there to be compared. */
export class UnmetExpectation extends ConversationError {}

/** A connection was refused, could not be made, or broke. */
export class ConnectionFailure extends ConversationError {
  /**
   * @param status the HTTP status of a server that refused the handshake
   * @param code the system's or the transport's code, such as ECONNREFUSED
   */
  constructor(
    message: string,
    readonly status?: number,
    readonly code?: string,
  ) {
    super(message)
  }
}

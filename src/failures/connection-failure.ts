/** The text of a failure when a client's connection is not as a sentence says. */

import { type Comparison, ExpectationError } from '../errors'
import type { ClientView } from './client-view'
import { formatMessages, lines, stillWaiting } from './failure-parts'

/** The failure of a client whose connection is not as expected. */
export function connectionFailure(client: ClientView, problem: string, comparison?: Comparison): ExpectationError {
  const { unread } = client.inbox
  const waiting = stillWaiting(client.waitingReactions)
  return new ExpectationError(
    lines(problem, unread.length > 0 && ['Unread', ...formatMessages(unread)], waiting),
    comparison,
  )
}

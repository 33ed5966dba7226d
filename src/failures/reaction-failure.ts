/** The text of failures of reactions. */

import { ConversationError, ExpectationError } from '../errors'
import { describeThrown } from '../guarded-call'
import type { Matcher } from '../matching/matcher'
import { formatDuration } from '../time/duration'
import type { ClientView } from './client-view'
import { formatMessages, lines, nothingUnread, readBefore } from './failure-parts'

/** A reaction, as its failures see it. */
interface FailedReaction {
  readonly client: ClientView
  readonly matcher: Matcher
  /** The rule, with its place. */
  readonly description: string
  /** What did not happen. */
  readonly omission: string
}

/** The failure of a reaction that did not happen, though the scenario is over. */
export function omittedReaction({ client, matcher, omission }: FailedReaction): ExpectationError {
  const { unread } = client.inbox
  return new ExpectationError(
    lines(
      omission,
      unread.length > 0 ? ['Unread', ...formatMessages(unread)] : nothingUnread(client),
      client.connectionSummary,
      readBefore(client, matcher),
    ),
  )
}

/**
 * The failure of a reaction that was not finished in time.
 * @param timeout in ms
 */
export function unfinishedReaction({ description }: FailedReaction, timeout: number): ExpectationError {
  return new ExpectationError(
    `This was still under way ${formatDuration(timeout)} after the last sentence: ${description}`,
  )
}

/** The failure of a reaction whose action failed. */
export function failedReaction({ description }: FailedReaction, error: unknown): ExpectationError {
  const message = error instanceof ConversationError ? error.message : describeThrown(error)
  const failure = new ExpectationError(`A reaction failed: ${description}\n${message}`)
  if (!(error instanceof ConversationError)) failure.cause = error
  return failure
}

/** The text of a failure when the scenario has taken longer than it may. */

import { ExpectationError } from '../errors'
import type { ClientView } from './client-view'
import { lines, scenarioTimeoutMessage, stillWaiting } from './failure-parts'

/**
 * The failure of what was being done when the scenario had taken too long.
 * @param timeout in ms
 * @param goal in words: `the command "worker" was still running`
 */
export function scenarioTimeoutFailure(timeout: number, goal?: string): ExpectationError {
  return new ExpectationError(scenarioTimeoutMessage(timeout, goal))
}

/** The failure of a client that was still at something. */
export function clientTimeoutFailure(client: ClientView, timeout: number, goal: string): ExpectationError {
  return new ExpectationError(
    lines(
      scenarioTimeoutMessage(timeout, `${client.name} was still waiting to ${goal}`),
      client.connectionSummary,
      stillWaiting(client.waitingReactions),
    ),
  )
}

/** What a client waits for in its inbox. */

import type { ClientState, WaitOptions } from '../client-state/client-state'
import { guardExpectation } from '../client-state/guard-expectation'
import { requireConnected } from '../client-state/preconditions'
import { expectationFailure } from '../failures/lazy-failures'
import type { Expectation } from '../inbox/expectation'
import type { Wait } from '../inbox/inbox'
import type { Message } from '../inbox/message'
import { formatDuration } from '../time/duration'

/**
 * Waits for the first message that meets an expectation of the library.
 * @throws ExpectationError if none comes in time
 */
export function expectFirst(client: ClientState, expectation: Expectation, options: WaitOptions): Promise<Message> {
  return client.inbox.expectFirst(expectation, waitOf(client, expectation, client.timeoutFor(options)))
}

/**
 * Waits for what is expected, whoever has written the expectation.
 * @returns the messages that met it
 * @throws ExpectationError if it is not met in time
 */
export async function expectAll(
  client: ClientState,
  given: Expectation,
  options: WaitOptions,
): Promise<readonly Message[]> {
  requireConnected(client)
  const expectation = guardExpectation(given)
  const { silence } = expectation
  const timeout = silence ? client.watchTimeFor(options) : client.timeoutFor(options)
  const messages = await client.inbox.expect(expectation, waitOf(client, expectation, timeout))
  if (silence) {
    const time = client.connection.hasEnded ? 'until the connection ended' : `for ${formatDuration(timeout)}`
    client.record('hears', `${silence.description} ${time}`)
  }
  return messages
}

function waitOf(client: ClientState, expectation: Expectation, timeout: number): Wait {
  return {
    timeout,
    isDisconnected: client.connection.hasEnded,
    get isEndReported() {
      return client.isEndReported
    },
    failure: (end, progress) => {
      client.unreportedEnd = undefined
      const limit = end === 'scenario timeout' ? client.context.timeLimit : timeout
      return expectationFailure(client, { expectation, end, progress, timeout: limit })
    },
  }
}

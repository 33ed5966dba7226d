/** What several sentences expect a client to receive, or not. */

import type { Client } from '../client/client'
import { silence } from '../inbox/expect-silence'
import { noneBeyond, repeatedly } from '../inbox/lazy-expectations'
import { anyOf, anyUnwanted } from '../inbox/unwanted'
import type { Matcher } from '../matching/matcher'
import { differsByClient, type MessageExpression } from '../messages/message-expression'

/**
 * What is meant for any of these clients, where it is another message for each: with `${client}` in it, or in the template.
 * @param meant whose message it is
 */
export function meantForAny(meant: readonly Client[], message: MessageExpression): Matcher | undefined {
  const [first] = meant
  if (!first || !differsByClient(message, first.state.context.messageContext(first.variables))) return undefined
  return anyUnwanted(meant.map((reader) => reader.matcher(message)))
}

/**
 * Also for clients that have left: what they received before is checked.
 * @param meant what is meant for other clients
 */
export async function expectSilence(
  client: Client,
  message: MessageExpression,
  meant: Matcher | undefined,
): Promise<void> {
  const own = client.matcher(message)
  await client.expect(silence(meant ? anyOf([own, meant]) : own, { metByDisconnection: true }))
}

/**
 * A message comes so often, and no more.
 * @param within for all of them; no more may come in what is left of it, and in the quiet time at least
 */
export async function receivesExactly(
  client: Client,
  message: MessageExpression,
  times: number,
  within?: number,
): Promise<void> {
  const start = performance.now()
  await client.expect(repeatedly(client.matcher(message), times), { within })
  const rest = within === undefined ? 0 : within - (performance.now() - start)
  const { quiet } = client.state.context.settings
  await client.expect(noneBeyond(client.matcher(message), times), { within: Math.max(quiet, rest) })
}

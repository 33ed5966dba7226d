/** Messages that a client sends again and again, until it is told to stop, disconnects, or the conversation ends. */

import { UsageError } from '../errors'
import type { MessageExpression } from '../messages/message-expression'
import { conjugate, exampleStep } from '../text/grammar'
import { formatDuration } from '../time/duration'
import type { ClientState, RepeatedSending } from './client-state'

/**
 * Sends a message at once, and then again after each interval.
 * @param interval in ms
 * @throws UsageError for an interval of less than a millisecond
 */
export async function sendEvery(
  client: ClientState,
  expression: MessageExpression,
  interval: number,
  send: () => Promise<void>,
): Promise<void> {
  if (interval < 1)
    throw new UsageError(`A message cannot be sent every ${formatDuration(interval)}: write 1 ms or more.`)
  const sending: RepeatedSending = { description: expression.describe(), isStopped: false }
  await send()
  client.repeatedSendings.add(sending)
  repeat().catch((error: Error) => client.context.deferError(error))

  async function repeat(): Promise<void> {
    for (;;) {
      await client.context.pause(interval)
      if (sending.isStopped || client.context.isOver) return
      await send()
    }
  }
}

/**
 * Stops to send such a message again.
 * @throws UsageError if it is not sent again and again
 */
export function stopSending(client: ClientState, expression: MessageExpression): void {
  const description = expression.describe()
  const sendings = [...client.repeatedSendings].filter((sending) => sending.description === description)
  for (const sending of sendings) {
    sending.isStopped = true
    client.repeatedSendings.delete(sending)
  }
  if (sendings.length > 0) return
  const others = [...client.repeatedSendings].map((sending) => sending.description)
  throw new UsageError(
    `${conjugate(client.name, `does not send ${description} again and again`)}${others.length > 0 ? `, but ${others.join(', ')}` : ''}. ` +
      `Write before this: ${exampleStep(client.name, `sends ${description} every 2 seconds`)}`,
  )
}

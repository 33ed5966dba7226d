/** Messages that a client sends again and again, until it is told to stop, disconnects, or the conversation ends. */

import type { ClientState, RepeatedSending } from '../client-state/client-state'
import { requireConnected } from '../client-state/preconditions'
import { sendFailure, sendMessage, transmit } from '../client-state/sending'
import { RefusedError } from '../connection/connection'
import { UsageError } from '../errors'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import { conjugate, exampleStep } from '../text/grammar'
import { Deadline } from '../time/deadline'
import { formatDuration } from '../time/duration'

/**
 * Sends a message at once, and then again after each interval.
 * @param interval in ms
 * @throws UsageError for an interval of less than a millisecond
 */
export async function sendEvery(
  client: ClientState,
  expression: MessageExpression,
  interval: number,
  context: () => MessageContext,
): Promise<void> {
  if (interval < 1) {
    throw new UsageError(`A message cannot be sent every ${formatDuration(interval)}: write 1 ms or more.`)
  }
  let deadline: Deadline | undefined
  const sending: RepeatedSending = {
    description: expression.describe(),
    stop() {
      deadline?.cancel()
      client.repeatedSendings.delete(sending)
    },
  }
  client.repeatedSendings.add(sending)
  try {
    await sendMessage(client, expression, { context: context() })
  } catch (error) {
    sending.stop()
    throw error
  }
  schedule()

  function schedule(): void {
    if (client.repeatedSendings.has(sending)) deadline = new Deadline(interval, repeat)
  }

  function repeat(): void {
    const sent = sendAgain().finally(() => client.repeatedSent.delete(sent))
    client.repeatedSent.add(sent)
  }

  async function sendAgain(): Promise<void> {
    // It may be closing.
    if (!client.connection.isOpen) return
    try {
      await transmit(client, expression, { context: context() })
    } catch (error) {
      await fail(error as Error)
    }
    schedule()
  }

  /** The end of the connection is told where it is told of every client: a sentence may well report it. */
  async function fail(error: Error): Promise<void> {
    const isOfMessage = error instanceof UsageError || error instanceof RefusedError
    const failure = error instanceof UsageError ? error : sendFailure(client, error)
    if (!isOfMessage && (await client.connection.ended(client.context.settings.closeGrace))) return
    sending.stop()
    // Also of a message that is not sent any more: it was sent before.
    client.context.deferError(failure)
  }
}

/**
 * Stops to send such a message again.
 * @throws UsageError if it is not sent again and again
 */
export function stopSending(client: ClientState, expression: MessageExpression): void {
  requireConnected(client)
  const description = expression.describe()
  const sendings = [...client.repeatedSendings].filter((sending) => sending.description === description)
  if (sendings.length === 0) throw notSending(client, description)
  for (const sending of sendings) sending.stop()
}

function notSending(client: ClientState, description: string): UsageError {
  const problem = conjugate(client.name, `does not send ${description} again and again`)
  if (client.connection.hasEnded) {
    return new UsageError(`${problem}: ${client.connectionSummary} That ends whatever is sent again and again.`)
  }
  const others = [...client.repeatedSendings].map((sending) => sending.description)
  const known = others.length > 0 ? `, but ${others.join(', ')}` : ''
  const example = exampleStep(client.name, `sends ${description} every 2 seconds`)
  return new UsageError(`${problem}${known}. Write before this: ${example}`)
}

/** Messages of protocols that have topics or events: `"Hello" on "news"`, `the event "chat" with {"text": "Hello"}`. */

import { NAME, requireArgument } from '../arguments'
import { NotInProtocolError, UsageError } from '../errors'
import { havingDetails } from '../matching/details-matcher'
import { anyMessage } from '../matching/matcher'
import type { MessageAddress } from '../message-details'
import { quoted } from '../text/excerpt'
import type { MessageContext, MessageExpression } from './message-expression'
import { type MessageInput, matcherOf, messageExpression } from './message-input'

/**
 * `"Hello" on "news"`: a message of a topic, for a protocol that has topics.
 * @example await rob.send(onTopic('news', 'Hello'))
 */
export function onTopic(topic: string, message: MessageInput): MessageExpression {
  requireArgument('onTopic', 'topic', topic, NAME)
  const content = messageExpression(message)
  return addressed(`${content.describe()} on ${quoted(topic)}`, content, (context) => ({
    ...content.toAddress?.(context),
    topic: context.variables.fill(topic),
  }))
}

/**
 * `the event "chat" with "Hello"`: an event with its content, for a protocol that has events; expected without one, whatever
 * its content is.
 * @example await rob.receives(namedEvent('chat', { text: 'Hello' }))
 */
export function namedEvent(name: string, message?: MessageInput): MessageExpression {
  requireArgument('namedEvent', 'name', name, NAME)
  const description = `the event ${quoted(name)}`
  const address = ({ variables }: MessageContext) => ({ event: variables.fill(name) })
  if (message === undefined) {
    const nothing = { toSend: () => '', toMatcher: () => anyMessage }
    return addressed(description, nothing, (context) => ({ ...address(context), isEmpty: true }))
  }
  const content = messageExpression(message)
  return addressed(`${description} with ${content.describe()}`, content, (context) => ({
    ...content.toAddress?.(context),
    ...address(context),
  }))
}

function addressed(
  description: string,
  content: Omit<MessageExpression, 'describe'>,
  addressIn: (context: MessageContext) => MessageAddress,
): MessageExpression {
  const describe = () => description
  const toAddress = (context: MessageContext) => {
    const address = addressIn(context)
    requireAddressable(description, address, context)
    return address
  }
  return {
    ...content,
    describe,
    toAddress,
    toMatcher(context) {
      const { isEmpty: _, ...details } = toAddress(context)
      const { topic, event } = details
      const problem = event === undefined ? undefined : context.protocols?.lack('events', event)
      if (problem !== undefined) throw new NotInProtocolError(`${description} cannot be received: ${problem}.`)
      const expected = topic === undefined ? details : { ...details, topic: expectedTopic(description, topic, context) }
      return havingDetails(expected, matcherOf({ ...content, describe }, context), description)
    },
  }
}

/** @throws UsageError if no message can have it */
function expectedTopic(description: string, topic: string, context: MessageContext): string {
  try {
    return context.protocols?.topicOf(topic) ?? topic
  } catch (error) {
    throw new UsageError(`${description} cannot be received: ${(error as Error).message}.`)
  }
}

/** @throws UsageError if no protocol has what the address names */
function requireAddressable(
  description: string,
  { isFrame, topic, event }: MessageAddress,
  context: MessageContext,
): void {
  if (isFrame) throw new UsageError(`${description} cannot be said: a frame has no topic or event beside it.`)
  const parts = [
    ...(topic === undefined ? [] : ['topics' as const]),
    ...(event === undefined ? [] : ['events' as const]),
  ]
  for (const part of parts) {
    const problem = context.protocols?.lack(part)
    if (problem !== undefined) throw new NotInProtocolError(`${description} cannot be said: ${problem}.`)
  }
}

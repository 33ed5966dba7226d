/** A message that travels past the protocol. */

import { UsageError } from '../errors'
import type { MessageExpression } from './message-expression'
import { type MessageInput, messageExpression } from './message-input'
import { text } from './phrase-message'

/**
 * `the frame "42[…]"`: what is sent as it is, past the protocol and its codec.
 * @param content a text as it is, whatever the templates say, or any other message
 * @example await rob.send(frame(bytes('c0 00')))
 */
export function frame(content: MessageInput): MessageExpression {
  const { describe, toSend, toAddress, checkSendable } =
    typeof content === 'string' ? text(content) : messageExpression(content)
  const description = `the frame ${describe()}`
  if (toAddress) throw new UsageError(`${description} cannot be said: a frame has no topic or event beside it.`)
  const toMatcher = () => {
    throw new UsageError(
      `«${description}» can be sent, not expected: write what it says, or have the report show it by "report": { "frames": true }.`,
    )
  }
  return {
    describe: () => description,
    toSend,
    toAddress: () => ({ isFrame: true }),
    toMatcher,
    ...(checkSendable && { checkSendable }),
  }
}

/** Which messages must not come: a sentence that denies claims more than one that expects. */

import type { Matcher, MessageContent } from '../matching/matcher'
import { Message } from './message'

/** Whether a message is what must not come, in whatever form: also in a binary frame, or without the template. */
export function isUnwanted(message: Message, unwanted: Matcher): boolean {
  const accepts = (content: MessageContent) => unwanted.accepts(content) || unwanted.acceptsBare?.(content) === true
  if (accepts(message)) return true
  return message.bytes !== undefined && accepts(new Message(message.number, message.at, message.bytes.toString()))
}

/** The value that a sentence remembers of a message. */

import { UsageError } from '../errors'
import { stringifyJson } from '../json/json-text'
import { displayValue, type MessageContent } from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import { parsePath } from '../paths/path'
import { excerpt, quoted } from '../text/excerpt'

/**
 * What a message has at a path.
 * @param subject what the message is, for an error: `The message that Rob read last`
 * @throws UsageError if there is nothing, or more than one
 */
export function rememberedValue(message: MessageContent, path: string, subject: string): unknown {
  requireUnambiguous(message)
  const content = displayValue(message)
  const values = parsePath(path).select(content)
  if (values.length === 0) {
    throw new UsageError(`${subject} has nothing at ${quoted(path)}: it is ${excerpt(stringifyJson(content))}`)
  }
  if (values.length > 1) {
    throw new UsageError(
      `${subject} has ${values.length} values at ${quoted(path)}, and one is to be remembered: name its place.`,
    )
  }
  return values[0]
}

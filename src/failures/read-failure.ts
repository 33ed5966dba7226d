/** The text of a failure when a message that was read is not as a sentence says. */

import { ExpectationError } from '../errors'
import { explain } from '../evaluation-limit'
import type { Message } from '../inbox/message'
import { comparableValues } from '../json/comparable-values'
import type { Matcher } from '../matching/matcher'
import { formatMessage, lines } from './failure-parts'

/** The failure of a client whose message is not as expected. */
export function readFailure(name: string, read: Message, matcher: Matcher): ExpectationError {
  const difference = explain(() => matcher.compare?.(read))
  return new ExpectationError(
    lines(`The message that ${name} read last is not ${matcher.describe()}. It is`, formatMessage(read)),
    difference && comparableValues(difference.expected, difference.actual),
  )
}

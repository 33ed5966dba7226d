/** The text of a failure when an HTTP response is not as expected. */

import { ExpectationError } from '../errors'
import { evaluateIfPossible } from '../evaluation-limit'
import { comparableValues } from '../matching/comparable-values'
import type { Matcher, MessageContent } from '../matching/matcher'
import { messageExcerpt, quoted } from '../text/excerpt'

/** A response, as its failures see it. */
interface FailedResponse {
  readonly label: string
  readonly status: number
  readonly text: string
  readonly body: MessageContent
}

/** A response has another status. */
export function statusFailure(response: FailedResponse, expected: number): ExpectationError {
  const { label, status } = response
  return new ExpectationError(
    `The response to ${label} should have the status ${expected}, but has ${status}.\n${describeBody(response)}`,
    { expected, actual: status },
  )
}

/** A response has another body. */
export function bodyFailure(response: FailedResponse, matcher: Matcher): ExpectationError {
  const difference = evaluateIfPossible(() => matcher.compare?.(response.body))
  return new ExpectationError(
    `The response to ${response.label} is not ${matcher.describe()}.\n${describeBody(response)}`,
    difference && comparableValues(difference.expected, difference.actual),
  )
}

/** A response does not contain a text. */
export function textFailure(response: FailedResponse, text: string): ExpectationError {
  return new ExpectationError(
    `The response to ${response.label} does not contain ${quoted(text)}.\n${describeBody(response)}`,
  )
}

function describeBody({ text }: FailedResponse): string {
  return text === '' ? 'It has no body.' : `Its body is ${messageExcerpt(text)}`
}

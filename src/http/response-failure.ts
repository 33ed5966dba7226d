/** The text of a failure when an HTTP response is not as expected. */

import { ExpectationError } from '../errors'
import { explain } from '../evaluation-limit'
import { comparableValues } from '../json/comparable-values'
import type { Matcher, MessageContent } from '../matching/matcher'
import { excerpt, messageExcerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

/** A response, as its failures see it. */
interface FailedResponse {
  readonly label: string
  readonly status: number
  readonly text: string
  /** The charset that the server named, if it is not known. */
  readonly unknownCharset?: string | undefined
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
export function bodyFailure(response: FailedResponse, matcher: Matcher, body: MessageContent): ExpectationError {
  const difference = explain(() => matcher.compare?.(body))
  return new ExpectationError(
    `The response to ${response.label} ${denial(matcher.describe())}.\n${describeBody(response)}`,
    difference && comparableValues(difference.expected, difference.actual),
  )
}

/** What a response is not, or does not do. */
function denial(expected: string): string {
  const [, claim, rest] = /^a message (containing|matching|valid against) (.*)$/s.exec(expected) ?? []
  if (claim === undefined) return `is not ${expected}`
  return claim === 'valid against' ? `is not valid against ${rest}` : `does not ${claim.replace(/ing$/, '')} ${rest}`
}

/** A header that was expected, and what the response has. */
interface HeaderComparison {
  readonly name: string
  readonly expected: string
  /** Undefined if it has no such header. */
  readonly actual: string | undefined
  /** The names of those that it has. */
  readonly known: readonly string[]
}

/** A response lacks a header, or has another value of it. */
export function headerFailure(response: FailedResponse, comparison: HeaderComparison): ExpectationError {
  const { name, expected, actual, known } = comparison
  if (actual !== undefined) {
    return new ExpectationError(
      `The header ${quoted(name)} of the response to ${response.label} should be ${quoted(expected)}, but is ${quoted(actual)}.`,
      comparableValues(expected, actual),
    )
  }
  const hint = nearest(name, known)
  const found = known.length === 0 ? 'It has none at all.' : `It has ${excerpt(known.join(', '))}.`
  return new ExpectationError(
    `The response to ${response.label} has no header ${quoted(name)}. ${hint ? `Did you mean ${quoted(hint)}? ` : ''}${found}`,
  )
}

/** A response does not set a cookie. */
export function cookieFailure({ label }: FailedResponse, name: string, known: readonly string[]): ExpectationError {
  const found =
    known.length === 0 ? 'It sets none at all.' : `It sets ${known.map((other) => quoted(other)).join(', ')}.`
  return new ExpectationError(`The response to ${label} sets no cookie ${quoted(name)}. ${found}`)
}

/** A response does not contain a text. */
export function textFailure(response: FailedResponse, text: string): ExpectationError {
  return new ExpectationError(
    `The response to ${response.label} does not contain ${quoted(text)}.\n${describeBody(response)}`,
  )
}

function describeBody({ text, unknownCharset }: FailedResponse): string {
  if (text === '') return 'It has no body.'
  const body = `Its body is ${messageExcerpt(text)}`
  if (unknownCharset === undefined) return body
  return `${body}\nThe charset ${quoted(unknownCharset)}, which it names, is not known: it was read as UTF-8.`
}

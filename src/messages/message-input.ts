/** What the methods of a client take for a message. */

import { describeValue } from '../arguments'
import { UsageError } from '../errors'
import { guardMatcher, type Matcher } from '../matching/matcher'
import { jsonValue } from './json-message'
import { type MessageContext, type MessageExpression, receiveOnly } from './message-expression'
import { phrase } from './phrase-message'

/**
 * A phrase, a value that becomes JSON, an expression such as `bytes('de ad')`, or a matcher.
 * @example const inputs: MessageInput[] = ['Hello', { type: 'ping' }, bytes('de ad'), anyMessage]
 */
export type MessageInput = string | object | MessageExpression | Matcher

/**
 * The expression of what a method was given.
 * @throws UsageError if it is neither an expression, a matcher, a text nor a value that JSON can represent
 */
export function messageExpression(input: MessageInput): MessageExpression {
  if (typeof input === 'string') return phrase(input)
  if (hasMethod<MessageExpression>(input, 'toSend')) return requireExpression(input)
  if (hasMethod<Matcher>(input, 'accepts')) {
    const matcher = guardMatcher(input)
    return receiveOnly(matcher.describe(), () => matcher)
  }
  return jsonValue(input)
}

/**
 * The matcher of what a method was given; also an expression that was written elsewhere must return one.
 * @throws UsageError if it does not
 */
export function matcherOf(input: MessageInput, context: MessageContext): Matcher {
  const matcher = messageExpression(input).toMatcher(context)
  if (hasMethod<Matcher>(matcher, 'accepts')) return guardMatcher(matcher)
  throw new UsageError(
    `The function \`toMatcher\` of a message expression should return a matcher, not ${describeValue(matcher)}.`,
  )
}

/** @throws UsageError for an expression that was written elsewhere, and lacks a function */
function requireExpression(expression: MessageExpression): MessageExpression {
  for (const method of ['describe', 'toMatcher'] as const) {
    if (hasMethod<MessageExpression>(expression, method)) continue
    throw new UsageError(`A message expression needs a function \`${method}\`, beside \`toSend\`.`)
  }
  return expression
}

function hasMethod<T>(value: unknown, method: keyof T): value is T {
  return typeof (value as T | null | undefined)?.[method] === 'function'
}

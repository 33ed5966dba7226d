/** Messages of JSON, and what matchers decide about them. */

import { expect } from 'chai'
import { Message } from '../../src/inbox/message'
import type { Matcher } from '../../src/matching/matcher'

/** A message of JSON. */
export function jsonMessage(json: unknown): Message {
  return new Message(1, 0, JSON.stringify(json))
}

/**
 * Whether a matcher accepts JSON. The first message that a matcher is asked about is parsed at once; in later ones, the text
 * is searched before. Both must give the same result.
 */
export function acceptsJson(matcher: Matcher, json: unknown, text = JSON.stringify(json)): boolean {
  const [first, later] = [new Message(1, 0, text), new Message(2, 0, text)].map((message) => matcher.accepts(message))
  expect(later, 'of a later message').to.equal(first)
  return first as boolean
}

/** Received JSON that has a member twice, or is nested too deep: what it says is not known, so it is neither accepted nor rejected. */

import { ExpectationError } from '../errors'
import { type DuplicateMember, describeDuplicate, findDuplicateMember } from '../json/duplicate-members'
import { isNestedTooDeep, MAX_JSON_DEPTH } from '../json/json-depth'
import { messageExcerpt } from '../text/excerpt'
import { type MessageContent, NOT_JSON } from './matcher'

/** To search so few characters again is quicker than to remember what was found. */
const SHORT = 1000

/** What was found in longer messages: one is often compared with several expectations. */
const found = new WeakMap<MessageContent, Fault | null>()

type Fault = DuplicateMember | 'too deep'

/**
 * Makes sure that what a message says as JSON is known.
 * @throws ExpectationError if it has a member twice, or is nested too deep
 */
export function requireUnambiguous(message: MessageContent): void {
  const fault = faultOf(message)
  if (!fault) return
  const problem =
    fault === 'too deep'
      ? `is nested more than ${MAX_JSON_DEPTH} levels deep, and is not read as JSON`
      : `has ${describeDuplicate(fault)} twice, and which of them counts is not defined (RFC 8259, section 4): the server ` +
        'should send it once'
  throw new ExpectationError(
    `The message ${messageExcerpt(String(message.text))} ${problem}. To expect it as it is, expect its text: ` +
      'a message containing "…"',
  )
}

function faultOf(message: MessageContent): Fault | null {
  const { text, json } = message
  if (text === undefined) return null
  if (text.length <= SHORT) return search(text, json)
  const known = found.get(message)
  if (known !== undefined) return known
  const fault = search(text, json)
  found.set(message, fault)
  return fault
}

function search(text: string, json: unknown): Fault | null {
  if (json === NOT_JSON) return isNestedTooDeep(text) ? 'too deep' : null
  return findDuplicateMember(text, json) ?? null
}

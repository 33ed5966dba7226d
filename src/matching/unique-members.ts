/** Received JSON that has a member twice: what it says is not defined, so it can neither be accepted nor rejected. */

import { ExpectationError } from '../errors'
import { type DuplicateMember, describeDuplicate, findDuplicateMember } from '../json/duplicate-members'
import { messageExcerpt } from '../text/excerpt'
import { type MessageContent, NOT_JSON } from './matcher'

/** To search so few characters again is quicker than to remember what was found. */
const SHORT = 1000

/** What was found in longer messages: one is often compared with several expectations. */
const found = new WeakMap<MessageContent, DuplicateMember | null>()

/**
 * Makes sure that JSON says one thing.
 * @throws ExpectationError if it has a member twice
 */
export function requireUnambiguous(message: MessageContent): void {
  const duplicate = duplicateIn(message)
  if (!duplicate) return
  throw new ExpectationError(
    `The message ${messageExcerpt(String(message.text))} has ${describeDuplicate(duplicate)} twice, and which of them counts ` +
      'is not defined (RFC 8259, section 4): the server should send it once. To expect it as it is, expect its text: ' +
      'a message containing "…"',
  )
}

function duplicateIn(message: MessageContent): DuplicateMember | null {
  const { text = '', json } = message
  if (text.length <= SHORT) return search(text, json)
  const known = found.get(message)
  if (known !== undefined) return known
  const duplicate = search(text, json)
  found.set(message, duplicate)
  return duplicate
}

function search(text: string, json: unknown): DuplicateMember | null {
  return text === '' || json === NOT_JSON ? null : (findDuplicateMember(text, json) ?? null)
}

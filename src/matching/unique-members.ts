/** Received JSON that has a member twice: what it says is not defined, so it can neither be accepted nor rejected. */

import { ExpectationError } from '../errors'
import { type DuplicateMember, describeDuplicate, findDuplicateMember } from '../json/duplicate-members'
import { excerpt } from '../text/excerpt'
import { type MessageContent, NOT_JSON } from './matcher'

/** What was found in each message: one is often compared with several expectations. */
const found = new WeakMap<MessageContent, DuplicateMember | null>()

/**
 * Makes sure that JSON says one thing.
 * @throws ExpectationError if it has a member twice
 */
export function requireUnambiguous(message: MessageContent): void {
  const duplicate = duplicateIn(message)
  if (!duplicate) return
  throw new ExpectationError(
    `The message ${excerpt(message.text ?? '')} has ${describeDuplicate(duplicate)} twice, and which of them counts ` +
      'is not defined (RFC 8259, section 4): the server should send it once. To expect it as it is, expect its text: ' +
      'a message containing "…"',
  )
}

function duplicateIn(message: MessageContent): DuplicateMember | null {
  const known = found.get(message)
  if (known !== undefined) return known
  const { text, json } = message
  const duplicate = text === undefined || json === NOT_JSON ? null : (findDuplicateMember(text, json) ?? null)
  found.set(message, duplicate)
  return duplicate
}

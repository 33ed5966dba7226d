/** Parts of the text of failures about a client, so that all of them read the same way. */

import { explain, findInTime } from '../evaluation-limit'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { describeDetails } from '../message-details'
import { hexExcerpt, messageExcerpt } from '../text/excerpt'
import { conjugate } from '../text/grammar'
import { formatDuration } from '../time/duration'
import type { ClientView, WaitingReaction } from './client-view'

/** How many messages, reactions or clients a failure lists. */
export const MAX_LISTED = 10

/** Joins the lines of a text; what is missing is left out. */
export function lines(...parts: readonly (string | readonly string[] | false | undefined)[]): string {
  return parts.flatMap((part) => part || []).join('\n')
}

/** A message in a line: number, time and content. */
export function formatMessage(message: Message): string {
  return `  ${message.number}  +${formatDuration(message.at)}  ${formatContent(message)}`
}

/** A line for each message, but not for too many. */
export function formatMessages(messages: readonly Message[]): string[] {
  const shown = messages.slice(0, MAX_LISTED).map(formatMessage)
  return messages.length > MAX_LISTED ? [...shown, `  … and ${messages.length - MAX_LISTED} more`] : shown
}

/** Says that nothing is unread, and how much the client has read. */
export function nothingUnread({ name, inbox }: ClientView): string {
  const count = inbox.messages.length
  const { ignoredCount } = inbox
  if (count === 0 && ignoredCount > 0) {
    const ignored = ignoredCount === 1 ? 'the one that came was' : `the ${ignoredCount} that came were`
    return `${conjugate(name, 'has received no message')}: ${ignored} ignored.`
  }
  if (count === 0) return `${conjugate(name, 'has received no message at all')}.`
  return `No message is unread: ${conjugate(name, 'has read')} ${count === 1 ? 'the only one' : `all ${count}`} that came.`
}

/**
 * Says that the scenario has taken too long.
 * @param timeout in ms
 * @param goal what was being done: `Rob was still waiting to connect`
 */
export function scenarioTimeoutMessage(timeout: number, goal?: string): string {
  return `The scenario has taken longer than ${formatDuration(timeout)}${goal === undefined ? '' : `: ${goal}`}.`
}

/** Names the reactions that have not happened. */
export function stillWaiting(reactions: readonly WaitingReaction[]): string | undefined {
  if (reactions.length === 0) return undefined
  const more = reactions.length - MAX_LISTED
  const shown = reactions.slice(0, MAX_LISTED).map(({ expectation }) => expectation)
  if (more > 0) shown.push(`… and ${more} more`)
  return `Still waiting: ${shown.join('\n               ')}`
}

/** Names a message that would have matched, if no sentence had read it. */
export function readBefore({ name, inbox }: ClientView, matcher: Matcher): string | undefined {
  const read = explain(() => findInTime(inbox.messages, (message) => !message.isUnread && matcher.accepts(message)))
  return read && `${name} had received it before, as number ${read.number}, and a sentence had read it.`
}

function formatContent({ detail, details }: Message): string {
  return describeDetails(details) + formatPayload(detail)
}

function formatPayload(detail: string | Buffer): string {
  if (typeof detail !== 'string') return detail.length === 0 ? '(an empty binary message)' : hexExcerpt(detail)
  return detail === '' ? '(an empty message)' : messageExcerpt(detail)
}

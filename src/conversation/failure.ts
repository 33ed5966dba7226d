/** The words of a failure: made here alone, so that every failure reads the same way. */

import { comparable, excerpt, hexExcerpt } from '../matching/excerpt'
import type { Matcher } from '../matching/matcher'
import { phraseOf } from '../matching/phrase'
import { inWords } from './duration'
import { UnmetExpectation } from './errors'
import type { Expectation, Progress } from './expectation'
import type { Ending } from './inbox'
import type { Message } from './message'
import { clause } from './names'
import type { Visitor } from './visitor'

/** How many unread messages a failure lists. */
const LISTED = 10

/** A client did not receive what was expected. */
export function unmet(
  client: Visitor,
  expectation: Expectation,
  ending: Ending,
  progress: Progress,
  within: number,
): UnmetExpectation {
  const unread = client.inbox.unread
  const blame = typeof ending === 'object' ? ending.blame : undefined
  const closest = typeof ending === 'string' ? nearestOf(unread, expectation.closest) : undefined
  const difference = closest ? expectation.closest?.compare?.(closest) : blame?.matcher.compare?.(blame.message)
  const rest = unread.filter((message) => message !== closest)
  return new UnmetExpectation(
    paragraph(
      headline(client, expectation, ending, within),
      progress.missing?.().map((line) => `  ${line}`),
      closest && [
        unread.length === 1 ? 'The only unread message is' : `The closest of ${unread.length} unread messages is`,
        line(closest),
      ],
      rest.length > 0 && [closest ? 'Also unread' : `Unread`, ...list(rest)],
      unread.length === 0 && nothingUnread(client),
      ending !== 'connection' && client.standing,
      stillWaiting(client),
      typeof ending === 'string' && hint(client, expectation),
    ),
    difference && comparable(difference.expected, difference.actual),
  )
}

/** A client's connection is not as a sentence says. */
export function unmetConnection(client: Visitor, problem: string, comparison?: { expected: unknown; actual: unknown }) {
  const unread = client.inbox.unread
  return new UnmetExpectation(
    paragraph(problem, unread.length > 0 && ['Unread', ...list(unread)], stillWaiting(client)),
    comparison,
  )
}

/** A reaction did not happen though the scenario is over. */
export function neverReacted(client: Visitor, matcher: Matcher, omission: string): UnmetExpectation {
  const unread = client.inbox.unread
  return new UnmetExpectation(
    paragraph(
      omission,
      unread.length > 0 ? ['Unread', ...list(unread)] : nothingUnread(client),
      client.standing,
      readBefore(client, matcher),
    ),
  )
}

/** One failure for several clients: the first in full, the others by what they lacked. */
export function together(failures: readonly Error[], of: number): Error {
  const [first, ...others] = failures
  if (!first || others.length === 0) return first as Error
  const lines = others.slice(0, LISTED).map((failure) => `  ${firstLine(failure)}`)
  if (others.length > LISTED) lines.push(`  … and ${others.length - LISTED} more`)
  const { expected, actual } = first as { expected?: unknown; actual?: unknown }
  return new UnmetExpectation(
    paragraph(first.message, [`${count(others.length, 'other')} of ${of} failed too:`, ...lines]),
    expected === undefined ? undefined : { expected, actual },
  )
}

function headline({ name, link }: Visitor, { aim, silent }: Expectation, ending: Ending, within: number): string {
  if (ending === 'deadline') return `${name} did not ${aim} within ${inWords(within)}.`
  if (ending === 'connection') {
    return silent
      ? `${clause(name, link.inWords())}, and so could not receive anything.`
      : `${name} did not ${aim}: ${clause(name, link.inWords())}.`
  }
  return `${name} ${ending.impossible}.`
}

function nearestOf(unread: readonly Message[], matcher: Matcher | undefined): Message | undefined {
  const compare = matcher?.compare?.bind(matcher)
  if (!compare) return undefined
  // The newest are the likeliest, and comparing a hundred thousand would take longer than the wait.
  const ranked = unread.slice(-100).map((message) => ({ message, apart: compare(message).distance }))
  return ranked.sort((a, b) => a.apart - b.apart)[0]?.message
}

function nothingUnread({ name, inbox }: Visitor): string {
  const came = inbox.messages.length
  if (came === 0) return `${clause(name, 'has received no message at all')}.`
  return `No message is unread: ${clause(name, 'has read')} ${came === 1 ? 'the only one' : `all ${came}`} that came.`
}

function stillWaiting({ waitingReactions: rules }: Visitor): string | undefined {
  if (rules.length === 0) return undefined
  const shown = rules.length > LISTED ? [...rules.slice(0, LISTED), `… and ${rules.length - LISTED} more`] : rules
  return `Still waiting: ${shown.join('\n               ')}`
}

/** What a person may have overlooked. */
function hint(client: Visitor, { closest }: Expectation): string | false {
  if (!closest) return false
  const hearers = client.lookAround().filter(({ inbox }) => inbox.messages.some((message) => closest.accepts(message)))
  if (hearers[0]) return `${clause(hearers[0].name, 'has received it')}.`
  const before = readBefore(client, closest)
  if (before) return before
  const { template } = closest
  const unread = client.inbox.unread
  const misfits =
    template !== undefined && unread.length > 0 && unread.every((one) => phraseOf(one, template) === undefined)
  return (
    misfits &&
    `No unread message fits the template for received phrases, ${JSON.stringify(template)}. ` +
      'Set it by «phrases are received as:» or by "phrases" in the settings.'
  )
}

/** A message that would have done, had it not been read already. */
function readBefore({ name, inbox }: Visitor, matcher: Matcher): string | undefined {
  const read = inbox.messages.find((message) => !message.isUnread && matcher.accepts(message))
  return read && `${name} had received it before, as number ${read.number}, and a sentence had read it.`
}

function list(messages: readonly Message[]): string[] {
  const shown = messages.slice(0, LISTED).map(line)
  return messages.length > LISTED ? [...shown, `  … and ${messages.length - LISTED} more`] : shown
}

function line(message: Message): string {
  return `  ${message.number}  +${inWords(message.at)}  ${said(message)}`
}

function said({ text, bytes }: Message): string {
  if (bytes) return bytes.length === 0 ? '(an empty binary message)' : hexExcerpt(bytes)
  return text ? excerpt(text) : '(an empty message)'
}

function paragraph(...parts: readonly (string | readonly string[] | false | undefined)[]): string {
  return parts.flatMap((part) => part || []).join('\n')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function firstLine({ message }: Error): string {
  return message.slice(0, message.indexOf('\n') >>> 0)
}

/** The text of a failure when a client did not receive what was expected. */

import { ExpectationError } from '../errors'
import { explain, findInTime, inTime } from '../evaluation-limit'
import type { Expectation, Progress } from '../inbox/expectation'
import type { WaitEnd } from '../inbox/inbox'
import type { Message } from '../inbox/message'
import { comparableValues } from '../json/comparable-values'
import { stringifyJson } from '../json/json-text'
import type { Difference, Matcher } from '../matching/matcher'
import { extractPhrase } from '../matching/phrase-matcher'
import { conjugate } from '../text/grammar'
import { formatDuration } from '../time/duration'
import type { ClientView } from './client-view'
import {
  formatMessage,
  formatMessages,
  lines,
  nothingUnread,
  readBefore,
  scenarioTimeoutMessage,
  stillWaiting,
} from './failure-parts'

/** Among how many unread messages the closest one is looked for, and up to how many characters or bytes of them. */
const [MAX_COMPARED, MAX_COMPARED_SIZE] = [100, 2_000_000]

/** A wait that ended without what was expected. */
export interface EndedWait {
  readonly expectation: Expectation
  readonly end: WaitEnd
  readonly progress: Progress
  /** How long it, or where that ended it, the scenario could last at most, in ms. */
  readonly timeout: number
}

/** The failure of a client that did not receive what was expected. */
export function expectationFailure(client: ClientView, wait: EndedWait): ExpectationError {
  const { expectation, end, progress } = wait
  const { unread } = client.inbox
  const isFailed = typeof end === 'object'
  const mismatch = isFailed ? end.mismatch : undefined
  const found = isFailed ? undefined : closestMessage(unread, expectation.matcher)
  const closest = found?.message
  const comparison = explain(() => {
    const difference = found?.difference ?? mismatch?.matcher.compare?.(mismatch.message)
    return difference && comparableValues(difference.expected, difference.actual)
  })
  const others = unread.filter((message) => message !== closest)
  return new ExpectationError(
    lines(
      headline(client, wait),
      explain(() => progress.missing?.().map((line) => `  ${line}`)),
      found && [`The ${formatCompared(found, unread.length)} is`, formatMessage(found.message)],
      others.length > 0 && [closest ? 'Also unread' : 'Unread', ...formatMessages(others)],
      unread.length === 0 && nothingUnread(client),
      end !== 'connection' && client.connectionSummary,
      stillWaiting(client.waitingReactions),
      isFailed && scenarioBefore(client, end.surplus),
      explain(() => found && closerTrigger(client, found)),
      explain(() => !isFailed && expectation.matcher && hint(client, expectation.matcher)),
    ),
    comparison,
  )
}

function headline({ name, connection }: ClientView, { expectation, end, timeout }: EndedWait): string {
  const { goal, silence } = expectation
  if (end === 'scenario timeout') return scenarioTimeoutMessage(timeout, `${name} was still waiting to ${goal}`)
  if (end === 'deadline') return `${name} did not ${goal} within ${formatDuration(timeout)}.`
  if (end !== 'connection') return `${name} ${end.reason}.`
  const connectionEnd = conjugate(name, connection.describe())
  return silence ? `${connectionEnd}, and so could not receive anything.` : `${name} did not ${goal}: ${connectionEnd}.`
}

/** The message that is closest to what was expected. */
interface ClosestMessage {
  readonly message: Message
  readonly difference: Difference
  /** Among how many it was looked for. */
  readonly comparedCount: number
}

/** None where one matches: then it is not its content that was not as expected, but how often it came, or when. */
function closestMessage(unread: readonly Message[], matcher: Matcher | undefined): ClosestMessage | undefined {
  if (!matcher?.compare) return undefined
  const compare = matcher.compare.bind(matcher)
  const compared: Omit<ClosestMessage, 'comparedCount'>[] = []
  const matching = explain(() => {
    let size = 0
    // The newest are the likeliest, and comparing a hundred thousand, or a hundred large ones, would take longer than the wait.
    for (const message of inTime(unread.toReversed())) {
      if (matcher.accepts(message)) return message
      if (compared.length < MAX_COMPARED) compared.unshift({ message, difference: compare(message) })
      size += message.detail.length
      if (size > MAX_COMPARED_SIZE) return undefined
    }
    return undefined
  })
  const [closest] = compared.sort((a, b) => a.difference.distance - b.difference.distance)
  return matching || !closest ? undefined : { ...closest, comparedCount: compared.length }
}

function formatCompared({ comparedCount }: ClosestMessage, unreadCount: number): string {
  if (unreadCount === 1) return 'only unread message'
  if (comparedCount === unreadCount) return `closest of ${unreadCount} unread messages`
  return `${comparedCount === 1 ? 'last' : `closest of the last ${comparedCount}`} of ${unreadCount} unread messages`
}

/** Up to which distance a message is taken for a misspelled trigger: where about half of its phrase is right. */
const MAX_MISSPELLED = 0.25

/** Says that the closest message is closer to what sets off a reaction, which its difference to the expected one hides. */
function closerTrigger(client: ClientView, { message: closest, difference }: ClosestMessage): string | false {
  const limit = Math.min(difference.distance, MAX_MISSPELLED)
  const triggers = client.waitingReactions
    .filter((reaction) => reaction.client === client && !reaction.matcher.accepts(closest))
    .map(({ matcher: trigger }) => ({ trigger, distance: trigger.compare?.(closest).distance ?? 1 }))
    .sort((a, b) => a.distance - b.distance)
  const [nearest] = triggers
  if (!nearest || nearest.distance >= limit) return false
  return `Number ${closest.number} is closer to ${nearest.trigger.describe()}, for which a reaction is still waiting.`
}

function scenarioBefore(client: ClientView, surplus: Message | undefined): string | false {
  if (!surplus || !client.mayComeFromScenarioBefore(surplus)) return false
  return `Number ${surplus.number} is perhaps from the scenario before: see docs/isolation.md of cucumber-websocket.`
}

/** What a person may have overlooked. */
function hint(client: ClientView, matcher: Matcher): string | false {
  const read = readBefore(client, matcher)
  if (read !== undefined) return read
  const accepts = (message: Message) => matcher.accepts(message)
  const recipient = client.claimSearch().find(({ inbox }) => findInTime(inbox.messages, accepts))
  if (recipient) return `${conjugate(recipient.name, 'has received it')}.`
  return templateHint(client, matcher)
}

function templateHint({ inbox: { unread } }: ClientView, matcher: Matcher): string | false {
  const { template } = matcher
  if (template === undefined || unread.length === 0) return false
  if (findInTime(unread, (message) => extractPhrase(message, template) !== undefined)) return false
  const bare = findInTime(unread, (message) => matcher.acceptsBare?.(message))
  return (
    `No unread message fits the template for received phrases, ${stringifyJson(template)}. ` +
    'Set it by «phrases are received as:» or by "phrases" in the settings.' +
    (bare
      ? ` To expect number ${bare.number} as it is, write it below the sentence, as a doc string of the type text.`
      : '')
  )
}

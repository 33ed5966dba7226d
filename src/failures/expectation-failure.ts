/** The text of a failure when a client did not receive what was expected. */

import { ExpectationError } from '../errors'
import { evaluateIfPossible } from '../evaluation-limit'
import type { Expectation, Progress } from '../inbox/expectation'
import type { WaitEnd } from '../inbox/inbox'
import type { Message } from '../inbox/message'
import { stringifyJson } from '../json/json-text'
import { comparableValues } from '../matching/comparable-values'
import type { Matcher } from '../matching/matcher'
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

/** Among how many unread messages the closest one is looked for. */
const MAX_COMPARED = 100

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
  const closest = isFailed ? undefined : evaluateIfPossible(() => closestMessage(unread, expectation.matcher))
  const difference = evaluateIfPossible(() =>
    closest ? expectation.matcher?.compare?.(closest) : mismatch?.matcher.compare?.(mismatch.message),
  )
  const others = unread.filter((message) => message !== closest)
  return new ExpectationError(
    lines(
      headline(client, wait),
      evaluateIfPossible(() => progress.missing?.().map((line) => `  ${line}`)),
      closest && [
        unread.length === 1 ? 'The only unread message is' : `The closest of ${unread.length} unread messages is`,
        formatMessage(closest),
      ],
      others.length > 0 && [closest ? 'Also unread' : 'Unread', ...formatMessages(others)],
      unread.length === 0 && nothingUnread(client),
      end !== 'connection' && client.connectionSummary,
      stillWaiting(client.waitingReactions),
      isFailed && scenarioBefore(client, end.surplus),
      evaluateIfPossible(() => closest && expectation.matcher && closerTrigger(client, closest, expectation.matcher)),
      evaluateIfPossible(() => !isFailed && expectation.matcher && hint(client, expectation.matcher)),
    ),
    difference && comparableValues(difference.expected, difference.actual),
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

/** None where one matches: then it is not its content that was not as expected, but how often it came, or when. */
function closestMessage(unread: readonly Message[], matcher: Matcher | undefined): Message | undefined {
  const compare = matcher?.compare?.bind(matcher)
  if (!compare || unread.some((message) => matcher?.accepts(message))) return undefined
  // The newest are the likeliest, and comparing a hundred thousand would take longer than the wait.
  const ranked = unread.slice(-MAX_COMPARED).map((message) => ({ message, distance: compare(message).distance }))
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.message
}

/** Up to which distance a message is taken for a misspelled trigger: where about half of its phrase is right. */
const MAX_MISSPELLED = 0.25

/** Says that the closest message is closer to what sets off a reaction, which its difference to the expected one hides. */
function closerTrigger(client: ClientView, closest: Message, matcher: Matcher): string | false {
  const distanceTo = (other: Matcher) => other.compare?.(closest).distance ?? 1
  const limit = Math.min(distanceTo(matcher), MAX_MISSPELLED)
  const triggers = client.waitingReactions
    .filter((reaction) => reaction.client === client && !reaction.matcher.accepts(closest))
    .map(({ matcher: trigger }) => ({ trigger, distance: distanceTo(trigger) }))
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
  const recipient = client.claimSearch().find(({ inbox }) => inbox.messages.some((message) => matcher.accepts(message)))
  if (recipient) return `${conjugate(recipient.name, 'has received it')}.`
  return templateHint(client, matcher)
}

function templateHint({ inbox: { unread } }: ClientView, matcher: Matcher): string | false {
  const { template } = matcher
  if (template === undefined || unread.length === 0) return false
  if (unread.some((message) => extractPhrase(message, template) !== undefined)) return false
  const bare = unread.find((message) => matcher.acceptsBare?.(message))
  return (
    `No unread message fits the template for received phrases, ${stringifyJson(template)}. ` +
    'Set it by «phrases are received as:» or by "phrases" in the settings.' +
    (bare
      ? ` To expect number ${bare.number} as it is, write it below the sentence, as a doc string of the type text.`
      : '')
  )
}

/** The coverage for the console: gaps first. */

import { escapeInvisible } from '../text/lazy-visible'
import {
  type Coverage,
  type DocumentCoverage,
  type Finding,
  type MessageCoverage,
  type Outcome,
  outcomeOf,
} from './coverage'
import { type Figures, figuresOf, formatShare } from './figures'

/** Of each kind of gap so many are told; the report has all. */
const MAX_TOLD = 20

/** What has been seen of each document, in lines. */
export function formatSummary({ documents }: Coverage): string {
  return documents.map(formatDocument).join('\n\n')
}

function formatDocument(coverage: DocumentCoverage): string {
  const { document, title, messages, findings } = coverage
  const places = placesOf(coverage)
  const contradictions = (verdict: Finding['verdict']) =>
    findings.filter((one) => one.verdict === verdict && !one.isOnPurpose).map((one) => formatFinding(one, places(one)))
  const ofOutcome = (outcome: Outcome) => messages.filter((one) => outcomeOf(one) === outcome)
  const described = (outcome: Outcome) => ofOutcome(outcome).map((one) => `${one.message}, ${places(one)}`)
  const inPart = ofOutcome('valid').filter(({ parts }) => parts.some(({ isSeen }) => !isSeen))
  const lines = [
    `AsyncAPI coverage of ${document}${title === '' ? '' : ` (${title})`}: ${formatHeadline(figuresOf(coverage))}`,
    ...formatGaps('Wrong', contradictions('wrong')),
    ...formatGaps('Undocumented', contradictions('undocumented')),
    ...formatGaps('Never seen', described('unseen')),
    ...formatGaps('Seen, in a format that is not validated', described('unvalidated')),
    ...formatGaps('Seen in part', inPart.map(formatPartial)),
  ]
  return escapeInvisible(lines.join('\n'), '\n')
}

/** The percentage, and what it is made of. */
export function formatHeadline({ coverage, messages, valid, parts, partsSeen }: Figures): string {
  if (coverage === undefined) return 'it has no messages'
  const ofMessages = `${valid} of ${messages} message${messages === 1 ? '' : 's'} seen and valid`
  const ofParts = parts === 0 ? '' : `, ${partsSeen} of ${parts} branches and enum values`
  return `${formatShare(coverage)}, ${ofMessages}${ofParts}`
}

function formatGaps(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length > MAX_TOLD ? [`    and ${lines.length - MAX_TOLD} more`] : []
  return [`  ${heading}: ${lines.length}`, ...lines.slice(0, MAX_TOLD).map((line) => `    ${line}`), ...more]
}

/** Who sends something, and where: `sent by the server in /system (onPong)`. */
export function placesOf({ messages }: DocumentCoverage): (what: Placed) => string {
  const addresses = new Map(messages.map(({ channel, address }) => [channel, address]))
  return ({ sender, channel, operation }) => {
    const where =
      channel === undefined ? 'at an address that is in no channel' : `in ${addresses.get(channel) ?? channel}`
    const by = sender === undefined ? 'either side' : `the ${sender}`
    return `sent by ${by} ${where}${operation === undefined ? '' : ` (${operation})`}`
  }
}

type Placed = Pick<MessageCoverage, 'sender' | 'operation'> & Pick<Finding, 'channel'>

function formatFinding({ message, complaint, count, scenarios }: Finding, place: string): string {
  const times = count === 1 ? '' : `, ${count} times`
  const complained = complaint === undefined ? '' : `: ${complaint.replace(/\s*\n\s*/g, '; ')}`
  const more = scenarios.length > 1 ? ` and ${scenarios.length - 1} more` : ''
  return `${message ?? 'A message'}, ${place}${times}${complained} (${scenarios[0]}${more})`
}

function formatPartial({ message, operation, channel, parts }: MessageCoverage): string {
  const unseen = parts.filter(({ isSeen }) => !isSeen).map(({ part }) => part)
  const shown = unseen.slice(0, MAX_PARTS).join(', ')
  const more = unseen.length > MAX_PARTS ? ` and ${unseen.length - MAX_PARTS} more` : ''
  return `${message} (${operation ?? channel}): never ${shown}${more}`
}

/** Of a message so many branches and values are told. */
const MAX_PARTS = 5

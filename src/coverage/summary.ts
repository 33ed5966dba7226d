/** The coverage for the console: gaps first. */

import { escapeInvisible } from '../text/lazy-visible'
import { type Coverage, type DocumentCoverage, type Finding, type MessageCoverage, outcomeOf } from './coverage'
import { type Figures, figuresOf, formatShare } from './figures'

/** Of each kind of gap so many are told; the report has all. */
const MAX_TOLD = 20

/** What has been seen of each document, in lines. */
export function formatSummary({ documents }: Coverage): string {
  return documents.map(formatDocument).join('\n\n')
}

function formatDocument(coverage: DocumentCoverage): string {
  const { document, title, messages, findings } = coverage
  const figures = figuresOf(coverage)
  const isSo = (verdict: Finding['verdict']) => (one: Finding) => one.verdict === verdict && !one.isOnPurpose
  const partial = messages.filter((one) => outcomeOf(one) === 'valid' && one.parts.some(({ isSeen }) => !isSeen))
  return escapeInvisible(
    [
      `AsyncAPI coverage of ${document}${title === '' ? '' : ` (${title})`}: ${formatHeadline(figures)}`,
      ...formatGaps('Wrong', findings.filter(isSo('wrong')).map(formatFinding)),
      ...formatGaps('Undocumented', findings.filter(isSo('undocumented')).map(formatFinding)),
      ...formatGaps('Never seen', messages.filter((one) => outcomeOf(one) === 'unseen').map(describeMessage)),
      ...formatGaps(
        'Seen, in a format that is not judged',
        messages.filter((one) => outcomeOf(one) === 'unjudged').map(describeMessage),
      ),
      ...formatGaps('Seen in part', partial.map(formatPartial)),
    ].join('\n'),
    '\n',
  )
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

/** `Pong, sent by the server in /system (onPong)`. */
export function describeMessage(message: MessageCoverage): string {
  return `${message.message}, ${describePlace({ ...message, channel: message.address ?? message.channel })}`
}

/** Who sends it, and where: `sent by the server in /system (onPong)`. */
export function describePlace({
  sender,
  channel,
  operation,
}: Pick<Finding, 'sender' | 'channel' | 'operation'>): string {
  const where = channel === undefined ? 'at an address that is in no channel' : `in ${channel}`
  return `sent by the ${sender} ${where}${operation === undefined ? '' : ` (${operation})`}`
}

function formatFinding(finding: Finding): string {
  const { message, complaint, count, scenarios } = finding
  const what = message ?? 'A message'
  const times = count === 1 ? '' : `, ${count} times`
  const complained = complaint === undefined ? '' : `: ${complaint.replace(/\s*\n\s*/g, '; ')}`
  const [first] = scenarios
  const more = scenarios.length > 1 ? ` and ${scenarios.length - 1} more` : ''
  return `${what}, ${describePlace(finding)}${times}${complained} (${first}${more})`
}

function formatPartial({ message, operation, parts }: MessageCoverage): string {
  const unseen = parts.filter(({ isSeen }) => !isSeen).map(({ part }) => part)
  const shown = unseen.slice(0, MAX_PARTS).join(', ')
  const more = unseen.length > MAX_PARTS ? ` and ${unseen.length - MAX_PARTS} more` : ''
  return `${message} (${operation}): never ${shown}${more}`
}

/** Of a message so many branches and values are told. */
const MAX_PARTS = 5

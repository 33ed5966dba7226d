/** What scenarios have seen of the messages of documents, message by message. */

import type { ContractModel, ContractTally, Sender, Sighting } from '../asyncapi/contract-model'

/** What scenarios have seen of all documents of a run, or of several. */
export interface Coverage {
  readonly documents: DocumentCoverage[]
  /** Those that have seen something. */
  readonly scenarios: CoveredScenario[]
}

/** A scenario, or a row of an outline. */
export interface CoveredScenario {
  /** Its file and line, as in `features/chat.feature:12`. */
  readonly at: string
  readonly name: string
}

/** What scenarios have seen of a document. */
export interface DocumentCoverage {
  readonly document: string
  readonly hash: string
  readonly title: string
  readonly asyncapi: string
  /** All messages of all operations, seen or not. */
  readonly messages: MessageCoverage[]
  /** What contradicts the document. */
  readonly findings: Finding[]
}

/** How often scenarios have seen a message of an operation. */
export interface MessageCoverage {
  readonly channel: string
  readonly address?: string | undefined
  readonly operation: string
  readonly sender: Sender
  readonly isReply: boolean
  readonly message: string
  valid: number
  wrong: number
  /** Where a sentence or a tag has said so. */
  wrongOnPurpose: number
  /** Its schema is not JSON Schema. */
  unjudged: number
  readonly parts: PartCoverage[]
  /** Where it was seen, right or wrong. */
  scenarios: string[]
}

/** A branch of a schema, or a value of an enum. */
export interface PartCoverage {
  readonly part: string
  isSeen: boolean
}

/** What contradicts a document, with the scenarios in which it does. */
export interface Finding {
  readonly verdict: 'wrong' | 'undocumented'
  readonly isOnPurpose: boolean
  readonly channel?: string | undefined
  readonly operation?: string | undefined
  readonly message?: string | undefined
  readonly sender: Sender
  readonly complaint?: string | undefined
  count: number
  scenarios: string[]
}

/** What became of a message of an operation, what wants attention first. */
export const OUTCOMES = ['wrong', 'unseen', 'unjudged', 'valid'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What became of a message: it is valid if it was seen so, and never wrong but on purpose. */
export function outcomeOf({ valid, wrong, unjudged }: MessageCoverage): Outcome {
  if (wrong > 0) return 'wrong'
  if (valid > 0) return 'valid'
  return unjudged > 0 ? 'unjudged' : 'unseen'
}

/** A document of which nothing has been seen. */
export function unseenDocument({ document, hash, title, asyncapi, channels }: ContractModel): DocumentCoverage {
  const messages = channels.flatMap((channel) =>
    channel.operations.flatMap((operation) =>
      operation.messages.map((message) => ({
        ...{ channel: channel.name, address: channel.address },
        ...{ operation: operation.name, sender: operation.sender, isReply: operation.isReply },
        ...{ message: message.name, valid: 0, wrong: 0, wrongOnPurpose: 0, unjudged: 0 },
        parts: message.parts.map((part) => ({ part, isSeen: false })),
        scenarios: [],
      })),
    ),
  )
  return { document, hash, title, asyncapi, messages, findings: [] }
}

/** What one scenario has seen of a document of which nothing else has been seen. */
export function seenBy(model: ContractModel, { sightings }: ContractTally, at: string): DocumentCoverage {
  const coverage = unseenDocument(model)
  const byKey = new Map(coverage.messages.map((one) => [keyOf(one), one]))
  for (const sighting of sightings) {
    const { verdict, count, isOnPurpose } = sighting
    const seen = byKey.get(keyOf(sighting))
    if (seen && verdict !== 'undocumented') {
      seen[verdict === 'wrong' && isOnPurpose ? 'wrongOnPurpose' : verdict] += count
      seen.scenarios = [at]
      for (const one of seen.parts) one.isSeen ||= verdict === 'valid' && sighting.parts.includes(one.part)
    }
    if (verdict === 'wrong' || verdict === 'undocumented') coverage.findings.push(findingOf(sighting, verdict, at))
  }
  return coverage
}

function findingOf(sighting: Sighting, verdict: Finding['verdict'], at: string): Finding {
  const { isOnPurpose, channel, operation, message, sender, complaint, count } = sighting
  return { verdict, isOnPurpose, channel, operation, message, sender, complaint, count, scenarios: [at] }
}

/**
 * What two have seen of the same document, in an order that does not depend on which was first.
 * @returns undefined if they have not the same messages
 */
export function addDocuments(one: DocumentCoverage, other: DocumentCoverage): DocumentCoverage | undefined {
  const others = new Map(other.messages.map((message) => [keyOf(message), message]))
  const messages = one.messages.map((message) => addMessages(message, others.get(keyOf(message))))
  const isSame = messages.length === others.size && messages.every((message) => message !== undefined)
  return isSame ? { ...one, messages, findings: addFindings([...one.findings, ...other.findings]) } : undefined
}

function addMessages(one: MessageCoverage, other: MessageCoverage | undefined): MessageCoverage | undefined {
  if (!other) return undefined
  const seen = new Set([...one.parts, ...other.parts].filter(({ isSeen }) => isSeen).map(({ part }) => part))
  return {
    ...one,
    valid: one.valid + other.valid,
    wrong: one.wrong + other.wrong,
    wrongOnPurpose: one.wrongOnPurpose + other.wrongOnPurpose,
    unjudged: one.unjudged + other.unjudged,
    parts: one.parts.map(({ part }) => ({ part, isSeen: seen.has(part) })),
    scenarios: union(one.scenarios, other.scenarios),
  }
}

function addFindings(findings: readonly Finding[]): Finding[] {
  const byKey = new Map<string, Finding>()
  for (const finding of findings) {
    const key = findingKey(finding)
    const known = byKey.get(key)
    const count = finding.count + (known?.count ?? 0)
    byKey.set(key, { ...finding, count, scenarios: union(known?.scenarios ?? [], finding.scenarios) })
  }
  return [...byKey].sort(([one], [other]) => compareTexts(one, other)).map(([, finding]) => finding)
}

/** What is not on purpose comes first; then what is wrong, by where it is. */
function findingKey({ isOnPurpose, verdict, channel, operation, message, sender, complaint }: Finding): string {
  const order = verdict === 'wrong' ? 0 : 1
  return JSON.stringify([Number(isOnPurpose), order, ...[channel, operation, message, sender, complaint]])
}

function keyOf({ channel, operation, message }: Pick<Sighting, 'channel' | 'operation' | 'message'>): string {
  return JSON.stringify([channel, operation, message])
}

function union(one: string[], other: string[]): string[] {
  return other.length === 0 ? one : [...new Set([...one, ...other])].sort(compareScenarios)
}

/** By file, then by line. */
export function compareScenarios(one: string, other: string): number {
  const [[file, line], [otherFile, otherLine]] = [placeOf(one), placeOf(other)]
  return compareTexts(file, otherFile) || line - otherLine
}

function placeOf(at: string): readonly [file: string, line: number] {
  const end = at.lastIndexOf(':')
  return [at.slice(0, end), Number(at.slice(end + 1))]
}

/** Alike on every machine, whatever its language. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

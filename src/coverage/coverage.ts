/** What scenarios have seen of the messages of documents, message by message. */

import type { ContractModel, Observation, ObservedContract, Sender } from '../asyncapi/contract-model'

/** What scenarios have seen of all documents of a run, or of several. */
export interface Coverage {
  readonly documents: DocumentCoverage[]
  /** Those that have seen something. */
  readonly scenarios: CoveredScenario[]
}

/** A scenario, or a row of an outline. */
interface CoveredScenario {
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
  /** All messages of all operations, and of channels without any, seen or not. */
  readonly messages: MessageCoverage[]
  /** What contradicts the document. */
  readonly findings: Finding[]
}

/** How often scenarios have seen a message. */
export interface MessageCoverage {
  readonly channel: string
  readonly address?: string | undefined
  /** This and its sender are undefined in a channel without operations. */
  readonly operation?: string | undefined
  readonly sender?: Sender | undefined
  readonly isReply: boolean
  readonly message: string
  valid: number
  wrong: number
  /** Where a sentence or a tag has said so. */
  wrongOnPurpose: number
  /** Its schema is not JSON Schema. */
  unvalidated: number
  readonly parts: PartCoverage[]
  /** Where it was seen, right or wrong. */
  scenarios: string[]
}

/** A branch of a schema, or a value of an enum. */
interface PartCoverage {
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
export const OUTCOMES = ['wrong', 'unseen', 'unvalidated', 'valid'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What became of a message: it is valid if it was seen so, and never wrong but on purpose. */
export function outcomeOf({ valid, wrong, unvalidated }: MessageCoverage): Outcome {
  if (wrong > 0) return 'wrong'
  if (valid > 0) return 'valid'
  return unvalidated > 0 ? 'unvalidated' : 'unseen'
}

/** A document of which nothing has been seen. */
export function unseenDocument({ document, hash, title, asyncapi, channels }: ContractModel): DocumentCoverage {
  const messages = channels.flatMap(({ name, address, operations, others = [] }) =>
    [...operations, { name: undefined, sender: undefined, isReply: false, messages: others }].flatMap((operation) =>
      operation.messages.map((message) => ({
        ...{ channel: name, address, operation: operation.name, sender: operation.sender, isReply: operation.isReply },
        ...{ message: message.name, valid: 0, wrong: 0, wrongOnPurpose: 0, unvalidated: 0 },
        parts: message.parts.map((part) => ({ part, isSeen: false })),
        scenarios: [],
      })),
    ),
  )
  return { document, hash, title, asyncapi, messages, findings: [] }
}

/** Adds what a scenario has seen of a document; what is said to be valid and is none of its messages is left out. */
export function addObservations(document: DocumentCoverage, { observations }: ObservedContract, at: string): void {
  for (const observation of observations) {
    const { verdict, count, isOnPurpose } = observation
    const seen = document.messages.find((message) => isSame(message, observation))
    if (seen && verdict !== 'undocumented') {
      seen[verdict === 'wrong' && isOnPurpose ? 'wrongOnPurpose' : verdict] += count
      seen.scenarios.push(at)
      for (const one of seen.parts) one.isSeen ||= verdict === 'valid' && observation.parts.includes(one.part)
    }
    if (verdict === 'wrong' || verdict === 'undocumented') document.findings.push(findingOf(observation, verdict, at))
  }
}

function isSame(one: MessageCoverage, other: Pick<Finding, 'channel' | 'operation' | 'message'>): boolean {
  return one.message === other.message && one.operation === other.operation && one.channel === other.channel
}

function findingOf(observation: Observation, verdict: Finding['verdict'], at: string): Finding {
  const { isOnPurpose, channel, operation, message, sender, complaint, count } = observation
  return { verdict, isOnPurpose, channel, operation, message, sender, complaint, count, scenarios: [at] }
}

/** Whether two are of the same document. */
export function areOfSame(one: DocumentCoverage, other: DocumentCoverage): boolean {
  const { length } = one.messages
  if (one.hash !== other.hash || length !== other.messages.length) return false
  return one.messages.every((message, index) => isSame(message, other.messages[index] as MessageCoverage))
}

/** Adds what others have seen of the same document. */
export function addDocument(document: DocumentCoverage, other: DocumentCoverage): void {
  for (const [index, message] of document.messages.entries()) {
    const added = other.messages[index] as MessageCoverage
    for (const count of ['valid', 'wrong', 'wrongOnPurpose', 'unvalidated'] as const) message[count] += added[count]
    const seen = added.parts.filter(({ isSeen }) => isSeen).map(({ part }) => part)
    for (const one of message.parts) one.isSeen ||= seen.includes(one.part)
    message.scenarios.push(...added.scenarios)
  }
  document.findings.push(...other.findings)
}

/** The same in an order that does not depend on what was added first, and each finding and scenario once. */
export function inOrder(document: DocumentCoverage): DocumentCoverage {
  const messages = document.messages.map((one) => ({ ...one, scenarios: inOrderOnce(one.scenarios) }))
  const byKey = new Map<string, Finding[]>()
  for (const finding of document.findings) {
    const key = findingKey(finding)
    byKey.set(key, [...(byKey.get(key) ?? []), finding])
  }
  const findings = [...byKey]
    .sort(([one], [other]) => compareTexts(one, other))
    .map(([, alike]) => ({
      ...(alike[0] as Finding),
      count: alike.reduce((sum, { count }) => sum + count, 0),
      scenarios: inOrderOnce(alike.flatMap(({ scenarios }) => scenarios)),
    }))
  return { ...document, messages, findings }
}

/** What is not on purpose comes first; then what is wrong, by where it is. */
function findingKey({ isOnPurpose, verdict, channel, operation, message, sender, complaint }: Finding): string {
  const order = verdict === 'wrong' ? 0 : 1
  return JSON.stringify([Number(isOnPurpose), order, ...[channel, operation, message, sender, complaint]])
}

function inOrderOnce(scenarios: readonly string[]): string[] {
  return [...new Set(scenarios)].sort(compareScenarios)
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

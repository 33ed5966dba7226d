/** Validates messages against what the channels promise in which they are sent. */

import type { ContractChannel, ContractMessage } from '../asyncapi-reading/contract-parts'
import { LimitedMap } from '../limited-map'
import type { MessageContent } from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import type { MessageDetails } from '../message-details'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import type { Sender, Verdict } from './contract-model'
import type { Choice, MessageIndex } from './message-index'

/** What is validated. */
export interface ExchangedMessage {
  readonly sender: Sender
  /** Of the connection. */
  readonly url: string
  readonly content: MessageContent
  /** What the protocol tells of it; by default, what its content tells. */
  readonly details?: MessageDetails
}

/** What became of a message. */
export interface ValidationResult {
  readonly verdict: Verdict
  /** Undefined where the address is in no channel. */
  readonly channel: string | undefined
  /** Undefined for what no operation has. */
  readonly operation: string | undefined
  /** Of what is wrong, the nearest one; undefined where there is none. */
  readonly message: string | undefined
  /** Where else the same message is documented, for the same sender. */
  readonly others: readonly {
    readonly channel: string
    readonly operation: string | undefined
    readonly message: string
  }[]
  /** Those of `ModelMessage.parts` that were seen. */
  readonly parts: readonly string[]
  /** Where the value is that an answer repeats, as a JSON Pointer, if the document says so. */
  readonly correlation: string | undefined
  /** What is wrong, in words, without secrets: it follows what says who sent which message. */
  readonly complaint: string | undefined
}

/** The channels in which a message is sent, and what may be sent there. */
export interface MessageChannels {
  readonly channels: readonly ContractChannel[]
  readonly indexes: Readonly<Record<Sender, MessageIndex>>
  /** What none of their operations has. */
  readonly unused: MessageIndex
  /** What was right before, by all else that decides it, and by its text: most scenarios say again what others have said. */
  readonly accepted: LimitedMap<string, LimitedMap<string, ValidationResult>>
}

/**
 * So many results of a kind are kept, of texts of so many characters: with more of them, texts that never come again outlive
 * the collection of young objects, which costs more than to validate anew.
 */
const [MAX_ACCEPTED, MAX_ACCEPTED_LENGTH] = [100, 1000]

/** So many kinds of messages are kept apart. */
const MAX_KINDS = 100

/** Of so many that are nearest, the complaints are compared. */
const MAX_COMPARED = 3

export class MessageValidator {
  /** @param document as the settings name it */
  constructor(private readonly document: string) {}

  /**
   * What a message is counted as; undefined if it fits nothing.
   * @param indexes those of its sender first: of what fits none of them, the next ones tell what it is
   */
  find(content: MessageContent, indexes: readonly MessageIndex[]): ContractMessage | undefined {
    const { event, problem } = content.details ?? {}
    if (problem !== undefined) return undefined
    for (const index of indexes) {
      const found = firstThatFits(chooseFor(index, content, event), content)
      if (found) return found.message
    }
    return undefined
  }

  validate(message: ExchangedMessage, channels: MessageChannels): ValidationResult {
    const accepted = acceptedBefore(message, channels)
    const text = message.content.text as string
    const known = accepted?.get(text)
    if (known) return known
    const result = this.validateAnew(message, channels)
    if (result.complaint === undefined) accepted?.set(text, result)
    return result
  }

  private validateAnew(message: ExchangedMessage, { channels, indexes, unused }: MessageChannels): ValidationResult {
    const { sender, content } = message
    const own = indexes[sender]
    const others = indexes[sender === 'server' ? 'client' : 'server']
    const { details = content.details ?? {} } = message
    if (details.problem !== undefined)
      return resultIn('wrong', channels, `its frame cannot be read: ${excerpt(details.problem)}`)
    const ambiguity = ambiguityOf(content)
    if (ambiguity !== undefined) return resultIn('wrong', channels, ambiguity)
    const choice = chooseFor(own, content, details.event)
    const found = firstThatFits(choice, content)
    if (found) return accepted(found, choice, content)
    // Errors of a protocol are what that says, and not the document, unless it has them.
    if (details.isError && !choice.isDecided && !choice.isLikely) return resultIn('unvalidated', channels)
    const where = () => this.describe(channels)
    const bare = resultIn('wrong', channels)
    return (
      this.otherDirection({ choice, others, content, details }, bare, sender) ??
      this.unused({ choice, others: unused, content, details }, bare) ??
      undocumented(choice, { index: own, event: details.event, where, sender }, bare) ??
      this.wrong(choice, content, bare)
    )
  }

  private wrong(choice: Choice, content: MessageContent, bare: ValidationResult): ValidationResult {
    const ranked = rank(choice.messages, content).slice(0, MAX_COMPARED)
    const compared = ranked.map(({ message }) => ({ message, complaint: message.body.complaints(content) }))
    const [best] = compared as [(typeof compared)[number]]
    const { name, channel } = best.message
    return {
      ...bare,
      ...placesOf(best.message, choice.messages),
      complaint: `it is not a valid ${quoted(name)} as ${this.describe([channel])} has it: ${best.complaint}`,
    }
  }

  /** What the other side may send. */
  private otherDirection(direction: Direction, bare: ValidationResult, sender: Sender): ValidationResult | undefined {
    const found = otherMessage(direction)
    if (!found) return undefined
    const { name, channel } = found
    const [one, other] = sender === 'server' ? ['clients send', 'the server'] : ['the server sends', 'clients']
    return {
      ...bare,
      ...placesOf(found, direction.others.messages),
      complaint:
        `${quoted(name)} goes the other way in ${this.describe([channel])}: ${one} it, not ${other}. If the document is ` +
        "written for the client, say so in the settings: asyncapi: { document: …, view: 'client' }",
    }
  }

  /** What nobody may send. */
  private unused(direction: Direction, bare: ValidationResult): ValidationResult | undefined {
    const found = otherMessage(direction)
    if (!found) return undefined
    const { name, channel } = found
    const complaint = `${quoted(name)} is in no operation of ${this.describe([channel])}, so that nobody sends it`
    return { ...bare, verdict: 'undocumented', channel: channel.name, complaint }
  }

  /** Where messages are sent, in words. */
  private describe(channels: readonly ContractChannel[]): string {
    const names = channels.slice(0, 3).map(({ name }) => quoted(name))
    if (channels.length > names.length) names.push(`${channels.length - names.length} more`)
    return `the channel${channels.length === 1 ? '' : 's'} ${names.join(', ')} of ${quoted(this.document)}`
  }
}

/** Of the texts that were right before, those that are validated as a message is; undefined for what is not kept. */
function acceptedBefore(
  { sender, content, details = content.details }: ExchangedMessage,
  { accepted }: MessageChannels,
): LimitedMap<string, ValidationResult> | undefined {
  const { text, coding } = content
  if (text === undefined || text.length > MAX_ACCEPTED_LENGTH) return undefined
  const { event, isError, isText, problem } = details ?? {}
  if (problem !== undefined) return undefined
  const isBare = (coding ?? 'verbatim') === 'verbatim' && !isError && event === undefined
  const kind = isBare ? sender : JSON.stringify([sender, coding, isError, isText, event])
  return accepted.getOrCreate(kind, () => new LimitedMap(MAX_ACCEPTED))
}

/** None so far. */
export function acceptedMessages(): MessageChannels['accepted'] {
  return new LimitedMap(MAX_KINDS)
}

/** A message of others that is meant, though it may be none of those. */
function otherMessage({ choice, others, content, details }: Direction): ContractMessage | undefined {
  const opposite = chooseFor(others, content, details.event)
  if (opposite.messages.length === 0) return undefined
  const fitting = firstThatFits(opposite, content)
  // What fits anything says nothing.
  const isDistinct = opposite.isDecided || (fitting && fitting.message.body.likeness(content) > 0)
  if (!isDistinct || (choice.isDecided && fitting?.fit !== 'valid')) return undefined
  // What says itself which message of its own side it is, is that one, unless it says so of another one, too.
  if ((choice.isDecided || choice.isLikely) && !opposite.isDecided) return undefined
  return fitting?.message ?? (rank(opposite.messages, content)[0] as Ranked).message
}

function accepted({ message, fit }: Found, { messages }: Choice, content: MessageContent): ValidationResult {
  const { body } = message
  // Written out: to spread an object takes several times as long, and this is done for each message.
  const { channel, operation, message: name, others } = placesOf(message, messages)
  return {
    verdict: fit,
    channel,
    operation,
    message: name,
    others,
    parts: fit === 'valid' ? body.partsIn(content) : [],
    correlation: body.facts.correlation,
    complaint: undefined,
  }
}

/** Where a message is documented, and where else the same is among others. */
function placesOf(
  message: ContractMessage,
  messages: readonly ContractMessage[],
): Pick<ValidationResult, 'channel' | 'operation' | 'message' | 'others'> {
  const others = messages.length > 1 ? messages.filter((other) => other !== message && other.body === message.body) : []
  const { channel, operation, message: name } = placeOf(message)
  return { channel, operation, message: name, others: others.map(placeOf) }
}

function placeOf(message: ContractMessage): ValidationResult['others'][number] {
  const { channel, operation, name } = message
  return { channel: channel.name, operation: operation?.name, message: name }
}

/** Nothing is known yet but the channel, if it is the only one. */
export function resultIn(verdict: Verdict, channels: readonly ContractChannel[], complaint?: string): ValidationResult {
  return {
    verdict,
    channel: channels[0]?.name,
    ...{ operation: undefined, message: undefined, others: [], parts: [], correlation: undefined, complaint },
  }
}

/** Why it is not known what a message says. */
function ambiguityOf(content: MessageContent): string | undefined {
  try {
    requireUnambiguous(content)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function chooseFor(index: MessageIndex, content: MessageContent, event: string | undefined): Choice {
  const byContent = index.choose(content)
  if (event === undefined) return byContent
  const named = index.forEvent(event)
  if (named.length > 0) return { messages: named, isDecided: true }
  return byContent.isDecided ? byContent : { messages: [], isDecided: false }
}

interface Found {
  readonly message: ContractMessage
  readonly fit: 'valid' | 'unvalidated'
}

/** The likeliest one that fits; of those that are equally likely, the first one in the document. */
function firstThatFits({ messages }: Choice, content: MessageContent): Found | undefined {
  const [only] = messages
  if (only && messages.length === 1) return foundIf(only, content)
  let unvalidated: Found | undefined
  for (const { message } of rank(messages, content)) {
    const found = foundIf(message, content)
    if (found?.fit === 'valid') return found
    unvalidated ??= found
  }
  return unvalidated
}

function foundIf(message: ContractMessage, content: MessageContent): Found | undefined {
  const fit = message.body.fit(content)
  return fit === 'wrong' ? undefined : { message, fit }
}

interface Ranked {
  readonly message: ContractMessage
  readonly score: number
}

/** The most likely first. */
function rank(messages: readonly ContractMessage[], content: MessageContent): Ranked[] {
  const [only, ...others] = messages
  if (only && others.length === 0) return [{ message: only, score: 0 }]
  return messages
    .map((message) => ({
      message,
      score: message.body.likeness(content) + (message.body.hasItsConstants(content) ? 0.5 : 0),
    }))
    .sort((one, other) => other.score - one.score)
}

interface Direction {
  readonly choice: Choice
  readonly others: MessageIndex
  readonly content: MessageContent
  readonly details: MessageDetails
}

interface Sought {
  readonly index: MessageIndex
  readonly event: string | undefined
  readonly where: () => string
  readonly sender: Sender
}

/** What no message is. */
function undocumented(
  { messages, isDecided, unknown }: Choice,
  { index, event, where, sender }: Sought,
  bare: ValidationResult,
): ValidationResult | undefined {
  const sent = sender === 'server' ? 'that the server sends' : 'that clients send'
  const said = (complaint: string): ValidationResult => ({ ...bare, verdict: 'undocumented', complaint })
  if (index.messages.length === 0) return said(`nothing ${sent} is in ${where()}`)
  if (event !== undefined && messages.length === 0)
    return said(`no message ${sent} is named ${quoted(event)} in ${where()}. ${adviceOn(event, index.names)}`)
  if (isDecided || !unknown) return undefined
  const { member, value, known } = unknown
  const shown = excerpt(value) || 'a list or an object'
  return said(
    `no message ${sent} has the ${quoted(member)} ${shown} in ${where()}. ${adviceOn(unquoted(value), known.map(unquoted))}`,
  )
}

function unquoted(json: string): string {
  return json.replace(/^"|"$/g, '')
}

/** How many names an error lists. */
const MAX_LISTED = 10

/** What may be meant. */
export function adviceOn(written: string, known: readonly string[]): string {
  const hint = nearest(written, known)
  if (hint !== undefined) return `Did you mean ${quoted(hint)}?`
  const listed = known.slice(0, MAX_LISTED).map((name) => quoted(name))
  const more = known.length - listed.length
  return `There is ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

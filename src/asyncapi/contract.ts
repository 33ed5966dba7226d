/** A contract: what an AsyncAPI document promises, and whether connections and messages are as it says. */

import { type AddressValues, pathOf } from '../asyncapi-reading/address'
import type { ContractChannel, ContractMessage } from '../asyncapi-reading/contract-parts'
import { type ContractOptions, type ReadContract, readParts } from '../asyncapi-reading/contract-reader'
import { PayloadParts, partsLimit } from '../asyncapi-schemas/branches'
import { readDocuments } from '../asyncapi-schemas/contract-documents'
import { ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import type { ReadFile, Reading, TextSource } from '../documents/document-source'
import { sourceOf } from '../documents/document-source'
import { evaluate } from '../evaluation-limit'
import { LimitedMap } from '../limited-map'
import type { MessageContent } from '../matching/matcher'
import { quoted } from '../text/excerpt'
import type { ContractModel, Sender } from './contract-model'
import { type Handshake, handshakeComplaints, parameterComplaints } from './handshake'
import { MessageIndex } from './message-index'
import {
  acceptedMessages,
  adviceOn,
  type ExchangedMessage,
  type MessageChannels,
  MessageValidator,
  resultIn,
  type ValidationResult,
} from './message-validator'
import { findNamedMessage, type NamedMessage } from './named-message'

/**
 * Begins to read a contract: it yields the path or address of one document after another, and is given their texts.
 * @param location of the document: the path of a file, with `/`, or an address
 */
export function* beginContract(location: string, options: ContractOptions = {}): Reading<Contract> {
  const documents = yield* readDocuments(location)
  const schemas = new ContractSchemas()
  const { view, draft } = options
  const hash = documents.hash(JSON.stringify([view, draft]))
  return new Contract(location, hash, readParts(documents, schemas, options), schemas)
}

/**
 * Reads on, until another document is needed.
 * @param source of the one that was needed
 * @throws UsageError if the contract is not as AsyncAPI has it, and if it takes too long to read
 */
export function continueContract(reading: Reading<Contract>, location: string, ...source: [] | [TextSource]) {
  return readingOf(location, () => reading.next(...source))
}

/**
 * Reads a contract at once.
 * @param read reads the text of a file
 * @throws UsageError as `continueContract` does
 */
export function readContract(location: string, read: ReadFile, options?: ContractOptions): Contract {
  const reading = beginContract(location, options)
  let step = continueContract(reading, location)
  while (!step.done) step = continueContract(reading, location, sourceOf(step.value, read))
  return step.value
}

function readingOf<T>(location: string, work: () => T): T {
  const tooLong = () =>
    `The AsyncAPI document ${quoted(location)} takes too long to be read: divide it, or write it as JSON.`
  return evaluate(work, { tooLong, isReading: true })
}

/** So many addresses and sets of channels are kept in mind. */
const MAX_KEPT = 1000

/** A channel that has an address, and the values of its parameters there. */
interface MatchingChannel {
  readonly channel: ContractChannel
  readonly values: AddressValues
  readonly rank: string
}

export class Contract {
  /** By the addresses of connections. */
  private readonly atUrls = new LimitedMap<string, readonly MatchingChannel[]>(MAX_KEPT)
  private readonly messageChannels = new LimitedMap<string, MessageChannels>(MAX_KEPT)
  private readonly topicProblems = new LimitedMap<string, string>(MAX_KEPT)
  /** By topic and address. */
  private readonly addressed = new LimitedMap<string, MessageChannels>(MAX_KEPT)
  private readonly validator: MessageValidator
  private knownModel: ContractModel | undefined
  private all: MessageIndex | undefined
  /** As what messages are counted: each is asked for by many sentences. */
  private readonly known = new WeakMap<MessageContent, ContractMessage | undefined>()

  constructor(
    /** As the settings name it. */
    readonly document: string,
    private readonly hash: string,
    private readonly contract: ReadContract,
    private readonly schemas: ContractSchemas,
  ) {
    this.validator = new MessageValidator(document)
  }

  /** Where messages are sent, in the order of the document. */
  get channels(): readonly ContractChannel[] {
    return this.contract.channels
  }

  /** What of the document is not validated, in words: to be told once. */
  get notes(): readonly string[] {
    return this.contract.notes
  }

  /**
   * Makes sure that all schemas are written in their draft, which takes the time to load what validates.
   * @throws UsageError that says which one is not
   */
  prepare(): void {
    this.schemas.prepare()
  }

  /** What it promises, as data. */
  get model(): ContractModel {
    this.knownModel ??= this.reading(() => this.createModel())
    return this.knownModel
  }

  private createModel(): ContractModel {
    const limit = partsLimit()
    for (const body of this.contract.bodies) {
      const { payload } = body.facts
      if (payload) body.parts = new PayloadParts(payload.place, limit)
    }
    const { title, asyncapi, channels } = this.contract
    const modelOf = ({ name, body }: ContractMessage) => ({ name, parts: body.parts?.names ?? [] })
    return {
      ...{ document: this.document, hash: this.hash, title, asyncapi },
      channels: channels.map(({ name, address, operations, others }) => ({
        name,
        address: address?.text,
        operations: operations.map(({ messages, ...operation }) => ({ ...operation, messages: messages.map(modelOf) })),
        ...(others.length > 0 && { others: others.map(modelOf) }),
      })),
    }
  }

  private reading<T>(work: () => T): T {
    return readingOf(this.document, work)
  }

  /**
   * What of a connection is not as the contract has it, before it is opened; empty if nothing is.
   * @throws UsageError for a schema that does not compile, and for a value that takes too long to validate
   */
  connecting(handshake: Handshake): readonly string[] {
    const matching = this.matchingPath(handshake.url)
    const found = matching.flatMap(({ channel, values }) => [
      ...handshakeComplaints(handshake, channel, values, this.schemas),
    ])
    if (matching.length > 0) return [...new Set(found)]
    return handshake.hasTopics || this.unaddressed.length > 0 ? [] : [this.unknownAddress(pathOf(handshake.url))]
  }

  /** The channels at whose address a connection is opened. */
  channelsOfConnection(url: string): readonly ContractChannel[] {
    return this.matchingPath(url).map(({ channel }) => channel)
  }

  private matchingPath(url: string): readonly MatchingChannel[] {
    return this.atUrls.getOrCreate(url, () => {
      const path = pathOf(url)
      return this.matching(({ address }) => address?.matchPath(path))
    })
  }

  /** Channels whose address is known when they are used alone. */
  private get unaddressed(): readonly ContractChannel[] {
    return this.contract.channels.filter(({ address }) => address === undefined)
  }

  private unknownAddress(path: string): string {
    const addresses = this.contract.channels.map(({ address }) => address?.text as string)
    return `The address ${quoted(path)} is in no channel of ${quoted(this.document)}. ${adviceOn(path, [...new Set(addresses)])}`
  }

  /**
   * The channels whose address is the nearest: one that has no parameters comes before others, and of several that are alike those
   * whose parameters may have the values.
   */
  private matching(match: (channel: ContractChannel) => AddressValues | undefined): MatchingChannel[] {
    const found = this.contract.channels.flatMap((channel) => {
      const values = match(channel)
      return values ? [{ channel, values, rank: channel.address?.rank as string }] : []
    })
    const [best] = found.map(({ rank }) => rank).sort()
    const nearest = found.filter(({ rank }) => rank === best)
    if (nearest.length < 2) return nearest
    const fitting = nearest.filter(({ channel, values }) => {
      const [complaint] = parameterComplaints(channel, values, this.schemas)
      return complaint === undefined
    })
    return fitting.length > 0 ? fitting : nearest
  }

  /**
   * Whether a message is as the contract has it.
   * @throws UsageError for a schema that does not compile, and for a message that takes too long to validate
   */
  validate(message: ExchangedMessage): ValidationResult {
    // Its parts are those of the model.
    void this.model
    const channels = this.channelsAt(message)
    if (!channels) return resultIn('undocumented', [], this.unknownAddress(topicOf(message) ?? pathOf(message.url)))
    const problem = this.topicProblem(message)
    return problem === ''
      ? this.validator.validate(message, channels)
      : resultIn('undocumented', channels.channels, problem)
  }

  /** What of the parameters in a topic is not as the channels have them whose address it is; empty if nothing is. */
  private topicProblem(message: ExchangedMessage): string {
    const topic = topicOf(message)
    if (topic === undefined) return ''
    return this.topicProblems.getOrCreate(topic, () => {
      const complaints = this.matchingTopic(topic).flatMap(({ channel, values }) => [
        ...parameterComplaints(channel, values, this.schemas),
      ])
      return [...new Set(complaints)].join(' ')
    })
  }

  private matchingTopic(topic: string): readonly MatchingChannel[] {
    return this.matching(({ address }) => address?.matchTopic(topic))
  }

  /** The channels in which a message is sent; undefined if there are none. */
  private channelsAt(message: ExchangedMessage): MessageChannels | undefined {
    const topic = topicOf(message)
    const address = topic === undefined ? message.url : JSON.stringify([topic, message.url])
    const known = this.addressed.get(address)
    if (known) return known
    const byTopic = topic === undefined ? [] : this.matchingTopic(topic)
    const matching = byTopic.length > 0 ? byTopic : this.matchingPath(message.url)
    const channels = [...matching.map(({ channel }) => channel), ...this.unaddressed]
    if (channels.length === 0) return undefined
    const found = this.channelsOf(channels)
    this.addressed.set(address, found)
    return found
  }

  private channelsOf(channels: readonly ContractChannel[]): MessageChannels {
    const key = JSON.stringify(channels.map(({ name }) => name))
    return this.messageChannels.getOrCreate(key, () => this.createMessageChannels(channels))
  }

  private createMessageChannels(channels: readonly ContractChannel[]): MessageChannels {
    const messagesOf = (sender: Sender) =>
      channels.flatMap(({ operations, others }) => [
        ...operations.filter((operation) => operation.sender === sender).flatMap(({ messages }) => messages),
        ...others,
      ])
    const indexOf = (messages: readonly ContractMessage[]) => this.reading(() => new MessageIndex(messages))
    const [client, server] = (['client', 'server'] as const).map((sender) => indexOf(messagesOf(sender))) as [
      ...[MessageIndex, MessageIndex],
    ]
    const unused = indexOf(channels.flatMap((channel) => channel.unused))
    return { channels, indexes: { client, server }, unused, accepted: acceptedMessages() }
  }

  /**
   * The message that a sentence names: by its name, its key, its title, or the name or title of its payload.
   * @param isValidated whether what comes from a server at this address is validated against the contract
   * @throws UsageError if there is none, or several
   */
  messageNamed(name: string, isValidated: (url: string) => boolean = () => true): NamedMessage {
    const counted = (content: MessageContent) => (isValidated(urlOf(content)) ? this.counted(content) : undefined)
    return findNamedMessage(name, this.everything, { document: this.document, counted })
  }

  private get everything(): MessageIndex {
    this.all ??= this.reading(() => new MessageIndex(this.allMessages()))
    return this.all
  }

  /** As which message one is counted that has come from the server; undefined if as none. */
  private counted(content: MessageContent): ContractMessage | undefined {
    if (this.known.has(content)) return this.known.get(content)
    const message: ExchangedMessage = { sender: 'server', url: urlOf(content), content }
    const channels = message.url === '' ? undefined : this.channelsAt(message)
    // What is at no channel is not validated against any.
    const indexes = channels ? [channels.indexes.server, channels.indexes.client, channels.unused] : [this.everything]
    const found = this.topicProblem(message) === '' ? this.validator.find(content, indexes) : undefined
    this.known.set(content, found)
    return found
  }

  private allMessages(): ContractMessage[] {
    return this.contract.channels.flatMap(({ operations, others, unused }) => [
      ...operations.flatMap(({ messages }) => messages),
      ...others,
      ...unused,
    ])
  }
}

/** Of the server that has sent it; empty if nobody has. */
function urlOf(content: MessageContent): string {
  return (content as MessageContent & { readonly url?: string }).url ?? ''
}

function topicOf({ details, content }: ExchangedMessage): string | undefined {
  return (details ?? content.details)?.topic
}

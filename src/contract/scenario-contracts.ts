/** What a scenario is judged by: the AsyncAPI documents that describe its servers, and what has been seen of them. */

import type { Contract } from '../asyncapi/contract'
import type { ContractModel, ContractTally, Sender, Sighting } from '../asyncapi/contract-model'
import type { JudgedMessage, Judgement } from '../asyncapi/judge'
import type { NamedMessage } from '../asyncapi/named-message'
import type { ConnectionTarget } from '../connection/connection'
import { isAt } from '../connection/spoken-protocols'
import { type ConversationError, ExpectationError, UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { MessageAddress } from '../message-details'
import { hexExcerpt, messageExcerpt, quoted } from '../text/excerpt'
import { conjugate } from '../text/grammar'
import type { ContractSetting } from './contract-setting'

/** A document, and how strict it is. */
export interface JudgingContract {
  readonly setting: ContractSetting
  /** Undefined until it has been read from its address. */
  contract: Contract | undefined
}

interface ContractsContext {
  /** Reads one from its address. */
  read(setting: ContractSetting): Promise<Contract>
  /** Has an error thrown by whoever waits, by the next sentence, or at the end. */
  deferError(error: Error): void
  /** Whether a tag has said that what the scenario does contradicts them. */
  readonly isContrary: boolean
}

/** A sighting that is being counted. */
interface Counted extends Sighting {
  count: number
  readonly parts: string[]
  complaint: string | undefined
}

/** How many complaints are listed at once. */
const MAX_LISTED = 10

/** The documents of one scenario. */
export class ScenarioContracts {
  private readonly seen = new Map<JudgingContract, Map<string, Counted>>()
  /** The first ones. */
  private readonly complaints: string[] = []
  private complaintCount = 0
  private reading: Promise<void> | undefined

  constructor(
    private readonly contracts: readonly JudgingContract[],
    private readonly context: ContractsContext,
  ) {}

  /**
   * Reads those that are at addresses, once in a run; undefined if there is nothing to wait for.
   * @throws UsageError for one that cannot be read
   */
  ready(): Promise<void> | undefined {
    if (this.contracts.every(({ contract }) => contract)) return undefined
    this.reading ??= this.readAll()
    return this.reading
  }

  private async readAll(): Promise<void> {
    for (const judging of this.contracts) judging.contract ??= await this.context.read(judging.setting)
  }

  /** @throws UsageError for a connection that contradicts its document, before it is opened */
  connecting(client: string, { url, headers }: ConnectionTarget, hasTopics: boolean): void {
    for (const { contract, setting } of this.at(url)) {
      const complaints = contract.connecting({ url, headers, hasTopics })
      if (complaints.length === 0 || this.context.isContrary) continue
      const words = `${conjugate(client, 'connects')} against ${quoted(setting.document)}: ${complaints.join(' ')}`
      this.complain(words)
      if (setting.strict !== 'report') throw new UsageError(`${words}\n${ON_PURPOSE}`)
    }
  }

  /** Judges what a client has received; what contradicts a document fails the sentence that waits, or the next one. */
  received(message: Message): void {
    const { client, url } = message
    const error = this.judge({ sender: 'server', url, content: message }, `${client} received`, this.context.isContrary)
    if (error) this.context.deferError(error)
  }

  /**
   * Judges what a client is about to send.
   * @throws UsageError for what contradicts a document, unless the sentence says that it does
   */
  sent(
    client: string,
    url: string,
    data: string | Buffer,
    { isFrame, isContrary = false, ...details }: MessageAddress = {},
  ): void {
    // A frame is none of the messages of which documents speak.
    if (isFrame) return
    const content = new Message(0, 0, data, client, url, details)
    const error = this.judge(
      { sender: 'client', url, content },
      `${client} sends`,
      this.context.isContrary || isContrary,
    )
    if (error) throw new UsageError(`${error.message}\n${ON_PURPOSE}`)
  }

  /** @throws ExpectationError with what has contradicted a document so far, on purpose or not, if anything has */
  requireAllFit(): void {
    if (this.contracts.length === 0) throw new UsageError(NO_DOCUMENT)
    if (this.complaintCount === 0) return
    const left = this.complaintCount - this.complaints.length
    const more = left > 0 ? [`… and ${left} more`] : []
    throw new ExpectationError(['Not every message fits the contract.', ...this.complaints, ...more].join('\n'))
  }

  private complain(words: string): void {
    this.complaintCount++
    if (this.complaints.length < MAX_LISTED) this.complaints.push(words)
  }

  /**
   * The message that a sentence names.
   * @throws UsageError if no document, or more than one, has it
   */
  messageNamed(name: string): NamedMessage {
    const read = this.contracts.flatMap(({ contract }) => contract ?? [])
    const [first] = read
    if (!first) throw new UsageError(NO_DOCUMENT)
    if (read.length === 1) return first.messageNamed(name)
    const errors: Error[] = []
    const found = read.flatMap((contract) => {
      try {
        return [contract.messageNamed(name)]
      } catch (error) {
        errors.push(error as Error)
        return []
      }
    })
    const [named, another] = found
    if (!named) throw new UsageError(errors.map(({ message }) => message).join('\n'))
    if (!another) return named
    throw new UsageError(`Several documents have a message ${quoted(name)}: write one name differently.`)
  }

  /** What the scenario has seen of each document that has been read. */
  get tallies(): readonly { readonly tally: ContractTally; readonly model: ContractModel }[] {
    return this.contracts.flatMap((judging) => {
      if (!judging.contract) return []
      const { model } = judging.contract
      const sightings = [...(this.seen.get(judging)?.values() ?? [])]
      return [{ tally: { document: model.document, hash: model.hash, sightings }, model }]
    })
  }

  private *at(url: string): Generator<{ setting: ContractSetting; contract: Contract; judging: JudgingContract }> {
    for (const judging of this.contracts) {
      const { setting, contract } = judging
      if (contract && (setting.address === undefined || isAt(setting.address, url)))
        yield { setting, contract, judging }
    }
  }

  /** @returns what is wrong, if that is to fail the scenario */
  private judge(message: JudgedMessage, act: string, isOnPurpose: boolean): ConversationError | undefined {
    let error: ConversationError | undefined
    for (const { setting, contract, judging } of this.at(message.url)) {
      const judgement = contract.judge(message)
      this.count(judging, message.sender, judgement, isOnPurpose)
      if (judgement.complaint === undefined) continue
      const words = `${act} what contradicts ${quoted(setting.document)}: ${judgement.complaint}`
      this.complain(words)
      if (isOnPurpose || setting.strict === 'report') continue
      error ??= new ExpectationError(`${words}\n  ${shown(message)}`)
    }
    return error
  }

  private count(judging: JudgingContract, sender: Sender, judgement: Judgement, isOnPurpose: boolean): void {
    const sightings = this.seen.get(judging) ?? new Map<string, Counted>()
    this.seen.set(judging, sightings)
    const { verdict, channel, operation, message, parts, complaint, others } = judgement
    for (const place of [{ channel, operation, message }, ...others]) {
      const key = [place.channel, place.operation, place.message, sender, verdict, isOnPurpose].join('\n')
      const known = sightings.get(key)
      if (known) {
        known.count++
        for (const part of parts) if (!known.parts.includes(part)) known.parts.push(part)
        known.complaint ??= complaint
      } else {
        sightings.set(key, { ...place, sender, verdict, isOnPurpose, count: 1, parts: [...parts], complaint })
      }
    }
  }
}

const ON_PURPOSE =
  'If that is meant, write: sends the wrong …; for a whole scenario, the tag @contrary-to-the-contract.'

const NO_DOCUMENT =
  'No AsyncAPI document describes the server: set "asyncapi" in worldParameters.websocket, or write: the server is described by "…"'

function shown({ content: { text, bytes } }: JudgedMessage): string {
  return bytes ? hexExcerpt(bytes) : messageExcerpt(text ?? '')
}

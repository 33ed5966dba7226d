/** What a scenario is validated against: the AsyncAPI documents that describe its servers, and what has been seen of them. */

import type { Contract } from '../asyncapi/contract'
import type { ContractModel, ObservedContract, Sender } from '../asyncapi/contract-model'
import { type ExchangedMessage, resultIn, type ValidationResult } from '../asyncapi/message-validator'
import type { NamedMessage } from '../asyncapi/named-message'
import type { ConnectionTarget } from '../connection/connection'
import { isAt } from '../connection/spoken-protocols'
import { ConversationError, ExpectationError, UsageError } from '../errors'
import { Message } from '../inbox/message'
import { looksLikeJson } from '../json/json-text'
import type { Coding, MessageAddress, MessageDetails } from '../message-details'
import { redact } from '../redaction'
import { hexExcerpt, messageExcerpt, quoted } from '../text/excerpt'
import type { ContractSetting } from './contract-setting'
import { Observations } from './observations'
import { type ReadDocuments, readContract, readContractAtAddress } from './read-contract'
import { shownModel, shownObservation } from './shown-names'

/** A document against which a scenario is validated. */
interface AppliedContract {
  readonly setting: ContractSetting
  /** As the settings or the sentence write it: addresses may be others in each scenario. */
  readonly name: string
  /** Undefined until it has been read from its address. */
  contract: Contract | undefined
}

/** A document that is about a connection, and has been read. */
type About = readonly [AppliedContract, Contract]

/** What documents are read from. */
interface ContractFiles {
  /** The folder of the feature: what it names may lie there. */
  readonly folder: string
  read(path: string): Buffer
  /** Reads what is at addresses. */
  readonly readDocuments: ReadDocuments
}

/** The conversation, as its documents know it. */
export interface ContractsContext {
  /** Whether a tag has said that what the scenario does contradicts them. */
  readonly isContrary: boolean
  readonly files: ContractFiles
  /** Has an error thrown by whoever waits, by the next sentence, or at the end. */
  deferError(error: Error): void
}

/** How a client sends something. */
export interface SendingWay {
  readonly address?: MessageAddress | undefined
  /** How its content travels. Default `verbatim`. */
  readonly coding?: Coding | undefined
  /** Whether the sentence says that it contradicts the document. */
  readonly isContrary?: boolean | undefined
}

/** How many complaints are listed at once. */
const MAX_LISTED = 10

/** The documents of one scenario. */
export class ScenarioContracts {
  private appliedContracts: readonly AppliedContract[] = []
  private readonly seen = new Map<AppliedContract, Observations>()
  /** The first ones. */
  private readonly complaints: string[] = []
  private complaintCount = 0
  private seenCount = 0
  private validatedCount = 0
  private reading: Promise<void> | undefined
  /** By the address of a connection. */
  private readonly about = new Map<string, readonly About[]>()

  constructor(private readonly context: ContractsContext) {}

  /**
   * Has these describe the servers from now on, instead of those before.
   * @param name as the sentence writes it that names a single one
   * @throws UsageError for a file that cannot be read, or is not as AsyncAPI has it
   */
  describeBy(settings: readonly ContractSetting[], name?: string): void {
    this.appliedContracts = settings.map((setting) => {
      const contract = this.read(setting)
      return { setting, name: name ?? setting.document, contract }
    })
    this.reading = undefined
    this.about.clear()
    for (const applied of this.appliedContracts) this.seen.set(applied, new Observations())
  }

  /**
   * Reads those that are at addresses, once in a run; undefined if there is nothing to wait for.
   * @throws UsageError for one that cannot be read
   */
  ready(): Promise<void> | undefined {
    if (this.appliedContracts.every(({ contract }) => contract)) return undefined
    // Whose server is down may be up when the next one connects.
    this.reading ??= this.readAll(this.appliedContracts).finally(() => {
      this.reading = undefined
    })
    return this.reading
  }

  private async readAll(appliedContracts: readonly AppliedContract[]): Promise<void> {
    const { files } = this.context
    for (const applied of appliedContracts) {
      const { setting } = applied
      // Another client may have had it read meanwhile.
      applied.contract ??= this.read(setting) ?? (await readContractAtAddress(setting, files.readDocuments))
      this.about.clear()
    }
  }

  private read(setting: ContractSetting): Contract | undefined {
    const { files } = this.context
    return readContract(setting, { folder: files.folder, read: (path) => String(files.read(path)) })
  }

  /** @throws UsageError for a connection that contradicts its document, before it is opened */
  connecting(client: string, target: ConnectionTarget, hasTopics: boolean): void {
    const { url } = target
    const { isContrary } = this.context
    for (const [applied, contract] of this.at(url)) {
      const complaint = contract.connecting({ ...target, hasTopics }).join(' ')
      if (complaint === '') continue
      const channels = contract.channelsOfConnection(url)
      this.count(applied, 'client', resultIn('undocumented', channels, complaint), isContrary)
      const words = `The connection of ${client} contradicts the contract: ${complaint}`
      this.complain(words)
      if (isContrary || applied.setting.strict === 'report') continue
      throw new UsageError(`${words}\nIf that is meant, write: tries to connect; for a whole scenario, ${TAG}.`)
    }
  }

  /** Validates what a client has received; what contradicts a document fails the sentence that waits, or the next one. */
  received(message: Message): void {
    const { client, url } = message
    const exchanged = { sender: 'server', url, content: message } as const
    const error = this.validate(exchanged, `${client} received`, this.context.isContrary)
    if (!error) return
    // Where the transport heard it, says nothing.
    error.stack = ''
    this.context.deferError(error)
  }

  /**
   * Validates what a client is about to send.
   * @throws UsageError for what contradicts a document, unless the sentence says that it does
   */
  sent(
    client: string,
    url: string,
    data: string | Buffer,
    { address, coding = 'verbatim', isContrary = false }: SendingWay = {},
  ): void {
    // A frame is none of the messages of which documents speak.
    if (address?.isFrame) return
    const details = coding === 'verbatim' ? address : detailsOf(data, address)
    const content = new Message(0, 0, data, client, url, details, coding)
    const exchanged = { sender: 'client', url, content } as const
    if (isContrary) this.requireWrong(client, exchanged)
    const error = this.validate(exchanged, `${client} is about to send`, this.context.isContrary || isContrary)
    if (error)
      throw new UsageError(`${error.message}\nIf that is meant, write: the wrong …; for a whole scenario, ${TAG}.`)
  }

  /** @throws UsageError for what no document finds wrong, though a sentence says that it is */
  private requireWrong(client: string, message: ExchangedMessage): void {
    const contracts = this.at(message.url).map(([, contract]) => contract)
    if (contracts.length === 0)
      throw new UsageError(
        `${client} is about to send the wrong message, but ${this.names} says nothing of ${message.url}. Write the sentence ` +
          'without «the wrong».',
      )
    const validations = contracts.map((contract) => validateIfPossible(contract, message))
    if (validations.some(({ problem }) => problem !== undefined)) return
    const names = contracts.map(({ document }) => quoted(document)).join(' and ')
    const finding = validations.some(({ result }) => result.verdict === 'valid')
      ? `nothing is wrong with it: it fits ${names}`
      : `whether it is cannot be told: what ${names} says of it is not in JSON Schema, or no codec can read it`
    throw new UsageError(
      `${client} is about to send the wrong message, and ${finding}. Write the sentence without «the wrong».\n  ${shown(message)}`,
    )
  }

  /**
   * Where a message that a client sends has the value that its answer repeats, as a JSON Pointer; undefined where no document
   * says so.
   * @param topic to which it is sent, in a protocol that has topics
   */
  correlationOf(client: string, url: string, data: string | Buffer, topic?: string): string | undefined {
    const details = topic === undefined ? {} : { topic }
    return this.correlationAt({ sender: 'client', url, content: new Message(0, 0, data, client, url, details) })
  }

  /** Where a message that has been received has the value of what it answers, likewise. */
  correlationIn(message: Message): string | undefined {
    return this.correlationAt({ sender: 'server', url: message.url, content: message })
  }

  private correlationAt(message: ExchangedMessage): string | undefined {
    for (const [, contract] of this.at(message.url)) {
      const { correlation } = validateIfPossible(contract, message).result
      if (correlation !== undefined) return correlation
    }
    return undefined
  }

  /**
   * @throws ExpectationError with what has contradicted a document so far, on purpose or not, if anything has
   * @throws UsageError if nothing was validated
   */
  requireAllFit(): void {
    if (this.complaintCount === 0 && this.validatedCount === 0)
      throw new UsageError(
        this.seenCount === 0
          ? `No message was sent or received yet that ${this.names} could be about.`
          : `No message could be validated yet: what ${this.names} says of them is not in JSON Schema, or no codec has read them.`,
      )
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
   * @param options.isExpected whether it is to come from the server
   * @throws UsageError if no document, or more than one, has it, or if it is expected, and the server does not send it
   */
  messageNamed(name: string, { isExpected = false } = {}): NamedMessage {
    const [named, applied] = this.findNamed(name)
    const isRequired = isExpected && !this.context.isContrary && applied.setting.strict !== 'report'
    if (isRequired && named.problem !== undefined) throw new UsageError(named.problem)
    return named
  }

  private findNamed(name: string): readonly [NamedMessage, AppliedContract] {
    const errors: UsageError[] = []
    const found = this.appliedContracts.flatMap((applied) => {
      const { contract } = applied
      const isValidated = (url: string) => url === '' || this.at(url).some(([one]) => one === applied)
      try {
        return contract ? [[contract.messageNamed(name, isValidated), applied] as const] : []
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        errors.push(error)
        return []
      }
    })
    const [named, another] = found
    if (another)
      throw new UsageError(`${this.names} have a message ${quoted(name)} each: give it different names there.`)
    if (named) return named
    const [error, ...others] = errors
    if (error) throw others.length === 0 ? error : new UsageError(errors.map(({ message }) => message).join('\n'))
    throw new UsageError(
      `${quoted(name)} is not known yet: ${this.names} will be read when somebody connects. Write before this: the server is described by "…"`,
    )
  }

  private get names(): string {
    return this.appliedContracts.map(({ setting }) => quoted(setting.document)).join(' and ')
  }

  /** What the scenario has seen of each document that has been read, and what each promises, as reports may show it. */
  get coverage(): readonly { readonly observed: ObservedContract; readonly model: () => ContractModel }[] {
    return [...this.seen].flatMap(([{ contract, name }, observations]) => {
      if (!contract) return []
      const document = redact(name)
      const observed = { document, hash: contract.model.hash, observations: observations.all.map(shownObservation) }
      return [{ observed, model: () => ({ ...shownModel(contract.model), document }) }]
    })
  }

  /** Those that are about a connection. */
  private at(url: string): readonly About[] {
    // Most messages are of one connection after the other: what is found for each is kept.
    const known = this.about.get(url)
    if (known) return known
    const found = this.appliedContracts.flatMap((applied): About[] => {
      const { setting, contract } = applied
      return contract && (setting.address === undefined || isAt(setting.address, url)) ? [[applied, contract]] : []
    })
    this.about.set(url, found)
    return found
  }

  /** @returns what is wrong, if that is to fail the scenario */
  private validate(message: ExchangedMessage, act: string, isOnPurpose: boolean): ConversationError | undefined {
    let error: ConversationError | undefined
    for (const [applied, contract] of this.at(message.url)) {
      const { result, problem } = validateIfPossible(contract, message)
      this.seenCount++
      if (result.verdict !== 'unvalidated') this.validatedCount++
      this.count(applied, message.sender, result, isOnPurpose)
      if (problem === undefined) continue
      const words = `${act} ${problem}`
      this.complain(words)
      if (isOnPurpose || applied.setting.strict === 'report') continue
      error ??= new ExpectationError(`${words}\n  ${shown(message)}`)
    }
    return error
  }

  private count(applied: AppliedContract, sender: Sender, result: ValidationResult, isOnPurpose: boolean): void {
    const observations = this.seen.get(applied) as Observations
    observations.count(result, result, sender, isOnPurpose)
    for (const other of result.others) observations.count(other, result, sender, isOnPurpose)
  }
}

/** Of texts, protocols and codecs write as JSON what the sentence calls so, or what looks like an object or a list. */
function detailsOf(data: string | Buffer, { kind, ...details }: MessageAddress = {}): MessageDetails {
  const isJson = kind === undefined ? typeof data !== 'string' || looksLikeJson(data) : kind === 'json'
  return isJson ? details : { ...details, isText: true }
}

/** The tag of scenarios that contradict their documents on purpose. */
const TAG = 'the tag @contrary-to-the-contract'

/** What becomes of a message, and what is wrong with it, in words; what takes too long to validate is not right either. */
function validateIfPossible(
  contract: Contract,
  message: ExchangedMessage,
): { result: ValidationResult; problem?: string } {
  try {
    const result = contract.validate(message)
    if (result.complaint === undefined) return { result }
    return { result, problem: `a message that contradicts the contract: ${result.complaint}` }
  } catch (error) {
    if (!(error instanceof ConversationError)) throw error
    const problem = `a message that cannot be validated against ${quoted(contract.document)}: ${error.message}`
    return { result: resultIn('unvalidated', []), problem }
  }
}

function shown({ content: { text, bytes } }: ExchangedMessage): string {
  return bytes ? hexExcerpt(bytes) : messageExcerpt(text as string)
}

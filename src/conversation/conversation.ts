/** One scenario's conversation: its clients, variables, reactions and transcript. */

import {
  CONTRACT,
  DURATION,
  FUNCTION,
  NAME,
  NUMBER,
  OBJECT,
  PROTOCOL,
  requireArgument,
  TEXT,
  WHOLE_NUMBER,
} from '../arguments'
import type { Client } from '../client/client'
import type { Measures } from '../client-state/client-context'
import type { ClientState } from '../client-state/client-state'
import type { ConnectionTarget, ProtocolSetting, SpokenProtocol } from '../connection/connection'
import type { ConnectOptions, ServerAddress } from '../connection/connection-target'
import { connectionTarget, httpTarget } from '../connection/lazy-targets'
import { MESSAGE_OVERHEAD, maxKeptBytes } from '../connection/memory-limit'
import { SpokenProtocols } from '../connection/spoken-protocols'
import type { ContractSetting } from '../contract/contract-setting'
import type { ScenarioContracts } from '../contract/scenario-contracts'
import { UsageError } from '../errors'
import { renewBudget } from '../evaluation-limit'
import type { ClientView } from '../failures/client-view'
import { DeferredErrors } from '../failures/deferred-errors'
import { scenarioTimeoutFailure } from '../failures/lazy-failures'
import type { HttpRequests, Requester, RequestOptions } from '../http/http-requests'
import type { Message } from '../inbox/message'
import { mayComeFromScenarioBefore } from '../inbox/scenario-before'
import { CallsUnderWay } from '../lifecycle/calls-under-way'
import { Lifecycle } from '../lifecycle/lifecycle'
import { Reactions } from '../lifecycle/reactions'
import { goalOfPause, TimeLimit } from '../lifecycle/time-limit'
import type { MessageContext } from '../messages/message-expression'
import type { PhraseTemplates } from '../messages/templates'
import { Processes } from '../processes/processes'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'
import { quoted } from '../text/excerpt'
import { parseDuration, parseTimeLimit } from '../time/duration'
import { Transcript } from '../transcript'
import { Variables } from '../variables/variables'
import { announceEnds } from './announced-ends'
import { ClientRegistry } from './client-registry'
import { connectMembers, requireGroupSize } from './connect-members'
import { ConversationEnd } from './conversation-end'
import { FilesAndAddresses } from './files-and-addresses'
import type { ResolvedSettings } from './resolved-settings'
import type { Transports } from './transports'

/**
 * A sentence of a scenario.
 * @example conversation.beginSentence({ text: 'Rob connects', location: 'features/chat.feature:12' })
 */
export interface Sentence {
  /** Without its keyword. */
  readonly text: string
  /** Such as `features/chat.feature:12`. */
  readonly location: string
  /** The media type of its doc string, if it has one that says so. */
  readonly mediaType?: string | undefined
}

/**
 * A conversation of named clients with one or more servers, over any transports.
 * @example const names = (conversation: BaseConversation) => conversation.transcript.entries.map(({ client }) => client)
 */
export class Conversation {
  /** What was said and what happened. */
  readonly transcript = new Transcript()
  /** The scenario's variables. */
  readonly variables = new Variables()
  /** How phrases travel, from now on. */
  readonly phrases: PhraseTemplates
  /** The programs and commands of the settings. */
  readonly processes: Processes
  /** The sentence that is being carried out. */
  sentence: Sentence | undefined
  /** @internal */
  readonly clients = new ClientRegistry((name) => {
    const { Client } = require('../client/client') as typeof import('../client/client')
    return new Client(name, this)
  })
  /** @internal */
  readonly secrets: Secrets
  /** @internal */
  readonly reactions = new Reactions(
    (error) => this.deferError(error),
    ({ at }) => this.measures?.reacted(this.transcript.now() - at),
  )
  /** @internal */
  readonly files: FilesAndAddresses
  /**
   * What connections and messages are judged by; undefined where no document describes the servers.
   * @internal
   */
  contracts: ScenarioContracts | undefined
  /**
   * Whether a tag has said that the scenario contradicts the documents on purpose.
   * @internal
   */
  isContrary = false
  /**
   * Undefined where nothing is measured, as one scenario runs after the other.
   * @internal
   */
  measures: Measures | undefined
  /** @internal */
  readonly maxReceivedBytes: number
  private received = 0
  /** @internal */
  readonly protocols: SpokenProtocols
  /** @internal */
  readonly lifecycle: Lifecycle
  private server: ServerAddress
  private readonly deferredErrors = new DeferredErrors()
  private readonly calls = new CallsUnderWay(this)
  private readonly limit = new TimeLimit((told) => this.timedOut(told))
  private readonly conversationEnd: ConversationEnd
  private searchedIn: Sentence | undefined
  private httpRequests: HttpRequests | undefined

  /** @internal */
  constructor(
    /** @internal */
    readonly settings: ResolvedSettings,
    private readonly transports: Transports,
  ) {
    const { programs } = transports
    const { transcript, variables, clients, limit, calls, reactions, deferredErrors } = this
    renewBudget()
    this.maxReceivedBytes = maxKeptBytes(settings.maxMessageBytes)
    this.phrases = { ...settings.phrases }
    this.secrets = transports.secrets ?? new Secrets(settings.redact)
    this.secrets.learnFromOptions([settings.protocol, settings.protocols])
    this.lifecycle = new Lifecycle(settings.redact.length > 0 ? registerRedaction(this.secrets) : () => {})
    this.server = settings.server
    this.files = new FilesAndAddresses({
      ...{ transports, secrets: this.secrets, limits: settings, timeLimit: limit },
      location: () => this.sentence?.location,
    })
    this.processes = new Processes({
      ...{ settings, programs, variables, transcript },
      isOver: () => this.isOver,
      attend: (goal, act) => calls.attend(goal, () => limit.until(goal, act())),
      announceEnds: (isConcerned, act) => announceEnds(this.introduced, isConcerned, act),
    })
    this.conversationEnd = new ConversationEnd({
      ...{ settings, lifecycle: this.lifecycle, timeLimit: limit, transcript, deferredErrors },
      ...{ clients, calls, reactions, processes: this.processes, programs },
    })
    this.protocols = new SpokenProtocols({ settings, ...transports })
    if (settings.asyncapi.length > 0) this.judgeBy(settings.asyncapi)
    if (settings.scenarioTimeout !== undefined) limit.start(settings.scenarioTimeout, transcript.now())
  }

  /**
   * The client of that name; it takes part once it connects or is given a reaction.
   * @example const rob = conversation.client('Rob')
   */
  client(name: string): Client {
    requireArgument('client', 'name', name, NAME)
    return this.clients.getOrCreate(name)
  }

  /** The HTTP requests beside the sockets. */
  get requests(): HttpRequests {
    this.httpRequests ??= this.createRequests()
    return this.httpRequests
  }

  /** Loaded when they are needed: most conversations have no HTTP. */
  private createRequests(): HttpRequests {
    const { HttpRequests } = require('../http/http-requests') as typeof import('../http/http-requests')
    const { secrets, transcript, settings } = this
    return new HttpRequests({
      ...{ secrets, transcript, sendRequest: this.transports.sendRequest, limits: settings },
      target: (options, variables) => httpTarget(this.server, options, variables),
      messageContext: (variables) => this.messageContext(variables),
      pause: async (ms) => {
        await this.delay(ms)
        if (this.isOver) throw new UsageError('Nothing is requested any more: the conversation has ended.')
      },
      isOver: () => this.isOver,
    })
  }

  /**
   * Sets where clients connect to from now on; variables in it are filled in for each client.
   * @example conversation.setServerUrl('ws://localhost:8080/?name=${client}')
   */
  setServerUrl(url: string): void {
    requireArgument('setServerUrl', 'url', url, TEXT)
    this.lifecycle.requireGoingOn('No server can be set')
    this.server = { ...this.server, url }
  }

  /**
   * Sets which protocol clients speak that connect from now on, wherever they connect to.
   * @param protocol its name, or an object with its `name` and options
   * @throws UsageError for an unknown one
   * @example conversation.setProtocol({ name: 'signalr', method: 'SendMessage' })
   */
  setProtocol(protocol: ProtocolSetting): void {
    requireArgument('setProtocol', 'protocol', protocol, PROTOCOL)
    this.lifecycle.requireGoingOn('No protocol can be set')
    this.secrets.learnFromOptions(protocol)
    this.protocols.choose(protocol)
  }

  /**
   * Has connections and messages judged by an AsyncAPI document from now on, instead of those before.
   * @param document a path in the project, an address, or an object with its `document` and what else the setting `asyncapi` takes
   * @throws UsageError for one that cannot be read, or is not as AsyncAPI has it
   * @example await conversation.setContract('docs/asyncapi.yaml')
   */
  setContract(document: string | ContractSetting): Promise<void> {
    return this.calls.attend(
      () => 'an AsyncAPI document was still being read',
      async () => {
        requireArgument('setContract', 'document', document, CONTRACT)
        this.lifecycle.requireGoingOn('No document can be set')
        const setting = typeof document === 'string' ? { document } : document
        const { fillSchemaLocation } =
          require('../variables/fill-in-place') as typeof import('../variables/fill-in-place')
        const filled = { ...setting, document: fillSchemaLocation(setting.document, this.variables) }
        await this.judgeBy([filled], setting.document).ready()
      },
    )
  }

  private judgeBy(settings: readonly ContractSetting[], name?: string): ScenarioContracts {
    const { ScenarioContracts } =
      require('../contract/scenario-contracts') as typeof import('../contract/scenario-contracts')
    const contracts = this.contracts ?? new ScenarioContracts(this)
    for (const { document } of settings) this.secrets.learnFromAddress(document)
    contracts.describeBy(settings, name)
    this.contracts = contracts
    return contracts
  }

  /**
   * Limits how long the conversation may take, from its beginning to its end: whatever is waited for then fails.
   * @param limit `30 seconds`, or a number of ms
   * @throws ExpectationError if it has taken longer already
   * @example conversation.setTimeLimit('30 s')
   */
  setTimeLimit(limit: string | number): void {
    requireArgument('setTimeLimit', 'limit', limit, DURATION)
    const duration = parseTimeLimit(limit)
    if (this.isOver) throw new UsageError('The conversation has ended: its time cannot be limited any more.')
    if (duration < this.transcript.now()) throw scenarioTimeoutFailure(duration)
    this.limit.start(duration, this.transcript.now())
  }

  /** @internal */
  get timeLimit(): number {
    return this.limit.duration
  }

  /** Ends whatever clients wait for; if nothing was waited for, the next sentence fails. */
  private timedOut(told: number): void {
    const counts = this.clients.all.map(({ state }) => state.scenarioTimedOut())
    const isTold = told > 0 || counts.some((count) => count > 0)
    if (!isTold) this.deferredErrors.add(scenarioTimeoutFailure(this.timeLimit))
    this.reactions.scenarioTimedOut()
  }

  /**
   * Begins a sentence: its text goes into the transcript.
   * @throws what went wrong in the background of the last one
   */
  beginSentence(sentence: Sentence): void {
    requireArgument('beginSentence', 'sentence', sentence, OBJECT)
    requireArgument('beginSentence', 'sentence.text', sentence.text, TEXT)
    this.lifecycle.requireGoingOn('No sentence can begin')
    this.sentence = sentence
    renewBudget()
    this.clients.beginSentence()
    this.transcript.add('sentence', '', sentence.text)
    this.deferredErrors.sentencePassed()
    this.deferredErrors.throwAll()
  }

  /**
   * Connects the members of a new group, at most a hundred at a time.
   * @param onProgress is called with the number of those that are connected, after each of them
   * @example await conversation.connectGroup('listeners', 100)
   */
  connectGroup(
    name: string,
    size: number,
    options: ConnectOptions = {},
    onProgress: (connected: number) => void = () => {},
  ): Promise<void> {
    return this.calls.attend(
      () => `the group of ${size} ${name} was still connecting`,
      async () => {
        requireArgument('connectGroup', 'name', name, NAME)
        requireArgument('connectGroup', 'size', size, WHOLE_NUMBER)
        requireArgument('connectGroup', 'onProgress', onProgress, FUNCTION)
        this.lifecycle.requireGoingOn('No group can connect')
        requireGroupSize(name, size)
        await connectMembers(this.clients.createGroup(name, size), options, onProgress)
      },
    )
  }

  /**
   * Waits without doing anything; ends early with the conversation.
   * @param ms how long
   * @example await conversation.pause(100)
   */
  pause(ms: number): Promise<void> {
    return this.calls.attend(
      () => goalOfPause(ms),
      async () => {
        requireArgument('pause', 'ms', ms, NUMBER)
        await this.delay(ms)
      },
    )
  }

  /**
   * As `pause`, for what is told otherwise if nobody awaits it.
   * @internal
   */
  async delay(ms: number): Promise<void> {
    const duration = parseDuration(ms)
    this.lifecycle.requireGoingOn('Nothing can be waited for')
    await this.limit.delay(duration)
  }

  /**
   * Waits for the reactions that must still happen.
   * @throws ExpectationError for a one-time reaction that has not happened, and whatever went wrong in the background
   * @example await conversation.settle()
   */
  settle(): Promise<void> {
    return this.conversationEnd.settle()
  }

  /**
   * Closes all connections, by a closing handshake where the server answers it soon, and stops the programs.
   * @throws ExpectationError for a program that has crashed meanwhile; after `settle` also UsageError for what has been begun since
   * and is not done, and ConnectionError for a connection that has ended as none should: the server has reset it, or complained
   * @example await conversation.end()
   */
  end(): Promise<void> {
    // Of many conversations at once, none is the one after.
    return this.conversationEnd.end({ hasNext: !this.measures })
  }

  /** @internal */
  get isOver(): boolean {
    return this.lifecycle.isOver
  }

  /**
   * Whether nobody has to heed what fails from now on: it has been told that this was still under way, or the end has come.
   * @internal
   */
  get failsUnheeded(): boolean {
    return this.lifecycle.failsUnheeded
  }

  /** @internal */
  get isAbandoned(): boolean {
    return this.lifecycle.isAbandoned
  }

  /** @internal */
  beginWork(): () => void {
    return this.lifecycle.beginWork()
  }

  /**
   * Reads a JSON Schema from an address, and what it refers to on its host, once in a run: before a message is expected to be
   * valid against it. What sentences name after `valid against` is read without this.
   * @throws UsageError if it is not an address that begins with http:// or https://
   * @example await conversation.readSchema('http://localhost:8080/asyncapi.json#/components/schemas/Pong')
   */
  readSchema(address: string): Promise<void> {
    return this.calls.attend(
      () => `the schema ${quoted(address)} was still being read`,
      async () => {
        requireArgument('readSchema', 'address', address, TEXT)
        this.lifecycle.requireGoingOn('No schema can be read')
        await this.files.readSchema(address)
      },
    )
  }

  /**
   * Reads the schemas that are named by their addresses.
   * @param texts sentences, doc strings and cells
   * @internal
   */
  async readSchemasIn(texts: readonly string[]): Promise<void> {
    await this.files.readSchemasIn(texts, this.variables)
  }

  /** @internal */
  hasRoomFor(size: number): boolean {
    this.received += size + MESSAGE_OVERHEAD
    return this.received <= this.maxReceivedBytes
  }

  /** @internal */
  spokenAt(url: string): SpokenProtocol {
    return this.protocols.spokenAt(url)
  }

  /** @internal */
  connectionTarget(options: ConnectOptions, variables: Variables): ConnectionTarget {
    return connectionTarget(this.server, options, variables)
  }

  /** @internal */
  messageContext(variables: Variables = this.variables): MessageContext {
    const { phrases, files, settings, protocols, contracts } = this
    return { variables, phrases, files, typePath: settings.type, protocols, contracts }
  }

  /** @internal */
  request(source: string, requester: Requester, options?: RequestOptions): Promise<void> {
    return this.requests.send(source, requester, options)
  }

  /** @internal */
  deferError(error: Error): void {
    if (this.isOver) return
    const interrupted = this.introduced.map(({ inbox }) => inbox.interrupt(error))
    if (interrupted.every((count) => count === 0)) this.deferredErrors.add(error)
    else this.deferredErrors.addThrown(error)
  }

  /** @internal */
  mayComeFromScenarioBefore(message: Message): boolean {
    const { transcript, measures } = this
    return !measures && mayComeFromScenarioBefore(message, transcript.entries, performance.now() - transcript.now())
  }

  /** @internal */
  unknownClient(name: string): UsageError {
    return this.clients.unknownClient(name)
  }

  private get introduced(): ClientState[] {
    return this.clients.introduced.map(({ state }) => state)
  }

  /** @internal */
  claimSearch(client: ClientView): readonly ClientView[] {
    const isClaimed = this.sentence !== undefined && this.searchedIn === this.sentence
    this.searchedIn = this.sentence
    return isClaimed ? [] : this.introduced.filter((other) => other !== client)
  }
}

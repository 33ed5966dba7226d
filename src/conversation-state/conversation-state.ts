/** The state of a conversation, as its clients and its documents know it. */

import type { ClientContext, Measures } from '../client-state/client-context'
import type { ClientState } from '../client-state/client-state'
import type { ConnectionTarget, SpokenProtocol } from '../connection/connection'
import type { ConnectOptions, ServerAddress } from '../connection/connection-target'
import { connectionTarget, httpTarget } from '../connection/lazy-targets'
import { MESSAGE_OVERHEAD, maxKeptBytes } from '../connection/memory-limit'
import { SpokenProtocols } from '../connection/spoken-protocols'
import type { ContractSetting } from '../contract/contract-setting'
import type { ContractsContext, ScenarioContracts } from '../contract/scenario-contracts'
import { UsageError } from '../errors'
import type { ClientView } from '../failures/client-view'
import { DeferredErrors } from '../failures/deferred-errors'
import { scenarioTimeoutFailure } from '../failures/lazy-failures'
import type { HttpRequests, Requester, RequestOptions } from '../http/http-requests'
import type { Message } from '../inbox/message'
import { mayComeFromScenarioBefore } from '../inbox/scenario-before'
import type { MessageContext } from '../messages/message-expression'
import type { PhraseTemplates } from '../messages/templates'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'
import { parseDuration } from '../time/duration'
import { Transcript } from '../transcript'
import { Variables } from '../variables/variables'
import { ClientRegistry } from './client-registry'
import { FilesAndAddresses } from './files-and-addresses'
import { Lifecycle } from './lifecycle'
import { Reactions } from './reactions'
import type { ResolvedSettings } from './resolved-settings'
import { TimeLimit } from './time-limit'
import type { Transports } from './transports'

/** The state of one conversation, which all that takes part reads and changes. */
export class ConversationState implements ClientContext, ContractsContext {
  readonly transcript = new Transcript()
  readonly variables = new Variables()
  readonly phrases: PhraseTemplates
  readonly clients = new ClientRegistry((name) => {
    const { Client } = require('../client/client') as typeof import('../client/client')
    return new Client(name, this)
  })
  readonly secrets: Secrets
  readonly lifecycle: Lifecycle
  readonly limit = new TimeLimit((failedCount) => this.timedOut(failedCount))
  readonly reactions = new Reactions(
    (error) => this.deferError(error),
    ({ at }) => this.measures?.reacted(this.transcript.now() - at),
  )
  readonly deferredErrors = new DeferredErrors()
  readonly files: FilesAndAddresses
  readonly protocols: SpokenProtocols
  readonly maxReceivedBytes: number
  /** Where clients connect to from now on. */
  server: ServerAddress
  /** What connections and messages are validated against; undefined where no document describes the servers. */
  contracts: ScenarioContracts | undefined
  /** Whether a tag has said that the scenario contradicts the documents on purpose. */
  isContrary = false
  /** Undefined where nothing is measured, as one scenario runs after the other. */
  measures: Measures | undefined
  private received = 0
  private searchedIn: object | undefined
  private httpRequests: HttpRequests | undefined

  /** @param sentence that is being carried out */
  constructor(
    readonly settings: ResolvedSettings,
    private readonly transports: Transports,
    private readonly sentence: () => { readonly location: string } | undefined,
  ) {
    this.maxReceivedBytes = maxKeptBytes(settings.maxMessageBytes)
    this.phrases = { ...settings.phrases }
    this.secrets = transports.secrets ?? new Secrets(settings.redact)
    this.secrets.learnFromOptions([settings.protocol, settings.protocols])
    this.secrets.learnFromSettings(settings)
    this.lifecycle = new Lifecycle(settings.redact.length > 0 ? registerRedaction(this.secrets) : () => {})
    this.server = settings.server
    this.files = new FilesAndAddresses({
      ...{ transports, secrets: this.secrets, limits: settings, timeLimit: this.limit },
      location: () => sentence()?.location,
    })
    this.protocols = new SpokenProtocols({ settings, ...transports })
    if (settings.asyncapi.length > 0) this.validateAgainst(settings.asyncapi)
    if (settings.scenarioTimeout !== undefined) this.limit.start(settings.scenarioTimeout, this.transcript.now())
  }

  get isOver(): boolean {
    return this.lifecycle.isOver
  }

  get failsUnheeded(): boolean {
    return this.lifecycle.failsUnheeded
  }

  get isAbandoned(): boolean {
    return this.lifecycle.isAbandoned
  }

  beginWork(): () => void {
    return this.lifecycle.beginWork()
  }

  get timeLimit(): number {
    return this.limit.duration
  }

  /** Ends whatever clients wait for; if nothing was waited for, the next sentence fails. */
  private timedOut(failedCount: number): void {
    const counts = this.clients.all.map(({ state }) => state.scenarioTimedOut())
    const isReported = failedCount > 0 || counts.some((count) => count > 0)
    if (!isReported) this.deferredErrors.add(scenarioTimeoutFailure(this.timeLimit))
    this.reactions.scenarioTimedOut()
  }

  async delay(ms: number): Promise<void> {
    const duration = parseDuration(ms)
    this.lifecycle.requireGoingOn('Nothing can be waited for')
    await this.limit.delay(duration)
  }

  /** The clients that a sentence has introduced. */
  get introduced(): ClientState[] {
    return this.clients.introduced.map(({ state }) => state)
  }

  unknownClient(name: string): UsageError {
    return this.clients.unknownClient(name)
  }

  deferError(error: Error): void {
    if (this.isOver) return
    const interrupted = this.introduced.map(({ inbox }) => inbox.interrupt(error))
    if (interrupted.every((count) => count === 0)) this.deferredErrors.add(error)
    else this.deferredErrors.addThrown(error)
  }

  hasRoomFor(size: number): boolean {
    this.received += size + MESSAGE_OVERHEAD
    return this.received <= this.maxReceivedBytes
  }

  spokenAt(url: string): SpokenProtocol {
    return this.protocols.spokenAt(url)
  }

  connectionTarget(options: ConnectOptions, variables: Variables): ConnectionTarget {
    return connectionTarget(this.server, options, variables)
  }

  messageContext(variables: Variables = this.variables): MessageContext {
    const { phrases, files, settings, protocols, contracts } = this
    return { variables, phrases, files, typePath: settings.type, protocols, contracts }
  }

  /**
   * Has connections and messages validated against these documents from now on, instead of those before.
   * @param name as the sentence writes it that names a single one
   */
  validateAgainst(settings: readonly ContractSetting[], name?: string): ScenarioContracts {
    const { ScenarioContracts } =
      require('../contract/scenario-contracts') as typeof import('../contract/scenario-contracts')
    const contracts = this.contracts ?? new ScenarioContracts(this)
    for (const { document } of settings) this.secrets.learnFromAddress(document)
    contracts.describeBy(settings, name)
    this.contracts = contracts
    return contracts
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

  request(source: string, requester: Requester, options?: RequestOptions): Promise<void> {
    return this.requests.send(source, requester, options)
  }

  mayComeFromScenarioBefore(message: Message): boolean {
    const { transcript, measures } = this
    return !measures && mayComeFromScenarioBefore(message, transcript.entries, performance.now() - transcript.now())
  }

  claimSearch(client: ClientView): readonly ClientView[] {
    const sentence = this.sentence()
    const isClaimed = sentence !== undefined && this.searchedIn === sentence
    this.searchedIn = sentence
    return isClaimed ? [] : this.introduced.filter((other) => other !== client)
  }
}

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
import { takeUnreportedEnd } from '../client-state/preconditions'
import type { ConnectionTarget, OpenConnection, ProtocolSetting, SpokenProtocol } from '../connection/connection'
import type { ConnectOptions, ServerAddress } from '../connection/connection-target'
import { connectionTarget, httpTarget } from '../connection/lazy-targets'
import { MESSAGE_OVERHEAD, maxKeptBytes } from '../connection/memory-limit'
import { SpokenProtocols } from '../connection/spoken-protocols'
import type { ContractSetting } from '../contract/contract-setting'
import type { ReadDocuments } from '../contract/read-contract'
import type { ScenarioContracts } from '../contract/scenario-contracts'
import { type ConnectionError, ExpectationError, UsageError } from '../errors'
import { renewBudget } from '../evaluation-limit'
import type { ClientView } from '../failures/client-view'
import { DeferredErrors } from '../failures/deferred-errors'
import { scenarioTimeoutFailure } from '../failures/lazy-failures'
import type { HttpRequests, Requester, RequestOptions } from '../http/http-requests'
import type { SendRequest } from '../http/send-request'
import type { Message } from '../inbox/message'
import { mayComeFromScenarioBefore, scenarioEnded } from '../inbox/scenario-before'
import type { MessageContext } from '../messages/message-expression'
import type { ProjectFiles } from '../messages/project-files'
import type { PhraseTemplates } from '../messages/templates'
import { Processes } from '../processes/processes'
import type { Programs } from '../processes/programs'
import { registerRedaction } from '../redaction'
import type { SchemaAddresses } from '../schema-addresses'
import { Secrets } from '../secrets/secrets'
import { quoted } from '../text/excerpt'
import { Deadline } from '../time/deadline'
import { formatDuration, parseDuration, parseTimeLimit } from '../time/duration'
import { Transcript } from '../transcript'
import { Variables } from '../variables/variables'
import { CallsUnderWay, forgottenCall } from './calls-under-way'
import { ClientRegistry } from './client-registry'
import { Reactions } from './reactions'
import type { ResolvedSettings } from './resolved-settings'

/** The transports of a conversation. */
export interface Transports {
  readonly openConnection: OpenConnection
  /** The same, by a protocol. */
  speaking(protocol: ProtocolSetting): SpokenProtocol
  readonly files: ProjectFiles
  readonly sendRequest: SendRequest
  readonly programs: Programs
  /** The schemas that have been read from addresses, shared by a run. */
  readonly schemaTexts: Map<string, string>
  /** Shared by conversations that go on at the same time; by default each has its own. */
  readonly secrets?: Secrets | undefined
}

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

/** What is waited for beside the clients. */
interface PendingWork {
  /** In words: `the command "worker" was still running`. */
  readonly goal: () => string
  /** By an error, or since the conversation has ended. */
  end(error?: Error): void
}

/** How far a conversation has come, which never goes back. */
const Phase = {
  goingOn: 0,
  /** Reactions have happened; what is still under way is told now. */
  settling: 1,
  /** Nothing wrong was found. */
  settled: 2,
  ending: 3,
  /** Nothing can be done any more. */
  over: 4,
  ended: 5,
} as const

/** How many members of a group connect side by side. */
const MAX_CONCURRENT = 100

/** How many members a group may have: each connection to a server needs a port of its own. */
const MAX_GROUP = 65_535

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
  readonly files: ProjectFiles
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
  private phase: number = Phase.goingOn
  /**
   * Whether nobody can await anything once it ends: the steps and hooks of its scenario are done.
   * @internal
   */
  abandonsWaits = false
  /** How much is under way that may fail after the end. */
  private work = 0
  /** How connections ended as none should, if the scenario had not settled before its end. */
  private endsOfEnd: readonly Error[] = []
  private received = 0
  /** @internal */
  readonly protocols: SpokenProtocols
  private server: ServerAddress
  private readonly deferredErrors = new DeferredErrors()
  private readonly calls = new CallsUnderWay(this)
  private readonly pauses = new Set<PendingWork>()
  private timeLimitDeadline: Deadline | undefined
  private limit = Number.POSITIVE_INFINITY
  private searchedIn: Sentence | undefined
  private stopRedacting = (): void => {}
  private readAddresses: SchemaAddresses | undefined
  private httpRequests: HttpRequests | undefined

  /** @internal */
  constructor(
    /** @internal */
    readonly settings: ResolvedSettings,
    private readonly transports: Transports,
  ) {
    const { files, programs } = transports
    const { transcript, variables } = this
    renewBudget()
    this.maxReceivedBytes = maxKeptBytes(settings.maxMessageBytes)
    this.phrases = { ...settings.phrases }
    this.secrets = transports.secrets ?? new Secrets(settings.redact)
    this.secrets.learnFromOptions([settings.protocol, settings.protocols])
    if (settings.redact.length > 0) this.stopRedacting = registerRedaction(this.secrets)
    this.server = settings.server
    this.files = {
      // A file may stand beside the feature that names it.
      read: (path) =>
        /^https?:\/\//i.test(path)
          ? Buffer.from(this.schemaAddresses.text(path))
          : files.read(path, this.sentence?.location),
      message: (name) => files.message(name),
    }
    this.processes = new Processes({
      ...{ settings, programs, variables, transcript },
      isOver: () => this.isOver,
      attend: (goal, act) => this.calls.attend(goal, () => this.untilTimeLimit(goal, act())),
      announceEnds: (isConcerned, act) => this.announceEnds(isConcerned, act),
    })
    this.protocols = new SpokenProtocols({ settings, ...transports })
    if (settings.asyncapi.length > 0) this.judgeBy(settings.asyncapi)
    if (settings.scenarioTimeout !== undefined) this.startTimeLimit(settings.scenarioTimeout)
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
    this.requireConversation('No server can be set')
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
    this.requireConversation('No protocol can be set')
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
        this.requireConversation('No document can be set')
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

  /** @internal */
  get folder(): string {
    return this.sentence?.location.replace(/[^/\\]*$/, '') ?? ''
  }

  /** @internal */
  readFile(path: string): string {
    return String(this.files.read(path))
  }

  /** @internal */
  readDocuments: ReadDocuments = (location, proceed) => {
    const goal = () => `the document ${quoted(location)} was still being read`
    return this.untilTimeLimit(goal, this.schemaAddresses.readDocuments(location, proceed))
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
    this.startTimeLimit(duration)
  }

  /** @internal */
  get timeLimit(): number {
    return this.limit
  }

  private startTimeLimit(duration: number): void {
    this.timeLimitDeadline?.cancel()
    this.limit = duration
    this.timeLimitDeadline = new Deadline(Math.max(0, duration - this.transcript.now()), () => this.timedOut())
  }

  /** Ends whatever is waited for; if nothing is, the next sentence fails. */
  private timedOut(): void {
    const pending = [...this.pauses]
    for (const { goal, end } of pending) end(scenarioTimeoutFailure(this.limit, goal()))
    const counts = this.clients.all.map(({ state }) => state.scenarioTimedOut())
    const isTold = pending.length > 0 || counts.some((count) => count > 0)
    if (!isTold) this.deferredErrors.add(scenarioTimeoutFailure(this.limit))
    this.reactions.scenarioTimedOut()
  }

  /** Waits for work that goes on by itself, but not longer than the conversation may take. */
  private untilTimeLimit<T>(goal: () => string, work: Promise<T>): Promise<T> {
    if (this.limit === Number.POSITIVE_INFINITY) return work
    return new Promise((resolve, reject) => {
      const pending = { goal, end: (error?: Error) => error && reject(error) }
      this.pauses.add(pending)
      work.then(resolve, reject).finally(() => this.pauses.delete(pending))
    })
  }

  /**
   * Begins a sentence: its text goes into the transcript.
   * @throws what went wrong in the background of the last one
   */
  beginSentence(sentence: Sentence): void {
    requireArgument('beginSentence', 'sentence', sentence, OBJECT)
    requireArgument('beginSentence', 'sentence.text', sentence.text, TEXT)
    this.requireConversation('No sentence can begin')
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
        this.requireConversation('No group can connect')
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
    this.requireConversation('Nothing can be waited for')
    await new Promise<void>((resolve, reject) => {
      const pause = {
        goal: () => goalOfPause(duration),
        end: (error?: Error) => {
          deadline.cancel()
          this.pauses.delete(pause)
          if (error) reject(error)
          else resolve()
        },
      }
      const deadline = new Deadline(duration, () => pause.end())
      this.pauses.add(pause)
    })
  }

  /**
   * Waits for the reactions that must still happen.
   * @throws ExpectationError for a one-time reaction that has not happened, and whatever went wrong in the background
   * @example await conversation.settle()
   */
  async settle(): Promise<void> {
    const done = this.beginWork()
    try {
      // After the end nothing happens any more; what went wrong with it has its words, without secrets.
      if (!this.isOver) await this.collectErrors()
      this.addErrors(this.endsOfEnd)
      this.endsOfEnd = []
      this.deferredErrors.sentencePassed()
      this.deferredErrors.throwAll()
      this.reach(Phase.settled)
    } finally {
      done()
    }
  }

  private async collectErrors(): Promise<void> {
    await this.reactions.settle(this.settings.timeout)
    await arrival()
    this.reach(Phase.settling)
    await this.collectCrashes()
    this.addErrors(this.takeUnreportedEnds())
    this.addErrors(this.forgotten())
  }

  /** An error for each call that nobody has awaited, and each client that was to connect, as somebody spoke of it. */
  private forgotten(): Error[] {
    const errors: Error[] = this.calls.forgotten()
    for (const { state, name } of this.clients.all) {
      const { hasRule, connection } = state
      if (hasRule && connection.state.kind === 'unconnected' && !this.reactions.isOutstandingFor(state)) {
        errors.push(this.clients.neverConnected(name))
      }
      for (const goal of state.goals) errors.push(forgottenCall(`${name} was still waiting to ${goal}`))
    }
    return errors
  }

  /**
   * Closes all connections, by a closing handshake where the server answers it soon, and stops the programs.
   * @throws ExpectationError for a program that has crashed meanwhile; after `settle` also UsageError for what has been begun since
   * and is not done, and ConnectionError for a connection that has ended as none should: the server has reset it, or complained
   * @example await conversation.end()
   */
  async end(): Promise<void> {
    const { phase } = this
    if (phase >= Phase.ending) return
    this.reach(Phase.ending)
    const done = this.beginWork()
    try {
      if (phase === Phase.settled && this.isUnderWay) await this.collectErrors()
      // A step of the project may end it, before it has settled.
      const isEarly = phase === Phase.goingOn
      const left = isEarly ? [...this.reactions.unfinished(0), ...this.forgotten()] : []
      this.reach(Phase.over)
      await this.close()
      // Each error is made before secrets may be shown.
      const ends = [...left, ...this.takeUnreportedEnds()]
      if (isEarly) this.endsOfEnd = ends
      else this.addErrors(ends)
      this.deferredErrors.throwAll()
    } finally {
      this.reach(Phase.ended)
      done()
    }
  }

  /** Whether something has been begun that is not done: since `settle`, this is what a hook of the project has left. */
  private get isUnderWay(): boolean {
    const { calls, reactions, clients } = this
    return calls.areUnderWay || reactions.areOutstanding || clients.all.some(({ state }) => state.goals.length > 0)
  }

  private async close(): Promise<void> {
    this.timeLimitDeadline?.cancel()
    for (const pause of [...this.pauses]) pause.end()
    const { closeGrace, quiet } = this.settings
    const { introduced } = this.clients
    if (this.abandonsWaits) for (const { state } of introduced) state.inbox.abandonWaits()
    await Promise.all(introduced.map(({ state }) => state.connection.close(closeGrace)))
    await this.pauseAfterEnd()
    await this.processes.untilIdle(quiet)
    await this.collectCrashes()
    await this.transports.programs.stop({ includeKept: false })
  }

  private reach(phase: number): void {
    this.phase = Math.max(this.phase, phase)
  }

  /** @internal */
  get isOver(): boolean {
    return this.phase >= Phase.over
  }

  /**
   * Whether nobody has to heed what fails from now on: it has been told that this was still under way, or the end has come.
   * @internal
   */
  get failsUnheeded(): boolean {
    return this.phase >= Phase.settling
  }

  /** @internal */
  get isAbandoned(): boolean {
    return this.isOver && this.abandonsWaits
  }

  /** @internal */
  beginWork(): () => void {
    this.work++
    return () => {
      this.work--
      if (this.phase === Phase.ended && this.work === 0) this.stopRedacting()
    }
  }

  /** Does what ends the connections to some addresses, which is not to be reported as unexpected, and waits for these ends. */
  private async announceEnds(isConcerned: (url: string) => boolean, act: () => Promise<void>): Promise<void> {
    const states = this.clients.introduced.map(({ state }) => state)
    const concerned = states.filter(
      ({ connection }) => connection.isOpen && isConcerned(connection.target?.url as string),
    )
    for (const state of concerned) state.isEndAnnounced = true
    try {
      await act()
      await Promise.all(concerned.map(({ connection }) => connection.ended(this.settings.closeGrace)))
    } finally {
      for (const state of concerned) state.isEndAnnounced = false
    }
  }

  /** Gives the server time for what it still says of the clients that have left: not to those of the next scenario. */
  private async pauseAfterEnd(): Promise<void> {
    const connected = this.clients.introduced.filter(({ state }) => state.inbox.hasConnected)
    if (connected.length === 0) return
    // Many conversations at once have none that is the one before.
    if (this.measures) return
    const urls = connected.map(({ state }) => (state.connection.target as ConnectionTarget).url)
    scenarioEnded([...new Set(urls)], performance.now(), this.transcript.entries)
    const { pauseBetweenScenarios } = this.settings
    if (pauseBetweenScenarios > 0) await new Promise<void>((resolve) => new Deadline(pauseBetweenScenarios, resolve))
  }

  private async collectCrashes(): Promise<void> {
    for (const crash of await this.processes.takeCrashes()) this.deferredErrors.add(new ExpectationError(crash))
  }

  private takeUnreportedEnds(): ConnectionError[] {
    return this.clients.introduced.flatMap(({ state }) => takeUnreportedEnd(state) ?? [])
  }

  private addErrors(errors: readonly Error[]): void {
    for (const error of errors) this.deferredErrors.add(error)
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
        this.requireConversation('No schema can be read')
        this.secrets.learnFromAddress(address)
        if (/^https?:\/\//i.test(address)) return this.readSchemas([address])
        throw new UsageError(
          `${quoted(address)} is not an address that begins with http:// or https://: files need not be read.`,
        )
      },
    )
  }

  /**
   * Reads the schemas that are named by their addresses.
   * @param texts sentences, doc strings and cells
   * @internal
   */
  async readSchemasIn(texts: readonly string[]): Promise<void> {
    await this.readSchemas(this.schemaAddresses.namedIn(texts, this.variables))
  }

  private readSchemas(addresses: readonly string[]): Promise<void> {
    const goal = () => `schemas were still being read: ${addresses.map(quoted).join(', ')}`
    return this.untilTimeLimit(goal, this.schemaAddresses.read(addresses))
  }

  private get schemaAddresses(): SchemaAddresses {
    if (this.readAddresses) return this.readAddresses
    const { SchemaAddresses } = require('../schema-addresses') as typeof import('../schema-addresses')
    const { schemaTexts: texts, sendRequest } = this.transports
    const { secrets, settings: limits } = this
    this.readAddresses = new SchemaAddresses({ texts, sendRequest, secrets, limits })
    return this.readAddresses
  }

  /** @throws UsageError if it has ended */
  private requireConversation(act: string): void {
    if (this.isOver) throw new UsageError(`${act} any more: the conversation has ended.`)
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
    const interrupted = this.clients.introduced.map(({ state }) => state.inbox.interrupt(error))
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

  /** @internal */
  claimSearch(client: ClientView): readonly ClientView[] {
    const isClaimed = this.sentence !== undefined && this.searchedIn === this.sentence
    this.searchedIn = this.sentence
    return isClaimed ? [] : this.clients.introduced.map(({ state }) => state).filter((other) => other !== client)
  }
}

/** @throws UsageError for a group without members, or with more than can be connected */
function requireGroupSize(name: string, size: number): void {
  if (size < 1) throw new UsageError(`A group cannot have ${size} ${name}: write 1 or more.`)
  if (size <= MAX_GROUP) return
  throw new UsageError(
    `A group cannot have ${size} ${name}: write ${MAX_GROUP} or less, as a machine has no more ports to connect from.`,
  )
}

/** Connects so many at a time; after the first that cannot, no other one begins. */
async function connectMembers(
  clients: readonly Client[],
  options: ConnectOptions,
  onProgress: (connected: number) => void,
): Promise<void> {
  const members = clients.values()
  const errors: unknown[] = []
  let connected = 0
  const connectOneByOne = async () => {
    for (const member of members) {
      await member.connect(options).catch((error) => errors.push(error))
      if (errors.length > 0) return
      onProgress(++connected)
    }
  }
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, clients.length) }, connectOneByOne))
  if (errors.length > 0) throw errors[0]
}

function goalOfPause(duration: number): string {
  return `a pause of ${formatDuration(duration)} was not over`
}

/** Resolves when what has arrived is read: the end of a connection may stand behind its last message. */
async function arrival(): Promise<void> {
  // What this process itself has still to send comes a turn later, and another one later what has to wait for its turn.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** One scenario's conversation, as steps and sentences have it. */

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
import type { ProtocolSetting } from '../connection/connection'
import type { ConnectOptions } from '../connection/connection-target'
import type { ContractSetting } from '../contract/contract-setting'
import { CallsUnderWay } from '../conversation-state/calls-under-way'
import type { ClientRegistry } from '../conversation-state/client-registry'
import { ConversationState } from '../conversation-state/conversation-state'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { goalOfPause } from '../conversation-state/time-limit'
import type { Transports } from '../conversation-state/transports'
import { UsageError } from '../errors'
import { renewBudget } from '../evaluation-limit'
import { scenarioTimeoutFailure } from '../failures/lazy-failures'
import type { HttpRequests } from '../http/http-requests'
import type { PhraseTemplates } from '../messages/templates'
import { Processes } from '../processes/processes'
import { quoted } from '../text/excerpt'
import { parseTimeLimit } from '../time/duration'
import type { Transcript } from '../transcript'
import type { Variables } from '../variables/variables'
import { announceEnds } from './announced-ends'
import { connectMembers, requireGroupSize } from './connect-members'
import { ConversationEnd } from './conversation-end'

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
  readonly transcript: Transcript
  /** The scenario's variables. */
  readonly variables: Variables
  /** How phrases travel, from now on. */
  readonly phrases: PhraseTemplates
  /** The programs and commands of the settings. */
  readonly processes: Processes
  /** The sentence that is being carried out. */
  sentence: Sentence | undefined
  /** @internal */
  readonly state: ConversationState
  /** @internal */
  readonly clients: ClientRegistry
  private readonly calls: CallsUnderWay
  private readonly conversationEnd: ConversationEnd

  /** @internal */
  constructor(
    /** @internal */
    readonly settings: ResolvedSettings,
    transports: Transports,
  ) {
    const { programs } = transports
    renewBudget()
    const state = new ConversationState(settings, transports, () => this.sentence)
    const { transcript, variables, phrases, clients, lifecycle, limit } = state
    this.state = state
    this.transcript = transcript
    this.variables = variables
    this.phrases = phrases
    this.clients = clients
    this.calls = new CallsUnderWay(lifecycle)
    this.processes = new Processes({
      ...{ settings, programs, variables, transcript },
      isOver: () => lifecycle.isOver,
      attend: (goal, act) => this.calls.attend(goal, () => limit.until(goal, act())),
      announceEnds: (ending) => announceEnds(state.introduced, ending),
    })
    this.conversationEnd = new ConversationEnd(state, { calls: this.calls, processes: this.processes, programs })
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
    return this.state.requests
  }

  /**
   * Sets where clients connect to from now on; variables in it are filled in for each client.
   * @example conversation.setServerUrl('ws://localhost:8080/?name=${client}')
   */
  setServerUrl(url: string): void {
    requireArgument('setServerUrl', 'url', url, TEXT)
    this.state.lifecycle.requireGoingOn('No server can be set')
    this.state.server = { ...this.state.server, url }
  }

  /**
   * Sets which protocol clients speak that connect from now on, wherever they connect to.
   * @param protocol its name, or an object with its `name` and options
   * @throws UsageError for an unknown one
   * @example conversation.setProtocol({ name: 'signalr', method: 'SendMessage' })
   */
  setProtocol(protocol: ProtocolSetting): void {
    requireArgument('setProtocol', 'protocol', protocol, PROTOCOL)
    this.state.lifecycle.requireGoingOn('No protocol can be set')
    this.state.secrets.learnFromOptions(protocol)
    this.state.protocols.choose(protocol)
  }

  /**
   * Has connections and messages validated against an AsyncAPI document from now on, instead of those before.
   * @param document a path in the project, an address, or an object with its `document` and what else the setting `asyncapi` takes
   * @throws UsageError for one that cannot be read, or is not as AsyncAPI has it
   * @example await conversation.setContract('docs/asyncapi.yaml')
   */
  setContract(document: string | ContractSetting): Promise<void> {
    return this.calls.attend(
      () => 'an AsyncAPI document was still being read',
      async () => {
        requireArgument('setContract', 'document', document, CONTRACT)
        this.state.lifecycle.requireGoingOn('No document can be set')
        const setting = typeof document === 'string' ? { document } : document
        const { fillSchemaLocation } =
          require('../variables/fill-in-place') as typeof import('../variables/fill-in-place')
        const filled = { ...setting, document: fillSchemaLocation(setting.document, this.variables) }
        await this.state.validateAgainst([filled], setting.document).ready()
      },
    )
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
    if (this.state.isOver) throw new UsageError('The conversation has ended: its time cannot be limited any more.')
    if (duration < this.transcript.now()) throw scenarioTimeoutFailure(duration)
    this.state.limit.start(duration, this.transcript.now())
  }

  /**
   * Begins a sentence: its text goes into the transcript.
   * @throws what went wrong in the background of the last one
   */
  beginSentence(sentence: Sentence): void {
    requireArgument('beginSentence', 'sentence', sentence, OBJECT)
    requireArgument('beginSentence', 'sentence.text', sentence.text, TEXT)
    this.state.lifecycle.requireGoingOn('No sentence can begin')
    this.sentence = sentence
    renewBudget()
    this.clients.beginSentence()
    this.transcript.add('sentence', '', sentence.text)
    this.state.deferredErrors.sentencePassed()
    this.state.deferredErrors.throwAll()
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
        this.state.lifecycle.requireGoingOn('No group can connect')
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
        await this.state.delay(ms)
      },
    )
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
    return this.conversationEnd.end()
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
        this.state.lifecycle.requireGoingOn('No schema can be read')
        await this.state.files.readSchema(address)
      },
    )
  }

  /**
   * Reads the schemas that are named by their addresses.
   * @param texts sentences, doc strings and cells
   * @internal
   */
  async readSchemasIn(texts: readonly string[]): Promise<void> {
    await this.state.files.readSchemasIn(texts, this.variables)
  }
}

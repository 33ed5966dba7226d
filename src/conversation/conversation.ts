/** One scenario's conversation: its clients, variables, reactions and transcript. */

import { ConversationError, Mistake } from '../matching/errors'
import { excerpt, quoted } from '../matching/excerpt'
import { redactBy } from '../matching/redaction'
import { nearest } from '../matching/text-distance'
import { type Arrival, addressOf, httpAddressOf, type ServerAddress } from './address'
import { Client } from './client'
import { Condition } from './condition'
import type { Address, Connect, Limits, Tls } from './connection'
import { Deadline } from './deadline'
import { inWords } from './duration'
import { UnmetExpectation } from './errors'
import { neverReacted } from './failure'
import type { Files } from './files'
import type { Command, Program, Programs } from './programs'
import type { Reaction } from './reaction'
import type { Request } from './request'
import { Response } from './response'
import { Roster } from './roster'
import { Secrets } from './secrets'
import type { Phrases } from './templates'
import { Transcript } from './transcript'
import { Variables } from './variables'
import type { Speaker } from './wording'

/** When something is put into the report. */
export type Occasion = 'always' | 'on failure' | 'never'

/** What of a conversation is put into the report. */
export interface Reporting {
  /** The picture: a sequence diagram. */
  readonly diagram: Occasion
  /** The text: a line for each thing that happened. */
  readonly transcript: Occasion
  /** The picture as source for Mermaid. */
  readonly mermaid: Occasion
}

/** What holds for a whole conversation; durations in ms. */
export interface Terms extends Limits {
  readonly server: ServerAddress
  readonly tls: Tls
  readonly phrases: Phrases
  /** How long an expectation waits. */
  readonly timeout: number
  /** How long silence is watched for. */
  readonly quiet: number
  /** The folder of named messages, relative to the project's. */
  readonly messages: string
  readonly report: Reporting
  readonly programs: Readonly<Record<string, Program>>
  readonly commands: Readonly<Record<string, Command>>
  /** Messages that are noise to every client, each as a sentence writes it. */
  readonly ignore: readonly string[]
  /** What no report or failure may show: paths into messages, headers and parameters. */
  readonly redact: readonly string[]
}

/** What a conversation reaches the world by. */
export interface Ports {
  readonly connect: Connect
  readonly files: Files
  readonly request: Request
  readonly programs: Programs
}

/** What goes with an HTTP request. */
export interface Extras {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

/** On whose behalf a request is sent. */
interface Asker {
  readonly name: string
  readonly variables: Variables
}

/** The sentence that is being carried out. */
export interface Sentence {
  readonly text: string
  /** Its place, such as `features/chat.feature:12`. */
  readonly place: string
  /** The media type of its doc string, if it has one that says so. */
  readonly mediaType?: string | undefined
}

/** How many of several troubles are told. */
const TOLD = 5

/** How many lines of a command's output are told. */
const SHOWN = 20

/** How many of a group connect side by side. */
const AT_ONCE = 100

/** A conversation of named clients with one or more servers. */
export class Conversation {
  readonly transcript = new Transcript()
  readonly variables = new Variables()
  readonly phrases: Phrases
  readonly secrets: Secrets
  readonly roster = new Roster((name) => new Client(name, this))
  sentence: Sentence | undefined
  private server: ServerAddress
  private readonly reactions: Reaction[] = []
  private readonly condition = new Condition()
  private readonly troubles: Error[] = []
  private lastResponse: Response | undefined
  private printed: { readonly name: string; readonly output: string } | undefined
  private lookedAroundIn: Sentence | undefined
  private readonly pauses = new Set<() => void>()
  /** The project's files; a sentence may name one that stands beside its feature. */
  readonly files: Files
  isOver = false
  private stopRedacting = () => {}

  constructor(
    readonly settings: Terms,
    readonly ports: Ports,
  ) {
    this.phrases = { ...settings.phrases }
    this.secrets = new Secrets(settings.redact)
    if (settings.redact.length > 0) this.stopRedacting = redactBy(this.secrets)
    this.server = settings.server
    this.files = {
      read: (path) => ports.files.read(path, this.sentence?.place),
      message: (name) => ports.files.message(name),
    }
  }

  /** The client of that name; it takes part once it connects or is given a reaction. */
  client(name: string): Client {
    return this.roster.client(name)
  }

  /** Where clients connect to from now on; variables in it are filled in for each client. */
  serverIsAt(url: string): void {
    this.server = { ...this.server, url }
  }

  /** Begins a sentence; throws what went wrong behind the back of the last one. */
  begin(sentence: Sentence): void {
    this.sentence = sentence
    this.roster.nextSentence()
    this.transcript.add('sentence', '', sentence.text)
    this.throwTroubles()
  }

  /**
   * Connects the members of a new group, at most a hundred at a time.
   * @param progress is called with the number of those that are connected, after each of them
   */
  async connectGroup(
    word: string,
    count: number,
    arrival: Arrival = {},
    progress: (connected: number) => void = () => {},
  ): Promise<void> {
    if (count < 1) throw new Mistake(`${count} ${word} are nobody: write 1 or more.`)
    const members = this.roster.group(word, count).values()
    const failures: unknown[] = []
    let connected = 0
    const connectOneByOne = async () => {
      for (const member of members) {
        await member.connect(arrival).catch((failure) => failures.push(failure))
        if (failures.length > 0) return
        progress(++connected)
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, connectOneByOne))
    if (failures.length > 0) throw failures[0]
  }

  /**
   * Sends an HTTP request, relative to the server's address, on behalf of a speaker.
   * @param written a path or URL, with the method before it unless it is GET: `POST /orders`
   * @throws ConnectionFailure if there is no answer
   */
  async request(written: string, { name, variables }: Asker, { headers = {}, body }: Extras = {}): Promise<void> {
    const [, verb = 'GET', target = ''] = /^(?:([A-Za-z]+)\s+)?(.*)$/s.exec(written.trim()) as RegExpExecArray
    const method = verb.toUpperCase()
    const url = httpAddressOf(this.server, target, variables)
    const filled = Object.entries(headers).map(([header, value]) => [header, variables.fill(value)])
    const request = { method, url, headers: Object.fromEntries(filled), body }
    this.secrets.learnFromAddress(url)
    this.secrets.learnFromHeaders(request.headers)
    this.secrets.learnFromText(body)
    this.transcript.add('requests', name, `${method} ${url}${body === undefined ? '' : ` ${body}`}`, { url })
    const answer = await this.ports.request(request, this.settings.timeout)
    this.secrets.learnFromHeaders(answer.headers)
    this.secrets.learnFromText(answer.text)
    this.transcript.add('is answered', name, `${answer.status} ${answer.text}`.trim(), { url })
    this.lastResponse = new Response(request, answer)
  }

  /**
   * The response to the last request.
   * @throws Mistake if there was none
   */
  get response(): Response {
    if (this.lastResponse) return this.lastResponse
    throw new Mistake('Nothing has been requested yet. Write before this: Rob requests "GET /orders"')
  }

  /**
   * Starts one of the programs in the settings and waits until it is ready; it is stopped with the conversation, or kept.
   * @throws Mistake for an unknown name
   */
  async runProgram(name: string): Promise<void> {
    const program = oneOf(this.settings.programs, name, 'program')
    this.transcript.add('starts', name)
    await this.ports.programs.start(name, this.filled(program), this.settings.timeout)
  }

  /**
   * Runs one of the commands in the settings, which must succeed.
   * @throws Mistake for an unknown name, UnmetExpectation if it does not succeed in time
   */
  async runCommand(name: string): Promise<void> {
    const command = oneOf(this.settings.commands, name, 'command')
    this.transcript.add('starts', name)
    const { output } = await this.ports.programs.run(name, this.filled(command), this.settings.timeout)
    this.printed = { name, output }
  }

  /** @throws UnmetExpectation if the last command has printed no such text, Mistake if none has run */
  commandPrints(text: string): void {
    if (!this.printed) throw new Mistake('No command has run yet. Write before this: the "…" command runs')
    const { name, output } = this.printed
    if (output.includes(text)) return
    const lines = output.split('\n').filter((line) => line.trim() !== '')
    const shown = lines.slice(-SHOWN).map((line) => `  ${excerpt(line)}`)
    const what = lines.length === 0 ? ['It has printed nothing.'] : ['The last that it printed was', ...shown]
    throw new UnmetExpectation([`The command "${name}" should print ${quoted(text)}.`, ...what].join('\n'))
  }

  /** Waits without doing anything; ends early with the conversation. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        deadline.callOff()
        this.pauses.delete(end)
        resolve()
      }
      const deadline = new Deadline(ms, end)
      this.pauses.add(end)
    })
  }

  /**
   * Ends the talking: waits for what reactions still have to do.
   * @throws UnmetExpectation for a one-time reaction that never happened, and whatever went wrong unseen
   */
  async settle(): Promise<void> {
    const outstanding = () => this.reactions.filter((reaction) => reaction.isOutstanding)
    const canStillHappen = (reaction: Reaction) => reaction.isUnderWay || !reaction.client.link.hasEnded
    await this.condition.until(() => !outstanding().some(canStillHappen), this.settings.timeout)
    for (const reaction of outstanding()) {
      this.troubles.push(
        reaction.isUnderWay
          ? new UnmetExpectation(
              `This was still under way ${inWords(this.settings.timeout)} after the last sentence: ${reaction.inWords}`,
            )
          : neverReacted(reaction.client, reaction.matcher, reaction.omission),
      )
    }
    for (const end of await this.ports.programs.fallen()) this.troubles.push(new UnmetExpectation(end))
    for (const client of this.roster.known) {
      const broken = client.unsaidBreak()
      if (broken) this.troubles.push(broken)
      for (const aim of client.inbox.awaited) {
        this.troubles.push(
          new Mistake(`${client.name} was still waiting to ${aim} when the scenario ended: is an await missing?`),
        )
      }
    }
    this.throwTroubles()
  }

  /** Closes all connections, by a closing handshake where the server answers it soon. */
  async end(): Promise<void> {
    this.isOver = true
    for (const end of [...this.pauses]) end()
    await Promise.all(this.roster.known.map((client) => client.link.close(this.settings.closeGrace)))
    await this.ports.programs.stop(true)
    this.stopRedacting()
  }

  /**
   * Keeps what went wrong behind the back of the sentences: one that waits throws it at once, else the next one, or the
   * end.
   * @internal
   */
  keep(failure: Error): void {
    const interrupted = this.roster.known.filter((client) => client.inbox.interrupt(failure))
    if (interrupted.length === 0) this.troubles.push(failure)
  }

  /**
   * Whether a failure may look at what all others have received. Of a thousand that fail in one sentence the first is
   * told in full, and if all looked at all, it would take minutes.
   * @internal
   */
  mayLookAround(): boolean {
    const hasLooked = this.sentence !== undefined && this.lookedAroundIn === this.sentence
    this.lookedAroundIn = this.sentence
    return !hasLooked
  }

  /** @internal */
  speaking(variables: Variables): Speaker {
    return { variables, phrases: this.phrases, files: this.files }
  }

  /** @internal */
  addressFor(arrival: Arrival, variables: Variables): Address {
    return addressOf(this.server, arrival, variables)
  }

  /** @internal */
  arm(make: (tell: (reaction: Reaction, failure?: unknown) => void) => Reaction): void {
    const reaction = make((failed, failure) => {
      if (failure !== undefined && !this.isOver) this.keep(blame(failed, failure))
      this.reactionsChanged()
    })
    this.reactions.push(reaction)
    reaction.arm()
  }

  /** @internal */
  reactionsChanged(): void {
    this.condition.changed()
  }

  /** @internal */
  waitingReactions(): string[] {
    return this.reactions.filter((one) => one.isOutstanding && !one.isUnderWay).map((one) => one.inWords)
  }

  /** Variables may stand in a command line. */
  private filled<C extends Command>(command: C): C {
    return { ...command, command: this.variables.fill(command.command) }
  }

  private throwTroubles(): void {
    const troubles = this.troubles.splice(0)
    if (troubles.length < 2) {
      if (troubles[0]) throw troubles[0]
      return
    }
    const words = [...new Set(troubles.map(({ message }) => message))]
    const rest = words.length > TOLD ? [`… and ${words.length - TOLD} more`] : []
    throw new UnmetExpectation([...words.slice(0, TOLD), ...rest].join('\n\n'))
  }
}

function oneOf<T>(all: Readonly<Record<string, T>>, name: string, kind: 'program' | 'command'): T {
  if (Object.hasOwn(all, name)) return all[name] as T
  const hint = nearest(name, Object.keys(all))
  const advice = hint ? `Did you mean "${hint}"?` : `Write it to "${kind}s" in worldParameters.websocket.`
  throw new Mistake(`There is no ${kind} "${name}" in the settings. ${advice}`)
}

function blame(reaction: Reaction, failure: unknown): Error {
  const message = failure instanceof Error ? failure.message : String(failure)
  const blamed = new UnmetExpectation(`A reaction failed: ${reaction.inWords}\n${message}`)
  if (!(failure instanceof ConversationError)) blamed.cause = failure
  return blamed
}

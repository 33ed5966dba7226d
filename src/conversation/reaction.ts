/** Reactions: rules that answer a message by themselves, beside the sentences of the scenario. */

import { type Matcher, NOT_JSON } from '../matching/matcher'
import type { Client } from './client'
import type { Message } from './message'
import { clause } from './names'

/** What a reaction does, in the words of its failure. */
export interface Response {
  /** As it is said of one: `sends "Hi"`. */
  readonly one: string
  /** As it is said of several, and of oneself: `send "Hi"`. */
  readonly several: string
  /** As it is denied, after `never`: `sent "Hi"`. */
  readonly past: string
  readonly act: (received: unknown) => Promise<void>
}

/** Where a reaction was written, and how its sentence calls the client. */
export interface Origin {
  /** The sentence's place, such as `features/chat.feature:12`. */
  readonly place?: string | undefined
  readonly pronoun?: string | undefined
}

/** One client's rule. */
export class Reaction {
  /** How often it was set off. */
  private begun = 0
  private finished = 0

  constructor(
    readonly client: Client,
    readonly matcher: Matcher,
    readonly everyTime: boolean,
    private readonly response: Response,
    private readonly origin: Origin,
    private readonly tell: (reaction: Reaction, failure?: unknown) => void,
  ) {}

  /** Looks at what is unread, then at each message that comes. */
  arm(): void {
    this.client.inbox.watch(this.look)
  }

  /** Whether the scenario cannot end yet: it was not set off and must be, or is under way. */
  get isOutstanding(): boolean {
    return this.begun > this.finished || (!this.everyTime && this.begun === 0)
  }

  get isUnderWay(): boolean {
    return this.begun > this.finished
  }

  /** The rule as a person would write it, with its place. */
  get inWords(): string {
    const when = this.everyTime ? 'whenever' : 'when'
    const { one, several } = this.response
    const verb = ['they', 'I'].includes(this.subject) ? several : one
    const { name } = this.client
    return `${when} ${clause(name, 'receives')} ${this.matcher.describe()} ${this.subject} ${verb}${this.at}`
  }

  /** What did not happen. */
  get omission(): string {
    const { past } = this.response
    const { name, inbox } = this.client
    const taken = inbox.messages.find((message) => message.takenBy && this.matcher.accepts(message))
    if (taken?.takenBy) {
      const number = `${name} received ${this.matcher.describe()} as number ${taken.number}`
      return `${number}, but that set off another rule: ${taken.takenBy.inWords}\nSo ${this.subject} never ${past}${this.at}.`
    }
    return `${this.client.name} never received ${this.matcher.describe()}, so ${this.subject} never ${past}${this.at}.`
  }

  private get isDueNoMore(): boolean {
    return !this.everyTime && this.begun > 0
  }

  private get subject(): string {
    return this.origin.pronoun ?? this.client.name
  }

  private get at(): string {
    return this.origin.place ? ` (${this.origin.place})` : ''
  }

  private readonly look = (message: Message): void => {
    if (this.isDueNoMore || (this.everyTime && !this.client.link.isOpen)) return
    try {
      if (!this.matcher.accepts(message)) return
    } catch (failure) {
      this.tell(this, failure)
      return
    }
    if (!this.everyTime) {
      if (message.takenBy) return
      message.take(this)
      this.client.inbox.unwatch(this.look)
    }
    this.begun++
    this.response.act(message.json === NOT_JSON ? (message.text ?? message.bytes?.toString('hex')) : message.json).then(
      () => this.finish(),
      (failure) => this.finish(failure),
    )
  }

  private finish(failure?: unknown): void {
    this.finished++
    this.tell(this, failure)
  }
}

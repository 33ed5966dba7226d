/** Reactions: rules that answer a message by themselves, beside the sentences of the scenario. */

import { ConnectionError } from '../errors'
import { evaluateIfPossible } from '../evaluation-limit'
import type { ClientView } from '../failures/client-view'
import type { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { conjugate } from '../text/grammar'

/** What a reaction does, and how that is said. */
export interface ReactionAction {
  /** Of one client: `sends "Hi"`. */
  readonly singular: string
  /** Of several, and of oneself: `send "Hi"`. */
  readonly plural: string
  /** After `never`: `sent "Hi"`. */
  readonly past: string
  /** How many messages one answer sends. Default 1. */
  readonly size?: number
  run(message: Message): Promise<void>
}

/**
 * Where a reaction was written, and how its sentence calls the client: its failures say so.
 * @example rob.when('Hello', { location: 'features/chat.feature:12', pronoun: 'he' }).send('Hi')
 */
export interface SourceLocation {
  /** Such as `features/chat.feature:12`. */
  readonly location?: string | undefined
  /** `he`, `she`, `they`, `it` or `I`; without it, the client's name. */
  readonly pronoun?: string | undefined
}

/** The rule of one client. */
export interface ReactionRule {
  readonly client: ClientView
  readonly matcher: Matcher
  /** Whether it reacts every time. */
  readonly repeats: boolean
  readonly action: ReactionAction
  readonly source: SourceLocation
}

/** So many messages of one reaction may be under way at once: a server may call for any number of them. */
const MAX_UNDER_WAY = 100_000

/** What becomes of a reaction that is armed. */
export interface ReactionListener {
  /** @param message to which it is done; undefined if it has failed */
  finished(message: Message | undefined): void
  failed(reaction: Reaction, error: unknown): void
}

/** A rule, and how often it has reacted. */
export class Reaction {
  private startedCount = 0
  private finishedCount = 0
  private hasFailed = false
  private listener: ReactionListener | undefined

  constructor(private readonly rule: ReactionRule) {}

  get client(): ClientView {
    return this.rule.client
  }

  get matcher(): Matcher {
    return this.rule.matcher
  }

  /** Looks at what is unread, then at each message that comes. */
  arm(listener: ReactionListener): void {
    this.listener = listener
    this.client.inbox.observe(this.observe)
  }

  /** Whether the scenario cannot end yet: it must react and has not, or is under way. */
  get isOutstanding(): boolean {
    return this.isUnderWay || (!this.rule.repeats && this.startedCount === 0 && !this.hasFailed)
  }

  get isUnderWay(): boolean {
    return this.startedCount > this.finishedCount
  }

  /** The rule as a person would write it, with its place. */
  get description(): string {
    const { client, matcher, action, repeats } = this.rule
    const verb = ['they', 'I'].includes(this.subject) ? action.plural : action.singular
    const condition = `${conjugate(client.name, 'receives')} ${matcher.describe()}`
    return `${repeats ? 'whenever' : 'when'} ${condition} ${this.subject} ${verb}${this.location}`
  }

  /** The rule while it waits, and why it may wait in vain. */
  get expectation(): string {
    const { claimed } = this
    if (!claimed) return this.description
    return `${this.description}\n  Number ${claimed.number} set off another rule of «when». ${this.advice}`
  }

  /** What did not happen. */
  get omission(): string {
    const { client, matcher, action } = this.rule
    const consequence = `${this.subject} never ${action.past}${this.location}.`
    const { claimed } = this
    if (claimed?.claimedBy) {
      const number = `${client.name} received ${matcher.describe()} as number ${claimed.number}`
      const rule = claimed.claimedBy.description
      return `${number}, but that set off another rule: ${rule}\nSo ${consequence}\n${this.advice}`
    }
    return `${client.name} never received ${matcher.describe()}, so ${consequence}`
  }

  /** A message that would have set it off, if another rule had not claimed it. */
  private get claimed(): Message | undefined {
    const { client, matcher } = this.rule
    return evaluateIfPossible(() =>
      client.inbox.messages.find((message) => message.claimedBy && matcher.accepts(message)),
    )
  }

  private get advice(): string {
    const { subject } = this
    const sends = ['they', 'I'].includes(subject) ? 'send' : 'sends'
    return `Two rules of «when» need two messages: write one, «${subject} ${sends} … and …», or «whenever».`
  }

  private get subject(): string {
    return this.rule.source.pronoun ?? this.client.name
  }

  private get location(): string {
    const { location } = this.rule.source
    return location ? ` (${location})` : ''
  }

  private readonly observe = (message: Message): void => {
    const { client, matcher, repeats } = this.rule
    const isDone = repeats ? !client.connection.isOpen : this.startedCount > 0
    if (isDone || this.hasFailed) return
    try {
      if (!matcher.accepts(message)) return
    } catch (error) {
      this.fail(error)
      return
    }
    const { size = 1 } = this.rule.action
    if ((this.startedCount - this.finishedCount + 1) * size > MAX_UNDER_WAY) {
      const problem = `more than ${MAX_UNDER_WAY} messages would be under way at once: the server calls for them faster than they are sent`
      this.fail(new ConnectionError(`${problem}.`))
      return
    }
    if (!repeats) {
      if (message.claimedBy) return
      message.claim(this)
      client.inbox.unobserve(this.observe)
    }
    void this.run(message)
  }

  private async run(message: Message): Promise<void> {
    this.startedCount++
    let done: Message | undefined
    try {
      await this.rule.action.run(message)
      done = message
    } catch (error) {
      this.fail(error)
    }
    this.finishedCount++
    this.listener?.finished(done)
  }

  /** Disarms the rule: the next message would only make it fail again. */
  private fail(error: unknown): void {
    const isFirst = !this.hasFailed
    this.hasFailed = true
    this.client.inbox.unobserve(this.observe)
    if (isFirst) this.listener?.failed(this, error)
  }
}

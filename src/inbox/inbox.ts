/** What a client has received: every message is read at most once, waited for without polling, and never lost. */

import { UsageError } from '../errors'
import { LookingLimit } from '../evaluation-limit'
import type { Matcher } from '../matching/matcher'
import { type Deadline, Deadlines } from '../time/deadline'
import { formatDuration } from '../time/duration'
import type { Expectation, Failed, InboxView, Progress } from './expectation'
import type { Message } from './message'
import { UnreadMessages } from './unread-messages'

/** Is shown each message as it comes, and does not read it. */
export type Observer = (message: Message) => void

/** Why a wait ended without what was expected. */
export type WaitEnd = 'deadline' | 'connection' | 'scenario timeout' | Failed

/** How a wait ends. */
export interface Wait {
  /** In ms. */
  readonly timeout: number
  /** Whether the connection has ended, so that nothing more can come. */
  readonly isDisconnected: boolean
  /** Whether a sentence has said that the server ended the connection: then nothing more is expected to come. */
  readonly isEndReported?: boolean
  /** Makes the error of a wait that ended without what was expected. */
  readonly failure: (end: WaitEnd, progress: Progress) => Error
}

interface PendingWait {
  readonly expectation: Expectation
  readonly timeout: number
  progress: Progress
  isOver: boolean
  end(result: WaitResult): void
}

type WaitResult = readonly Message[] | WaitEnd | Error | typeof ABANDONED

/** Nobody awaits it any more. */
const ABANDONED = Symbol('abandoned')

/** The messages of one client, in the order of their arrival. */
export class Inbox implements InboxView {
  readonly messages: Message[] = []
  /** The message that was read last. */
  lastRead: Message | undefined
  /** How many were ignored. */
  ignoredCount = 0
  /** The number of the next message. */
  nextNumber = 1
  /** Whether the client was ever connected. */
  hasConnected = false
  private readonly unreadMessages = new UnreadMessages(this.messages)
  private observers: readonly Observer[] = []
  private waits: readonly PendingWait[] = []
  private ignored: readonly Matcher[] = []
  private readonly deadlines = new Deadlines()
  latestKnown = 0

  /**
   * @param options.deferError is given the error of a rule that cannot be applied any more
   * @param options.isBehind whether something has arrived that it has not been given yet
   * @param options.failsUnheeded whether a failure that nobody awaits is dropped, as at the end of the conversation
   */
  constructor(
    private readonly options: {
      readonly deferError?: (error: Error) => void
      readonly failsUnheeded?: () => boolean
      readonly isBehind?: () => boolean
    } = {},
  ) {}

  get unread(): Message[] {
    return this.unreadMessages.list()
  }

  /** From now on, what came before is not new. */
  connected(): void {
    this.hasConnected = true
    this.latestKnown = this.nextNumber - 1
  }

  /** Drops such messages, those that are unread and those that will come. */
  ignore(matcher: Matcher): void {
    const dropped = this.unreadMessages.drop((message) => matcher.accepts(message))
    this.ignoredCount += dropped.length
    this.ignored = [...this.ignored, matcher]
    for (const wait of this.waits) this.restartWithout(wait, dropped)
  }

  /** Takes in a message: the observers see it first, then the first wait that wants it reads it. */
  receive(message: Message): void {
    if (this.ignored.some((matcher) => this.isIgnored(message, matcher))) {
      message.markRead()
      this.ignoredCount++
      return
    }
    this.messages.push(message)
    this.nextNumber = message.number + 1
    // An observer that is added meanwhile is not among these, but is shown this message as an unread one.
    for (const observe of this.observers) observe(message)
    for (const wait of this.waits) if (message.isUnread || wait.expectation.seesAll) this.offer(wait, message)
    message.releaseJson()
  }

  /** Shows an observer what is unread, and from now on what comes. */
  observe(observer: Observer): void {
    this.observers = [...this.observers, observer]
    for (const message of this.unread) observer(message)
  }

  /** Shows an observer nothing more. */
  unobserve(observer: Observer): void {
    this.observers = this.observers.filter((other) => other !== observer)
  }

  /** Marks messages as read; by default all that are unread. */
  markRead(messages: readonly Message[] = this.unread): void {
    for (const message of messages) {
      this.unreadMessages.remove(message)
      this.lastRead = message
      this.latestKnown = Math.max(this.latestKnown, message.number)
    }
    for (const wait of this.waits) this.restartWithout(wait, messages)
  }

  /**
   * Waits until the expectation is met, and reads the messages that met it.
   * @throws what `wait.failure` makes of the reason for which it ended
   */
  expect(expectation: Expectation, wait: Wait): Promise<readonly Message[]> {
    return this.wait(expectation, wait, (messages) => messages)
  }

  /** The same for the first of these messages, without a promise for each step of the way: they are many. */
  expectFirst(expectation: Expectation, wait: Wait): Promise<Message> {
    return this.wait(expectation, wait, ([first]) => first as Message)
  }

  private wait<Result>(
    expectation: Expectation,
    how: Wait,
    resultOf: (messages: readonly Message[]) => Result,
  ): Promise<Result> {
    const { timeout, isDisconnected } = how
    const outcome: Promise<Result> = new Promise((resolve, reject) => {
      let deadline: Deadline | undefined
      const wait: PendingWait = {
        expectation,
        timeout,
        progress: expectation.start(this),
        isOver: false,
        end: (result) => {
          wait.isOver = true
          this.waits = this.waits.filter((other) => other !== wait)
          if (deadline) this.deadlines.cancel(deadline)
          if (result === ABANDONED) return
          try {
            resolve(resultOf(this.messagesOf(wait, result, how)))
          } catch (error) {
            reject(error)
            // What ends with the conversation must not end the process.
            if (this.options.failsUnheeded?.()) outcome.catch(() => {})
          }
        },
      }
      this.waits = [...this.waits, wait]
      this.offerRead(wait)
      this.offerUnread(wait)
      if (wait.isOver) return
      if (isDisconnected) wait.end('connection')
      else {
        const { isBehind } = this.options
        deadline = this.deadlines.begin(timeout, () => wait.end(this.endOfTime(expectation, timeout)), isBehind)
      }
    })
    return outcome
  }

  /** How a wait ends when its time has passed: what has arrived, and was not looked at, may be what must not come. */
  private endOfTime({ silence, goal }: Expectation, timeout: number): WaitEnd {
    if (!silence || !this.options.isBehind?.()) return 'deadline'
    const reason = `should ${goal}, but more has arrived in ${formatDuration(timeout)} than there was time to look at`
    return { reason }
  }

  /** Ends all waits, and settles none: nobody awaits them, and who has wrapped them would fail at a time that is another's. */
  abandonWaits(): void {
    for (const wait of this.waits) wait.end(ABANDONED)
  }

  /** Ends all waits: nothing more can come. */
  disconnected(): void {
    for (const wait of this.waits) wait.end('connection')
    this.deadlines.end()
  }

  /** Ends all waits by an error that came from elsewhere, or as the scenario has taken too long; returns how many there were. */
  interrupt(end: Error | 'scenario timeout'): number {
    const { waits } = this
    for (const wait of waits) wait.end(end)
    return waits.length
  }

  /** What is still waited for: `receive "Hello"`. */
  get pendingGoals(): string[] {
    return this.waits.map(({ expectation }) => expectation.goal)
  }

  /** Whether a rule ignores a message; one that fails is dropped, as it would only fail again. */
  private isIgnored(message: Message, matcher: Matcher): boolean {
    try {
      return matcher.accepts(message)
    } catch (error) {
      this.ignored = this.ignored.filter((other) => other !== matcher)
      const problem = (error as Error).message
      this.options.deferError?.(
        new UsageError(`From number ${message.number} on, ${matcher.describe()} is not ignored: ${problem}`),
      )
      return false
    }
  }

  private messagesOf(
    { expectation, progress }: PendingWait,
    result: Exclude<WaitResult, symbol>,
    { isEndReported, failure }: Wait,
  ) {
    if (result instanceof Error) throw result
    const { silence } = expectation
    const isMetByEnd = silence?.metByDisconnection || isEndReported
    if (silence && (result === 'deadline' || (result === 'connection' && isMetByEnd))) return []
    if (typeof result === 'string' || 'reason' in result) throw failure(result, progress)
    this.markRead(result)
    for (const message of result) message.share()
    return result
  }

  /** Starts a wait again that depends on messages which are read now; what it throws is its own failure, not another wait's. */
  private restartWithout(wait: PendingWait, messages: readonly Message[]): void {
    try {
      if (!messages.some((message) => wait.progress.dependsOn?.(message))) return
      wait.progress = wait.expectation.start(this)
    } catch (error) {
      wait.end(error as Error)
      return
    }
    this.offerUnread(wait)
  }

  private offerRead(wait: PendingWait): void {
    const { includeRead } = wait.expectation
    if (!includeRead) return
    const except = new Set(includeRead.except)
    for (let at = this.messages.length - 1; at >= 0 && !wait.isOver; at--) {
      const message = this.messages[at] as Message
      if (message.number < includeRead.from) return
      if (!message.isUnread && !except.has(message)) this.offer(wait, message)
    }
  }

  private offerUnread(wait: PendingWait): void {
    if (wait.isOver) return
    const looking = new LookingLimit(wait.timeout)
    this.unreadMessages.some((message) => !looking.allows(message.detail.length) || this.offer(wait, message))
    if (wait.isOver) return
    looking.endInVain()
    if (!looking.isOver) return
    // What it has not looked at may be what it waits for, or what must not come.
    const seen = `${looking.count} of ${this.unread.length} unread messages in ${formatDuration(looking.limit)}`
    const reason = `should ${wait.expectation.goal}, but there was time to look at only ${seen}: a longer timeout allows more`
    wait.end({ reason })
  }

  /** Shows a message to a wait; returns whether the wait is over. */
  private offer(wait: PendingWait, message: Message): boolean {
    // A matcher of another wait may have ended this one, by an interruption or a disconnection.
    if (wait.isOver) return true
    try {
      const verdict = wait.progress.consider(message)
      if (verdict !== undefined) wait.end(verdict)
    } catch (error) {
      wait.end(error as Error)
    }
    return wait.isOver
  }
}

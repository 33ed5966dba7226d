/** What a client has received: every message is read at most once, waited for without polling, and never lost. */

import type { Matcher } from '../matching/matcher'
import { Deadline } from './deadline'
import type { Expectation, Impossible, Progress, Verdict } from './expectation'
import type { Message } from './message'
import { UnreadMessages } from './unread'
import { Waiters } from './waiters'

/** Sees each message as it comes, without reading it. */
export type Onlooker = (message: Message) => void

/** Why a wait ended without what was expected. */
export type Ending = 'deadline' | 'connection' | Impossible

interface Waiter {
  readonly expectation: Expectation
  progress: Progress
  readonly end: (outcome: Outcome) => void
}

type Outcome = readonly Message[] | Ending | Error
type Explain = (ending: Ending, progress: Progress) => Error

/** Shared by all inboxes that have none, as thousands of clients are held at once. */
const NO_ONLOOKERS: readonly Onlooker[] = []
const NO_NOISE: readonly Matcher[] = []

/** The messages of one client, in the order of their arrival. */
export class Inbox {
  /** All that came, in the order of arrival. */
  readonly messages: Message[] = []
  private readonly unreadMessages = new UnreadMessages(this.messages)
  private onlookers = NO_ONLOOKERS
  private waiters: Waiters<Waiter> | undefined
  private noise = NO_NOISE
  /** The message that was read last. */
  lastRead: Message | undefined
  /** How many messages had come when the connection was made. */
  private before = 0

  get unread(): Message[] {
    return this.unreadMessages.list()
  }

  /** The number of the next message. */
  get nextNumber(): number {
    return this.messages.length + 1
  }

  /** Whether it came after the client's last reading, and after its connection was made. */
  isNews({ number }: Message): boolean {
    return number > this.before && number > (this.lastRead?.number ?? 0)
  }

  /** Whether the client was ever connected. */
  hasConnected = false

  /** From now on, what came before is no news. */
  connected(): void {
    this.hasConnected = true
    this.before = this.messages.length
  }

  /** Drops such messages, those that are unread and those that will come. */
  ignore(noise: Matcher): void {
    this.noise = [...this.noise, noise]
    for (const message of this.unread) if (noise.accepts(message)) this.unreadMessages.takeOut(message)
  }

  /** Takes in a message: onlookers see it first, then the first waiter that wants it reads it. */
  arrive(message: Message): void {
    // Most inboxes have neither noise nor onlookers: to ask for the length takes less than to go through nothing.
    if (this.noise.length > 0 && this.noise.some((noise) => noise.accepts(message))) {
      message.leaveUnread()
      return
    }
    this.messages.push(message)
    // One who begins to watch meanwhile is not among these, but is shown this message as an unread one.
    if (this.onlookers.length > 0) for (const look of this.onlookers) look(message)
    const concerned = message.isUnread ? this.waiters?.concernedBy(message) : undefined
    if (concerned) this.offerTo(concerned, message)
    message.forgetJson()
  }

  /** Shows an onlooker what is unread, and from now on what comes. */
  watch(onlooker: Onlooker): void {
    this.onlookers = [...this.onlookers, onlooker]
    for (const message of this.unread) onlooker(message)
  }

  /** Shows an onlooker nothing more. */
  unwatch(onlooker: Onlooker): void {
    this.onlookers = this.onlookers.filter((one) => one !== onlooker)
  }

  /** Marks messages as read; without any, all there are. */
  read(messages: readonly Message[] = this.unread): void {
    for (const message of messages) {
      this.unreadMessages.takeOut(message)
      this.lastRead = message
    }
    for (const waiter of this.waiters ?? []) {
      if (messages.some((message) => waiter.progress.holds?.(message))) this.startAgain(waiter)
    }
  }

  /**
   * Waits until the expectation is met, and reads the messages that met it.
   * @param within in ms
   * @throws whatever `explain` makes of the reason for which it ended
   */
  expect(
    expectation: Expectation,
    within: number,
    nothingMoreCanCome: boolean,
    explain: Explain,
  ): Promise<readonly Message[]> {
    this.waiters ??= new Waiters()
    const { waiters } = this
    return new Promise<readonly Message[]>((resolve, reject) => {
      let deadline: Deadline | undefined
      const waiter: Waiter = {
        expectation,
        progress: expectation.begin(this),
        end: (outcome) => {
          waiters.end(waiter)
          deadline?.callOff()
          try {
            resolve(this.outcome(waiter, outcome, explain))
          } catch (error) {
            reject(error)
          }
        },
      }
      waiters.begin(waiter)
      this.offerUnread(waiter)
      if (!waiters.has(waiter)) return
      if (nothingMoreCanCome) waiter.end('connection')
      else deadline = new Deadline(within, () => waiter.end('deadline'))
    })
  }

  /** Ends all waiting: nothing more can come. */
  connectionEnded(): void {
    for (const waiter of this.waiting) waiter.end('connection')
  }

  /** Ends all waiting by a failure that came from elsewhere; says whether anybody waited. */
  interrupt(failure: Error): boolean {
    const { waiting } = this
    for (const waiter of waiting) waiter.end(failure)
    return waiting.length > 0
  }

  /** What is still waited for, in words. */
  get awaited(): string[] {
    return this.waiting.map(({ expectation }) => expectation.aim)
  }

  private get waiting(): Waiter[] {
    return [...(this.waiters ?? [])]
  }

  private outcome(waiter: Waiter, outcome: Outcome, explain: Explain): readonly Message[] {
    if (outcome instanceof Error) throw outcome
    const { silent } = waiter.expectation
    if ((outcome === 'deadline' && silent) || (outcome === 'connection' && silent === 'for good')) return []
    if (typeof outcome === 'string' || 'impossible' in outcome) throw explain(outcome, waiter.progress)
    this.read(outcome)
    return outcome
  }

  private startAgain(waiter: Waiter): void {
    waiter.progress = waiter.expectation.begin(this)
    this.offerUnread(waiter)
  }

  private offerTo(waiters: Iterable<Waiter>, message: Message): void {
    for (const waiter of waiters) {
      // One that was begun again for this message may have ended another.
      if (this.waiters?.has(waiter) && this.offer(waiter, message) && !message.isUnread) return
    }
  }

  private offerUnread(waiter: Waiter): void {
    this.unreadMessages.some((message) => this.offer(waiter, message))
  }

  /** Says whether that was the end of the wait. */
  private offer(waiter: Waiter, message: Message): boolean {
    let verdict: Verdict | Error
    try {
      verdict = waiter.progress.consider(message)
    } catch (error) {
      verdict = error as Error
    }
    if (verdict === undefined) return false
    waiter.end(verdict)
    return true
  }
}

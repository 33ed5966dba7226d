/** The reactions of a scenario. */

import type { ReactionList } from '../client-state/client-context'
import type { Reaction, ReactionListener } from '../client-state/reaction'
import { UsageError } from '../errors'
import type { ClientView } from '../failures/client-view'
import { failedReaction, omittedReaction, unfinishedReaction } from '../failures/lazy-failures'
import type { Message } from '../inbox/message'
import { Condition } from '../time/condition'

/** All reactions that were armed, in that order. */
export class Reactions implements ReactionList, ReactionListener {
  private readonly reactions: Reaction[] = []
  private readonly withoutAction = new Set<{ readonly rule: string }>()
  private readonly condition = new Condition()
  private isTimedOut = false

  /**
   * @param deferError is given the errors of reactions
   * @param onDone is given the messages to which reactions are done
   */
  constructor(
    private readonly deferError: (error: Error) => void,
    private readonly onDone: (message: Message) => void,
  ) {}

  get waiting(): Reaction[] {
    return this.outstanding.filter(({ isUnderWay }) => !isUnderWay)
  }

  begin(rule: string): () => void {
    const begun = { rule }
    this.withoutAction.add(begun)
    return () => this.withoutAction.delete(begun)
  }

  add(reaction: Reaction): void {
    this.reactions.push(reaction)
    reaction.arm(this)
  }

  changed(): void {
    this.condition.changed()
  }

  /** The scenario has taken too long: nothing is waited for any more. */
  scenarioTimedOut(): void {
    this.isTimedOut = true
    this.changed()
  }

  finished(message: Message | undefined): void {
    if (message) this.onDone(message)
    this.changed()
  }

  failed(reaction: Reaction, error: unknown): void {
    this.deferError(failedReaction(reaction, error))
    this.changed()
  }

  /**
   * Waits for the reactions that must still happen, as long as they can; then defers an error for each that has not.
   * @param timeout in ms
   */
  async settle(timeout: number): Promise<void> {
    const canHappen = ({ isUnderWay, client }: Reaction) => isUnderWay || !client.connection.hasEnded
    const start = performance.now()
    await this.condition.until(() => this.isTimedOut || !this.outstanding.some(canHappen), timeout)
    for (const error of this.unfinished(this.isTimedOut ? performance.now() - start : timeout)) this.deferError(error)
  }

  /**
   * An error for each that must still happen, and each that nothing is to happen by.
   * @param waited how long it was waited for, in ms
   */
  unfinished(waited: number): Error[] {
    return [
      ...[...this.withoutAction].map(
        ({ rule }) =>
          new UsageError(`Nothing is to happen ${rule}: write .send(…), .disconnect(), .request(…) or .do(…).`),
      ),
      ...this.outstanding.map((reaction) =>
        reaction.isUnderWay ? unfinishedReaction(reaction, waited) : omittedReaction(reaction),
      ),
    ]
  }

  /** Whether one must still happen, or nothing is to happen by it. */
  get areOutstanding(): boolean {
    return this.withoutAction.size + this.outstanding.length > 0
  }

  /** Whether a reaction of this client must still happen. */
  isOutstandingFor(client: ClientView): boolean {
    return this.outstanding.some((reaction) => reaction.client === client)
  }

  private get outstanding(): Reaction[] {
    return this.reactions.filter(({ isOutstanding }) => isOutstanding)
  }
}

/** How a conversation settles and ends: what went wrong unnoticed is thrown, and nothing is left behind. */

import { takeUnreportedEnd } from '../client-state/preconditions'
import type { ConnectionTarget } from '../connection/connection'
import { type ConnectionError, ExpectationError } from '../errors'
import type { DeferredErrors } from '../failures/deferred-errors'
import { scenarioEnded } from '../inbox/scenario-before'
import { type CallsUnderWay, forgottenCall } from '../lifecycle/calls-under-way'
import { type Lifecycle, Phase } from '../lifecycle/lifecycle'
import type { Reactions } from '../lifecycle/reactions'
import type { TimeLimit } from '../lifecycle/time-limit'
import type { Processes } from '../processes/processes'
import type { Programs } from '../processes/programs'
import { Deadline } from '../time/deadline'
import type { Transcript } from '../transcript'
import type { ClientRegistry } from './client-registry'
import type { ResolvedSettings } from './resolved-settings'

/** What of a conversation comes to an end. */
interface EndingConversation {
  readonly settings: ResolvedSettings
  readonly lifecycle: Lifecycle
  readonly timeLimit: TimeLimit
  readonly clients: ClientRegistry
  readonly calls: CallsUnderWay
  readonly reactions: Reactions
  readonly processes: Processes
  readonly programs: Programs
  readonly deferredErrors: DeferredErrors
  readonly transcript: Transcript
}

/** The end of one conversation. */
export class ConversationEnd {
  /** How connections ended as none should, if the scenario had not settled before its end. */
  private endsOfEnd: readonly Error[] = []

  constructor(private readonly conversation: EndingConversation) {}

  /**
   * Waits for the reactions that must still happen.
   * @throws ExpectationError for a one-time reaction that has not happened, and whatever went wrong in the background
   */
  async settle(): Promise<void> {
    const { lifecycle, deferredErrors } = this.conversation
    const done = lifecycle.beginWork()
    try {
      // After the end nothing happens any more; what went wrong with it has its words, without secrets.
      if (!lifecycle.isOver) await this.collectErrors()
      this.addErrors(this.endsOfEnd)
      this.endsOfEnd = []
      deferredErrors.sentencePassed()
      deferredErrors.throwAll()
      lifecycle.reach(Phase.settled)
    } finally {
      done()
    }
  }

  /**
   * Closes all connections, and stops the programs.
   * @param hasNext whether another conversation follows, with clients of its own, which may hear what is said of those of this one
   * @throws what has been begun since the conversation has settled and is not done, and what has ended as nothing should
   */
  async end({ hasNext }: { hasNext: boolean }): Promise<void> {
    const { lifecycle, reactions, deferredErrors } = this.conversation
    const { phase } = lifecycle
    if (phase >= Phase.ending) return
    lifecycle.reach(Phase.ending)
    const done = lifecycle.beginWork()
    try {
      if (phase === Phase.settled && this.isUnderWay) await this.collectErrors()
      // A step of the project may end it, before it has settled.
      const isEarly = phase === Phase.goingOn
      const left = isEarly ? [...reactions.unfinished(0), ...this.forgotten()] : []
      lifecycle.reach(Phase.over)
      await this.close(hasNext)
      // Each error is made before secrets may be shown.
      const ends = [...left, ...this.takeUnreportedEnds()]
      if (isEarly) this.endsOfEnd = ends
      else this.addErrors(ends)
      deferredErrors.throwAll()
    } finally {
      lifecycle.reach(Phase.ended)
      done()
    }
  }

  /** Whether something has been begun that is not done: since `settle`, this is what a hook of the project has left. */
  private get isUnderWay(): boolean {
    const { calls, reactions, clients } = this.conversation
    return calls.areUnderWay || reactions.areOutstanding || clients.all.some(({ state }) => state.goals.length > 0)
  }

  private async close(hasNext: boolean): Promise<void> {
    const { settings, lifecycle, timeLimit, clients, processes, programs } = this.conversation
    timeLimit.end()
    const { introduced } = clients
    if (lifecycle.abandonsWaits) for (const { state } of introduced) state.inbox.abandonWaits()
    await Promise.all(introduced.map(({ state }) => state.connection.close(settings.closeGrace)))
    if (hasNext) await this.pauseAfterEnd()
    await processes.untilIdle(settings.quiet)
    await this.collectCrashes()
    await programs.stop({ includeKept: false })
  }

  /** Gives the server time for what it still says of the clients that have left: not to those of the next scenario. */
  private async pauseAfterEnd(): Promise<void> {
    const { settings, clients, transcript } = this.conversation
    const connected = clients.introduced.filter(({ state }) => state.inbox.hasConnected)
    if (connected.length === 0) return
    const urls = connected.map(({ state }) => (state.connection.target as ConnectionTarget).url)
    scenarioEnded([...new Set(urls)], performance.now(), transcript.entries)
    const { pauseBetweenScenarios } = settings
    if (pauseBetweenScenarios > 0) await new Promise<void>((resolve) => new Deadline(pauseBetweenScenarios, resolve))
  }

  private async collectErrors(): Promise<void> {
    const { reactions, settings, lifecycle } = this.conversation
    await reactions.settle(settings.timeout)
    await arrival()
    lifecycle.reach(Phase.settling)
    await this.collectCrashes()
    this.addErrors(this.takeUnreportedEnds())
    this.addErrors(this.forgotten())
  }

  /** An error for each call that nobody has awaited, and each client that was to connect, as somebody spoke of it. */
  private forgotten(): Error[] {
    const { calls, clients, reactions } = this.conversation
    const errors: Error[] = calls.forgotten()
    for (const { state, name } of clients.all) {
      const { hasRule, connection } = state
      if (hasRule && connection.state.kind === 'unconnected' && !reactions.isOutstandingFor(state)) {
        errors.push(clients.neverConnected(name))
      }
      for (const goal of state.goals) errors.push(forgottenCall(`${name} was still waiting to ${goal}`))
    }
    return errors
  }

  private async collectCrashes(): Promise<void> {
    const crashes = await this.conversation.processes.takeCrashes()
    this.addErrors(crashes.map((crash) => new ExpectationError(crash)))
  }

  private takeUnreportedEnds(): ConnectionError[] {
    return this.conversation.clients.introduced.flatMap(({ state }) => takeUnreportedEnd(state) ?? [])
  }

  private addErrors(errors: readonly Error[]): void {
    for (const error of errors) this.conversation.deferredErrors.add(error)
  }
}

/** Resolves when what has arrived is read: the end of a connection may stand behind its last message. */
async function arrival(): Promise<void> {
  // What this process itself has still to send comes a turn later, and another one later what has to wait for its turn.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

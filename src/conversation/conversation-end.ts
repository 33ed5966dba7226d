/** How a conversation settles and ends: what went wrong unnoticed is thrown, and nothing is left behind. */

import { takeUnreportedEnd } from '../client-state/preconditions'
import type { ConnectionTarget } from '../connection/connection'
import { type CallsUnderWay, forgottenCall } from '../conversation-state/calls-under-way'
import type { ConversationState } from '../conversation-state/conversation-state'
import { Phase } from '../conversation-state/lifecycle'
import { type ConnectionError, ExpectationError } from '../errors'
import { scenarioEnded } from '../inbox/scenario-before'
import type { Processes } from '../processes/processes'
import type { Programs } from '../processes/programs'
import { Deadline } from '../time/deadline'

/** What comes to an end beside the clients. */
interface EndingParts {
  readonly calls: CallsUnderWay
  readonly processes: Processes
  readonly programs: Programs
}

/** The end of one conversation. */
export class ConversationEnd {
  /** How connections ended as none should, if the scenario had not settled before its end. */
  private endsOfEnd: readonly Error[] = []

  constructor(
    private readonly state: ConversationState,
    private readonly parts: EndingParts,
  ) {}

  /**
   * Waits for the reactions that must still happen.
   * @throws ExpectationError for a one-time reaction that has not happened, and whatever went wrong in the background
   */
  async settle(): Promise<void> {
    const { lifecycle, deferredErrors } = this.state
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
   * @throws what has been begun since the conversation has settled and is not done, and what has ended as nothing should
   */
  async end(): Promise<void> {
    const { lifecycle, reactions, deferredErrors } = this.state
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
      await this.close()
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
    const { reactions, clients } = this.state
    return (
      this.parts.calls.areUnderWay ||
      reactions.areOutstanding ||
      clients.all.some(({ state }) => state.goals.length + state.repeatedSent.size > 0)
    )
  }

  private async close(): Promise<void> {
    const { settings, lifecycle, limit, introduced } = this.state
    const { processes, programs } = this.parts
    limit.end()
    if (lifecycle.abandonsWaits) for (const { inbox } of introduced) inbox.abandonWaits()
    await Promise.all(introduced.map(({ connection }) => connection.close(settings.closeGrace)))
    await this.pauseAfterEnd()
    await processes.untilIdle(settings.quiet)
    await this.collectCrashes()
    await programs.stop({ includeKept: false })
  }

  /** Gives the server time for what it still says of the clients that have left: not to those of the next scenario. */
  private async pauseAfterEnd(): Promise<void> {
    const { settings, introduced, transcript, measures } = this.state
    const connected = introduced.filter(({ inbox }) => inbox.hasConnected)
    if (connected.length === 0) return
    // Many conversations at once have none that is the one before.
    if (measures) return
    const urls = connected.map(({ connection }) => (connection.target as ConnectionTarget).url)
    scenarioEnded([...new Set(urls)], performance.now(), transcript.entries)
    const { pauseBetweenScenarios } = settings
    if (pauseBetweenScenarios > 0) await new Promise<void>((resolve) => new Deadline(pauseBetweenScenarios, resolve))
  }

  private async collectErrors(): Promise<void> {
    const { reactions, settings, lifecycle } = this.state
    await reactions.settle(settings.timeout)
    await this.repeatedSent()
    await arrival()
    lifecycle.reach(Phase.settling)
    await this.collectCrashes()
    this.addErrors(this.takeUnreportedEnds())
    this.addErrors(this.forgotten())
  }

  /** Waits for what clients have sent again and again, which may not be confirmed. */
  private async repeatedSent(): Promise<void> {
    const { introduced, limit } = this.state
    const sent = introduced.flatMap((client) => [...client.repeatedSent])
    if (sent.length === 0) return
    const words = () => 'what is sent again and again was still on its way'
    await limit.until(words, Promise.all(sent)).catch((error) => this.addErrors([error]))
  }

  /** An error for each call that nobody has awaited, and each client that was to connect, as somebody spoke of it. */
  private forgotten(): Error[] {
    const { clients, reactions } = this.state
    const errors: Error[] = this.parts.calls.forgotten()
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
    const crashes = await this.parts.processes.takeCrashes()
    this.addErrors(crashes.map((crash) => new ExpectationError(crash)))
  }

  private takeUnreportedEnds(): ConnectionError[] {
    return this.state.introduced.flatMap((client) => takeUnreportedEnd(client) ?? [])
  }

  private addErrors(errors: readonly Error[]): void {
    for (const error of errors) this.state.deferredErrors.add(error)
  }
}

/** Resolves when what has arrived is read: the end of a connection may stand behind its last message. */
async function arrival(): Promise<void> {
  // What this process itself has still to send comes a turn later, and another one later what has to wait for its turn.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

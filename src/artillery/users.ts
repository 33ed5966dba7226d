/** What the users of a worker have in common, and how each of them runs. */

import { randomBytes } from 'node:crypto'
import { redact } from '../redaction'
import { showConversation } from '../report/attach'
import { quoted } from '../text/excerpt'
import type { CompiledScenario } from '../virtual-users/compile-scenarios'
import type { CucumberProject, SupportCode } from '../virtual-users/cucumber-project'
import {
  type FailedPart,
  messageOf,
  type Outcome,
  type UserSurroundings,
  VirtualUser,
} from '../virtual-users/virtual-user'
import { Conversation, type SharedSettings } from '../websocket-conversation'
import { existingConversationOf, keepConversation } from '../world'
import type { UserContext } from './artillery'
import { FailureKinds } from './failure-kinds'
import type { LoadMeasures } from './load-measures'
import type { FailureFolder } from './write-failures'

type Failed = Extract<Outcome, { readonly status: 'failed' }>

/** How many entries of its conversation a user keeps. */
const KEPT_ENTRIES = 50

/** What users need of their worker. */
export interface WorkerParts {
  readonly project: UserSurroundings & Pick<CucumberProject, 'attachments' | 'scopes'>
  readonly support: Pick<SupportCode, 'World'>
  /** The worldParameters. */
  readonly parameters: object
  readonly settings: SharedSettings
  readonly failures: FailureFolder
  readonly warn: (text: string) => void
}

/** One user, while it runs. */
interface RunningUser {
  readonly scenario: CompiledScenario
  readonly conversation: Conversation
  readonly measures: LoadMeasures
  /** The variables that it has been given. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** A user's World, or why it could not be made. */
interface CreatedWorld {
  readonly world?: object
  readonly error?: unknown
}

/** What failures count as that are none of a sentence: no sentence is written so. */
const OUTSIDE = { sentence: '', hook: '(a hook)', end: '(the end of the scenario)' }

/** The users of one worker. */
export class Users {
  private readonly kinds = new FailureKinds()
  /** By kind of failure: whose users keep their whole conversations, since the one that was written lacks entries. */
  private readonly keptWhole = new Map<string, CompiledScenario>()
  // Random, as workers on other machines know nothing of each other.
  private readonly name = `user-${randomBytes(5).toString('hex')}`
  private count = 0

  constructor(private readonly parts: WorkerParts) {}

  /** Runs a scenario as one user; returns its failure, if it has failed. */
  async run(scenario: CompiledScenario, { vars }: UserContext, measures: LoadMeasures): Promise<Error | undefined> {
    const variables = { ...featureVariables(vars), user: `${this.name}-${++this.count}` }
    const created = this.createWorld()
    // A World of the project's own may have begun one already.
    const conversation =
      (created.world && existingConversationOf(created.world)) ?? new Conversation(this.parts.settings)
    const user = { scenario, conversation, measures, variables }
    // Secrets are hidden until the failure is written, which may be after the end.
    const done = conversation.state.beginWork()
    try {
      const outcome = await this.runScenario(user, created)
      if (outcome.status === 'failed') return await this.failed(user, outcome)
      measures.ended(outcome.status)
      return undefined
    } finally {
      done()
    }
  }

  private createWorld(): CreatedWorld {
    const { project, support, parameters } = this.parts
    try {
      return { world: new support.World({ ...project.attachments, parameters: structuredClone(parameters) }) }
    } catch (error) {
      return { error }
    }
  }

  /** Runs it to the end of its conversation. */
  private async runScenario(user: RunningUser, created: CreatedWorld): Promise<Outcome> {
    const failed = (part: FailedPart) => (error: unknown) =>
      ({ status: 'failed', error, step: undefined, part }) as const
    const outcome = await this.runSteps(user, created).catch(failed('hook'))
    const end = await user.conversation.end().catch(failed('end'))
    return end && outcome.status !== 'failed' ? end : outcome
  }

  private async runSteps(user: RunningUser, { world, error }: CreatedWorld): Promise<Outcome> {
    const { scenario, conversation, measures, variables } = user
    const { project } = this.parts
    const { transcript } = conversation
    if (!world) throw error
    conversation.state.measures = measures
    transcript.onEntry(measures.happened)
    if (![...this.keptWhole.values()].includes(scenario)) transcript.keepLatest(KEPT_ENTRIES)
    for (const [name, value] of Object.entries(variables)) conversation.variables.set(name, value)
    if (!existingConversationOf(world)) keepConversation(world, conversation)
    const run = () => new VirtualUser(scenario, world, project, measures).run()
    return project.scopes.runInTestCaseScope({ world }, run)
  }

  private async failed(user: RunningUser, { error, step, part }: Failed): Promise<Error> {
    const { scenario, conversation, measures, variables } = user
    const message = redact(messageOf(error))
    const kind = this.kinds.kindOf(message, variables)
    const sentence = part === 'sentence' && step ? step.text : ''
    measures.failed(kind, sentence || OUTSIDE[part])
    const leftOut = conversation.transcript.leftOutCount
    const failure = {
      ...{ kind, message, scenario: scenario.name, location: step?.location ?? scenario.location },
      ...{ sentence, user: String(variables.user), leftOut },
    }
    const { failures, warn } = this.parts
    if (failures.wants(failure)) {
      if (leftOut > 0) this.keptWhole.set(kind, scenario)
      else this.keptWhole.delete(kind)
      await failures.write(failure, showConversation(conversation, message.split('\n', 1)[0])).catch((problem) => {
        warn(`The failure ${quoted(kind)} could not be written: ${messageOf(problem)}`)
      })
    }
    return error instanceof Error ? error : new Error(message)
  }
}

/** Artillery's variables that features can write: those of its own begin with a dollar sign. */
export function featureVariables(vars: UserContext['vars']): Record<string, unknown> {
  const entries = Object.entries(vars).filter(([name, value]) => !/^(?:\$.*|target)$/.test(name) && value !== undefined)
  return Object.fromEntries(entries)
}

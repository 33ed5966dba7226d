/** What the engine knows of Artillery: its script, and how it is told of a user. */

/** One entry of `scenarios` in a script. */
export interface ScenarioSpec {
  /** The engine that runs it. */
  readonly engine?: string
  /** What the engine, Artillery and its plugins know of it. */
  readonly [option: string]: unknown
}

/** A script, as Artillery has read it. */
export interface Script {
  /** What holds for all scenarios. */
  readonly config: {
    readonly target?: string
    readonly engine?: string
    readonly engines?: Readonly<Record<string, unknown>>
    readonly phases?: readonly unknown[]
    readonly payload?: unknown
    readonly variables?: Readonly<Record<string, unknown>>
  }
  /** What users do. */
  readonly scenarios?: readonly ScenarioSpec[]
  /** What is done before the first user. */
  readonly before?: ScenarioSpec
  /** What is done after the last user. */
  readonly after?: ScenarioSpec
}

/** What takes the figures of users. */
export interface ScenarioEvents {
  /** A user has started. */
  emit(event: 'started'): unknown
  /** One value of a histogram, or an addition to a counter. */
  emit(event: 'histogram' | 'counter', name: string, value: number): unknown
  /** Is counted as `errors.<name>`. */
  emit(event: 'error', name: string): unknown
}

/** What tells of a worker's run. */
export interface RunEvents {
  /** No further user of a phase starts. */
  on(event: 'phaseCompleted', listener: () => void): unknown
}

/** What a user brings along. */
export interface UserContext {
  /** Its variables. */
  readonly vars: Readonly<Record<string, unknown>>
}

/** One user, from the first sentence to the last; an error says that it failed. */
export type RunUser = (context: UserContext, done: (error: unknown, context: UserContext) => void) => void

/** The name of the engine in scripts. */
export const ENGINE = 'cucumber-websocket'

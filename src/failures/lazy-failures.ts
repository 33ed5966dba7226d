/** The failures, each loaded when it is first needed: a run that passes needs none of them. */

import { lazyFunction } from '../lazy-function'
import type { combineFailures as CombineFailures } from './combined-failure'
import type { connectionFailure as ConnectionFailure } from './connection-failure'
import type { expectationFailure as ExpectationFailure } from './expectation-failure'
import type {
  failedReaction as FailedReaction,
  omittedReaction as OmittedReaction,
  unfinishedReaction as UnfinishedReaction,
} from './reaction-failure'
import type { readFailure as ReadFailure } from './read-failure'
import type {
  clientTimeoutFailure as ClientTimeoutFailure,
  scenarioTimeoutFailure as ScenarioTimeoutFailure,
} from './scenario-timeout-failure'

/** What a wait ended with, instead of what was expected. */
export const expectationFailure: typeof ExpectationFailure = lazyFunction(
  () => require('./expectation-failure').expectationFailure,
)

/** A connection that is not as a sentence says. */
export const connectionFailure: typeof ConnectionFailure = lazyFunction(
  () => require('./connection-failure').connectionFailure,
)

/** A message that was read, and is not as a sentence says. */
export const readFailure: typeof ReadFailure = lazyFunction(() => require('./read-failure').readFailure)

/** A reaction that never happened. */
export const omittedReaction: typeof OmittedReaction = lazyFunction(() => require('./reaction-failure').omittedReaction)

/** A reaction that is still under way. */
export const unfinishedReaction: typeof UnfinishedReaction = lazyFunction(
  () => require('./reaction-failure').unfinishedReaction,
)

/** A reaction whose action failed. */
export const failedReaction: typeof FailedReaction = lazyFunction(() => require('./reaction-failure').failedReaction)

/** A scenario that takes longer than it may. */
export const scenarioTimeoutFailure: typeof ScenarioTimeoutFailure = lazyFunction(
  () => require('./scenario-timeout-failure').scenarioTimeoutFailure,
)

/** A client that is still at something when the scenario has taken longer than it may. */
export const clientTimeoutFailure: typeof ClientTimeoutFailure = lazyFunction(
  () => require('./scenario-timeout-failure').clientTimeoutFailure,
)

/** The failures of several clients as one. */
export const combineFailures: typeof CombineFailures = lazyFunction(() => require('./combined-failure').combineFailures)

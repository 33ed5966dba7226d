/** The failures, each loaded when it is first needed: a run that passes needs none of them. */

import { lazyFunctions } from '../lazy-functions'
import type * as CombinedFailure from './combined-failure'
import type * as ConnectionFailure from './connection-failure'
import type * as ExpectationFailure from './expectation-failure'
import type * as ReactionFailure from './reaction-failure'
import type * as ReadFailure from './read-failure'
import type * as ScenarioTimeoutFailure from './scenario-timeout-failure'

/** What a wait ended with, instead of what was expected. */
export const { expectationFailure } = lazyFunctions<typeof ExpectationFailure>(() => require('./expectation-failure'))

/** A connection that is not as a sentence says. */
export const { connectionFailure } = lazyFunctions<typeof ConnectionFailure>(() => require('./connection-failure'))

/** A message that was read, and is not as a sentence says. */
export const { readFailure } = lazyFunctions<typeof ReadFailure>(() => require('./read-failure'))

/** A reaction that has not happened, has failed, or was not over. */
export const { failedReaction, omittedReaction, unfinishedReaction } = lazyFunctions<typeof ReactionFailure>(() =>
  require('./reaction-failure'),
)

/** What took longer than the scenario may. */
export const { clientTimeoutFailure, scenarioTimeoutFailure } = lazyFunctions<typeof ScenarioTimeoutFailure>(() =>
  require('./scenario-timeout-failure'),
)

/** What went wrong for several clients. */
export const { combineFailures } = lazyFunctions<typeof CombinedFailure>(() => require('./combined-failure'))

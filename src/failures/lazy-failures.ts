/** The failures, each loaded when it is first needed: Cucumber starts sooner, and a run that passes needs none of them. */

import type { combineFailures as CombineFailures } from './combined-failure'
import type { connectionFailure as ConnectionFailure } from './connection-failure'
import type { expectationFailure as ExpectationFailure } from './expectation-failure'
import type {
  failedReaction as FailedReaction,
  omittedReaction as OmittedReaction,
  unfinishedReaction as UnfinishedReaction,
} from './reaction-failure'

/** What a wait ended with, instead of what was expected. */
export const expectationFailure: typeof ExpectationFailure = (...options) =>
  (require('./expectation-failure') as typeof import('./expectation-failure')).expectationFailure(...options)

/** A connection that is not as a sentence says. */
export const connectionFailure: typeof ConnectionFailure = (...options) =>
  (require('./connection-failure') as typeof import('./connection-failure')).connectionFailure(...options)

/** A reaction that never happened. */
export const omittedReaction: typeof OmittedReaction = (...options) =>
  (require('./reaction-failure') as typeof import('./reaction-failure')).omittedReaction(...options)

/** A reaction that is still under way. */
export const unfinishedReaction: typeof UnfinishedReaction = (...options) =>
  (require('./reaction-failure') as typeof import('./reaction-failure')).unfinishedReaction(...options)

/** A reaction whose action failed. */
export const failedReaction: typeof FailedReaction = (...options) =>
  (require('./reaction-failure') as typeof import('./reaction-failure')).failedReaction(...options)

/** The failures of several clients as one. */
export const combineFailures: typeof CombineFailures = (...options) =>
  (require('./combined-failure') as typeof import('./combined-failure')).combineFailures(...options)

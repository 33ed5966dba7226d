/** The matchers that expectations are given, also by people who write no types, or matchers of their own. */

import { describeValue } from '../arguments'
import { UsageError } from '../errors'
import { guardMatcher, LibraryMatcher, type Matcher } from '../matching/matcher'

/**
 * The matcher that an expectation was given; one that was written elsewhere is checked, now and whenever it is asked.
 * @throws UsageError for what is not a matcher, such as a message itself
 */
export function requireMatcher(given: unknown): Matcher {
  if (given instanceof LibraryMatcher) return given as Matcher
  const { accepts, describe } = (given ?? {}) as Partial<Matcher>
  if (typeof accepts === 'function' && typeof describe === 'function') return guardMatcher(given as Matcher)
  throw new UsageError(
    `An expectation is made of matchers, not of ${describeValue(given)}: write client.matcher("Hello").`,
  )
}

/**
 * The same for several.
 * @throws UsageError for what is not a list, or an empty one, and for what is not a matcher
 */
export function requireMatcherList(given: readonly Matcher[], { mayBeEmpty = false } = {}): readonly Matcher[] {
  if (!Array.isArray(given)) {
    throw new UsageError(`Several matchers are a list, not ${describeValue(given)}: write [client.matcher("Hello")].`)
  }
  if (given.length === 0 && !mayBeEmpty) {
    throw new UsageError('No message is listed: write one in each row of the table.')
  }
  return Array.from(given, (matcher) => requireMatcher(matcher))
}

/** The arguments of expectations, which are also written by people who write no types. */

import { describeValue } from '../arguments'
import { UsageError } from '../errors'
import type { Matcher } from '../matching/matcher'

/** @throws UsageError for what is not a matcher, such as a message itself */
export function requireMatchers(...matchers: readonly unknown[]): void {
  for (const matcher of matchers) {
    const { accepts, describe } = (matcher ?? {}) as Partial<Matcher>
    if (typeof accepts === 'function' && typeof describe === 'function') continue
    throw new UsageError(
      `An expectation is made of matchers, not of ${describeValue(matcher)}: write client.matcher("Hello").`,
    )
  }
}

/** @throws UsageError for what is not a list, or an empty one, and for what is not a matcher */
export function requireMatcherList(matchers: readonly Matcher[], { mayBeEmpty = false } = {}): void {
  if (!Array.isArray(matchers)) {
    throw new UsageError(
      `Several matchers are a list, not ${describeValue(matchers)}: write [client.matcher("Hello")].`,
    )
  }
  if (matchers.length === 0 && !mayBeEmpty) {
    throw new UsageError('No message is listed: write one in each row of the table.')
  }
  requireMatchers(...matchers)
}

/** The arguments of expectations, which are also written by people who write no types. */

import { UsageError } from '../errors'
import type { Matcher } from '../matching/matcher'
import { quoted } from '../text/excerpt'

/** @throws UsageError for what is not a matcher, such as a message itself */
export function requireMatchers(...matchers: readonly unknown[]): void {
  for (const matcher of matchers) {
    if (typeof (matcher as Matcher | undefined)?.accepts === 'function') continue
    const given = typeof matcher === 'string' ? quoted(matcher) : String(matcher)
    throw new UsageError(`An expectation is made of matchers, not of ${given}: write client.matcher("Hello").`)
  }
}

/** @throws UsageError for an empty list, and for what is not a matcher */
export function requireMatcherList(matchers: readonly Matcher[]): void {
  if (matchers.length === 0) throw new UsageError('No message is listed: write one in each row of the table.')
  requireMatchers(...matchers)
}

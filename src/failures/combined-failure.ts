/** The text of a failure of several clients in one sentence. */

import { ExpectationError } from '../errors'
import { lines, MAX_LISTED } from './failure-parts'

/**
 * One failure for several clients: the first in full, the others by what they lacked.
 * @param clientCount how many clients the sentence was about
 */
export function combineFailures(failures: readonly Error[], clientCount: number): Error {
  const [first, ...others] = failures
  if (!first || others.length === 0) return first as Error
  const shown = others.slice(0, MAX_LISTED).map((failure) => `  ${firstLine(failure)}`)
  if (others.length > MAX_LISTED) shown.push(`  … and ${others.length - MAX_LISTED} more`)
  const { expected, actual } = first as { expected?: unknown; actual?: unknown }
  const plural = others.length === 1 ? '' : 's'
  return new ExpectationError(
    lines(first.message, [`${others.length} other${plural} of ${clientCount} failed too:`, ...shown]),
    expected === undefined ? undefined : { expected, actual },
  )
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0] as string
}

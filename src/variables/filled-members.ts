/** Objects whose names have been filled in. */

import { UsageError } from '../errors'
import { firstDuplicate } from '../text/duplicates'
import { quoted } from '../text/excerpt'

/**
 * An object with these members.
 * @throws UsageError if variables have made two names the same
 */
export function objectOfFilled(members: readonly (readonly [name: string, value: unknown])[]): object {
  const duplicate = firstDuplicate(members.map(([name]) => name))
  if (duplicate === undefined) return Object.fromEntries(members)
  throw new UsageError(
    `With its variables filled in, the JSON has the member ${quoted(duplicate)} twice, and one of the values would be lost.`,
  )
}

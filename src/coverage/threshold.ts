/** Whether enough of the documents has been seen. */

import type { Coverage } from './coverage'
import { figuresOf, formatShare } from './figures'

/**
 * Which documents have been seen too little of, in sentences; one without messages has nothing to see.
 * @param isEmpty whether there was no scenario at all
 */
export function shortfalls({ documents }: Coverage, minimum: number, isEmpty = false): string[] {
  if (documents.length === 0) return [isEmpty ? NO_SCENARIO : NO_DOCUMENT]
  return documents.flatMap((document) => {
    const { coverage = 1 } = figuresOf(document)
    if (coverage >= minimum) return []
    // As it is written, but for what multiplying leaves behind.
    const least = Number((minimum * 100).toPrecision(12))
    return [`The coverage of ${document.document} is ${formatShare(coverage)}, below the minimum of ${least} %.`]
  })
}

const NO_SCENARIO =
  'There is a minimum of AsyncAPI coverage, but no scenario was run: do the paths, names and tags select one?'

const NO_DOCUMENT =
  'There is a minimum of AsyncAPI coverage, but no scenario was validated against a document: is the setting "asyncapi" there?'

/** Whether a value may be a minimum. */
export function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1
}

/** Texts that are looked for. */

import { UsageError } from '../errors'

/**
 * Makes sure that a text, with its variables filled in, can be missed.
 * @throws UsageError for an empty one
 */
export function requireSomething(text: string): string {
  if (text !== '') return text
  throw new UsageError('An empty text stands in everything: write what is expected, and see which variables are empty.')
}

/** Names that stand twice where one of them would be lost. */

import { UsageError } from '../errors'
import { quoted } from './excerpt'

/**
 * The first name that stands twice.
 * @param key two names are the same if their keys are
 */
export function firstDuplicate(names: readonly string[], key = (name: string) => name): string | undefined {
  const keys = new Set<string>()
  return names.find((name) => keys.size === keys.add(key(name)).size)
}

/**
 * Makes sure that each name stands once.
 * @param kind what they name
 * @throws UsageError if one stands twice
 */
export function requireUniqueNames(kind: string, names: readonly string[], key?: (name: string) => string): void {
  const duplicate = firstDuplicate(names, key)
  if (duplicate === undefined) return
  throw new UsageError(
    `The ${kind} ${quoted(duplicate)} stands twice, and one of them would be lost: leave it out, or write both values in one.`,
  )
}

/**
 * Makes sure that each header stands once, in whatever case.
 * @throws UsageError if one stands twice
 */
export function requireUniqueHeaders(names: readonly string[]): void {
  requireUniqueNames('header', names, (name) => name.toLowerCase())
}

/** Expected JSON, compiled to a predicate: members that it names, or markers for what is not known beforehand. */

import { ExactNumber } from '../json/exact-number'
import { isContainer, isObject, LiteralValue, memberOf } from '../json/json-value'
import { markerFor } from './markers'

/** How expected JSON is compared. */
export interface JsonComparison {
  /** Whether there may be nothing else than what is expected. Default `false`. */
  readonly exactly?: boolean
  /** Whether texts that look like markers are texts. Default `false`. */
  readonly withoutMarkers?: boolean
}

/** Whether a value is as expected. */
export function matchesJson(expected: unknown, actual: unknown, options: JsonComparison = {}): boolean {
  return jsonPredicate(expected, options)(actual)
}

/**
 * The same for many values: what is expected is compiled once.
 * @throws UsageError for an unknown marker
 */
export function jsonPredicate(expected: unknown, options: JsonComparison = {}): (actual: unknown) => boolean {
  if (expected instanceof LiteralValue) return jsonPredicate(expected.value, { ...options, withoutMarkers: true })
  const marker = options.withoutMarkers ? undefined : markerFor(expected)
  if (marker) return marker
  if (Array.isArray(expected)) {
    const items = expected.map((item) => jsonPredicate(item, options))
    return (actual) =>
      Array.isArray(actual) && actual.length === items.length && items.every((matches, at) => matches(actual[at]))
  }
  if (!isObject(expected)) {
    if (expected instanceof ExactNumber) return (actual) => expected.equals(actual)
    return (actual) => actual === expected
  }
  const members = Object.entries(expected).map(([name, value]) => [name, jsonPredicate(value, options)] as const)
  return (actual) => {
    if (!isObject(actual)) return false
    if (!members.every(([name, matches]) => matches(memberOf(actual, name)))) return false
    return !options.exactly || Object.keys(actual).every((name) => Object.hasOwn(expected, name))
  }
}

/** Which texts are looked for. */
interface TextOptions extends JsonComparison {
  /** Whether numbers are, too, which may also be written otherwise. Default `false`. */
  readonly withNumbers?: boolean
}

/** What stands in the text of every message that matches: names, and texts that are not markers. */
export function requiredTexts(expected: unknown, options: TextOptions = {}): string[] {
  const { withoutMarkers = false, withNumbers = false } = options
  if (expected instanceof LiteralValue) return requiredTexts(expected.value, { ...options, withoutMarkers: true })
  if (!withoutMarkers && markerFor(expected)) return []
  if (typeof expected === 'string') return [JSON.stringify(expected)]
  if (typeof expected === 'number' && withNumbers) return [String(expected)]
  if (!isContainer(expected)) return []
  return Object.entries(expected).flatMap(([name, value]) => {
    // Some markers match a member that is missing.
    if (!withoutMarkers && markerFor(value)) return []
    const inner = requiredTexts(value, options)
    return Array.isArray(expected) ? inner : [JSON.stringify(name), ...inner]
  })
}

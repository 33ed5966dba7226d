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
  const names = Object.keys(expected)
  const predicates = names.map((name) => jsonPredicate(expected[name], options))
  return (actual) => {
    if (!isObject(actual)) return false
    if (!predicates.every((matches, at) => matches(memberOf(actual, names[at] as string)))) return false
    return !options.exactly || Object.keys(actual).every((name) => Object.hasOwn(expected, name))
  }
}

/** What stands in the text of every message that matches: names, and texts that are not markers. */
export function requiredTexts(expected: unknown, options: JsonComparison = {}): string[] {
  return requiredParts(expected, options).flatMap((part) => (typeof part === 'string' ? [part] : []))
}

/** A name or a text, as JSON writes it, or a number, which JSON may write in many ways. */
export type RequiredPart = string | number | ExactNumber

/** The same with the numbers. */
export function requiredParts(
  expected: unknown,
  { withoutMarkers = false }: JsonComparison = {},
  found: RequiredPart[] = [],
): RequiredPart[] {
  const isLiteral = expected instanceof LiteralValue
  const value = isLiteral ? expected.value : expected
  const options = { withoutMarkers: withoutMarkers || isLiteral }
  const isMarker = (inner: unknown) => !options.withoutMarkers && markerFor(inner) !== undefined
  if (isMarker(value)) return found
  if (typeof value === 'string') found.push(JSON.stringify(value))
  else if (typeof value === 'number' || value instanceof ExactNumber) found.push(value)
  else if (isContainer(value)) {
    for (const [name, inner] of Object.entries(value)) {
      // Some markers match a member that is missing.
      if (isMarker(inner)) continue
      if (!Array.isArray(value)) found.push(JSON.stringify(name))
      requiredParts(inner, options, found)
    }
  }
  return found
}

/** Whether all these parts may stand in a text, in whatever way it writes them. */
export function mayContainParts(text: string, parts: readonly RequiredPart[]): boolean {
  return (
    text.includes('\\') ||
    parts.every((part) => (typeof part === 'string' ? text.includes(part) : mayContainNumber(text, part)))
  )
}

function mayContainNumber(text: string, number: number | ExactNumber): boolean {
  const source = String(number)
  if (text.includes(source)) return true
  // Most numbers are written in one way.
  if (!OTHERWISE_WRITTEN.test(text) && !OTHERWISE_WRITTEN.test(source)) return false
  const value = Number(source)
  for (const [other] of text.matchAll(NUMBER)) if (Number(other) === value) return true
  return false
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g
const OTHERWISE_WRITTEN = /\d[.eE]\d|\d[eE][-+]|-0/

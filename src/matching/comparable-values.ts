/** The two values that Cucumber lays side by side. */

import { defineMember, isContainer } from '../json/json-value'
import { redact } from '../redaction'
import { excerpt, MAX_EXCERPT } from '../text/excerpt'

/** Two values to compare, where long texts are cut to the surroundings of their first difference. */
export function comparableValues(expected: unknown, actual: unknown): { expected: unknown; actual: unknown } {
  if (typeof expected === 'string' && typeof actual === 'string') {
    return comparableTexts(redact(expected), redact(actual))
  }
  if (!isContainer(expected) || !isContainer(actual)) return { expected: shorten(expected), actual: shorten(actual) }
  const result = { expected: emptyLike(expected), actual: emptyLike(actual) }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const both = comparableValues(ownMember(expected, name), ownMember(actual, name))
    if (Object.hasOwn(expected, name)) defineMember(result.expected, name, both.expected)
    if (Object.hasOwn(actual, name)) defineMember(result.actual, name, both.actual)
  }
  return result
}

function comparableTexts(expected: string, actual: string): { expected: string; actual: string } {
  if (expected.length <= MAX_EXCERPT && actual.length <= MAX_EXCERPT) return { expected, actual }
  const from = Math.max(0, firstDifference(expected, actual) - MAX_EXCERPT / 3)
  const around = (text: string) => excerpt(text, { from })
  return { expected: around(expected), actual: around(actual) }
}

function firstDifference(expected: string, actual: string): number {
  let at = 0
  while (at < expected.length && expected[at] === actual[at]) at++
  return at
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return excerpt(value)
  return isContainer(value) ? comparableValues(value, {}).expected : value
}

function ownMember(container: object, name: string): unknown {
  return Object.hasOwn(container, name) ? (container as Record<string, unknown>)[name] : undefined
}

function emptyLike(container: object): object {
  return Array.isArray(container) ? [] : {}
}

/** The two values that Cucumber lays side by side. */

import { redact } from '../redaction'
import { cut, excerpt, MAX_EXCERPT } from '../text/excerpt'
import { escapeAllButAscii, lookAlike } from '../text/visible'
import { ExactNumber } from './exact-number'
import { ABSENT, defineMember, isContainer, memberOf } from './json-value'

/** Two values side by side. */
interface ComparableValues {
  readonly expected: unknown
  readonly actual: unknown
}

/** What stands for `null` within them: Cucumber would write it as `[null]`, like a list. */
class ShownNull {
  /** Cucumber writes what is of this kind as its `toString` says, without quotes. */
  get [Symbol.toStringTag](): string {
    return 'Boolean'
  }

  toString(): string {
    return 'null'
  }

  toJSON(): null {
    return null
  }
}

const SHOWN_NULL = new ShownNull()

/** How many parts both may have together: to lay more side by side takes Cucumber a time that grows with their square. */
const MAX_PARTS = 1000

/** How much of two texts is compared, in characters. */
const MAX_SEARCHED = 2 ** 20

/** How many differences are shown of more. */
const MAX_DIFFERENCES = 100

/**
 * Two values to compare, where long texts are cut to the surroundings of their first difference; of large ones nothing but
 * the first differences, by JSON Pointer. A `null` within them is an object that is written as `null`.
 */
export function comparableValues(expected: unknown, actual: unknown): ComparableValues {
  const parts = [...takeParts([expected, actual], MAX_PARTS + 1)].length
  return parts > MAX_PARTS ? firstDifferences(expected, actual) : wholeValues(expected, actual)
}

/** The parts of a value, but not more than a number of them. */
function* takeParts(value: unknown, max: number): Generator<unknown> {
  const pending = [value]
  for (let count = 0; count < max && pending.length > 0; count++) {
    const part = pending.pop()
    yield part
    if (isContainer(part)) for (const inner of Object.values(part).slice(0, max)) pending.push(inner)
  }
}

function firstDifferences(expected: unknown, actual: unknown): ComparableValues {
  const shown: { expected: Record<string, unknown>; actual: Record<string, unknown> } = { expected: {}, actual: {} }
  let count = 0
  eachDifference(expected, actual, (pointer, ...sides) => {
    if (++count > MAX_DIFFERENCES) return
    const both = wholeValues(briefly(sides[0]), briefly(sides[1]))
    if (sides[0] !== ABSENT) defineShown(shown.expected, pointer, both.expected)
    if (sides[1] !== ABSENT) defineShown(shown.actual, pointer, both.actual)
  })
  if (count > MAX_DIFFERENCES) shown.expected['…'] = shown.actual['…'] = `${count - MAX_DIFFERENCES} more differences`
  return shown
}

type TakeDifference = (pointer: string, expected: unknown, actual: unknown) => void

/** Takes the innermost places at which two values differ. */
function eachDifference(expected: unknown, actual: unknown, take: TakeDifference, pointer = ''): void {
  if (!isContainer(expected) || !isContainer(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    if (expected !== actual && !isSameNumber(expected, actual)) take(pointer === '' ? '/' : pointer, expected, actual)
    return
  }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const inner = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    eachDifference(memberOf(expected, name), memberOf(actual, name), take, inner)
  }
}

function isSameNumber(expected: unknown, actual: unknown): boolean {
  return expected instanceof ExactNumber && expected.equals(actual)
}

function briefly(value: unknown): unknown {
  return isContainer(value) ? JSON.stringify(value) : value
}

function wholeValues(expected: unknown, actual: unknown): ComparableValues {
  if (typeof expected === 'string' && typeof actual === 'string') {
    return comparableTexts(redactBeginning(expected), redactBeginning(actual))
  }
  if (!isContainer(expected) || !isContainer(actual)) return { expected: shorten(expected), actual: shorten(actual) }
  const result = { expected: emptyLike(expected), actual: emptyLike(actual) }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const both = wholeValues(ownMember(expected, name), ownMember(actual, name))
    if (hasMember(expected, name)) defineShown(result.expected, name, both.expected)
    if (hasMember(actual, name)) defineShown(result.actual, name, both.actual)
  }
  return result
}

/** Of a long text the beginning: to look for secrets takes a time that grows with its length. */
function redactBeginning(text: string): string {
  return text.length <= MAX_SEARCHED ? redact(text) : redact(text, MAX_SEARCHED).slice(0, MAX_SEARCHED)
}

function comparableTexts(expected: string, actual: string): ComparableValues {
  if (lookAlike(expected, actual)) return comparableTexts(escapeAllButAscii(expected), escapeAllButAscii(actual))
  if (expected.length <= MAX_EXCERPT && actual.length <= MAX_EXCERPT) return { expected, actual }
  const from = Math.max(0, firstDifference(expected, actual) - MAX_EXCERPT / 3)
  const around = (text: string) => cut(text, { from })
  return { expected: around(expected), actual: around(actual) }
}

function firstDifference(expected: string, actual: string): number {
  let at = 0
  while (at < expected.length && expected[at] === actual[at]) at++
  return at
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return excerpt(value)
  return isContainer(value) ? wholeValues(value, {}).expected : value
}

function ownMember(container: object, name: string): unknown {
  return hasMember(container, name) ? (container as Record<string, unknown>)[name] : undefined
}

/** A list has a `length` of its own, which is not among its members. */
function hasMember(container: object, name: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(container, name)
}

function defineShown(container: object, name: string, value: unknown): void {
  // Cucumber copies members by assignment, which would make a prototype of this one: it is shown as JSON may write it, too.
  const shownName = name === '__proto__' ? '\\u005f_proto__' : name
  defineMember(container, shownName, value === null ? SHOWN_NULL : value)
}

function emptyLike(container: object): object {
  return Array.isArray(container) ? [] : {}
}

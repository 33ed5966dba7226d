/** Expected JSON: contained in a message, or exactly it. */

import { stringifyJson } from '../json/json-text'
import { ABSENT, isContainer, isObject, LiteralValue, memberOf } from '../json/json-value'
import { excerpt } from '../text/excerpt'
import {
  type JsonComparison,
  jsonPredicate,
  matchesJson,
  mayContainParts,
  type RequiredPart,
  requiredParts,
  requiredTexts,
} from './json-predicate'
import { markerFor } from './markers'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LibraryMatcher,
  type MessageContent,
  NOT_JSON,
} from './matcher'
import { requireUnambiguous } from './unique-members'

/** Accepts JSON messages that contain the expected one: members that were not written are ignored, at every depth. */
export function jsonContaining(expected: unknown, description?: string): ComparingMatcher {
  return new JsonMatcher(expected, { description })
}

/** Accepts JSON messages that are deeply equal to the expected one. */
export function jsonEqualTo(expected: unknown, description?: string): ComparingMatcher {
  return new JsonMatcher(expected, { exactly: true, description })
}

interface JsonMatcherOptions {
  readonly exactly?: boolean
  readonly description?: string | undefined
}

class JsonMatcher extends LibraryMatcher implements ComparingMatcher {
  private readonly exactly: boolean
  private readonly description: string | undefined
  private readonly matches: (actual: unknown) => boolean
  /** Looked for in a message before it is parsed; collected for the second one, as most waits see few. */
  private requiredTexts: readonly string[] | undefined
  private requiredParts: readonly RequiredPart[] | undefined
  private hasParsed = false

  constructor(
    private readonly expected: unknown,
    { exactly = false, description }: JsonMatcherOptions,
  ) {
    super()
    this.exactly = exactly
    this.description = description
    this.matches = jsonPredicate(expected, { exactly })
  }

  describe(): string {
    return this.description ?? `${this.exactly ? 'exactly ' : ''}${excerpt(stringifyJson(this.expected))}`
  }

  accepts(message: MessageContent): boolean {
    if (this.hasParsed) {
      this.requiredTexts ??= requiredTexts(this.expected)
      if (message.mayContain?.(this.requiredTexts) === false) return false
    }
    this.hasParsed = true
    const isAccepted = message.json !== NOT_JSON && this.matches(message.json)
    if (isAccepted || this.mayBeMeant(message)) requireUnambiguous(message)
    return isAccepted
  }

  /** Whether a message that is not accepted might be, if another one of its members with the same name counted. */
  private mayBeMeant({ text = '' }: MessageContent): boolean {
    this.requiredParts ??= [...requiredParts(this.expected)]
    return mayContainParts(text, this.requiredParts)
  }

  compare(message: MessageContent): Difference {
    const { expected, exactly } = this
    if (message.json === NOT_JSON) return { distance: 1, expected, actual: displayValue(message) }
    const { same, all } = countMatches(expected, message.json, { exactly })
    const actual = exactly ? message.json : pickExpected(message.json, expected)
    return { distance: 1 - same / Math.max(all, 1), expected: resolveMarkers(expected, message.json), actual }
  }
}

/** How many of the expected leaves match, of how many. */
interface MatchCount {
  readonly same: number
  readonly all: number
}

function countMatches(expected: unknown, actual: unknown, options: JsonComparison): MatchCount {
  const isLeaf = !isContainer(expected) || expected instanceof LiteralValue || Object.keys(expected).length === 0
  if (isLeaf) return { same: matchesJson(expected, actual, options) ? 1 : 0, all: 1 }
  return Object.entries(expected).reduce<MatchCount>(
    ({ same, all }, [name, value]) => {
      const inner = countMatches(value, isContainer(actual) ? memberOf(actual, name) : ABSENT, options)
      return { same: same + inner.same, all: all + inner.all }
    },
    { same: 0, all: 0 },
  )
}

/** The expected members of what is there, for a reader who compares the two side by side. */
function pickExpected(actual: unknown, expected: unknown): unknown {
  if (expected instanceof LiteralValue) return pickExpected(actual, expected.value)
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, at) => pickExpected(item, expected[at]))
  if (!isObject(actual) || !isObject(expected)) return actual
  const names = Object.keys(expected).filter((name) => Object.hasOwn(actual, name))
  return Object.fromEntries(names.map((name) => [name, pickExpected(actual[name], expected[name])]))
}

/** Replaces the markers that match by the values that they match: these are not a difference. */
export function resolveMarkers(expected: unknown, actual: unknown): unknown {
  if (expected instanceof LiteralValue) return expected.value
  const marker = markerFor(expected)
  if (marker) return actual !== ABSENT && marker(actual) ? actual : expected
  if (Array.isArray(expected)) {
    const items = Array.isArray(actual) ? actual : []
    return expected.map((item, at) => resolveMarkers(item, memberOf(items, `${at}`)))
  }
  if (!isObject(expected)) return expected
  const members = isObject(actual) ? actual : {}
  const due = Object.entries(expected).filter(
    ([name, value]) => Object.hasOwn(members, name) || !markerFor(value)?.(ABSENT),
  )
  return Object.fromEntries(due.map(([name, value]) => [name, resolveMarkers(value, memberOf(members, name))]))
}

/** Expected JSON: contained in a message, or exactly it, with markers for what is not known beforehand. */

import { Mistake } from './errors'
import { excerpt } from './excerpt'
import { ABSENT, markerOf } from './markers'
import { type ComparingMatcher, type Difference, NOT_JSON, type Readable, showable } from './matcher'
import { WithClues } from './sieve'

/** A value that is meant as it is, whatever marker it looks like: that of a variable. */
export class Literal {
  constructor(readonly value: unknown) {}

  toJSON(): unknown {
    return this.value
  }
}

/** Accepts JSON messages that contain the expected one: members that were not written are ignored, at every depth. */
export function containing(expected: unknown, words?: string): ComparingMatcher {
  return new JsonMatcher(expected, false, words)
}

/** Accepts JSON messages that are deeply equal to the expected one. */
export function equalTo(expected: unknown): ComparingMatcher {
  return new JsonMatcher(expected, true)
}

class JsonMatcher extends WithClues implements ComparingMatcher {
  private readonly fits: (actual: unknown) => boolean
  private readonly pieces: readonly string[]

  constructor(
    private readonly expected: unknown,
    private readonly exactly: boolean,
    private readonly words?: string,
  ) {
    super()
    checkMarkers(expected)
    this.fits = conformance(expected, exactly)
    // The long ones are the rare ones.
    this.pieces = piecesOf(expected).sort((one, other) => other.length - one.length)
  }

  get clues(): readonly string[] | undefined {
    return this.pieces.length > 0 ? this.pieces.slice(0, 1) : undefined
  }

  describe(): string {
    return this.words ?? `${this.exactly ? 'exactly ' : ''}${excerpt(JSON.stringify(this.expected))}`
  }

  accepts(message: Readable): boolean {
    return message.mayHave?.(this.pieces) !== false && message.json !== NOT_JSON && this.fits(message.json)
  }

  compare(message: Readable): Difference {
    if (message.json === NOT_JSON) return { distance: 1, expected: this.expected, actual: showable(message) }
    const [same, all] = likeness(this.expected, message.json, this.exactly)
    const actual = this.exactly ? message.json : cutDown(message.json, this.expected)
    return { distance: 1 - same / Math.max(all, 1), expected: withMarkersMet(this.expected, message.json), actual }
  }
}

/** Whether a value is what was written; with `exactly` it may have nothing else. */
export function conforms(expected: unknown, actual: unknown, exactly = false): boolean {
  return conformance(expected, exactly)(actual)
}

/** The same for many values: what was written is looked at once. */
export function conformance(expected: unknown, exactly = false, literally = false): (actual: unknown) => boolean {
  if (expected instanceof Literal) return conformance(expected.value, exactly, true)
  const marker = literally ? undefined : markerOf(expected)
  if (marker) return marker
  if (Array.isArray(expected)) {
    const items = expected.map((item) => conformance(item, exactly, literally))
    return (actual) =>
      Array.isArray(actual) && actual.length === items.length && items.every((fits, index) => fits(actual[index]))
  }
  if (!isObject(expected)) return (actual) => actual === expected
  const names = Object.keys(expected)
  const checks = Object.values(expected).map((value) => conformance(value, exactly, literally))
  return (actual) => {
    if (!isObject(actual)) return false
    // A loop, not `every`: a hundred may wait for each of many messages.
    for (let i = 0; i < names.length; i++) if (!checks[i]?.(member(actual, names[i] as string))) return false
    return !exactly || Object.keys(actual).every((name) => Object.hasOwn(expected, name))
  }
}

/** What must stand in the text of a message that conforms: names, and texts that are no markers. */
function piecesOf(expected: unknown, literally = false): string[] {
  if (expected instanceof Literal) return piecesOf(expected.value, true)
  if (!literally && markerOf(expected)) return []
  if (typeof expected === 'string') return [JSON.stringify(expected)]
  if (!isContainer(expected)) return []
  return Object.entries(expected).flatMap(([name, value]) => {
    // Some markers stand for what is not there.
    if (!literally && markerOf(value)) return []
    return [...(Array.isArray(expected) ? [] : [JSON.stringify(name)]), ...piecesOf(value, literally)]
  })
}

/** Looks at every marker and number once, so that a wrong one is told before anything is waited for. */
export function checkMarkers(expected: unknown): void {
  if (expected instanceof Literal) return
  mustBeExact(expected)
  markerOf(expected)
  if (typeof expected === 'object' && expected !== null) Object.values(expected).forEach(checkMarkers)
}

/**
 * Makes sure that a value is no number that JavaScript has rounded.
 * @throws Mistake if it is
 */
export function mustBeExact(value: unknown): void {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return
  if (Number.isFinite(value) && !Number.isInteger(value)) return
  throw new Mistake(
    'A number beyond ±9007199254740991 cannot be kept exactly, so others would be taken for it. ' +
      'Expect its digits instead: a message containing "…"',
  )
}

/** How many of the expected leaves are there, and how many there are. */
function likeness(expected: unknown, actual: unknown, exactly: boolean): [same: number, all: number] {
  const isLeaf = !isContainer(expected) || expected instanceof Literal || Object.keys(expected).length === 0
  if (isLeaf) return [conforms(expected, actual, exactly) ? 1 : 0, 1]
  return Object.entries(expected).reduce<[number, number]>(
    ([same, all], [name, value]) => {
      const [s, a] = likeness(value, isContainer(actual) ? member(actual, name) : ABSENT, exactly)
      return [same + s, all + a]
    },
    [0, 0],
  )
}

/** What was asked for, of what is there: a reader compares the two side by side. */
function cutDown(actual: unknown, expected: unknown): unknown {
  if (expected instanceof Literal) return cutDown(actual, expected.value)
  if (!isObject(actual) || !isObject(expected)) {
    if (Array.isArray(actual) && Array.isArray(expected)) return actual.map((item, i) => cutDown(item, expected[i]))
    return actual
  }
  const asked = Object.keys(expected).filter((name) => Object.hasOwn(actual, name))
  return Object.fromEntries(asked.map((name) => [name, cutDown(actual[name], expected[name])]))
}

/** A marker that was met is no difference: in the comparison its place shows the value it stood for. */
export function withMarkersMet(expected: unknown, actual: unknown): unknown {
  if (expected instanceof Literal) return expected.value
  const marker = markerOf(expected)
  if (marker) return actual !== ABSENT && marker(actual) ? actual : expected
  if (Array.isArray(expected)) {
    return expected.map((item, index) =>
      withMarkersMet(item, Array.isArray(actual) ? member(actual, `${index}`) : ABSENT),
    )
  }
  if (!isObject(expected)) return expected
  const members = Object.entries(expected).filter(
    ([name, value]) => (isObject(actual) && Object.hasOwn(actual, name)) || !markerOf(value)?.(ABSENT),
  )
  return Object.fromEntries(
    members.map(([name, value]) => [name, withMarkersMet(value, isObject(actual) ? member(actual, name) : ABSENT)]),
  )
}

function member(of: object, name: string): unknown {
  const value = (of as Record<string, unknown>)[name]
  // Only what may be inherited is asked for: it takes longer than all the rest.
  const isDoubtful = value === undefined || typeof value === 'function' || name === '__proto__'
  return isDoubtful && !Object.hasOwn(of, name) ? ABSENT : value
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return isContainer(value) && !Array.isArray(value)
}

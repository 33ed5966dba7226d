/** Markers that compare: numbers by their size, texts by a part of them. */

import { UsageError } from '../errors'
import { compareNumbers, ExactNumber, parseExactly } from '../json/exact-number'
import { isEqual } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { compilePattern } from '../text/pattern'

type Marker = (actual: unknown) => boolean

/** How they are written, for the error that lists all markers. */
export const COMPARISONS = [
  '#> 100',
  '#>= 100',
  '#< 100',
  '#<= 100',
  '#!= 100',
  '#between 1 and 5',
  '#contains lo',
  '#startsWith He',
  '#endsWith lo',
  '#/^he/i',
]

/**
 * The marker of a comparison, with `#number` before it as in Karate or without: `#> 100`, `#number >= 1`, `#contains lo`.
 * @throws UsageError if it compares with nothing, or with something else than a number
 */
export function comparisonMarker(source: string): Marker | undefined {
  const [, sign, limit = ''] = /^#(?:number )?\s*(>=?|<=?|!=)\s*(.*)$/s.exec(source) ?? []
  if (sign !== undefined) return sign === '!=' ? unequal(limit) : sized(sign, parseNumber(limit, source))
  const [, least, most] = /^#(?:number )?between (\S+) and (\S+)$/.exec(source) ?? []
  if (least !== undefined && most !== undefined)
    return between(parseNumber(least, source), parseNumber(most, source), source)
  const [, kind, part = ''] = /^#(contains|startsWith|endsWith) (.+)$/s.exec(source) ?? []
  if (kind !== undefined) return PARTS[kind]?.(unquoted(part), part)
  const [, pattern, flags] = /^#\/(.+)\/([imsu]*)$/s.exec(source) ?? []
  return pattern === undefined ? undefined : fitting(pattern, flags)
}

const SIGNS: Readonly<Record<string, (order: number) => boolean>> = {
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
}

function sized(sign: string, limit: number | ExactNumber): Marker {
  return (actual) => isNumber(actual) && SIGNS[sign]?.(compareNumbers(actual, limit)) === true
}

function between(least: number | ExactNumber, most: number | ExactNumber, source: string): Marker {
  if (compareNumbers(least, most) > 0) {
    throw new UsageError(`Nothing is ${source.slice(1)}: write the smaller number first.`)
  }
  return (actual) => isNumber(actual) && compareNumbers(actual, least) >= 0 && compareNumbers(actual, most) <= 0
}

/** Anything that is there, and is not this value: a number, or a text as it stands. */
function unequal(value: string): Marker {
  const isValue = equalTo(value)
  return (actual) => typeof actual !== 'symbol' && !isValue(actual)
}

/** What a text begins with, ends with or contains; a list contains the text, or the value that is written. */
const PARTS: Readonly<Record<string, (part: string, written: string) => Marker>> = {
  contains(part, written) {
    const isItem = equalTo(written)
    return (actual) =>
      typeof actual === 'string'
        ? part !== '' && actual.includes(part)
        : Array.isArray(actual) && actual.some((item) => item === part || isItem(item))
  },
  // Nothing is a part of every text, which says nothing of any.
  startsWith: (part) => (actual) => typeof actual === 'string' && part !== '' && actual.startsWith(part),
  endsWith: (part) => (actual) => typeof actual === 'string' && part !== '' && actual.endsWith(part),
}

/** A text in quotes is the text between them. */
function unquoted(source: string): string {
  return source.startsWith('"') ? String(jsonOf(source)) : source
}

/** As a table's cell is read: JSON where it is JSON, else a text. */
function equalTo(source: string): Marker {
  const value = jsonOf(source)
  return (actual) => isEqual(value, actual)
}

function jsonOf(source: string): unknown {
  try {
    return parseExactly(source)
  } catch {
    return source
  }
}

function fitting(source: string, flags = ''): Marker {
  const pattern = compilePattern(source, flags)
  return (actual) => typeof actual === 'string' && pattern.test(actual)
}

function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber
}

/** @throws UsageError for what is not a number of JSON: others are not compared by their size */
function parseNumber(source: string, marker: string): number | ExactNumber {
  if (/^-?\d/.test(source)) {
    try {
      const value = parseExactly(source)
      if (isNumber(value)) return value
    } catch {
      // It is told below.
    }
  }
  throw new UsageError(
    `${quoted(marker)} compares with ${quoted(source)}, which is not a number: write it like "#> 100".`,
  )
}

/** Markers stand in expected JSON for a value that is not known beforehand; their names are those of Karate. */

import { requireArgument, TEXT } from '../arguments'
import { UsageError } from '../errors'
import type * as Formats from '../formats/formats'
import { ExactNumber } from '../json/exact-number'
import { copyOf } from '../json/json-depth'
import { ABSENT, isContainer, isObject } from '../json/json-value'
import { lazyFunctions } from '../lazy-functions'
import { nearest } from '../text/nearest'
import { compilePattern } from '../text/pattern'
import type * as ComparisonMarkers from './comparison-markers'
import { callPredicate } from './matcher'

/** Says whether a value, or `ABSENT`, is what the marker stands for. */
export type Marker = (actual: unknown) => boolean

const BUILT_IN: Readonly<Record<string, Marker>> = {
  '#string': (actual) => typeof actual === 'string',
  '#number': (actual) => typeof actual === 'number' || actual instanceof ExactNumber,
  '#boolean': (actual) => typeof actual === 'boolean',
  '#array': Array.isArray,
  '#object': isObject,
  '#null': (actual) => actual === null,
  '#notnull': (actual) => actual !== ABSENT && actual !== null,
  '#present': (actual) => actual !== ABSENT,
  '#notpresent': (actual) => actual === ABSENT,
  '#ignore': () => true,
  '#uuid': formatMarker('uuid'),
  '#date-time': formatMarker('date-time'),
  '#email': formatMarker('email'),
  '#uri': formatMarker('uri'),
}

const markers = new Map(Object.entries(BUILT_IN))
const customNames = new Set<string>()

/**
 * Defines a marker for the expected JSON and tables of all features.
 * @param name such as `#plate`
 * @param accepts says whether a value is what the marker stands for; it is given `undefined` where there is none
 * @throws UsageError for a name that is not valid, or in use
 * @example defineMarker('#even', (value) => typeof value === 'number' && value % 2 === 0)
 */
export function defineMarker(name: string, accepts: (actual: unknown) => boolean): void {
  requireArgument('defineMarker', 'name', name, TEXT)
  if (!/^#[a-z][\w-]*$/i.test(name)) {
    throw new UsageError(`${JSON.stringify(name)} is not a valid name for a marker. Write it like #plate.`)
  }
  if (markers.has(name) || name === '#regex') throw new UsageError(`There is a marker ${name} already.`)
  if (typeof accepts !== 'function') {
    throw new UsageError(`The marker ${name} needs a function that says which values it stands for.`)
  }
  markers.set(name, (actual) =>
    callPredicate(`The marker ${name}`, () => accepts(actual === ABSENT ? undefined : copyOf(actual))),
  )
  customNames.add(name)
}

/**
 * The marker that an expected value is, if it is one.
 * @throws UsageError for a text that begins like a marker and is not one
 */
export function markerFor(expected: unknown): Marker | undefined {
  if (typeof expected !== 'string' || !expected.startsWith('#')) return undefined
  const marker =
    markers.get(expected) ?? arrayLengthMarker(expected) ?? regexMarker(expected) ?? comparisonMarker(expected)
  if (!marker) throw new UsageError(unknownMarker(expected))
  markers.set(expected, marker)
  return marker
}

/**
 * Makes sure that there is no marker in what is to be sent: it would be sent as a text.
 * @param value of which the variables have not been filled in: theirs are texts, whatever they look like
 * @throws UsageError if there is one
 */
export function requireNoMarker(value: unknown): void {
  if (typeof value === 'string') {
    if (!isMarker(value)) return
    throw new UsageError(
      `${JSON.stringify(value)} can be expected, not sent: write the value itself. To send this text, let it be the value of a ` +
        `variable: "text" stands for ${JSON.stringify(value)}`,
    )
  }
  if (isContainer(value)) for (const inner of Object.values(value)) requireNoMarker(inner)
}

function isMarker(text: string): boolean {
  if (!text.startsWith('#')) return false
  if (markers.has(text) || /^#(?:\[\d+\]$|regex )/.test(text)) return true
  try {
    return comparisonMarker(text) !== undefined
  } catch {
    // It only begins like one.
    return false
  }
}

/** Loaded when they are needed: few messages have such a marker. */
const { isOfFormat } = lazyFunctions<typeof Formats>(() => require('../formats/formats'))

function formatMarker(name: string): Marker {
  return (actual) => typeof actual === 'string' && isOfFormat(name, actual)
}

function arrayLengthMarker(expected: string): Marker | undefined {
  const length = /^#\[(\d+)\]$/.exec(expected)?.[1]
  return length === undefined ? undefined : (actual) => Array.isArray(actual) && actual.length === Number(length)
}

function regexMarker(expected: string): Marker | undefined {
  if (!expected.startsWith('#regex ')) return undefined
  const pattern = compilePattern(expected.slice('#regex '.length))
  return (actual) => typeof actual === 'string' && pattern.test(actual)
}

/** Loaded when they are needed: few messages have such a marker. */
const { comparisonMarker } = lazyFunctions<typeof ComparisonMarkers>(() => require('./comparison-markers'))

function unknownMarker(text: string): string {
  const { COMPARISONS: comparisons } = require('./comparison-markers') as typeof import('./comparison-markers')
  const names = [...Object.keys(BUILT_IN), ...customNames, '#[3]', '#regex ^a.*z$', ...comparisons]
  const hint = nearest(text, names)
  const suggestion = hint ? ` Did you mean ${hint}?` : ''
  return [
    `${JSON.stringify(text)} is not a known marker.${suggestion} The markers are ${names.join(' ')}.`,
    `For a text that begins with # write "#regex ^${escapeWithoutBackslash(text)}$".`,
  ].join('\n')
}

/** A pattern for a text that needs no backslash, which JSON and Gherkin's cells would each read in their own way. */
function escapeWithoutBackslash(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|"]/g, (char) => ('\\^]"'.includes(char) ? '.' : `[${char}]`))
}

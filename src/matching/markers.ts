/** Markers stand in expected JSON for a value that is not known beforehand; their names are those of Karate. */

import { Mistake } from './errors'
import { verdictOf } from './matcher'
import { regularExpression } from './regular-expression'
import { nearest } from './text-distance'

/** What stands for a value that a member does not have. */
export const ABSENT = Symbol('absent')

/** Says whether a value, or {@link ABSENT}, is what the marker stands for. */
export type Marker = (actual: unknown) => boolean

type Format = RegExp | ((text: string) => boolean) | { validate: (text: string) => boolean }

/** Loaded when they are needed: few messages have such a marker. */
const formats = () => (require('ajv-formats/dist/formats') as typeof import('ajv-formats/dist/formats')).fullFormats

function formatted(name: 'uuid' | 'date-time' | 'email' | 'uri'): Marker {
  let format: Format | undefined
  return (actual) => {
    if (typeof actual !== 'string') return false
    format ??= formats()[name] as Format
    if (format instanceof RegExp) return format.test(actual)
    return typeof format === 'function' ? format(actual) : format.validate(actual)
  }
}

const markers: Record<string, Marker> = {
  '#string': (actual) => typeof actual === 'string',
  '#number': (actual) => typeof actual === 'number',
  '#boolean': (actual) => typeof actual === 'boolean',
  '#array': Array.isArray,
  '#object': (actual) => typeof actual === 'object' && actual !== null && !Array.isArray(actual),
  '#null': (actual) => actual === null,
  '#notnull': (actual) => actual !== ABSENT && actual !== null,
  '#present': (actual) => actual !== ABSENT,
  '#notpresent': (actual) => actual === ABSENT,
  '#ignore': () => true,
  '#uuid': formatted('uuid'),
  '#date-time': formatted('date-time'),
  '#email': formatted('email'),
  '#uri': formatted('uri'),
}

const known = new Map(Object.entries(markers))
const own = new Set<string>()

/**
 * Defines a marker of one's own, for the expected JSON and tables of all features.
 * @param name such as `#plate`
 * @param accepts says whether a value is what the marker stands for; it is given `undefined` where there is none
 * @throws Mistake for a name that is no marker's, or that is taken
 */
export function defineMarker(name: string, accepts: (actual: unknown) => boolean): void {
  if (!/^#[a-z][\w-]*$/i.test(name)) {
    throw new Mistake(`${JSON.stringify(name)} is no name for a marker. Write it like #plate.`)
  }
  if (known.has(name) || name === '#regex') throw new Mistake(`There is a marker ${name} already.`)
  if (typeof accepts !== 'function') {
    throw new Mistake(`The marker ${name} needs a function that says which values it stands for.`)
  }
  known.set(name, (actual) => verdictOf(`The marker ${name}`, () => accepts(actual === ABSENT ? undefined : actual)))
  own.add(name)
}

/**
 * The marker that an expected value is, if it is one.
 * @throws Mistake for a text that begins like a marker and is none
 */
export function markerOf(expected: unknown): Marker | undefined {
  if (typeof expected !== 'string' || !expected.startsWith('#')) return undefined
  const marker = known.get(expected) ?? sized(expected) ?? patterned(expected)
  if (!marker) throw new Mistake(unknownMarker(expected))
  known.set(expected, marker)
  return marker
}

function sized(expected: string): Marker | undefined {
  const size = /^#\[(\d+)\]$/.exec(expected)?.[1]
  return size === undefined ? undefined : (actual) => Array.isArray(actual) && actual.length === Number(size)
}

function patterned(expected: string): Marker | undefined {
  if (!expected.startsWith('#regex ')) return undefined
  const pattern = regularExpression(expected.slice('#regex '.length))
  return (actual) => typeof actual === 'string' && pattern.test(actual)
}

/** A pattern for a text that needs no backslash, which JSON and Gherkin's cells would each read in their own way. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|"]/g, (char) => ('\\^]"'.includes(char) ? '.' : `[${char}]`))
}

function unknownMarker(written: string): string {
  const names = [...Object.keys(markers), ...own, '#[3]', '#regex ^a.*z$']
  const hint = nearest(written, names)
  return [
    `${JSON.stringify(written)} is no marker.${hint ? ` Did you mean ${hint}?` : ''} The markers are ${names.join(' ')}.`,
    `For a text that begins with # write "#regex ^${literally(written)}$".`,
  ].join('\n')
}

/** Paths into JSON, as people write them: JSONPath (RFC 9535), where `$.` may be left out, or JSON Pointer (RFC 6901). */

import type { JSONPathEnvironment, JSONPathQuery, JSONValue } from 'json-p3'
import { DEEPEST } from './depth'
import { Mistake } from './errors'
import { excerpt, quoted } from './excerpt'

/** A place, or several, in a JSON value. */
export interface Path {
  /** As it was written. */
  readonly written: string
  /** The values that stand there; none where there is no such place. */
  select(json: unknown): unknown[]
  /** The names and positions that lead to it, where it is one place alone. */
  readonly steps: (string | number)[] | undefined
}

/**
 * Reads a path.
 * @throws Mistake if it is neither a JSONPath nor a JSON Pointer
 */
export function parsePath(written: string): Path {
  try {
    return written.startsWith('/') ? pointer(written) : jsonPath(written)
  } catch (error) {
    throw new Mistake(
      `${JSON.stringify(written)} is no path: ${(error as Error).message}. ` +
        `Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.`,
    )
  }
}

let environment: JSONPathEnvironment | undefined

function jsonPath(written: string): Path {
  // Messages may be nested deeper than the library's default allows.
  environment ??= new (load().JSONPathEnvironment)({ maxRecursionDepth: 10_000 })
  const query = environment.compile(
    written.startsWith('$') ? written : /^[.[]/.test(written) ? `$${written}` : `$.${written}`,
  )
  return {
    written,
    select: (json) => (isContainer(json) ? query.query(json as JSONValue).values() : written === '$' ? [json] : []),
    steps: query.singularQuery() ? stepsOf(query) : undefined,
  }
}

/** Loaded when it is needed: few runs need it. */
function load(): typeof import('json-p3') {
  return require('json-p3')
}

function stepsOf(query: JSONPathQuery): (string | number)[] {
  return query.segments.map(({ selectors }) => {
    const { name, index } = selectors[0] as { name?: string; index?: number }
    return name ?? (index as number)
  })
}

function pointer(written: string): Path {
  const { JSONPointer } = load()
  const place = new JSONPointer(written)
  return {
    written,
    select: (json) => (isContainer(json) && place.exists(json as JSONValue) ? [place.resolve(json as JSONValue)] : []),
    steps: place.tokens.map((token) => (/^(0|[1-9]\d*)$/.test(token) ? Number(token) : token)),
  }
}

/**
 * Puts a value at a path into a JSON value, makes what is missing on the way, and gives back the whole.
 * @throws Mistake if the path means several places, or leads through a text or number, or leaves a gap in an array
 */
export function place(root: unknown, path: Path, value: unknown): unknown {
  if (!path.steps)
    throw new Mistake(
      `${JSON.stringify(path.written)} means several places, and a value has one: write each in a row of its own.`,
    )
  if (path.steps.length > DEEPEST) {
    throw new Mistake(`${quoted(path.written)} leads deeper than the ${DEEPEST} levels that JSON may be nested.`)
  }
  return placeAt(root, path.steps, value, path)
}

function placeAt(root: unknown, [step, ...rest]: (string | number)[], value: unknown, path: Path): unknown {
  if (step === undefined) return value
  // A copy, since a value may be that of a variable.
  const container = copy(root) ?? (typeof step === 'number' ? [] : {})
  const fits = Array.isArray(container)
    ? typeof step === 'number' && step <= container.length && step >= 0
    : isContainer(container)
  if (!fits) {
    throw new Mistake(
      `${JSON.stringify(path.written)} does not fit ${excerpt(JSON.stringify(container))}: there is no place for ${JSON.stringify(step)}.`,
    )
  }
  const old = Object.hasOwn(container as object, step)
    ? (container as Record<string | number, unknown>)[step]
    : undefined
  // Defined, not assigned, so that a member named __proto__ is a member like any other.
  Object.defineProperty(container, step, { value: placeAt(old, rest, value, path), enumerable: true })
  return container
}

function copy(value: unknown): unknown {
  if (!isContainer(value)) return value
  return Array.isArray(value) ? [...value] : { ...value }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

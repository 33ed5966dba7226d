/** Paths into JSON, as people write them: JSONPath (RFC 9535), where `$.` may be left out, or JSON Pointer (RFC 6901). */

import type { JSONPathEnvironment, JSONPathQuery, JSONValue } from 'json-p3'
import { UsageError } from '../errors'
import { excerpt, quoted } from '../text/excerpt'
import { MAX_JSON_DEPTH } from './json-depth'
import { defineMember, isContainer } from './json-value'

/** A place, or several, in a JSON value. */
export interface Path {
  /** As it was written. */
  readonly source: string
  /** The values that stand there; none where there is no such place. */
  select(json: unknown): unknown[]
  /** The names and indices that lead to it; undefined where it may be several places. */
  readonly steps: readonly Step[] | undefined
}

type Step = string | number

/**
 * Parses a path.
 * @throws UsageError if it is neither a JSONPath nor a JSON Pointer
 */
export function parsePath(source: string): Path {
  try {
    if (source === '') throw new Error('it is empty')
    return source.startsWith('/') ? parsePointer(source) : parseJsonPath(source)
  } catch (error) {
    throw new UsageError(
      `${JSON.stringify(source)} is not a valid path: ${(error as Error).message}. ` +
        `Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.`,
    )
  }
}

let environment: JSONPathEnvironment | undefined

function parseJsonPath(source: string): Path {
  // Messages may be nested deeper than the library's default allows.
  environment ??= new (loadJsonP3().JSONPathEnvironment)({ maxRecursionDepth: 10_000 })
  const query = environment.compile(
    source.startsWith('$') ? source : /^[.[]/.test(source) ? `$${source}` : `$.${source}`,
  )
  return {
    source,
    select: (json) => (isContainer(json) ? query.query(json as JSONValue).values() : source === '$' ? [json] : []),
    steps: query.singularQuery() ? stepsOf(query) : undefined,
  }
}

/** Loaded when it is needed: few runs need it. */
function loadJsonP3(): typeof import('json-p3') {
  return require('json-p3')
}

function stepsOf(query: JSONPathQuery): Step[] {
  return query.segments.map(({ selectors }) => {
    const { name, index } = selectors[0] as { name?: string; index?: number }
    return name ?? (index as number)
  })
}

function parsePointer(source: string): Path {
  const pointer = new (loadJsonP3().JSONPointer)(source)
  const resolve = (json: JSONValue) => (pointer.exists(json) ? [pointer.resolve(json)] : [])
  return {
    source,
    select: (json) => (isContainer(json) ? resolve(json as JSONValue) : []),
    steps: pointer.tokens.map((token) => (/^(0|[1-9]\d*)$/.test(token) ? Number(token) : token)),
  }
}

/**
 * Sets the value at a path of a JSON value, creates what is missing on the way, and returns the whole.
 * @throws UsageError if the path may be several places, or leads through a text or number, or leaves a gap in an array
 */
export function setAtPath(root: unknown, path: Path, value: unknown): unknown {
  if (!path.steps) {
    throw new UsageError(
      `${JSON.stringify(path.source)} means several places, and a value has one: write each in a row of its own.`,
    )
  }
  if (path.steps.length > MAX_JSON_DEPTH) {
    throw new UsageError(
      `${quoted(path.source)} leads deeper than the ${MAX_JSON_DEPTH} levels that JSON may be nested.`,
    )
  }
  return setAtSteps(root, path.steps, value, path)
}

function setAtSteps(root: unknown, [step, ...rest]: readonly Step[], value: unknown, path: Path): unknown {
  if (step === undefined) return value
  // A copy, since a value may be that of a variable.
  const container = copyOf(root) ?? (typeof step === 'number' ? [] : {})
  if (!canHold(container, step)) {
    throw new UsageError(
      `${JSON.stringify(path.source)} does not fit ${excerpt(JSON.stringify(container))}: there is no place for ${JSON.stringify(step)}.`,
    )
  }
  const previous = Object.hasOwn(container, step) ? (container as Record<Step, unknown>)[step] : undefined
  defineMember(container, step, setAtSteps(previous, rest, value, path))
  return container
}

function canHold(container: unknown, step: Step): container is object {
  if (!Array.isArray(container)) return isContainer(container)
  return typeof step === 'number' && step <= container.length && step >= 0
}

function copyOf(value: unknown): unknown {
  if (!isContainer(value)) return value
  return Array.isArray(value) ? [...value] : { ...value }
}

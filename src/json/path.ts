/** Paths into JSON, as people write them: JSONPath (RFC 9535), where `$.` may be left out, or JSON Pointer (RFC 6901). */

import type { JSONPathEnvironment, JSONPathNode, JSONPathQuery, JSONValue } from 'json-p3'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { excerpt, quoted } from '../text/excerpt'
import { hasExactNumbers, mayHaveExactNumbers } from './exact-number'
import { stringifyJson } from './json-text'
import { ABSENT, isContainer, memberOf, partsOf } from './json-value'

/** A place, or several, in a JSON value. */
export interface Path {
  /** As it was written. */
  readonly source: string
  /** The values that stand there; none where there is no such place. */
  select(json: unknown): unknown[]
  /** The names and indices that lead to it; undefined where it may be several places. */
  readonly steps: readonly Step[] | undefined
}

/** A member's name, or an item's index. */
export type Step = string | number

/**
 * Parses a path.
 * @throws UsageError if it is neither a JSONPath nor a JSON Pointer
 */
export function parsePath(source: string): Path {
  try {
    if (source === '') throw new Error('it is empty')
    return source.startsWith('/') ? parsePointer(source) : parseJsonPath(source)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(
      `${JSON.stringify(source)} is not a valid path: ${excerpt((error as Error).message)}. ` +
        `Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.`,
    )
  }
}

let environment: JSONPathEnvironment | undefined

function parseJsonPath(source: string): Path {
  // Messages may be nested deeper than the library's default allows.
  environment ??= new (loadJsonP3().JSONPathEnvironment)({ maxRecursionDepth: 10_000 })
  const whole = source.startsWith('$') ? source : /^[.[]/.test(source) ? `$${source}` : `$.${source}`
  const query = environment.compile(whole.replace(QUOTED_OR_DECIMAL, writeDecimal))
  const isBounded = isLinear(query)
  const hasFilter = source.includes('?')
  if (hasFilter && mayHaveExactNumbers(source.replace(/[=<>!?&|(]/g, ' '))) throw incomparable(source)
  const select = (json: object) =>
    evaluate(() => Array.from(nodesOf(query, json as JSONValue), ({ value }) => value), {
      isBounded,
      tooLong: () =>
        `The path ${quoted(source)} takes too long on ${excerpt(stringifyJson(json), { length: 60 })}: ` +
        'write the names that lead to the place, such as payload.items[*].id, instead of several .. or a wild filter.',
    })
  return {
    source,
    select: (json) => {
      if (!isContainer(json)) return source === '$' ? [json] : []
      if (hasFilter && hasExactNumbers(json)) throw incomparable(source)
      return select(json)
    },
    steps: query.singularQuery() ? stepsOf(query) : undefined,
  }
}

/** json-p3 does not read `0.5`, which RFC 9535 allows, but `5e-1`. */
const QUOTED_OR_DECIMAL = /'(?:[^'\\]|\\[\s\S]?)*(?:'|$)|"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|(?<![\w.])0\.(\d+)(?![\deE])/g

function writeDecimal(found: string, digits: string | undefined): string {
  return digits === undefined ? found : `${Number(digits)}e-${digits.length}`
}

/** A filter compares numbers as JavaScript does, which would take one for another. */
function incomparable(source: string): UsageError {
  return new UsageError(
    `${quoted(source)} is a filter, which cannot compare numbers beyond ±9007199254740991 or of more than 15 digits ` +
      'exactly: write the place itself, like items[0].id.',
  )
}

/** Whether a query looks at each value once at most: one that descends twice, or branches, may take for ever. */
function isLinear({ segments }: JSONPathQuery): boolean {
  const isSimple = segments.every(
    ({ selectors }) => selectors.length === 1 && !selectors.some((one) => 'expression' in one),
  )
  return isSimple && segments.filter(isDescendant).length <= 1
}

type Segment = JSONPathQuery['segments'][number]

function isDescendant(segment: Segment): boolean {
  return segment.toString().startsWith('..')
}

/** What a query finds (RFC 9535, section 2.5): for `..` the library takes as many steps for each value as it is deep. */
function nodesOf({ segments }: JSONPathQuery, json: JSONValue): Iterable<JSONPathNode> {
  return segments.reduce<Iterable<JSONPathNode>>(
    (nodes, segment) => selected(nodes, segment, json),
    [nodeOf(json, json)],
  )
}

function* selected(nodes: Iterable<JSONPathNode>, segment: Segment, root: JSONValue): Generator<JSONPathNode> {
  const descends = isDescendant(segment)
  for (const node of nodes) {
    for (const { value } of descends ? partsOf(node.value) : [node]) {
      for (const selector of segment.selectors) yield* selector.lazyResolve(nodeOf(value as JSONValue, root))
    }
  }
}

/** Without the place where it stands, for which nobody asks. */
function nodeOf(value: JSONValue, root: JSONValue): JSONPathNode {
  return new (loadJsonP3().JSONPathNode)(value, [], root)
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

/** RFC 6901, section 3; without the extensions that libraries for it have. */
function parsePointer(source: string): Path {
  if (/~(?![01])/.test(source)) throw new Error('in a JSON Pointer ~0 stands for ~, and ~1 for /')
  const tokens = source
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  return {
    source,
    select: (json) => {
      const found = tokens.reduce(valueAt, json)
      return found === ABSENT ? [] : [found]
    },
    steps: tokens.map((token) => (INDEX.test(token) && Number.isSafeInteger(Number(token)) ? Number(token) : token)),
  }
}

/** RFC 6901, section 4: without leading zeros. */
const INDEX = /^(?:0|[1-9]\d*)$/

function valueAt(json: unknown, token: string): unknown {
  if (!isContainer(json) || (Array.isArray(json) && !INDEX.test(token))) return ABSENT
  return memberOf(json, token)
}

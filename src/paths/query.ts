/** What a JSONPath finds (RFC 9535, section 2): the library parses it, and selects names, indices and slices. */

import type { JSONPathEnvironment, JSONPathQuery, JSONValue } from 'json-p3'
import { isContainer, partsOf } from '../json/json-value'
import { compileFilter, type Expression, type Select } from './filter'
import { loadJsonP3 } from './json-p3'

type Segment = JSONPathQuery['segments'][number]
type Selector = Segment['selectors'][number]

/** A JSONPath that was read. */
interface Query {
  readonly select: Select
  /** Whether it looks at each value once at most: one that descends twice, or branches, may take for ever. */
  readonly isLinear: boolean
  /** The names and indices that lead to its place; undefined where it may be several places. */
  readonly steps: readonly (string | number)[] | undefined
}

let environment: JSONPathEnvironment | undefined

/** @throws Error for what the RFC does not allow */
export function readQuery(source: string): Query {
  // Messages may be nested deeper than the library's default allows.
  environment ??= new (loadJsonP3().JSONPathEnvironment)({ maxRecursionDepth: 10_000 })
  const query = environment.compile(source.replace(QUOTED_OR_DECIMAL, writeDecimal))
  return {
    select: compileQuery(query),
    isLinear: isLinear(query),
    steps: query.singularQuery() ? stepsOf(query) : undefined,
  }
}

/** json-p3 does not read `0.5`, `0.0`, `0e1` or `0.5e1`, which RFC 9535 allows, but `5e-1`. */
const QUOTED_OR_DECIMAL =
  /'(?:[^'\\]|\\[\s\S]?)*(?:'|$)|"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|(?<![\w.])0(?:\.(\d+))?(?:[eE]([+-]?\d+))?(?![\w.])/g

function writeDecimal(found: string, fraction = '', power = '0'): string {
  if (!/^0[.e]/i.test(found)) return found
  const digits = fraction.replace(/^0+/, '')
  return digits === '' ? '0' : `${digits}e${Number(power) - fraction.length}`
}

function compileQuery({ segments }: JSONPathQuery): Select {
  const steps = segments.map(compileSegment)
  return (value, root) => steps.reduce<Iterable<unknown>>((values, step) => step(values, root), [value])
}

function isLinear({ segments }: JSONPathQuery): boolean {
  const isSimple = segments.every(({ selectors }) => selectors.length === 1 && !selectors.some(hasExpression))
  return isSimple && segments.filter(isDescendant).length <= 1
}

function isDescendant(segment: Segment): boolean {
  return segment.toString().startsWith('..')
}

/** For `..` the library would take as many steps for each value as it is deep. */
function compileSegment(segment: Segment): (values: Iterable<unknown>, root: unknown) => Iterable<unknown> {
  const descends = isDescendant(segment)
  const selects = segment.selectors.map(compileSelector)
  return function* (values, root) {
    for (const outer of values) {
      for (const { value } of descends ? partsOf(outer) : [{ value: outer }]) {
        for (const select of selects) yield* select(value, root)
      }
    }
  }
}

function compileSelector(selector: Selector): Select {
  if (!hasExpression(selector)) {
    return function* (value) {
      for (const node of selector.lazyResolve(nodeOf(value as JSONValue))) yield node.value
    }
  }
  const accepts = compileFilter(selector.expression, compileQuery)
  return function* (value, root) {
    if (isContainer(value)) for (const inner of Object.values(value)) if (accepts(inner, root)) yield inner
  }
}

function hasExpression(selector: Selector): selector is Selector & { readonly expression: Expression } {
  return 'expression' in selector
}

/** Without the place where it stands, and the whole in which it does, for which no name, index or slice asks. */
function nodeOf(value: JSONValue) {
  return new (loadJsonP3().JSONPathNode)(value, [], value)
}

function stepsOf(query: JSONPathQuery): (string | number)[] {
  return query.segments.map(({ selectors }) => {
    const { name, index } = selectors[0] as { name?: string; index?: number }
    return name ?? (index as number)
  })
}

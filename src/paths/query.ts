/** What a JSONPath finds (RFC 9535, section 2): the library parses it, and selects names, indices and slices. */

import type { JSONPathQuery, JSONValue } from 'json-p3'
import { isContainer, partsOf } from '../json/json-value'
import { compileFilter, type Expression, type Select } from './filter'
import { loadJsonP3 } from './json-p3'

type Segment = JSONPathQuery['segments'][number]
type Selector = Segment['selectors'][number]

/**
 * Prepares a query.
 * @throws Error for a filter that the RFC does not allow
 */
export function compileQuery({ segments }: JSONPathQuery): Select {
  const steps = segments.map(compileSegment)
  return (value, root) => steps.reduce<Iterable<unknown>>((values, step) => step(values, root), [value])
}

/** Whether a query looks at each value once at most: one that descends twice, or branches, may take for ever. */
export function isLinear({ segments }: JSONPathQuery): boolean {
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

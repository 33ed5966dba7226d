/** Values for those who know no exact numbers, such as Ajv, and what stood in their places. */

import { ExactNumber, hasExactNumbers, standInFor } from './exact-number'
import { isContainer, mapInner } from './json-value'

/** By what stands for it: objects and lists with exact numbers in them. */
const originals = new WeakMap<object, object>()

/** Where a value stands, as Ajv tells it. */
export interface ValuePlace {
  readonly parentData: unknown
  readonly parentDataProperty: string | number
}

/** A value in whose places numbers of JavaScript stand for exact ones; itself, if it has none. */
export function withStandIns(value: unknown): unknown {
  return hasExactNumbers(value) ? replace(value) : value
}

function replace(value: unknown): unknown {
  if (value instanceof ExactNumber) return standInFor(value)
  if (!isContainer(value)) return value
  const copy = mapInner(value, replace) as object
  originals.set(copy, value)
  return copy
}

/** What a value was before something stood for it. */
export function originalOf(value: unknown, place?: ValuePlace): unknown {
  if (isContainer(value)) return originals.get(value) ?? value
  // The name of a member stands where its object does.
  if (typeof value !== 'number' || !place || !isContainer(place.parentData)) return value
  const parent = originals.get(place.parentData)
  return parent ? (parent as Readonly<Record<string, unknown>>)[place.parentDataProperty] : value
}

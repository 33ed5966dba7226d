/** Values of JSON: what they contain, and what they do not. */

import { ExactNumber } from './exact-number'

/** Stands for the value of a member that an object does not have. */
export const ABSENT = Symbol('absent')

/** An expected value that is not a marker, whatever it looks like: that of a variable. */
export class LiteralValue {
  constructor(readonly value: unknown) {}

  toJSON(): unknown {
    return this.value
  }
}

/** Whether a value is an object or an array. */
export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber)
}

/** Whether a value is an object, and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return isContainer(value) && !Array.isArray(value)
}

/** A list or an object with each value in it mapped; any other value as it is. */
export function mapInner(value: unknown, map: (inner: unknown) => unknown): unknown {
  if (!isContainer(value)) return value
  if (Array.isArray(value)) return value.map((item) => map(item))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, map(inner)]))
}

/** A value of JSON, or one within it; what is a member of an object has a name. */
export interface JsonPart {
  readonly name: string | undefined
  readonly value: unknown
}

/**
 * A value and all within it, in the order in which JSON has them. One generator for all levels: where each level hands on what
 * those within it yield, every part costs as many steps as it is deep.
 * @param visited objects and lists whose parts are left out; those of this value are added
 */
export function* partsOf(value: unknown, visited?: Set<object>): Generator<JsonPart> {
  const pending: JsonPart[] = [{ name: undefined, value }]
  for (let part = pending.pop(); part; part = pending.pop()) {
    yield part
    if (!isContainer(part.value) || visited?.has(part.value)) continue
    visited?.add(part.value)
    const isList = Array.isArray(part.value)
    const inner = Object.entries(part.value)
    for (let at = inner.length - 1; at >= 0; at--) {
      const [name, within] = inner[at] as [string, unknown]
      pending.push({ name: isList ? undefined : name, value: within })
    }
  }
}

/** Whether two values of JSON are the same: numbers by their value, members in whatever order. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (one instanceof ExactNumber) return one.equals(other)
  if (other instanceof ExactNumber) return other.equals(one)
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => isEqual(item, other[at]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const members = Object.entries(one)
  return (
    members.length === Object.keys(other).length &&
    members.every(([name, value]) => Object.hasOwn(other, name) && isEqual(value, other[name]))
  )
}

/** The value of a member, or {@link ABSENT}. */
export function memberOf(container: object, name: string): unknown {
  const value = (container as Record<string, unknown>)[name]
  // Only what may be inherited is checked, which takes longer than all the rest.
  const isDoubtful = value === undefined || typeof value === 'function' || name === '__proto__'
  return isDoubtful && !Object.hasOwn(container, name) ? ABSENT : value
}

/** Defines a member; assigned, one named `__proto__` would be lost. */
export function defineMember(container: object, name: string | number, value: unknown): void {
  Object.defineProperty(container, name, { value, writable: true, enumerable: true, configurable: true })
}

/** So many values are in a small one, and so many characters in each of its texts. */
const [SMALL_COUNT, SMALL_LENGTH] = [1000, 10_000]

/** Whether there is so little in a value that what is done with each part of it is soon done. */
export function isSmallValue(json: unknown): boolean {
  const pending = [json]
  for (let count = 0; pending.length > 0; count++) {
    const value = pending.pop()
    if (count + pending.length > SMALL_COUNT || (typeof value === 'string' && value.length > SMALL_LENGTH)) return false
    if (isContainer(value)) for (const inner of Object.values(value)) pending.push(inner)
  }
  return true
}

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

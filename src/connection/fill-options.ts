/** Fills variables into the options of protocols. */

import { hasVariables } from '../json/json-text'
import { defineMember, isObject } from '../json/json-value'
import type { Variables } from '../variables/variables'

/** Options whose texts have their variables filled in, wherever they stand. */
export function fillOptions<T>(options: T, variables: Pick<Variables, 'fill'>): T {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return hasVariables(value) ? variables.fill(value) : value
    if (Array.isArray(value)) return value.map(fill)
    if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
    const filled = {}
    for (const [name, member] of Object.entries(value)) defineMember(filled, name, fill(member))
    return filled
  }
  return fill(options) as T
}

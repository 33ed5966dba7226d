/** A table of paths and values: what a JSON message must have at each of its places. */

import { excerpt } from './excerpt'
import { checkMarkers, conforms, withMarkersMet } from './json'
import { ABSENT } from './markers'
import { type ComparingMatcher, type Difference, NOT_JSON, type Readable, showable } from './matcher'
import { type Path, parsePath } from './path'

/** One row: at the path there is a value that is as expected; of several places one is enough. */
export type MemberRow = readonly [path: string, expected: unknown]

/**
 * Accepts JSON messages that have, at each path, what its row says.
 * @throws Mistake for a path or marker that cannot be understood
 */
export function havingMembers(rows: readonly MemberRow[]): ComparingMatcher {
  const members = rows.map(([path, expected]) => ({ path: parsePath(path), expected }))
  for (const { expected } of members) checkMarkers(expected)
  return new MembersMatcher(members)
}

class MembersMatcher implements ComparingMatcher {
  constructor(private readonly members: readonly { path: Path; expected: unknown }[]) {}

  describe(): string {
    return `a message with ${this.members.map(({ path, expected }) => `${path.written} ${say(expected)}`).join(', ')}`
  }

  accepts(message: Readable): boolean {
    return message.json !== NOT_JSON && this.members.every((row) => meets(row, message.json))
  }

  compare(message: Readable): Difference {
    const wanted = Object.fromEntries(this.members.map(({ path, expected }) => [path.written, expected]))
    if (message.json === NOT_JSON) return { distance: 1, expected: wanted, actual: showable(message) }
    const unmet = this.members.filter((row) => !meets(row, message.json))
    const found = unmet.flatMap(({ path }) => {
      const values = path.select(message.json)
      return values.length === 0 ? [] : [[path.written, values.length === 1 ? values[0] : values] as const]
    })
    return {
      distance: unmet.length / this.members.length,
      expected: Object.fromEntries(unmet.map((row) => [row.path.written, besideFound(row, message.json)])),
      actual: Object.fromEntries(found),
    }
  }
}

function meets({ path, expected }: { path: Path; expected: unknown }, json: unknown): boolean {
  const values = path.select(json)
  return values.length === 0 ? conforms(expected, ABSENT) : values.some((value) => conforms(expected, value, true))
}

/** What a row expects; where one value was found, its markers that were met are no difference. */
function besideFound({ path, expected }: { path: Path; expected: unknown }, json: unknown): unknown {
  const values = path.select(json)
  return values.length === 1 ? withMarkersMet(expected, values[0]) : expected
}

function say(expected: unknown): string {
  return expected === '#present' ? 'present' : excerpt(JSON.stringify(expected))
}

/** A table of paths and values: what a JSON message must have at each path. */

import { stringifyJson } from '../json/json-text'
import { ABSENT } from '../json/json-value'
import { type Path, parsePath } from '../json/path'
import { excerpt } from '../text/excerpt'
import { resolveMarkers } from './json-matcher'
import { jsonPredicate } from './json-predicate'
import { type ComparingMatcher, type Difference, displayValue, type MessageContent, NOT_JSON } from './matcher'

/** One row: at the path there is a value that is as expected; of several places one is enough. */
export type MemberRow = readonly [path: string, expected: unknown]

/**
 * Accepts JSON messages that have, at each path, what its row says.
 * @throws UsageError for a path or marker that is not valid
 */
export function havingMembers(rows: readonly MemberRow[]): ComparingMatcher {
  const members = rows.map(([path, expected]) => ({
    ...{ path: parsePath(path), expected },
    matches: jsonPredicate(expected, { exactly: true }),
  }))
  return new MembersMatcher(members)
}

interface Member {
  readonly path: Path
  readonly expected: unknown
  /** Whether a value, or `ABSENT`, is as expected. */
  readonly matches: (actual: unknown) => boolean
}

class MembersMatcher implements ComparingMatcher {
  constructor(private readonly members: readonly Member[]) {}

  describe(): string {
    const members = this.members.map(({ path, expected }) => `${path.source} ${formatExpected(expected)}`)
    return `a message with ${excerpt(members.join(', '))}`
  }

  accepts(message: MessageContent): boolean {
    return message.json !== NOT_JSON && this.members.every((member) => matchesMember(member, message.json))
  }

  compare(message: MessageContent): Difference {
    const { members } = this
    if (message.json === NOT_JSON) {
      const expected = Object.fromEntries(members.map((member) => [member.path.source, member.expected]))
      return { distance: 1, expected, actual: displayValue(message) }
    }
    const different = members.filter((member) => !matchesMember(member, message.json))
    const found = different.flatMap(({ path }) => {
      const values = path.select(message.json)
      return values.length === 0 ? [] : [[path.source, values.length === 1 ? values[0] : values] as const]
    })
    return {
      distance: different.length / members.length,
      expected: Object.fromEntries(different.map((member) => [member.path.source, expectedFor(member, message.json)])),
      actual: Object.fromEntries(found),
    }
  }
}

function matchesMember({ path, matches }: Member, json: unknown): boolean {
  const values = path.select(json)
  return values.length === 0 ? matches(ABSENT) : values.some(matches)
}

/** What a row expects; where one value was found, the markers that match it are replaced by it. */
function expectedFor({ path, expected }: Member, json: unknown): unknown {
  const values = path.select(json)
  return values.length === 1 ? resolveMarkers(expected, values[0]) : expected
}

function formatExpected(expected: unknown): string {
  return expected === '#present' ? 'present' : excerpt(stringifyJson(expected))
}

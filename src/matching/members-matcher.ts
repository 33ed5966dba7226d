/** A table of paths and values: what a JSON message must have at each path. */

import { UsageError } from '../errors'
import { stringifyJson } from '../json/json-text'
import { ABSENT } from '../json/json-value'
import { type Path, parsePath } from '../paths/path'
import { excerpt, quoted } from '../text/excerpt'
import { resolveMarkers } from './json-matcher'
import { jsonPredicate, mayContainParts, type RequiredPart, requiredParts } from './json-predicate'
import { markerFor } from './markers'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LibraryMatcher,
  type MessageContent,
  NOT_JSON,
} from './matcher'
import { requireUnambiguous } from './unique-members'

/** One row: at the path there is a value that is as expected; of several places one is enough. */
export type MemberRow = readonly [path: string, expected: unknown]

/**
 * Accepts JSON messages that have, at each path, what its row says.
 * @param description instead of one that lists the rows
 * @throws UsageError for a path or marker that is not valid
 */
export function havingMembers(rows: readonly MemberRow[], description?: string): ComparingMatcher {
  const members = rows.map(([path, expected]) => ({
    ...{ path: parsePath(path), expected },
    matches: jsonPredicate(expected, { exactly: true }),
  }))
  requireUniqueRows(members)
  return new MembersMatcher(members, description)
}

/** @throws UsageError for a row that says the same as another, or something else about the same place */
function requireUniqueRows(members: readonly Member[]): void {
  const rowOf = new Map<string, Member>()
  for (const member of members) {
    const { path, expected } = member
    // Each of several places may have a value of its own.
    const key = path.steps ? placeKey(path.steps) : `${path.source} ${JSON.stringify(expected)}`
    const same = rowOf.get(key)
    if (same) throw duplicateRow(path, same.path)
    rowOf.set(key, member)
  }
  const lengths = new Set(members.flatMap(({ path }) => path.steps?.length ?? []))
  for (const { path } of members) {
    const { steps = [] } = path
    for (const length of [...lengths].filter((one) => one < steps.length)) {
      const outer = rowOf.get(placeKey(steps.slice(0, length)))
      if (outer && !markerFor(outer.expected)) throw duplicateRow(path, outer.path)
    }
  }
}

function placeKey(steps: readonly (string | number)[]): string {
  return JSON.stringify(steps.map(String))
}

function duplicateRow({ source }: Path, other: Path): UsageError {
  return new UsageError(
    `The rows ${quoted(other.source)} and ${quoted(source)} are about the same place: write what is expected there in one row.`,
  )
}

interface Member {
  readonly path: Path
  readonly expected: unknown
  /** Whether a value, or `ABSENT`, is as expected. */
  readonly matches: (actual: unknown) => boolean
}

class MembersMatcher extends LibraryMatcher implements ComparingMatcher {
  private requiredParts: readonly RequiredPart[] | undefined

  constructor(
    private readonly members: readonly Member[],
    private readonly description: string | undefined,
  ) {
    super()
  }

  describe(): string {
    if (this.description !== undefined) return this.description
    const members = this.members.map(({ path, expected }) => `${path.source} ${formatExpected(expected)}`)
    return `a message with ${excerpt(members.join(', '))}`
  }

  accepts(message: MessageContent): boolean {
    const isAccepted = message.json !== NOT_JSON && this.members.every((member) => matchesMember(member, message.json))
    if (isAccepted || this.mayBeMeant(message)) requireUnambiguous(message)
    return isAccepted
  }

  /** Whether a message that is not accepted might be, if another one of its members with the same name counted. */
  private mayBeMeant({ text = '' }: MessageContent): boolean {
    this.requiredParts ??= this.members.flatMap(({ path, expected }) => {
      const parts = [...requiredParts(expected)]
      // A number may be the index of an item.
      const names = (path.steps ?? []).filter((step) => typeof step === 'string')
      return parts.length === 0 ? [] : [...names.map((name) => JSON.stringify(name)), ...parts]
    })
    return mayContainParts(text, this.requiredParts)
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

/** Of several places one is enough; none may have what is denied. */
function matchesMember({ path, matches, expected }: Member, json: unknown): boolean {
  const values = path.select(json)
  if (values.length === 0) return matches(ABSENT)
  const isDenied = typeof expected === 'string' && /^#(?:number )?\s*!=/.test(expected)
  return isDenied ? values.every(matches) : values.some(matches)
}

/** What a row expects; where one value was found, the markers that match it are replaced by it. */
function expectedFor({ path, expected }: Member, json: unknown): unknown {
  const values = path.select(json)
  return values.length === 1 ? resolveMarkers(expected, values[0]) : expected
}

function formatExpected(expected: unknown): string {
  return expected === '#present' ? 'present' : excerpt(stringifyJson(expected))
}

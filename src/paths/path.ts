/** Paths into JSON, as people write them: JSONPath (RFC 9535), where `$.` may be left out, or JSON Pointer (RFC 6901). */

import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { stringifyJson } from '../json/json-text'
import { ABSENT, isContainer, memberOf } from '../json/json-value'
import { lazyFunctions } from '../lazy-functions'
import { excerpt, quoted } from '../text/excerpt'
import type * as Query from './query'

/** Loaded when it is needed: few runs need it. */
const { readQuery } = lazyFunctions<typeof Query>(() => require('./query'))

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

function parseJsonPath(source: string): Path {
  const whole = source.startsWith('$') ? source : /^[.[]/.test(source) ? `$${source}` : `$.${source}`
  const { select: find, isLinear: isBounded, steps } = readQuery(whole)
  const tooLong = (json: unknown) =>
    `The path ${quoted(source)} takes too long on ${excerpt(stringifyJson(json), { length: 60 })}: ` +
    'write the names that lead to the place, such as payload.items[*].id, instead of several .. or a wild filter.'
  return {
    source,
    select: (json) => {
      if (!isContainer(json)) return source === '$' ? [json] : []
      return evaluate(() => Array.from(find(json, json)), { isBounded, tooLong: () => tooLong(json) })
    },
    steps,
  }
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

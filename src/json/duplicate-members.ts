/** Members that JSON has twice: JSON.parse keeps the last of them, other parsers the first (RFC 8259, section 4). */

import { UsageError } from '../errors'
import { excerpt } from '../text/excerpt'

/** A name that an object has more than once. */
export interface DuplicateMember {
  readonly name: string
  /** Where the object is, as a JSON Pointer; empty for the whole. */
  readonly pointer: string
}

/**
 * Finds the first member that stands twice.
 * @param text valid JSON
 * @param value what it was parsed to
 */
export function findDuplicateMember(text: string, value: unknown): DuplicateMember | undefined {
  // Of a member that stands twice one value is lost: most JSON has none, and to count is quick.
  return countNames(text) === countMembers(value) ? undefined : scanForDuplicate(text)
}

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c]

/** How many members the objects of valid JSON have: a colon that is in no text follows each name. */
function countNames(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === QUOTE) at = endOfText(text, at)
    else if (character === COLON) count++
  }
  return count
}

/** Where a quoted text ends: at a quote that no backslash escapes. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

/** Whether an odd number of backslashes stands before a character. */
function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text.charCodeAt(first - 1) === BACKSLASH) first--
  return (at - first) % 2 === 1
}

/** How many members a value of JSON has, with those of what is in it. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item)
    return count
  }
  for (const name in value) count += 1 + countMembers(value[name as never])
  return count
}

/**
 * Makes sure that no member that a person wrote is lost.
 * @param text valid JSON
 * @throws UsageError if one stands twice
 */
export function requireUniqueMembers(text: string, value: unknown): void {
  const duplicate = findDuplicateMember(text, value)
  if (!duplicate) return
  throw new UsageError(
    `The JSON has ${describeDuplicate(duplicate)} twice, and one of the values would be lost: write each member once.`,
  )
}

/**
 * A text that looks like JSON; one that is not valid may be meant so.
 * @throws UsageError if a member stands twice
 */
export function withUniqueMembers(text: string): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return text
  }
  requireUniqueMembers(text, value)
  return text
}

/** The member and its place: `the member "role" of /user`. */
export function describeDuplicate({ name, pointer }: DuplicateMember): string {
  return `the member ${JSON.stringify(name)}${pointer === '' ? '' : ` of ${excerpt(pointer)}`}`
}

/** An object or array that has been opened. */
interface Open {
  readonly names: Set<string>
  /** The name or the index of what is being read. */
  at: string | number
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g

function scanForDuplicate(text: string): DuplicateMember | undefined {
  const opened: Open[] = []
  let lastText = ''
  for (const [token] of text.matchAll(TOKEN)) {
    const inner = opened.at(-1)
    if (token === '{' || token === '[') opened.push({ names: new Set(), at: 0 })
    else if (token === '}' || token === ']') opened.pop()
    else if (token === ',') {
      if (typeof inner?.at === 'number') inner.at++
    } else if (token === ':') {
      const name: string = JSON.parse(lastText)
      if (inner?.names.has(name)) return { name, pointer: pointerTo(opened) }
      inner?.names.add(name)
      if (inner) inner.at = name
    } else lastText = token
  }
  return undefined
}

function pointerTo(opened: readonly Open[]): string {
  return opened
    .slice(0, -1)
    .map(({ at }) => `/${`${at}`.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

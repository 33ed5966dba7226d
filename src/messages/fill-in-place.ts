/** Fills variables into texts that are parsed, so that a value is what it is: no part of a pattern, a path, a file's name. */

import { UsageError } from '../errors'
import { hasVariables } from '../json/json-text'
import { escapeForJson } from '../matching/phrase-matcher'
import { quoted } from '../text/excerpt'

/** Where the values of variables come from. */
interface ValueSource {
  get(name: string): unknown
  fill(text: string, encode?: (value: string) => string): string
}

/** A text that a regular expression takes as it is, also in a class of characters. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`))
}

/** What a regular expression leaves open, so that what follows is no text of its own. */
const OPEN_PART = /\\(?:x[\da-f]?|u[\da-f]{0,3}|u\{[^}]*|[pPkc](?:[{<][^}>]*)?|\d+)$|\(\?(?:<\w*)?$/i

/**
 * Fills a regular expression: values are literal texts in it.
 * @throws UsageError where a value would be a part of something else, and for a number of repetitions that is not one
 */
export function fillPattern(source: string, variables: ValueSource): string {
  // After a backslash it is no variable, but a dollar sign.
  return source.replace(/(\\*)(\$\{[^{}]*\})/g, (found, backslashes: string, variable: string, at: number) => {
    if (backslashes.length % 2 === 1) return found
    const before = source.slice(0, at) + backslashes
    const isCount = /\{(?:\d+,)?$/.test(before)
    if (OPEN_PART.test(before) || (isCount && !/^\d+$/.test(variables.fill(variable)))) {
      throw new UsageError(
        `In the regular expression ${quoted(source)} ${variable} cannot stand where it does: a value is text there, or a ` +
          'number of repetitions.',
      )
    }
    return backslashes + variables.fill(variable, escapePattern)
  })
}

/** A quoted name, a bracket, or a name with the dot before it. */
const PART = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|[[\]]|(?:(?<!\.)\.)?(?:[^.[\]'"$\s]|\$\{[^{}]*\})+/g
const VARIABLE = /\$\{([^{}]*)\}/g

/** Fills a JSONPath or JSON Pointer: a value is one name or index in it, in a filter a value of JSON. */
export function fillPath(source: string, variables: ValueSource): string {
  if (!hasVariables(source)) return source
  if (source.startsWith('/')) {
    return variables.fill(source, (value) => value.replaceAll('~', '~0').replaceAll('/', '~1'))
  }
  let depth = 0
  let isFilter = false
  return source.replace(PART, (part) => {
    if (part === '[' || part === ']') depth += part === '[' ? 1 : -1
    else if (depth === 0) isFilter = false
    else if (part.includes('?')) isFilter = true
    if (!hasVariables(part)) return part
    if (/^['"]/.test(part)) return fillQuoted(part, variables)
    if (depth === 0 || part.startsWith('.')) return `[${JSON.stringify(variables.fill(part.replace(/^\./, '')))}]`
    return part.replace(VARIABLE, (variable, name: string) => {
      const text = variables.fill(variable)
      return !isFilter && /^-?\d+$/.test(text) ? text : JSON.stringify(variables.get(name))
    })
  })
}

function fillQuoted(part: string, variables: ValueSource): string {
  const quote = part[0] as string
  const encode = (value: string) => {
    const escaped = escapeForJson(value)
    return quote === '"' ? escaped : escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")
  }
  return quote + variables.fill(part.slice(1, -1), encode) + quote
}

/**
 * Fills a file's path: values are parts of names in it, but for those of the environment.
 * @throws UsageError for a value that would lead to another folder, or to a hidden file
 */
export function fillFilePath(source: string, variables: ValueSource): string {
  return source
    .split('/')
    .map((segment) => fillSegment(segment, variables))
    .join('/')
}

/** A scheme and a host with its port, or a variable at the beginning, which may stand for them. */
const AUTHORITY = /^(?:https?:\/\/[^/?#]*|\$\{[^{}]*\})/i

/**
 * Fills the place of a schema: a file's path, or an address; behind `#`, values are names of a JSON Pointer.
 * @throws UsageError for a value that would lead to another folder, host or address
 */
export function fillSchemaLocation(source: string, variables: ValueSource): string {
  if (!hasVariables(source)) return source
  const [authority = ''] = AUTHORITY.exec(source) ?? []
  const filledAuthority = fillAuthority(authority, variables)
  const isAddress = /^https?:\/\//i.test(filledAuthority)
  const [path = ''] = source.split('#', 1)
  const step = (value: string) => encodeURIComponent(value.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))
  const filledPath = isAddress
    ? filledAuthority + path.slice(authority.length).replace(VARIABLE, (variable) => fillPathPart(variable, variables))
    : fillFilePath(path, variables)
  return filledPath + variables.fill(source.slice(path.length), step)
}

function fillAuthority(authority: string, variables: ValueSource): string {
  if (authority.startsWith('${')) return variables.fill(authority)
  return variables.fill(authority, (value) => {
    if (/^[\p{L}\p{M}\p{N}._:[\]-]+$/u.test(value)) return value
    throw new UsageError(`${quoted(value)} is not a valid host or port of ${quoted(authority)}.`)
  })
}

function fillPathPart(variable: string, variables: ValueSource): string {
  const value = variables.fill(variable)
  if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value.toWellFormed())
  throw new UsageError(`The value of ${variable} is ${quoted(value)}: that would be the address of something else.`)
}

function fillSegment(segment: string, variables: ValueSource): string {
  return segment.replace(VARIABLE, (variable, name: string, offset: number) => {
    const value = variables.fill(variable)
    const isSafe = value !== '' && !/[/\\\0]/.test(value) && !(offset === 0 && value.startsWith('.'))
    if (isSafe || name.startsWith('env.')) return value
    throw new UsageError(
      `The value of ${variable} is not a valid part of a file's name. ` +
        'Write folders, and the dot of a hidden file, into the sentence itself.',
    )
  })
}

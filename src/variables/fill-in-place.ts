/** Fills variables into texts that are parsed, so that a value is what it is: no part of a pattern, a path, a file's name. */

import { UsageError } from '../errors'
import { escapeForJson, hasVariables, stringifyJson } from '../json/json-text'
import { learnSecrets } from '../redaction'
import { quoted } from '../text/excerpt'

/** Where the values of variables come from. */
interface ValueSource {
  get(name: string): unknown
  /** Whether a server has sent the value of a variable in a text. */
  hasRemembered(text: string): boolean
  fill(text: string, encode?: (value: string) => string): string
}

/** A text that a regular expression takes as it is, also in a class of characters. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`))
}

/** What a regular expression leaves open, so that what follows is not a text of its own. */
const OPEN_PART = /\\(?:x[\da-f]?|u[\da-f]{0,3}|u\{[^}]*|[pPkc](?:[{<][^}>]*)?|\d+)$|\(\?(?:<\w*)?$/i

/**
 * Fills a regular expression: values are literal texts in it.
 * @throws UsageError where a value would be a part of something else, and for a number of repetitions that is not one
 */
export function fillPattern(source: string, variables: ValueSource): string {
  // After a backslash it is not a variable, but a dollar sign.
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

/**
 * Fills a JSONPath or JSON Pointer: a value is one name or index in it, in a filter a value of JSON.
 * @throws UsageError for a filter that calls `match()` or `search()`, where a value could be a part of the pattern
 */
export function fillPath(source: string, variables: ValueSource): string {
  if (!hasVariables(source)) return source
  if (source.startsWith('/')) {
    return variables.fill(source, (value) => value.replaceAll('~', '~0').replaceAll('/', '~1'))
  }
  if (source.includes('?') && PATTERN_CALL.test(source)) {
    throw new UsageError(
      `${quoted(source)} cannot have a variable beside match() or search(): a value is text, not a part of a regular expression. ` +
        'Compare it with ==, as in items[?@.name == ${name}], or write the pattern itself.',
    )
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
      return !isFilter && /^-?\d+$/.test(text) ? text : stringifyJson(variables.get(name), 'variable')
    })
  })
}

/** In a filter, a call whose second argument is a pattern (RFC 9535, section 2.4.6). */
const PATTERN_CALL = /\b(?:match|search) *\(/

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

const ADDRESS = /^https?:\/\//i

/** Segments that URLs take out of their path, also if they are percent-encoded (URL Standard, 4.5). */
const REMOVED_SEGMENT = /^(?:\.|%2e){0,2}$/i

/**
 * Fills the place of a schema: a file's path, or an address; behind `#`, values are names of a JSON Pointer.
 * @throws UsageError for a value that would lead to another folder, host or address
 */
export function fillSchemaLocation(source: string, variables: ValueSource): string {
  if (!hasVariables(source)) return source
  const [authority = ''] = AUTHORITY.exec(source) ?? []
  const filledAuthority = fillAuthority(authority, variables)
  const isAddress = ADDRESS.test(filledAuthority)
  const [path = ''] = source.split('#', 1)
  const step = (value: string) => encodeURIComponent(value.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))
  const filledPath = isAddress
    ? filledAuthority + fillAddressPath(path.slice(authority.length), variables)
    : fillFilePath(path, variables)
  if (!isAddress && ADDRESS.test(filledPath) && variables.hasRemembered(path)) throw fromServer(path)
  return filledPath + variables.fill(source.slice(path.length), step)
}

function fillAuthority(authority: string, variables: ValueSource): string {
  if (authority.startsWith('${')) return fillBase(authority, variables)
  return authority.replace(VARIABLE, (variable, _, offset: number) => {
    const value = variables.fill(variable)
    const isPort = /:$/.test(authority.slice(0, offset)) && /^\d+$/.test(value)
    if (!isPort && variables.hasRemembered(variable)) throw fromServer(variable)
    if (/^[\p{L}\p{M}\p{N}._:[\]-]+$/u.test(value)) return value
    learnSecrets((redaction) => redaction.learnFromAddress(authority))
    throw new UsageError(`${quoted(value)} is not a valid host or port of ${quoted(authority)}.`)
  })
}

/** A scheme and a host, or the beginning of a file's path. */
function fillBase(variable: string, variables: ValueSource): string {
  const value = variables.fill(variable)
  if (/^https?:/i.test(value) && variables.hasRemembered(variable)) throw fromServer(variable)
  return value
}

function fromServer(source: string): UsageError {
  const variable = source.match(VARIABLE)?.[0]
  return new UsageError(
    `A server has sent the value of ${variable}: it cannot say from which host a schema is read. ` +
      'Write the scheme and the host into the sentence, or a variable of the environment: ${env.NAME}',
  )
}

function fillAddressPath(path: string, variables: ValueSource): string {
  const at = path.search(/\?|$/)
  const encode = (value: string) => encodeURIComponent(value.toWellFormed())
  const segments = path.slice(0, at).split('/')
  return (
    segments.map((segment) => fillAddressSegment(segment, variables, encode)).join('/') +
    variables.fill(path.slice(at), encode)
  )
}

function fillAddressSegment(segment: string, variables: ValueSource, encode: (value: string) => string): string {
  const filled = variables.fill(segment, encode)
  if (!hasVariables(segment) || !REMOVED_SEGMENT.test(filled)) return filled
  throw new UsageError(`The value of ${segment} is ${quoted(filled)}: that would be the address of something else.`)
}

/** Segments that lead to another folder; Windows takes no notice of blanks and dots at the end of a name. */
const OTHER_FOLDER = /^\.[. ]*$/

function fillSegment(segment: string, variables: ValueSource): string {
  const isOtherFolder = OTHER_FOLDER.test(variables.fill(segment))
  return segment.replace(VARIABLE, (variable, name: string, offset: number) => {
    const value = variables.fill(variable)
    if (name.startsWith('env.')) return value
    // What stands before it may be empty, too.
    const isHidden = value.startsWith('.') && variables.fill(segment.slice(0, offset)) === ''
    if (value !== '' && !/[/\\\0]/.test(value) && !isHidden && !isOtherFolder) return value
    throw new UsageError(
      `The value of ${variable} is not a valid part of a file's name. ` +
        'Write folders, and the dot of a hidden file, into the sentence itself.',
    )
  })
}

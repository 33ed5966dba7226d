/** The arguments of the API, which are also written by people who write no types. */

import { DRAFTS } from './documents/json-schema-drafts'
import { UsageError } from './errors'
import { excerpt, quoted } from './text/excerpt'
import { nearest } from './text/nearest'

/** What an argument or an option should be, in words, and whether it is. */
export interface Kind {
  readonly words: string
  accepts(value: unknown): boolean
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isPair = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(isText)

export const TEXT: Kind = { words: 'a text', accepts: isText }
export const NAME: Kind = {
  words: 'a text with something in it',
  accepts: (value) => isText(value) && /\S/.test(value),
}
export const NUMBER: Kind = { words: 'a number', accepts: (value) => typeof value === 'number' }
export const WHOLE_NUMBER: Kind = { words: 'a whole number', accepts: Number.isSafeInteger }
export const FLAG: Kind = { words: 'true or false', accepts: (value) => typeof value === 'boolean' }
export const FUNCTION: Kind = { words: 'a function', accepts: (value) => typeof value === 'function' }
export const OBJECT: Kind = { words: 'an object', accepts: (value) => isObject(value) && !Array.isArray(value) }
export const DURATION: Kind = {
  words: 'a duration such as "2 seconds", or a number of ms',
  accepts: (value) => isText(value) || typeof value === 'number',
}
export const DATA: Kind = { words: 'a text or a Buffer', accepts: (value) => isText(value) || Buffer.isBuffer(value) }
export const PROTOCOL: Kind = {
  words: 'the name of a protocol, or an object with a `name` or a `codec`',
  accepts: (value) => isText(value) || (isObject(value) && namesProtocol(value)),
}
const namesProtocol = ({ name, codec }: { readonly name?: unknown; readonly codec?: unknown }) =>
  codec === undefined
    ? isText(name)
    : (name === undefined || isText(name)) &&
      (isText(codec) || (isObject(codec) && 'name' in codec && isText(codec.name)))
export const CONTRACT: Kind = {
  words: 'the path or address of an AsyncAPI document, or an object with its `document`',
  accepts: (value) => NAME.accepts(value) || (isObject(value) && 'document' in value && describesServer(value)),
}
const describesServer = ({
  document,
  strict = 'fail',
  view = 'server',
  draft = 'draft-07',
  address = '/',
}: Readonly<Record<string, unknown>>) =>
  NAME.accepts(document) &&
  ['fail', 'report'].includes(strict as string) &&
  ['server', 'client'].includes(view as string) &&
  DRAFTS.includes(draft as string) &&
  isText(address)
export const BODY: Kind = {
  words: "a text, or json('…') and its like",
  accepts: (value) => isText(value) || (isObject(value) && 'toSend' in value && typeof value.toSend === 'function'),
}
export const LIST: Kind = {
  words: 'a list with something in it',
  accepts: (value) => Array.isArray(value) && value.length > 0,
}
export const TEXTS: Kind = { words: 'a list of texts', accepts: (value) => Array.isArray(value) && value.every(isText) }
export const NAMED_TEXTS: Kind = {
  words: 'an object whose values are texts, or a list of pairs of a name and a text',
  accepts: (value) =>
    Array.isArray(value) ? value.every(isPair) : isObject(value) && Object.values(value).every(isText),
}

/**
 * Texts by name, as options take them: as pairs where a name comes several times.
 * @example const parameters: NamedTexts = [['tag', 'a'], ['tag', 'b']]
 */
export type NamedTexts = Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[]

/** The pairs of named texts, in whichever way they were given. */
export function pairsOf(texts: NamedTexts = {}): readonly (readonly [name: string, value: string])[] {
  return Array.isArray(texts) ? texts : Object.entries(texts)
}

/** The options of a call, and what each should be. */
export type OptionKinds = Readonly<Record<string, Kind>>

/**
 * Makes sure that an argument is what it should be.
 * @param call the function that is called: `remember`
 * @throws UsageError that says what to write
 */
export function requireArgument(call: string, name: string, value: unknown, kind: Kind): void {
  // Without a function or a text made for it: this is called for each message.
  try {
    if (!kind.accepts(value)) throw wrongValue(`The argument ${name} of ${call}`, value, kind)
  } catch (error) {
    throw readingError(`The argument ${name} of ${call}`, error)
  }
}

/**
 * Checks what a project has given.
 * @param subject what that is
 * @throws UsageError instead of what a getter or a proxy throws
 */
export function readable(subject: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw readingError(subject, error)
  }
}

function readingError(subject: string, error: unknown): UsageError {
  return error instanceof UsageError ? error : new UsageError(`${subject} cannot be read: ${excerpt(String(error))}.`)
}

/**
 * Makes sure that a call has no other options than these, and that they are what they should be; each may be left out.
 * @throws UsageError that says what to write
 */
export function requireOptions(call: string, options: unknown, kinds: OptionKinds): void {
  requireArgument(call, 'options', options, OBJECT)
  try {
    // Most calls have none, and messages are many.
    for (const name in options as object) {
      const value = (options as Readonly<Record<string, unknown>>)[name]
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
      if (!kind) throw unknownOption(call, name, Object.keys(kinds))
      if (value !== undefined && !kind.accepts(value)) throw wrongValue(`The option ${name} of ${call}`, value, kind)
    }
  } catch (error) {
    throw readingError(`The argument options of ${call}`, error)
  }
}

function unknownOption(call: string, name: string, known: readonly string[]): UsageError {
  const hint = nearest(name, known)
  const list = known.length === 0 ? 'It has none.' : `Write ${known.join(' or ')}.`
  const advice = hint ? `Did you mean ${hint}?` : list
  return new UsageError(`There is no option ${quoted(name)} of ${call}. ${advice}`)
}

function wrongValue(subject: string, value: unknown, { words }: Kind): UsageError {
  return new UsageError(`${subject} should be ${words}, not ${describeValue(value)}.`)
}

/** A value of any kind, as an error may show it. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'a list'
  return isObject(value) ? 'an object' : excerpt(String(value))
}

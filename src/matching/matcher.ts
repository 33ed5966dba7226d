/** What a matcher is: it says which messages are meant, how another one differs, and how it is described. */

import { describeValue } from '../arguments'
import { ConversationError, UsageError } from '../errors'
import { excerpt } from '../text/excerpt'

/**
 * What a matcher may look at in a message: its text or its bytes, and its JSON if it is JSON.
 * @example const isShort = ({ text = '' }: MessageContent) => text.length < 10
 */
export interface MessageContent {
  /** The text of a text message; undefined for a binary one. */
  readonly text: string | undefined
  /** The parsed text; {@link NOT_JSON} where it cannot be parsed. */
  readonly json: unknown
  /** The payload of a binary message; undefined for a text. */
  readonly bytes: Buffer | undefined
  /**
   * Whether its JSON may contain all these texts: `false` saves a message from being parsed.
   * @param texts as JSON writes them, without needless escapes
   * @internal
   */
  mayContain?(texts: readonly string[]): boolean
}

/** Whether a text has all these parts, as JSON writes them; an escape in it may stand for anything. */
export function containsAll(text: string, parts: readonly string[]): boolean {
  return text.includes('\\') || parts.every((part) => text.includes(part))
}

/**
 * Stands where a message has no JSON, since `undefined` and `null` would be mistaken for a value.
 * @example if (message.json === NOT_JSON) console.log(message.text)
 */
export const NOT_JSON = Symbol('not JSON')

/**
 * How a message differs from what was expected.
 * @example const difference: Difference = { distance: 0.5, expected: 10, actual: 12 }
 */
export interface Difference {
  /** From 0, the same, to 1, nothing in common; the failure shows the closest message. */
  readonly distance: number
  /** What was expected. */
  readonly expected: unknown
  /** What the message has, cut down to the parts that were expected. */
  readonly actual: unknown
}

/**
 * Tells the messages that are meant from all others.
 * @example
 * const cheap: Matcher = {
 *   describe: () => 'a cheap offer',
 *   accepts: ({ json }) => (json as { price: number }).price < 10,
 * }
 */
export interface Matcher {
  /** The template through which it reads phrases, if it does. */
  readonly template?: unknown
  /** In the words of a sentence: `"Hello"`, `a message containing "lo"`. */
  describe(): string
  /** Whether a message is meant. */
  accepts(message: MessageContent): boolean
  /**
   * Whether the message is meant if it is read without the template.
   * @internal
   */
  acceptsBare?(message: MessageContent): boolean
  /** Compares with a message that is not accepted; without it, a failure shows no difference. */
  compare?(message: MessageContent): Difference
}

/** A matcher that says how another message differs, as all of this library do. */
export type ComparingMatcher = Matcher & Required<Pick<Matcher, 'compare'>>

/**
 * Accepts every message.
 * @example await rob.receives(anyMessage)
 */
export const anyMessage: Matcher = {
  describe: () => 'any message',
  accepts: () => true,
  compare: () => ({ distance: 0, expected: undefined, actual: undefined }),
}

/** Accepts every binary message. */
export const anyBytes: Matcher = {
  describe: () => 'a binary message',
  accepts: ({ bytes }) => bytes !== undefined,
}

/**
 * A matcher that was written elsewhere, whose functions are checked.
 * @throws UsageError if it has no description, and later if it returns something else than true or false
 */
export function guardMatcher(matcher: Matcher): Matcher {
  if (typeof matcher.describe !== 'function') {
    throw new UsageError('A matcher needs a function `describe` that returns its description, beside `accepts`.')
  }
  const describe = () => callGuarded('The function `describe` of a matcher', 'a text', () => matcher.describe())
  const name = `The matcher «${describe()}»`
  const { compare } = matcher
  return {
    template: matcher.template,
    describe,
    accepts: (message) => callPredicate(name, () => matcher.accepts(message)),
    ...(compare && {
      compare: (message) => callGuarded(name, 'a difference', () => compare.call(matcher, message)),
    }),
  }
}

/**
 * Calls a predicate that was written elsewhere.
 * @throws UsageError if it throws, or returns something else than true or false
 */
export function callPredicate(name: string, predicate: () => unknown): boolean {
  return callGuarded(name, 'true or false', predicate as () => boolean)
}

const RESULTS = {
  'true or false': (result: unknown) => typeof result === 'boolean',
  'a text': (result: unknown) => typeof result === 'string',
  'a difference': (result: unknown) => typeof (result as Difference | null | undefined)?.distance === 'number',
}

function callGuarded<T>(name: string, kind: keyof typeof RESULTS, call: () => T): T {
  let result: T
  try {
    result = call()
  } catch (error) {
    if (error instanceof ConversationError) throw error
    const failure = new UsageError(`${name} failed: ${excerpt(error instanceof Error ? error.message : String(error))}`)
    failure.cause = error
    throw failure
  }
  if (RESULTS[kind](result)) return result
  // A promise is the wrong result, however it ends.
  Promise.resolve(result).catch(() => {})
  throw new UsageError(`${name} should say ${kind}, not ${describeValue(result)}.`)
}

/** What of a message can be shown beside an expectation: JSON where it is JSON, else its text or its bytes in hex. */
export function displayValue(message: MessageContent): unknown {
  if (message.json !== NOT_JSON) return message.json
  return message.text ?? message.bytes?.toString('hex')
}

/** What a matcher is: it says which messages are meant, how another one differs, and how it is described. */

import { FLAG, type Kind, TEXT } from '../arguments'
import { UsageError } from '../errors'
import { callGuarded } from '../guarded-call'
import type { Coding, MessageDetails } from '../message-details'

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
  /** What the protocol tells of it. */
  readonly details?: MessageDetails
  /**
   * How it has travelled. Default `verbatim`.
   * @internal
   */
  readonly coding?: Coding
  /**
   * Whether its JSON may contain all these texts: `false` saves a message from being parsed.
   * @param texts as JSON writes them, without needless escapes
   * @internal
   */
  mayContain?(texts: readonly string[]): boolean
  /**
   * Gives the code of a project copies of what it may change.
   * @internal
   */
  share?(): MessageContent
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

/** The member of a difference's objects that stands for what it does not tell. */
export const LEFT_OUT = '…'

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
  /**
   * Whether it may ask for a text or for bytes as such, and not for the same content in whatever frame.
   * @internal
   */
  readonly isAboutForm?: boolean
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

/** What all matchers of this library are but `anyMessage`: their functions need no guard. */
export abstract class LibraryMatcher {}

class AnyBytes extends LibraryMatcher implements Matcher {
  readonly isAboutForm = true

  describe(): string {
    return 'a binary message'
  }

  accepts({ bytes }: MessageContent): boolean {
    return bytes !== undefined
  }
}

/** Accepts every binary message. */
export const anyBytes: Matcher = new AnyBytes()

/**
 * What a function was given for a matcher; one that was written elsewhere is returned with its functions checked.
 * @throws UsageError if it has no description, and later if it returns something else than true or false
 */
export function guardMatcher(matcher: Matcher): Matcher {
  return matcher instanceof LibraryMatcher || matcher === anyMessage ? matcher : new GuardedMatcher(matcher)
}

class GuardedMatcher extends LibraryMatcher implements Matcher {
  readonly isAboutForm = true
  readonly template: unknown
  declare readonly compare?: NonNullable<Matcher['compare']>
  private readonly name: string

  constructor(private readonly matcher: Matcher) {
    super()
    if (typeof matcher.describe !== 'function') {
      throw new UsageError('A matcher needs a function `describe` that returns its description, beside `accepts`.')
    }
    this.name = `The matcher «${this.describe()}»`
    this.template = matcher.template
    const { compare } = matcher
    if (compare)
      this.compare = (message) => callGuarded(this.name, DIFFERENCE, () => compare.call(matcher, shared(message)))
  }

  describe(): string {
    return callGuarded('The function `describe` of a matcher', TEXT, () => this.matcher.describe())
  }

  accepts(message: MessageContent): boolean {
    return callPredicate(this.name, () => this.matcher.accepts(shared(message)))
  }
}

/** A message for the code of a project. */
function shared(message: MessageContent): MessageContent {
  return message.share?.() ?? message
}

/**
 * Calls a predicate that was written elsewhere.
 * @throws UsageError if it throws, or returns something else than true or false
 */
export function callPredicate(name: string, predicate: () => unknown): boolean {
  return callGuarded(name, FLAG, predicate as () => boolean)
}

const DIFFERENCE: Kind = {
  words: 'a difference',
  accepts: (result) => typeof (result as Difference | null | undefined)?.distance === 'number',
}

/** What of a message can be shown beside an expectation: JSON where it is JSON, else its text or its bytes in hex. */
export function displayValue(message: MessageContent): unknown {
  if (message.json !== NOT_JSON) return message.json
  return message.text ?? message.bytes?.toString('hex')
}

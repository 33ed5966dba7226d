/** What a matcher is: it says which messages are meant, how another one differs, and what it is called in words. */

import { ConversationError, Mistake } from './errors'

/** What a matcher may look at in a message: its text or its bytes, and its JSON if it is JSON. */
export interface Readable {
  /** The text of a text message; undefined for a binary one. */
  readonly text: string | undefined
  /** The parsed text; {@link NOT_JSON} where the message is no JSON. */
  readonly json: unknown
  /** The payload of a binary message; undefined for a text. */
  readonly bytes: Buffer | undefined
  /**
   * Whether its JSON may have all these pieces in it: a look at the text, which saves most messages from being parsed.
   * @param pieces as JSON writes them, without needless escapes
   */
  mayHave?(pieces: readonly string[]): boolean
}

/** Stands where a message has no JSON, since `undefined` and `null` would be mistaken for a value. */
export const NOT_JSON = Symbol('not JSON')

/** How a message differs from what was asked for. */
export interface Difference {
  /** From 0, the same, to 1, nothing in common: the closest message of several is the one that a reader wants to see. */
  readonly distance: number
  readonly expected: unknown
  /** What the message has, cut down to the parts that were asked for. */
  readonly actual: unknown
}

/** Tells the messages that are meant from all others. */
export interface Matcher {
  /** The template through which it reads phrases, if it does. */
  readonly template?: unknown
  /** In the words of a sentence: `"Hello"`, `a message containing "lo"`. */
  describe(): string
  accepts(message: Readable): boolean
  /** Compares with a message that is not accepted, for the words of a failure; without it none is laid beside. */
  compare?(message: Readable): Difference
}

/** A matcher that says how another message differs: as all of this library do. */
export type ComparingMatcher = Matcher & Required<Pick<Matcher, 'compare'>>

/** Accepts every message. */
export const anyMessage: ComparingMatcher = {
  describe: () => 'any message',
  accepts: () => true,
  compare: () => ({ distance: 0, expected: undefined, actual: undefined }),
}

/**
 * A matcher that was written elsewhere, and may be less than one.
 * @throws Mistake if it has no words, and later if it gives no verdict
 */
export function carefully(matcher: Matcher): Matcher {
  if (typeof matcher.describe !== 'function') {
    throw new Mistake('A matcher needs a function `describe` that gives its words, beside `accepts`.')
  }
  const name = `The matcher «${matcher.describe()}»`
  const { compare } = matcher
  return {
    template: matcher.template,
    describe: () => matcher.describe(),
    accepts: (message) => verdictOf(name, () => matcher.accepts(message)),
    ...(compare && { compare: (message) => compare.call(matcher, message) }),
  }
}

/**
 * What somebody else's function says of a message or value.
 * @throws Mistake if it fails, or says neither true nor false
 */
export function verdictOf(name: string, ask: () => unknown): boolean {
  let verdict: unknown
  try {
    verdict = ask()
  } catch (error) {
    if (error instanceof ConversationError) throw error
    const mistake = new Mistake(`${name} failed: ${error instanceof Error ? error.message : String(error)}`)
    mistake.cause = error
    throw mistake
  }
  if (typeof verdict === 'boolean') return verdict
  throw new Mistake(`${name} should say true or false, not ${String(verdict)}.`)
}

/** What of a message can be shown beside an expectation: JSON where it is JSON, else its text or bytes in hex. */
export function showable(message: Readable): unknown {
  if (message.json !== NOT_JSON) return message.json
  return message.text ?? message.bytes?.toString('hex')
}

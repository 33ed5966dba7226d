/** Which messages must not come: a sentence that denies claims more than one that expects. */

import { Message } from '../inbox/message'
import { LibraryMatcher, type Matcher, type MessageContent } from '../matching/matcher'

/**
 * Whether a message is, or may be, what must not come, in whatever form: also in a frame of the other kind, or without the
 * template. What its protocol could not read may say anything.
 */
export function isUnwanted(message: MessageContent, unwanted: Matcher): boolean {
  if (unwanted instanceof AnyOf) return unwanted.matchers.some((matcher) => isUnwanted(message, matcher))
  if (isUnreadable(message)) return true
  const accepts = (content: MessageContent) => unwanted.accepts(content) || unwanted.acceptsBare?.(content) === true
  return accepts(message) || (!unwanted.isAboutForm && accepts(inOtherFrame(message)))
}

/** What an unwanted message did, for a failure: of one that nobody could read, that. */
export function unwantedWords(message: Message, unwanted: Matcher, did: string): string {
  const isKnown = !isUnreadable(message) || unwanted.accepts(message)
  return `number ${message.number} ${isKnown ? did : 'cannot be read, so that it may be one'}`
}

function isUnreadable({ details }: MessageContent): boolean {
  return details?.problem !== undefined
}

/** The same content as a text instead of bytes, or as bytes instead of a text. */
function inOtherFrame({ text, bytes, details, coding }: MessageContent): MessageContent {
  return new Message(0, 0, text === undefined ? String(bytes) : Buffer.from(text), '', '', details, coding)
}

/**
 * A matcher for what is unwanted by one of these, with the template or without. It compares each content once, however many
 * clients have received it: matchers for a thousand clients and messages to a thousand clients are a million comparisons.
 */
export function anyUnwanted(matchers: readonly Matcher[]): Matcher {
  return new AnyUnwanted(anyOf(matchers))
}

class AnyUnwanted extends LibraryMatcher implements Matcher {
  /** It has looked at both forms itself. */
  readonly isAboutForm = true
  private readonly texts = new Map<string, boolean>()
  private readonly payloads = new Map<string, boolean>()

  constructor(private readonly any: Matcher) {
    super()
  }

  describe(): string {
    return this.any.describe()
  }

  accepts(content: MessageContent): boolean {
    const { text, bytes, details = {} } = content
    const verdicts = text === undefined ? this.payloads : this.texts
    // Not in words, which are cut and have no secrets.
    const beside = Object.keys(details).length === 0 ? '' : JSON.stringify(details)
    const key = beside + (text ?? (bytes as Buffer).toString('latin1'))
    const verdict = verdicts.get(key) ?? isUnwanted(content, this.any)
    verdicts.set(key, verdict)
    return verdict
  }
}

/** A matcher that accepts what one of these accepts, and is described as the first, or as all of them joined by a word. */
export function anyOf(matchers: readonly Matcher[], joint?: 'nor'): Matcher {
  return new AnyOf(matchers, joint)
}

class AnyOf extends LibraryMatcher implements Matcher {
  constructor(
    readonly matchers: readonly Matcher[],
    private readonly joint: string | undefined,
  ) {
    super()
  }

  describe(): string {
    const described = this.joint === undefined ? this.matchers.slice(0, 1) : this.matchers
    return described.map((matcher) => matcher.describe()).join(` ${this.joint} `)
  }

  accepts(message: MessageContent): boolean {
    return this.matchers.some((matcher) => matcher.accepts(message))
  }

  acceptsBare(message: MessageContent): boolean {
    return this.matchers.some((matcher) => matcher.acceptsBare?.(message))
  }
}

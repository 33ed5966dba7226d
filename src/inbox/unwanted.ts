/** Which messages must not come: a sentence that denies claims more than one that expects. */

import { LibraryMatcher, type Matcher, type MessageContent } from '../matching/matcher'
import { Message } from './message'

/** Whether a message is what must not come, in whatever form: also in a frame of the other kind, or without the template. */
export function isUnwanted(message: Message, unwanted: Matcher): boolean {
  const accepts = (content: MessageContent) => unwanted.accepts(content) || unwanted.acceptsBare?.(content) === true
  if (accepts(message)) return true
  const { number, at, detail } = message
  return accepts(new Message(number, at, typeof detail === 'string' ? Buffer.from(detail) : detail.toString()))
}

/** A matcher that accepts what one of these accepts, and is described as the first. */
export function anyOf(matchers: readonly Matcher[]): Matcher {
  return new AnyOf(matchers)
}

class AnyOf extends LibraryMatcher implements Matcher {
  constructor(private readonly matchers: readonly Matcher[]) {
    super()
  }

  describe(): string {
    return (this.matchers[0] as Matcher).describe()
  }

  accepts(message: MessageContent): boolean {
    return this.matchers.some((matcher) => matcher.accepts(message))
  }

  acceptsBare(message: MessageContent): boolean {
    return this.matchers.some((matcher) => matcher.acceptsBare?.(message))
  }
}

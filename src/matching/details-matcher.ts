/** Matches what a protocol tells of a message, beside its content. */

import type { MessageDetails } from '../message-details'
import { type ComparingMatcher, type Difference, LibraryMatcher, type Matcher, type MessageContent } from './matcher'

/** What is expected of the details. */
export type ExpectedDetails = Pick<MessageDetails, 'event' | 'topic' | 'answerTo' | 'isError'>

/**
 * A matcher of messages that have these details, and the content that another matcher accepts.
 * @param description of both; a function if that takes its time
 */
export function havingDetails(
  details: ExpectedDetails,
  content: Matcher,
  description: string | (() => string),
): ComparingMatcher {
  return new DetailsMatcher(details, content, description)
}

class DetailsMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly expected: ExpectedDetails,
    private readonly content: Matcher,
    private readonly description: string | (() => string),
  ) {
    super()
  }

  get template(): unknown {
    return this.content.template
  }

  get isAboutForm(): boolean {
    return this.content.isAboutForm ?? false
  }

  describe(): string {
    const { description } = this
    return typeof description === 'string' ? description : description()
  }

  accepts(message: MessageContent): boolean {
    return this.differing(message).length === 0 && this.content.accepts(message)
  }

  acceptsBare(message: MessageContent): boolean {
    return this.differing(message).length === 0 && this.content.acceptsBare?.(message) === true
  }

  /** Of a message with other details, the details; it is less like the expected one than any whose details are right. */
  compare(message: MessageContent): Difference {
    const content = this.content.compare?.(message) ?? { distance: 1, expected: undefined, actual: undefined }
    const differing = this.differing(message)
    if (differing.length === 0) return { ...content, distance: content.distance / 2 }
    const those = (details: MessageDetails) => Object.fromEntries(differing.map((name) => [name, details[name]]))
    return {
      distance: (1 + content.distance) / 2,
      expected: those(this.expected),
      actual: those(message.details ?? {}),
    }
  }

  /** The names of the details that are not as expected. */
  private differing({ details = {} }: MessageContent): (keyof ExpectedDetails)[] {
    const names = Object.keys(this.expected) as (keyof ExpectedDetails)[]
    return names.filter((name) => this.expected[name] !== (details[name] ?? DEFAULTS[name]))
  }
}

/** What a message has that does not say it. */
const DEFAULTS: ExpectedDetails = { isError: false }

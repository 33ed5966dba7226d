/** Which messages must not come: a sentence that denies claims more than one that expects. */

import type { Matcher, MessageContent } from '../matching/matcher'
import { Message } from './message'

/** Whether a message is what must not come, in whatever form: also in a frame of the other kind, or without the template. */
export function isUnwanted(message: Message, unwanted: Matcher): boolean {
  const accepts = (content: MessageContent) => unwanted.accepts(content) || unwanted.acceptsBare?.(content) === true
  if (accepts(message)) return true
  const { number, at, detail } = message
  return accepts(new Message(number, at, typeof detail === 'string' ? Buffer.from(detail) : detail.toString()))
}

/**
 * A matcher for what is unwanted by one of these, with the template or without. It compares each content once, however many
 * clients have received it: matchers for a thousand clients and messages to a thousand clients are a million comparisons.
 */
export function anyUnwanted(matchers: readonly Matcher[]): Matcher {
  const any = anyOf(matchers)
  const [texts, payloads] = [new Map<string, boolean>(), new Map<string, boolean>()]
  return {
    describe: any.describe,
    accepts: (content) => {
      const { text, bytes } = content
      const verdicts = text === undefined ? payloads : texts
      const key = text ?? (bytes as Buffer).toString('latin1')
      const known = verdicts.get(key)
      if (known !== undefined) return known
      const verdict = any.accepts(content) || any.acceptsBare?.(content) === true
      verdicts.set(key, verdict)
      return verdict
    },
  }
}

/** A matcher that accepts what one of these accepts, and is described as the first, or as all of them joined by a word. */
export function anyOf(matchers: readonly Matcher[], joint?: 'nor'): Matcher {
  const described = joint === undefined ? matchers.slice(0, 1) : matchers
  return {
    describe: () => described.map((matcher) => matcher.describe()).join(` ${joint} `),
    accepts: (message) => matchers.some((matcher) => matcher.accepts(message)),
    acceptsBare: (message) => matchers.some((matcher) => matcher.acceptsBare?.(message)),
  }
}

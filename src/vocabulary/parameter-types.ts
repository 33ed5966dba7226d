/** The parts of sentences: clients, messages, durations. Names and patterns are literals in place, so that editors find them. */

import { defineParameterType } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import type { MessageExpression } from '../messages/message-expression'
import { parseMessage } from '../messages/parse-message'
import { parseDuration } from '../time/duration'
import { conversationOf } from '../world'

// In the patterns of names, the ranges leave out white space and the punctuation of ASCII, Latin, CJK and full-width
// scripts: Cucumber drops the flag that would allow \p{L}.

// (?=) is true everywhere. What follows a choice, V8 compiles up to ten times, for different ways through it
// (kMaxCopiesCodeGenerated), but what follows a look-ahead once: without these, to compile all sentences takes half as long
// again. That a word ends is said by (?!\w), as \b takes a quarter more.

/** One participant: `Rob`, `user_1`, `the dispatcher`, `"Rob Anderson"`, `she`. */
defineParameterType({
  name: 'client',
  regexp:
    /(?:"[^"]*"|the [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*)(?=)/,
  transformer(this: object, written: string): Client {
    return conversationOf(this).clients.resolve(written)
  },
})

/** One or more: `Ann, Bob and Carol`, `everyone but Rob`, `the listeners`. */
defineParameterType({
  name: 'clients',
  regexp:
    /(?:everyone(?: else)?|(?:everyone (?:but|except) )?(?=)(?:"[^"]*"|(?:the|every) [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*)(?=)(?:(?:, and |, | and )(?=)(?:"[^"]*"|(?:the|every) [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*))*)(?=)/,
  transformer(this: object, written: string): Client[] {
    return conversationOf(this).clients.resolveAll(written)
  },
})

/** How a reaction calls the client whose rule it is. */
defineParameterType({
  name: 'pronoun',
  regexp: /he|she|they|it|I/,
  transformer: (written: string): string => written,
})

// JSON goes on to the bracket after which the sentence goes on; that it is JSON is said later, in better words.
/** A message, in any of the ways to write one: `"Hello"`, `{"type": "ping"}`, `a message containing "lo"`. */
defineParameterType({
  name: 'message',
  regexp:
    /(?:(?:a message (?:containing|matching|valid against) |the (?:file|bytes) )?(?=)(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|the (?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*') message|any message|[{[](?:"(?:[^"\\]|\\[\s\S])*(?:"|$)|(?![}\]]\s+[A-Za-z]|\s(?:he|she|they|it|I|within|after|for|before|without|\d+ times?)(?!\w))[^"])*[}\]]?)(?=)/,
  transformer: (written: string): MessageExpression => parseMessage(written),
})

/** A time span, in ms: `2 seconds`, `200 ms`. */
defineParameterType({
  name: 'duration',
  regexp: /\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|seconds?|m|minutes?|h|hours?)/,
  transformer: (written: string): number => parseDuration(written),
})

/** The parts of sentences: clients, messages, durations. Names and patterns are literals in place, so that editors find them. */

import { defineParameterType } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import type { MessageExpression } from '../messages/message-expression'
import { parseMessage } from '../messages/parse-message'
import { parseDuration } from '../time/duration'
import { conversationOf } from '../world'

// The longer patterns are written by scripts/parameter-patterns.mjs, which says what their parts are: `npm run patterns`.

/** One participant: `Rob`, `user_1`, `the dispatcher`, `"Rob Anderson"`, `she`. */
defineParameterType({
  name: 'client',
  regexp:
    /(?:"[^"]*"|the [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*)(?=)/,
  transformer(this: object, text: string): Client {
    return conversationOf(this).clients.resolve(text)
  },
})

/** One or more: `Ann, Bob and Carol`, `everyone but Rob`, `the listeners`. */
defineParameterType({
  name: 'clients',
  regexp:
    /(?:everyone(?: else)?|(?:everyone (?:but|except) )?(?=)(?:"[^"]*"|(?:the|every) [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*)(?=)(?:(?:, and |, | and )(?=)(?:"[^"]*"|(?:the|every) [a-z][\w-]*|he|she|they|it|[a-z]+[\d_-][\w-]*|(?!(?:Nobody|Only|Everyone|When|Whenever)(?!\w))[^\s!-@[-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f][^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]*))*)(?=)/,
  transformer(this: object, text: string): Client[] {
    return conversationOf(this).clients.resolveAll(text)
  },
})

/** How a reaction calls the client whose rule it is. */
defineParameterType({
  name: 'pronoun',
  regexp: /he|she|they|it|I/,
  transformer: (text: string): string => text,
})

/** A message, in any of the ways to write one: `"Hello"`, `{"type": "ping"}`, `a message containing "lo"`. */
defineParameterType({
  name: 'message',
  regexp:
    /(?:(?:a message (?:containing|matching|valid against) |the (?:file|bytes) )?(?=)(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|the (?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*') message|any message|[{[](?:"(?:[^"\\]|\\[\s\S])*(?:"|$)|(?![}\]]\s+[A-Za-z]|\s(?:he|she|they|it|I|within|after|for|before|without|\d+ times?)(?!\w))[^"])*[}\]]?)(?=)/,
  transformer: (text: string): MessageExpression => parseMessage(text),
})

/** A time span, in ms: `2 seconds`, `200 ms`. */
defineParameterType({
  name: 'duration',
  regexp: /\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|seconds?|m|minutes?|h|hours?)/,
  transformer: (text: string): number => parseDuration(text),
})

/** The parts of sentences: clients, messages, durations. Names and patterns are literals in place, so that editors find them. */

import { defineParameterType } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { parseMessage } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import type { Close } from '../steps/connections'
import { parseTimes, parseWrittenDuration } from '../time/duration'
import { conversationOf } from '../world'

// The longer patterns are written by scripts/parameter-patterns.mjs, which says what their parts are: `npm run patterns`.

/** One participant: `Rob`, `user_1`, `the dispatcher`, `"Rob Anderson"`, `she`. */
defineParameterType({
  name: 'client',
  regexp:
    /(?:"[^"]*"|the (?!server |connection )(?:(?!and )[a-z]+(?:st|nd|rd|th) )?[a-z][\w-]*|he|she|they|it|(?![\d_-]|[a-z]+(?:[ ',:]|$))[^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+)(?=)/,
  useForSnippets: false,
  transformer(this: object, text: string): Client {
    return conversationOf(this).clients.resolve(text)
  },
})

/** One or more: `Ann, Bob and Carol`, `everyone but Rob`, `the listeners`. */
defineParameterType({
  name: 'clients',
  regexp:
    /(?:every(?:one|body) (?:but|except) )?(?=)(?:(?:"[^"]*"|(?:the|every|all|each|both) (?!server |connection |never )(?:of |the |other |(?!and )[a-z]+(?:st|nd|rd|th) )*[a-z][\w-]*|every(?:one|body)|both|he|she|they|it|(?![\d_-]|[a-z]+(?:[ ',:]|$))[^\s!-,./:-@[-^`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+)(?=)(?:, and |, | and |(?=(?:[ ',:]|$))))+(?: else)?(?: both| all| each| should)?(?=)/,
  useForSnippets: false,
  transformer(this: object, text: string): Client[] {
    return conversationOf(this).clients.resolveAll(text)
  },
})

/** How a reaction calls the client whose rule it is. */
defineParameterType({
  name: 'pronoun',
  regexp: /he|she|they|it|I/,
  useForSnippets: false,
  transformer: (text: string): string => text,
})

/** A message, in any of the ways to write one: `"Hello"`, `{"type": "ping"}`, `a message containing "lo"`. */
defineParameterType({
  name: 'message',
  regexp:
    /(?:the event "(?:[^"\\]|\\[\s\S])*" with )?(?=)(?:(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?:the [A-Za-z]+ |JSON |message )?[{[](?:"(?:[^"\\]|\\[\s\S])*(?:"|$)|(?![}\]]\s+\w|\s(?:he|she|they|it|I|within|after|for|before|without|every|exactly|only|once|twice|at|or|nor|on|and|then|\w+ times)(?!\w))[^"])*[}\]]?|(?:a message (?:[cmv][a-z]+|that|w(?:h[a-z]+|ith)|of) (?:[a-z]+ )*|the (?:[A-Za-z]+ )?)(?=)(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')(?: message|(?: is(?: [a-z]+)*)? (?:"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.]*(?:[eE][-+]?\d+)?(?: and -?\d[\d.]*(?:[eE][-+]?\d+)?)?))?|an? (?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')(?! message)|(?:any|a|a binary) message|anything)(?=)(?: on (?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'))?(?=)/,
  useForSnippets: false,
  transformer: (text: string): MessageExpression => parseMessage(text),
})

/** A time span, in ms: `2 seconds`, `200 ms`. */
defineParameterType({
  name: 'duration',
  regexp: /(?:\d+(?:\.\d+)?|an?|one|two|three|half an?)? ?(?:ms|milliseconds?|s|seconds?|m|minutes?|h|hours?)/,
  useForSnippets: false,
  transformer: parseWrittenDuration,
})

/** How often: `once`, `twice`, `3 times`. */
defineParameterType({
  name: 'times',
  regexp: /once|twice|(?:\d+|two|three|four|five|ten) times/,
  useForSnippets: false,
  transformer: parseTimes,
})

/** What a member is: `is 100`, `is "open"`, `is greater than 100`, `is between 1 and 5`. */
defineParameterType({
  name: 'condition',
  regexp: /is(?: [a-z]+)* (?:"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.]*(?:[eE][-+]?\d+)?(?: and -?\d[\d.]*(?:[eE][-+]?\d+)?)?)/,
  useForSnippets: false,
  transformer: (text: string): string => text,
})

/** How a connection is closed: `with code 4001`, `with reason "Kicked"`, `with code 4001 and reason "Kicked"`. */
defineParameterType({
  name: 'close',
  regexp: /with code \d+(?: and (?:the )?reason "[^"]*")?|with (?:the )?reason "[^"]*"/,
  useForSnippets: false,
  transformer(text: string): Close {
    const code = /^with code (\d+)/.exec(text)?.[1]
    return { code: code === undefined ? undefined : Number(code), reason: /reason "([^"]*)"$/.exec(text)?.[1] }
  },
})

/** Whose a connection is: whom these pronouns mean. */
const PRONOUNS = new Map(Object.entries({ his: 'he', her: 'she', its: 'it', my: 'I' }))

/** A connection, of those whom the sentence before was about or of somebody else: `the connection`, `Ann's connection`. */
defineParameterType({
  name: 'connection',
  regexp: /(?:the|his|her|its|their|my) connections?|(?:"[^"]*"|(?:the |every )?[^\s"',]+)['’]s? connections?/,
  useForSnippets: false,
  transformer(this: object, text: string): Client[] {
    const owner = /^(.+)['’]s? connections?$/s.exec(text)?.[1]
    return conversationOf(this).clients.resolveAll(owner ?? PRONOUNS.get(text.replace(/ .*/, '')) ?? 'they')
  },
})

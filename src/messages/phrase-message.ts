/** Messages that are text: phrases, which travel through the templates, parts and patterns of them, and plain text. */

import { FLAG, requireArgument, requireOptions, TEXT } from '../arguments'
import { phraseContaining, phraseEqualTo, phraseMatching } from '../matching/phrase-matcher'
import { quoted } from '../text/excerpt'
import { requireSomething } from '../text/require-something'
import { fillPattern } from '../variables/fill-in-place'
import { type MessageExpression, receiveOnly } from './message-expression'
import { receivingTemplate, renderPhrase } from './templates'

/**
 * A phrase: sent and expected through the templates.
 * @param options.exactly whether a received message may have nothing but the template
 * @example await rob.receives(phrase('Hello', { exactly: true }))
 */
export function phrase(text: string, options: { readonly exactly?: boolean } = {}): MessageExpression {
  requireArgument('phrase', 'text', text, TEXT)
  requireOptions('phrase', options, { exactly: FLAG })
  const { exactly = false } = options
  return {
    describe: () => quoted(text),
    toSend: ({ variables, phrases }) => renderPhrase(variables.fill(text), phrases, variables),
    toMatcher: ({ variables, phrases }) =>
      phraseEqualTo(variables.fill(text), { template: receivingTemplate(phrases, variables), exactly }),
  }
}

/**
 * A text as it is, whatever the templates say.
 * @example await rob.send(text('PING'))
 */
export function text(content: string): MessageExpression {
  requireArgument('text', 'content', content, TEXT)
  return {
    kind: 'text',
    describe: () => quoted(content),
    toSend: ({ variables }) => variables.fill(content),
    toMatcher: ({ variables }) => phraseEqualTo(variables.fill(content)),
  }
}

/**
 * `a message containing "lo"`.
 * @example await rob.receives(containing('lo'))
 */
export function containing(part: string): MessageExpression {
  requireArgument('containing', 'part', part, TEXT)
  return receiveOnly(`a message containing ${quoted(part)}`, ({ variables, phrases }) =>
    phraseContaining(requireSomething(variables.fill(part)), receivingTemplate(phrases, variables)),
  )
}

/**
 * `a message matching "^He"`.
 * @param pattern a regular expression, read with the flag `u`; the value of a variable is literal text in it
 * @example await rob.receives(matchingPattern('^He'))
 */
export function matchingPattern(pattern: string): MessageExpression {
  requireArgument('matchingPattern', 'pattern', pattern, TEXT)
  return receiveOnly(`a message matching ${quoted(pattern)}`, ({ variables, phrases }) =>
    phraseMatching(requireSomething(fillPattern(pattern, variables)), receivingTemplate(phrases, variables)),
  )
}

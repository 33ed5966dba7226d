/** What tests of message expressions evaluate them with. */

import { Message } from '../../src/inbox/message'
import type { Matcher } from '../../src/matching/matcher'
import type { MessageContext } from '../../src/messages/message-expression'
import type { PhraseTemplates } from '../../src/messages/templates'
import { Variables } from '../../src/variables/variables'
import { noFiles } from './fake-server'

/** Variables of a text with quotes in it, texts that could be read otherwise, a number and an object. */
export const variables = new Variables().with({
  ...{ client: 'Ann "the cat"', digits: '0042', blank: '\n x ' },
  ...{ count: 3, order: { id: 7 } },
})

/** A context with these variables and templates, and without files. */
export function messageContext(phrases: PhraseTemplates = {}): MessageContext {
  return { variables, files: noFiles, phrases }
}

/** A template with the client in it, and the phrase deep inside. */
export const chatTemplate = { from: '${client}', payload: { message: '${phrase}' } }

/** Whether a matcher accepts a message: a text as it is, bytes, or a value as JSON. */
export function accepts(matcher: Matcher, message: unknown): boolean {
  const isRaw = typeof message === 'string' || Buffer.isBuffer(message)
  return matcher.accepts(new Message(1, 0, isRaw ? message : JSON.stringify(message)))
}

/** The phrases of a conversation, as its templates have them: what people read of a message. */

import type { Conversation } from '../conversation/conversation'
import { evaluateIfPossible } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { extractPhrase } from '../matching/phrase-matcher'
import { requireUnambiguous } from '../matching/unique-members'
import { receivingTemplate } from '../messages/templates'
import { quoted } from '../text/excerpt'
import type { TranscriptEntry } from '../transcript'

/** The phrase of a message in quotes; undefined for what is none. */
export type PhraseOf = (entry: TranscriptEntry) => string | undefined

/** By the templates that the conversation has now: a message that does not fit them is none. */
export function phrasesOf({ phrases, variables }: Conversation): PhraseOf {
  return ({ kind, detail, client }) => {
    if (typeof detail !== 'string') return undefined
    const template = { sends: phrases.sent, receives: phrases.received }[kind as string]
    if (template === undefined) return undefined
    return evaluateIfPossible(() => {
      const filled = receivingTemplate({ received: template }, variables.with({ client }))
      const message = new Message(0, 0, detail)
      const phrase = extractPhrase(message, filled)
      if (phrase === undefined) return undefined
      requireUnambiguous(message)
      const isWhole = extractPhrase(message, filled, { exactly: true }) !== undefined
      return `${quoted(phrase)}${isWhole ? '' : ' and more'}`
    })
  }
}

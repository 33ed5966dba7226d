/** The message below a sentence: a doc string, or a table of paths and values. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { UsageError } from '../errors'
import { parseDocString } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { quoted } from '../text/excerpt'
import { conversationOf } from '../world'
import { inParallel, inSequence } from './each-client'
import { memberTable } from './tables'

/** What a sentence calls the message below it: `the JSON:`, `the text:`. */
type Form = 'JSON' | 'text'

/** The code of a sentence whose clients receive the message below it. */
export function receivesBelow(form?: Form) {
  return function (this: object, clients: Client[], content: string | DataTable): unknown {
    const message = contentBelow(this, content, form)
    return inParallel(clients, (client) => client.receives(message))
  }
}

/** The code of a sentence whose clients send the message below it. */
export function sendsBelow(form?: Form) {
  return function (this: object, clients: Client[], content: string | DataTable): unknown {
    const message = contentBelow(this, content, form)
    return inSequence(clients, (client) => client.send(message))
  }
}

/**
 * A doc string, or a table of paths and values, below a sentence.
 * @throws UsageError for a table that should be a text
 */
export function contentBelow(world: object, content: string | DataTable, form?: Form): MessageExpression {
  if (typeof content === 'object' && form !== 'text') return memberTable(content)
  return parseDocString(content as string, { mediaType: mediaTypeBelow(world, form) })
}

/** @throws UsageError if the sentence and the media type of its doc string say two things */
function mediaTypeBelow(world: object, form: Form | undefined): string | undefined {
  const mediaType = conversationOf(world).sentence?.mediaType
  if (form === undefined) return mediaType
  const said = form.toLowerCase()
  if (mediaType === undefined || [said, `application/${said}`].includes(mediaType)) return said
  throw new UsageError(
    `«the ${form}:» cannot have a doc string of the media type ${quoted(mediaType)} below it: ` +
      'leave the media type out, or write «the message:».',
  )
}

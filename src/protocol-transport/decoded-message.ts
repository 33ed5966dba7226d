/** A message as a protocol has decoded it, checked: protocols may be the project's own. */

import { DATA, FLAG, type OptionKinds, requireArgument, requireOptions, TEXT } from '../arguments'
import { UsageError } from '../errors'
import { REQUEST_ID } from '../protocol/confirmations'
import type { DecodedMessage, Protocol } from '../protocol/protocol'

const DETAILS: OptionKinds = {
  ...{ content: DATA, event: TEXT, topic: TEXT, isError: FLAG, isText: FLAG, problem: TEXT },
  ...{ answerTo: REQUEST_ID, requestId: REQUEST_ID },
}

/** @throws UsageError for what is not a message, and for one that has what its protocol says that messages cannot have */
export function requireMessage(message: unknown, protocol: Protocol): DecodedMessage {
  if (DATA.accepts(message)) return { content: message as string | Buffer }
  requireOptions('a message', message, DETAILS)
  const decoded = message as DecodedMessage
  requireArgument('a message', 'content', decoded.content, DATA)
  const { topic, event } = decoded
  // Sentences that expect it would be refused.
  const problem =
    (topic === undefined ? undefined : lack(protocol, 'topics')) ??
    (event === undefined ? undefined : lack(protocol, 'events', event))
  if (problem !== undefined) throw new UsageError(`a message has what its protocol says that none has: ${problem}`)
  return decoded
}

/** Why the messages of a protocol cannot have topics, or an event, or any; undefined if they can. */
export function lack(protocol: Protocol, part: 'topics' | 'events', event?: string): string | undefined {
  const { [part]: known = true, name } = protocol
  if (known === false) return `the protocol ${name} has no ${part}`
  if (known === true || event === undefined || known.includes(event)) return undefined
  return `the protocol ${name} has no event of this name: it has ${known.join(', ')}`
}

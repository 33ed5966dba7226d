/** Messages that sentences name: `a "PongMessage"`. */

import type { ContractMessage } from '../asyncapi-reading/contract-parts'
import type { MessageBody } from '../asyncapi-reading/message-body'
import { UsageError } from '../errors'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LibraryMatcher,
  type MessageContent,
} from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import { quoted } from '../text/excerpt'
import type { Sender } from './contract-model'
import { type MessageIndex, plainName } from './message-index'
import { adviceOn } from './message-validator'

/** A message that a sentence names. */
export interface NamedMessage {
  /** As the document has it. */
  readonly name: string
  /** Accepts messages that are as the document has it. */
  readonly matcher: ComparingMatcher
  /** Whether it is a text that is sent as it is, without quotes. */
  readonly isText: boolean
  /** An example from the document that is valid; undefined if it has none. */
  readonly example: unknown
  /**
   * An example that is made from its schema; undefined where none can be made.
   * @throws UsageError that says how to install the package which makes it
   */
  makeExample(): unknown
  /** The name of the other message that a value is, where it is not this one; undefined if it is none. */
  otherNameOf(json: unknown): string | undefined
  /** Who may send it. */
  readonly senders: readonly Sender[]
  /** Why nobody can receive it, in words; undefined where the server may send it. */
  readonly problem: string | undefined
}

/** Of which document a message is sought. */
interface NamedOf {
  /** As the settings name it. */
  readonly document: string
  /** As which message one is counted. */
  counted(content: MessageContent): ContractMessage | undefined
}

/** @throws UsageError if there is none, or several */
export function findNamedMessage(name: string, index: MessageIndex, { document, counted }: NamedOf): NamedMessage {
  const bodies = bodiesNamed(name, index)
  const [body, another] = bodies
  if (!body) {
    const known = index.messages.map((message) => message.name)
    const titles = index.messages.flatMap((message) => message.body.facts.names.flat())
    const advice = adviceOn(name, [...new Set([...known, ...titles])])
    throw new UsageError(`There is no message ${quoted(name)} in ${quoted(document)}. ${advice}`)
  }
  const messages = index.messages.filter((message) => message.body === body)
  if (another) {
    const places = bodies.map(({ facts: { place } }) => quoted(place.id))
    throw new UsageError(
      `There are several messages ${quoted(name)} in ${quoted(document)}: ${places.slice(0, 5).join(', ')}. Give each a ` +
        '"name" of its own there, and write that.',
    )
  }
  const senders = messages.flatMap(sendersOf)
  const { name: own } = messages[0] as (typeof messages)[number]
  return {
    name: own,
    matcher: new NamedMessageMatcher(name, body, counted),
    isText: body.isText,
    get example() {
      return body.example
    },
    makeExample: () => body.makeExample(own),
    otherNameOf(json) {
      const content = { text: undefined, json, bytes: undefined }
      return body.fit(content) === 'wrong' ? counted(content)?.name : undefined
    },
    senders: [...new Set(senders)],
    get problem() {
      return senders.includes('server') ? undefined : unreceived(name, senders, { document, index })
    },
  }
}

function sendersOf({ operation, channel }: ContractMessage): readonly Sender[] {
  if (operation) return [operation.sender]
  return channel.operations.length > 0 ? [] : ['client', 'server']
}

function unreceived(
  name: string,
  senders: readonly Sender[],
  { document, index }: { readonly document: string; readonly index: MessageIndex },
): string {
  const received = index.messages.filter((message) => sendersOf(message).includes('server'))
  const names = [...new Set(received.map((message) => message.name))]
  const who = senders.length > 0 ? 'is what clients send, and the server does not,' : 'is in no operation,'
  const advice = names.length > 0 ? adviceOn(name, names) : 'The server sends nothing.'
  return `${quoted(name)} ${who} as ${quoted(document)} has it, so that nobody receives it. ${advice}`
}

/** Those that have a name, by the best of their names. */
function bodiesNamed(name: string, { messages }: MessageIndex): MessageBody[] {
  const plain = plainName(name)
  const isNamed = (names: readonly string[]) => names.some((one) => plainName(one) === plain)
  const ways: ((message: (typeof messages)[number]) => boolean)[] = [
    (message) => message.name === name,
    (message) => isNamed([message.name, ...message.body.keys, ...(message.body.facts.names[0] as readonly string[])]),
    (message) => isNamed(message.body.facts.names[1] as readonly string[]),
    (message) => isNamed(message.body.facts.names[2] as readonly string[]),
  ]
  for (const way of ways) {
    const found = new Set(messages.filter(way).map(({ body }) => body))
    if (found.size > 0) return [...found]
  }
  return []
}

class NamedMessageMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly name: string,
    private readonly body: MessageBody,
    private readonly counted: NamedOf['counted'],
  ) {
    super()
  }

  describe(): string {
    const article = /^[aeiou]/i.test(this.name) ? 'an' : 'a'
    return `${article} ${quoted(this.name)}`
  }

  accepts(message: MessageContent): boolean {
    requireUnambiguous(message)
    return this.counted(message)?.body === this.body
  }

  compare(message: MessageContent): Difference {
    const isReadable = message.details?.problem === undefined
    const problem = isReadable ? this.body.complaints(message) || this.confusion(message) : 'its frame cannot be read'
    const likeness = this.body.likeness(message)
    const distance = problem === '' ? 0 : 1 / (1 + likeness)
    return { distance, expected: `${this.describe()}: ${problem}`, actual: displayValue(message) }
  }

  /** Why a message that fits is not this one; empty if it is. */
  private confusion(message: MessageContent): string {
    const counted = this.counted(message)
    if (!counted) return 'no channel at its address has such a message'
    return counted.body === this.body ? '' : `it is counted as ${quoted(counted.name)}`
  }
}

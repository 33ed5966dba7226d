/** What a scenario has seen of a document, and how often. */

import type { Observation, Sender } from '../asyncapi/contract-model'
import type { ValidationResult } from '../asyncapi/message-validator'

/** An observation that is being counted. */
interface Counted extends Observation {
  count: number
  readonly parts: string[]
}

/** So many complaints about a message are told apart; others are counted as the last of them. */
const MAX_COMPLAINTS = 3

/** Where the document has a message. */
type Place = Pick<ValidationResult, 'channel' | 'operation' | 'message'>

export class Observations {
  /**
   * By the message: it is counted each time that one is sent or received, and a text of all that tells observations apart would have
   * to be made for that.
   */
  private readonly ofMessage = new Map<string | undefined, Counted[]>()

  /** In the order of the first ones. */
  readonly all: Observation[] = []

  count(place: Place, { verdict, parts, complaint }: ValidationResult, sender: Sender, isOnPurpose: boolean): void {
    const { channel, operation, message } = place
    const counted = this.ofMessage.get(message) ?? []
    this.ofMessage.set(message, counted)
    const isAlike = (one: Counted) =>
      one.operation === operation &&
      one.sender === sender &&
      one.channel === channel &&
      one.verdict === verdict &&
      one.isOnPurpose === isOnPurpose
    const known =
      counted.find((one) => one.complaint === complaint && isAlike(one)) ?? counted.filter(isAlike)[MAX_COMPLAINTS - 1]
    if (known) {
      known.count++
      for (const part of parts) if (!known.parts.includes(part)) known.parts.push(part)
      return
    }
    const first = { channel, operation, message, sender, verdict, isOnPurpose, count: 1, parts: [...parts], complaint }
    counted.push(first)
    this.all.push(first)
  }
}

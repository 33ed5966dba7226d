/** What a scenario has seen of a document, and how often. */

import type { Observation, Sender } from '../asyncapi/contract-model'
import type { ValidationResult } from '../asyncapi/message-validator'

/** An observation that is being counted. */
interface Counted extends Observation {
  count: number
  readonly parts: string[]
  complaint: string | undefined
}

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
    const known = counted.find(
      (one) =>
        one.operation === operation &&
        one.sender === sender &&
        one.channel === channel &&
        one.verdict === verdict &&
        one.isOnPurpose === isOnPurpose,
    )
    if (known) {
      known.count++
      for (const part of parts) if (!known.parts.includes(part)) known.parts.push(part)
      known.complaint ??= complaint
      return
    }
    const first = { channel, operation, message, sender, verdict, isOnPurpose, count: 1, parts: [...parts], complaint }
    counted.push(first)
    this.all.push(first)
  }
}

/** The messages that one side may send in some channels: which of them is meant is found by what tells them apart. */

import type { ContractMessage } from '../asyncapi-reading/contract-parts'
import { constantOf, hasConstants } from '../asyncapi-schemas/shape'
import { isObject } from '../json/json-value'
import type { MessageContent } from '../matching/matcher'

/** By so many members messages are told apart. */
const MAX_MEMBERS = 20

/** Which messages may be meant. */
export interface Choice {
  readonly messages: readonly ContractMessage[]
  /** Whether it is these, by their name or by a constant member, so that no others are. */
  readonly isDecided: boolean
  /** Whether some have the value of one such member, but not of all. Default `false`. */
  readonly isLikely?: boolean
  /** A member that tells messages apart, and has a value that none of them has. */
  readonly unknown?: { readonly member: string; readonly value: string; readonly known: readonly string[] }
}

export class MessageIndex {
  /** Members that tell messages apart, those of most messages first; for each value the messages that have it. */
  private readonly members: readonly (readonly [name: string, values: ReadonlyMap<string, ContractMessage[]>])[]
  private readonly named = new Map<string, ContractMessage[]>()

  constructor(readonly messages: readonly ContractMessage[]) {
    const members = new Map<string, Map<string, ContractMessage[]>>()
    for (const message of messages) {
      for (const name of namesOf(message)) addTo(this.named, plainName(name), message)
      for (const [name, values] of message.body.shape.constants) {
        const known = members.get(name) ?? new Map<string, ContractMessage[]>()
        members.set(name, known)
        for (const value of values) addTo(known, value, message)
      }
    }
    // By what is constant in one message, those are told, too, that list the same value among others.
    for (const message of messages) {
      const { constants, choices } = message.body.shape
      for (const [name, values] of choices) {
        const known = constants.has(name) ? undefined : members.get(name)
        if (known) for (const value of values) addTo(known, value, message)
      }
    }
    const ordered = [...members].sort(([, one], [, other]) => countIn(other) - countIn(one) || other.size - one.size)
    this.members = ordered.slice(0, MAX_MEMBERS)
  }

  /** All names, as documents write them. */
  get names(): readonly string[] {
    return [...new Set(this.messages.map(({ name }) => name))]
  }

  /** Those that a message may be by its content. */
  choose({ json }: Pick<MessageContent, 'json'>): Choice {
    if (!isObject(json)) return { messages: this.messages, isDecided: false }
    let unknown: Choice['unknown']
    let isLikely = false
    for (const [member, values] of this.members) {
      if (!Object.hasOwn(json, member)) continue
      const value = constantOf(json[member])
      const found = (values.get(value) ?? []).filter(({ body }) => hasConstants(body.shape, json))
      if (found.length > 0) return { messages: found, isDecided: true }
      // The member that tells most apart says the most.
      if (isLikely) continue
      if (values.has(value)) isLikely = unknown === undefined
      else unknown ??= { member, value, known: [...values.keys()] }
    }
    if (!unknown) return { messages: this.messages, isDecided: false, isLikely }
    const messages = this.messages.filter(({ body }) => hasConstants(body.shape, json))
    return { messages, isDecided: false, unknown }
  }

  /** Those that an event means: by their names, or by the value of a constant member. */
  forEvent(event: string): readonly ContractMessage[] {
    const exactly = this.messages.filter(({ name }) => name === event)
    if (exactly.length > 0) return exactly
    return this.named.get(plainName(event)) ?? this.messages.filter(({ body }) => body.hasConstant(event))
  }
}

/** A name as people compare it: `PongMessage` is `pong_message`. */
export function plainName(name: string): string {
  return name.replace(/[_\-\s]/g, '').toLowerCase()
}

function namesOf({ name, body }: ContractMessage): Set<string> {
  return new Set([name, ...body.keys, ...(body.facts.names[0] as readonly string[])])
}

function addTo(map: Map<string, ContractMessage[]>, key: string, message: ContractMessage): void {
  const known = map.get(key)
  if (!known) map.set(key, [message])
  else if (known.at(-1) !== message) known.push(message)
}

function countIn(values: ReadonlyMap<string, readonly ContractMessage[]>): number {
  return [...values.values()].reduce((sum, { length }) => sum + length, 0)
}

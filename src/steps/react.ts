/** Rules that a sentence makes. */

import type { Client } from '../client/client'
import type { ReactionBuilder } from '../client/reaction-builder'
import { UsageError } from '../errors'
import { parseDocString } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { quoted } from '../text/excerpt'
import { conversationOf } from '../world'

/** What sets a reaction off. */
export interface ReactionTrigger {
  readonly clients: readonly Client[]
  readonly trigger: MessageExpression
  readonly pronoun: string
  /** Whether it reacts every time. */
  readonly repeats?: boolean
}

/** Gives each client a rule. */
export function react(world: object, rule: ReactionTrigger, act: (reaction: ReactionBuilder) => void): void {
  const { clients, trigger, repeats = false } = rule
  requireAgreement(clients, rule.pronoun)
  const location = conversationOf(world).sentence?.location
  // Each of several is named in its failure, as «they» would mean all of them.
  const pronoun = clients.length === 1 ? rule.pronoun : undefined
  for (const client of clients) {
    const source = { location, pronoun }
    act(repeats ? client.whenever(trigger, source) : client.when(trigger, source))
  }
}

/** @throws UsageError if the pronoun means somebody else: the reaction would not be that of whom the sentence speaks */
function requireAgreement(clients: readonly Client[], pronoun: string): void {
  const [client] = clients
  const isPlural = clients.length > 1
  const isFirstPerson = client?.name === 'I' && !isPlural
  const agrees = isPlural ? ['they', 'it'].includes(pronoun) : (pronoun === 'I') === isFirstPerson
  if (agrees) return
  const advice = isPlural ? 'they' : isFirstPerson ? 'I' : 'he, she, it or they'
  throw new UsageError(`${quoted(pronoun)} does not mean whom this rule is about: write ${advice}.`)
}

/** A doc string that answers. */
export function docString(world: object, content: string): MessageExpression {
  return parseDocString(content, { mediaType: conversationOf(world).sentence?.mediaType })
}

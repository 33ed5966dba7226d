/** What a document calls things, as reports show it: without secrets, and with invisible characters escaped. */

import type { ContractModel, Observation } from '../asyncapi/contract-model'
import { redact } from '../redaction'
import { escapeInvisible } from '../text/lazy-visible'

/** What a document promises; its parts are shown as they are. */
export function shownModel(model: ContractModel): ContractModel {
  const named = <T extends { readonly name: string }>(part: T): T => ({ ...part, name: shown(part.name) })
  return {
    ...model,
    title: shown(model.title),
    asyncapi: shown(model.asyncapi),
    channels: model.channels.map(({ address, operations, others, ...channel }) => ({
      ...named(channel),
      address: shownIfAny(address),
      operations: operations.map((operation) => ({ ...named(operation), messages: operation.messages.map(named) })),
      ...(others && { others: others.map(named) }),
    })),
  }
}

/** What was seen of it; what is wrong is in words that are shown as they are. */
export function shownObservation(observation: Observation): Observation {
  const { channel, operation, message } = observation
  return {
    ...observation,
    channel: shownIfAny(channel),
    operation: shownIfAny(operation),
    message: shownIfAny(message),
  }
}

function shown(name: string): string {
  return escapeInvisible(redact(name))
}

function shownIfAny(name: string | undefined): string | undefined {
  return name === undefined ? undefined : shown(name)
}

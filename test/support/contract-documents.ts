/** Documents and what was seen of them, for tests of the coverage. */

import type { ContractModel, Observation, ObservedContract } from '../../src/asyncapi/contract-model'

/** A document with a message of the client, and two of the server. */
export function modelOf(document: string, more: Partial<ContractModel> = {}): ContractModel {
  const said = { name: 'Said', parts: ['$.mood: "glad"', '$.mood: "sad"'] }
  return {
    ...{ document, hash: 'a1', title: 'Chat', asyncapi: '3.0.0' },
    channels: [
      {
        name: 'rooms',
        address: '/rooms/{room}',
        operations: [
          { name: 'say', sender: 'client', isReply: false, messages: [{ name: 'Say', parts: [] }] },
          { name: 'said', sender: 'server', isReply: true, messages: [said] },
        ],
      },
      {
        name: 'news',
        address: undefined,
        operations: [{ name: 'told', sender: 'server', isReply: false, messages: [{ name: 'Told', parts: [] }] }],
      },
    ],
    ...more,
  }
}

/** What a scenario has seen of a document. */
export function observedOf({ document, hash }: ContractModel, ...observations: Observation[]): ObservedContract {
  return { document, hash, observations }
}

/** A valid message of the client, unless it is something else. */
export function observation(more: Partial<Observation> = {}): Observation {
  return {
    ...{ channel: 'rooms', operation: 'say', message: 'Say', sender: 'client', verdict: 'valid', isOnPurpose: false },
    ...{ count: 1, parts: [], complaint: undefined },
    ...more,
  }
}

/** What the server says, with the parts that were seen. */
export function said(...parts: string[]): Observation {
  return observation({ operation: 'said', message: 'Said', sender: 'server', parts })
}

/** A message that no operation has. */
export function undocumented(more: Partial<Observation> = {}): Observation {
  return observation({
    ...{ operation: undefined, message: undefined, sender: 'server', verdict: 'undocumented' },
    complaint: 'No message has "type": "bye"',
    ...more,
  })
}

/** A message of the server that lacks something. */
export function wrong(more: Partial<Observation> = {}): Observation {
  return observation({
    ...{ channel: 'news', operation: 'told', message: 'Told', sender: 'server', verdict: 'wrong' },
    complaint: '$.at is missing',
    ...more,
  })
}

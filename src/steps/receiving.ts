/** What several sentences expect a client to receive, or not. */

import type { Client } from '../client/client'
import { NotInProtocolError } from '../errors'
import {
  anyOf,
  anyUnwanted,
  messageBefore,
  messageCount,
  noneBeyond,
  repeatedly,
  silence,
} from '../expectations/lazy-expectations'
import { anyMessage, type Matcher } from '../matching/matcher'
import { differsByClient } from '../messages/lazy-messages'
import type { MessageExpression } from '../messages/message-expression'
import { conversationOf } from '../world'
import { inParallel } from './each-client'

/**
 * Nothing has come since the last reading of each, and nothing comes.
 * @param within in ms
 */
export function receivesNothing(clients: Client[], within?: number): unknown {
  return inParallel(clients, (client) => client.expect(silence(anyMessage, { newOnly: true }), { within }))
}

/**
 * Nothing at all is unread, and nothing comes.
 * @param within in ms
 */
export function receivesNothingElse(clients: Client[], within?: number): unknown {
  return inParallel(clients, (client) => client.expect(silence(anyMessage), { within }))
}

/** So many messages come, whatever they say, and none after them in the quiet time. */
export function receivesOnlySoMany(clients: Client[], count: number): unknown {
  return inParallel(clients, async (client) => {
    const from = nextNumber(client)
    const except = await client.expect(messageCount(count))
    await client.expect({ ...silence(anyMessage, { metByDisconnection: true }), includeRead: { from, except } })
  })
}

/** None of the clients receives one of two messages. */
export function receivesNeither(clients: Client[], one: MessageExpression, other: MessageExpression): unknown {
  return inParallel(clients, (client) => {
    const unwanted = anyOf([client.matcher(one), client.matcher(other)], 'nor')
    return client.expect(silence(unwanted))
  })
}

/** No client receives a message. */
export function nobodyReceives(this: object, message: MessageExpression): unknown {
  const clients = conversationOf(this).clients.others([])
  return expectSilence(clients, message, clients)
}

/** None receives a message but those for whom the previous sentence means it. */
export function nobodyElseReceives(this: object, message: MessageExpression): unknown {
  const { others, meant } = conversationOf(this).clients.nobodyElse()
  return expectSilence(others, message, meant)
}

/**
 * None of these clients receives a message; of those that have left, what they received before is checked. Those in whose
 * protocol no message can be like that do not receive it, unless that holds for all.
 * @param meant for whom it is: with `${client}` in it, or in the template, it is another message for each
 * @param from of a sentence that is under way, the number of the first message of each that has come since it began
 */
export function expectSilence(
  clients: readonly Client[],
  message: MessageExpression,
  meant: readonly Client[],
  from?: ReadonlyMap<Client, number>,
): unknown {
  const matchers = matchersOf([...clients, ...meant], message)
  const isAble = (client: Client) => matchers.has(client)
  const meantForAny = matcherForAny(meant.filter(isAble), message)
  return inParallel(clients.filter(isAble), (client) => {
    const own = matchers.get(client) as Matcher
    const silent = silence(meantForAny ? anyOf([own, meantForAny]) : own, { metByDisconnection: true })
    return client.expect(from ? { ...silent, includeRead: { from: from.get(client) ?? 1, except: [] } } : silent)
  })
}

/**
 * Those of the clients in whose protocol there can be such a message.
 * @throws NotInProtocolError if there are others alone
 */
function matchersOf(clients: readonly Client[], message: MessageExpression): ReadonlyMap<Client, Matcher> {
  const matchers = new Map<Client, Matcher>()
  let problem: NotInProtocolError | undefined
  for (const client of new Set(clients)) {
    try {
      matchers.set(client, client.matcher(message))
    } catch (error) {
      if (!(error instanceof NotInProtocolError)) throw error
      problem ??= error
    }
  }
  if (problem && matchers.size === 0) throw problem
  return matchers
}

function matcherForAny(meant: readonly Client[], message: MessageExpression): Matcher | undefined {
  const [first] = meant
  if (!first || !differsByClient(message, first.state.messageContext())) return undefined
  return anyUnwanted(meant.map((reader) => reader.matcher(message)))
}

/**
 * A message comes so often, and no more.
 * @param within for all of them; no more may come in what is left of it, and in the quiet time at least
 */
export async function receivesExactly(
  client: Client,
  message: MessageExpression,
  times: number,
  within?: number,
): Promise<void> {
  const start = performance.now()
  const from = nextNumber(client)
  const except = await client.expect(repeatedly(client.matcher(message), times), { within })
  const rest = within === undefined ? 0 : within - (performance.now() - start)
  const { quiet } = client.state.context.settings
  await client.expect(
    { ...noneBeyond(client.matcher(message), times), includeRead: { from, except } },
    { within: rest > quiet ? rest : undefined },
  )
}

/** The number of the first message that comes from now on: what others read of these, a sentence that counts has not. */
export function nextNumber({ state }: Client): number {
  return state.inbox.nextNumber
}

/** The first message comes, then the second one. */
export function receivesBefore(clients: Client[], first: MessageExpression, second: MessageExpression): unknown {
  return inParallel(clients, (client) => client.expect(messageBefore(client.matcher(first), client.matcher(second))))
}

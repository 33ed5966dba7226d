/** Sentences about receiving, and about silence. */

import { type DataTable, Given, Then } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { everythingUpTo, messageWithout, nextMessage } from '../inbox/expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from '../inbox/expect-several'
import { silence } from '../inbox/expect-silence'
import { anyOf, anyUnwanted } from '../inbox/unwanted'
import { anyMessage, type Matcher } from '../matching/matcher'
import { namedMessage } from '../messages/lazy-messages'
import { differsByClient, type MessageExpression } from '../messages/message-expression'
import { parseDocString } from '../messages/parse-message'
import { conversationOf } from '../world'
import { inParallel, waiting } from './each-client'
import { memberTable, messageTable, tableRows } from './tables'

/** Waits for a message and reads it; others may come before it. */
Then('{clients} receive(s) {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.receives(message)),
)

/** The same, with a time limit of its own. */
Then(
  '{clients} receive(s) {message} within {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, within: number) =>
    inParallel(clients, (client) => client.receives(message, { within })),
)

/** The same with a doc string: JSON that is contained, or a phrase of several lines. */
Then('{clients} receive(s):', waiting, function (this: object, clients: Client[], content: string) {
  const message = parseDocString(content, { mediaType: conversationOf(this).sentence?.mediaType })
  return inParallel(clients, (client) => client.receives(message))
})

/** The same, and the JSON has nothing else in it. */
Then('{clients} receive(s) exactly:', waiting, function (this: object, clients: Client[], content: string) {
  const message = parseDocString(content, { mediaType: conversationOf(this).sentence?.mediaType, exactly: true })
  return inParallel(clients, (client) => client.receives(message))
})

/** JSON that has these values at these paths: of several places one is enough. A path alone asks for presence. */
Then('{clients} receive(s) a message with:', waiting, (clients: Client[], table: DataTable) => {
  const message = memberTable(table)
  return inParallel(clients, (client) => client.receives(message))
})

/** The named message, with the members of the table overriding its own. */
Then(
  '{clients} receive(s) the {string} message with:',
  waiting,
  (clients: Client[], name: string, table: DataTable) => {
    const message = namedMessage(name, tableRows(table))
    return inParallel(clients, (client) => client.receives(message))
  },
)

/** These messages in this order; others may come between. */
Then('{clients} receive(s) these messages:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messageTable(table)
  return inParallel(clients, (client) => client.expect(inOrder(rows.map((row) => client.matcher(row)))))
})

/** These messages in whatever order; others may come between. */
Then('{clients} receive(s) these messages in any order:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messageTable(table)
  return inParallel(clients, (client) => client.expect(inAnyOrder(rows.map((row) => client.matcher(row)))))
})

/** These messages in this order, and no other unread one between, ignored messages aside; others may come before and after. */
Then('{clients} receive(s) exactly these messages:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messageTable(table)
  return inParallel(clients, (client) => client.expect(consecutively(rows.map((row) => client.matcher(row)))))
})

/** All that is unread and comes, up to the closing message, ignored messages aside. */
Then(
  '{clients} receive(s) exactly these messages before {message}:',
  waiting,
  (clients: Client[], closing: MessageExpression, table: DataTable) => {
    const rows = messageTable(table)
    return inParallel(clients, (client) => {
      const matchers = rows.map((row) => client.matcher(row))
      return client.expect(exactlyBefore(matchers, client.matcher(closing)))
    })
  },
)

/** The earliest unread messages, this many, whatever they say; more may come. */
Then('{clients} receive(s) {int} message(s)', waiting, (clients: Client[], count: number) =>
  inParallel(clients, (client) => client.expect(messageCount(count))),
)

/** The earliest unread message is this one. */
Then("{client}'s next message is {message}", waiting, async (client: Client, message: MessageExpression) => {
  await client.expect(nextMessage(client.matcher(message)))
})

/** Nothing has come since this client's last reading, and nothing comes in the quiet time. */
Then('{clients} receive(s) nothing', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expect(silence(anyMessage, { newOnly: true }))),
)

/** The same, for a time of its own. */
Then('{clients} receive(s) nothing for {duration}', waiting, (clients: Client[], within: number) =>
  inParallel(clients, (client) => client.expect(silence(anyMessage, { newOnly: true }), { within })),
)

/** Nothing at all is unread, however old, and nothing comes in the quiet time. */
Then('{clients} receive(s) nothing else', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expect(silence(anyMessage))),
)

/** Nothing has come since this client's last reading, and nothing comes, until this message does. */
Then('{clients} receive(s) nothing before {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) =>
    client.expect(messageWithout(client.matcher(message), anyMessage, { newOnly: true })),
  ),
)

/** No such message is unread, and none comes in the quiet time. */
Then('{clients} do(es) not receive {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.doesNotReceive(message)),
)

/** The same, for a time of its own. */
Then(
  '{clients} do(es) not receive {message} for {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, within: number) =>
    inParallel(clients, (client) => client.doesNotReceive(message, { within })),
)

/** Waits for the first message; the second one must not be unread before it. */
Then(
  '{clients} receive(s) {message} without receiving {message}',
  waiting,
  (clients: Client[], message: MessageExpression, unwanted: MessageExpression) =>
    inParallel(clients, (client) => client.expect(messageWithout(client.matcher(message), client.matcher(unwanted)))),
)

/** No client has this message unread, or receives it in the quiet time. */
Then('nobody receives {message}', waiting, function (this: object, message: MessageExpression) {
  const clients = conversationOf(this).clients.others([])
  const meant = meantForAny(clients, message)
  return inParallel(clients, (client) => expectSilence(client, message, meant))
})

/** The same for all but those whom the previous sentence was about: after `everyone but Rob receives …` that is Rob. */
Then('nobody else receives {message}', waiting, function (this: object, message: MessageExpression) {
  const { others, meant: readers } = conversationOf(this).clients.nobodyElse()
  const meant = meantForAny(readers, message)
  return inParallel(others, (client) => expectSilence(client, message, meant))
})

/** These clients receive the message, once or more often; no other has it unread, or receives it in the quiet time. */
Then(
  'only {clients} receive(s) {message}',
  waiting,
  async function (this: object, clients: Client[], message: MessageExpression) {
    await inParallel(clients, (client) => client.receives(message))
    // Only now, since what the others should not hear may come as late as what these should.
    const others = conversationOf(this).clients.others(clients)
    const meant = meantForAny(clients, message)
    await inParallel(others, (client) => expectSilence(client, message, meant))
  },
)

/** From now on such messages are ignored: they are in the transcript, not in the inbox. */
Given('{clients} ignore(s) {message}', (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.ignore(message)),
)

/** Everything that has come is read. */
Given('{clients} has/have caught up', (clients: Client[]) => inParallel(clients, (client) => client.catchUp()))

/** Waits for this message; it and everything before it is read. */
Given('{clients} has/have caught up with {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.expect(everythingUpTo(client.matcher(message)))),
)

/**
 * What is meant for any of these clients, where it is another message for each: with `${client}` in it, or in the template.
 * @param meant whose message it is
 */
function meantForAny(meant: readonly Client[], message: MessageExpression): Matcher | undefined {
  const [first] = meant
  if (!first || !differsByClient(message, first.state.context.messageContext(first.variables))) return undefined
  return anyUnwanted(meant.map((reader) => reader.matcher(message)))
}

/**
 * Also for clients that have left: what they received before is checked.
 * @param meant what is meant for other clients
 */
async function expectSilence(client: Client, message: MessageExpression, meant: Matcher | undefined): Promise<void> {
  const own = client.matcher(message)
  await client.expect(silence(meant ? anyOf([own, meant]) : own, { metByDisconnection: true }))
}

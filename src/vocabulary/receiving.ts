/** Sentences about receiving, and about silence. */

import { type DataTable, Given, Then } from '@cucumber/cucumber'
import type { Client } from '../conversation/client'
import {
  everythingUpTo,
  inAnyOrder,
  inFullBefore,
  inOneRun,
  inOrder,
  messages,
  next,
  oneWithout,
  silence,
} from '../conversation/expectation'
import { named, type Wording } from '../conversation/wording'
import { wordingFromDocString } from '../conversation/written'
import { anyMessage } from '../matching/matcher'
import { conversationOf } from '../world'
import { each, waiting } from './each'
import { membersOf, messagesOf, rowsOf } from './tables'

/** Waits for a message and reads it; others may come before it. */
Then('{clients} receive(s) {message}', waiting, (clients: Client[], message: Wording) =>
  each(clients, (client) => client.receives(message)),
)

/** The same, with a time limit of its own. */
Then(
  '{clients} receive(s) {message} within {duration}',
  waiting,
  (clients: Client[], message: Wording, within: number) =>
    each(clients, (client) => client.receives(message, { within })),
)

/** The same with a doc string: JSON that is contained, or a phrase of several lines. */
Then('{clients} receive(s):', waiting, function (this: object, clients: Client[], content: string) {
  const message = wordingFromDocString(content, conversationOf(this).sentence?.mediaType)
  return each(clients, (client) => client.receives(message))
})

/** The same, and the JSON has nothing else in it. */
Then('{clients} receive(s) exactly:', waiting, function (this: object, clients: Client[], content: string) {
  const message = wordingFromDocString(content, conversationOf(this).sentence?.mediaType, true)
  return each(clients, (client) => client.receives(message))
})

/** JSON that has these values at these paths; a path alone asks for presence. */
Then('{clients} receive(s) a message with:', waiting, (clients: Client[], table: DataTable) => {
  const message = membersOf(table)
  return each(clients, (client) => client.receives(message))
})

/** The named message, with the members of the table overriding its own. */
Then(
  '{clients} receive(s) the {string} message with:',
  waiting,
  (clients: Client[], name: string, table: DataTable) => {
    const message = named(name, rowsOf(table))
    return each(clients, (client) => client.receives(message))
  },
)

/** These messages in this order; others may come between. */
Then('{clients} receive(s) these messages:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messagesOf(table)
  return each(clients, (client) => client.expects(inOrder(rows.map((row) => client.matcher(row)))))
})

/** These messages in whatever order; others may come between. */
Then('{clients} receive(s) these messages in any order:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messagesOf(table)
  return each(clients, (client) => client.expects(inAnyOrder(rows.map((row) => client.matcher(row)))))
})

/** These messages in this order, and none between. */
Then('{clients} receive(s) exactly these messages:', waiting, (clients: Client[], table: DataTable) => {
  const rows = messagesOf(table)
  return each(clients, (client) => client.expects(inOneRun(rows.map((row) => client.matcher(row)))))
})

/** All that is unread and comes, up to the closing message. */
Then(
  '{clients} receive(s) exactly these messages before {message}:',
  waiting,
  (clients: Client[], closing: Wording, table: DataTable) => {
    const rows = messagesOf(table)
    return each(clients, (client) => {
      const matchers = rows.map((row) => client.matcher(row))
      return client.expects(inFullBefore(matchers, client.matcher(closing)))
    })
  },
)

/** The earliest unread messages, this many, whatever they say. */
Then('{clients} receive(s) {int} message(s)', waiting, (clients: Client[], count: number) =>
  each(clients, (client) => client.expects(messages(count))),
)

/** The earliest unread message is this one. */
Then("{client}'s next message is {message}", waiting, async (client: Client, message: Wording) => {
  await client.expects(next(client.matcher(message)))
})

/** Nothing has come since this client's last reading, and nothing comes in the quiet time. */
Then('{clients} receive(s) nothing', waiting, (clients: Client[]) =>
  each(clients, (client) => client.expects(silence(anyMessage, true))),
)

/** The same, for a time of its own. */
Then('{clients} receive(s) nothing for {duration}', waiting, (clients: Client[], within: number) =>
  each(clients, (client) => client.expects(silence(anyMessage, true), { within })),
)

/** Nothing at all is unread, however old, and nothing comes in the quiet time. */
Then('{clients} receive(s) nothing else', waiting, (clients: Client[]) =>
  each(clients, (client) => client.expects(silence(anyMessage))),
)

/** Nothing has come since this client's last reading, and nothing comes, until this message does. */
Then('{clients} receive(s) nothing before {message}', waiting, (clients: Client[], message: Wording) =>
  each(clients, (client) => client.expects(oneWithout(client.matcher(message), anyMessage, true))),
)

/** No such message is unread, and none comes in the quiet time. */
Then('{clients} do(es) not receive {message}', waiting, (clients: Client[], message: Wording) =>
  each(clients, (client) => client.doesNotReceive(message)),
)

/** The same, for a time of its own. */
Then(
  '{clients} do(es) not receive {message} for {duration}',
  waiting,
  (clients: Client[], message: Wording, within: number) =>
    each(clients, (client) => client.doesNotReceive(message, { within })),
)

/** Waits for the first message; the second one must not be unread before it. */
Then(
  '{clients} receive(s) {message} without receiving {message}',
  waiting,
  (clients: Client[], message: Wording, unwanted: Wording) =>
    each(clients, (client) => client.expects(oneWithout(client.matcher(message), client.matcher(unwanted)))),
)

/** No client has this message unread, or receives it in the quiet time. */
Then('nobody receives {message}', waiting, function (this: object, message: Wording) {
  return each(conversationOf(this).roster.others([]), (client) => hearNothingOf(client, message))
})

/** The same for all but those whom the previous sentence named. */
Then('nobody else receives {message}', waiting, function (this: object, message: Wording) {
  return each(conversationOf(this).roster.others(), (client) => hearNothingOf(client, message))
})

/** These clients receive the message, and no one else does. */
Then(
  'only {clients} receive(s) {message}',
  waiting,
  async function (this: object, clients: Client[], message: Wording) {
    await each(clients, (client) => client.receives(message))
    // Only now, since what the others should not hear may come as late as what these should.
    await each(conversationOf(this).roster.others(clients), (client) => hearNothingOf(client, message))
  },
)

/** From now on such messages are noise: in the transcript, not in the inbox. */
Given('{clients} ignore(s) {message}', (clients: Client[], message: Wording) =>
  each(clients, (client) => client.ignores(message)),
)

/** Everything that has come is read. */
Given('{clients} has/have caught up', (clients: Client[]) => each(clients, (client) => client.catchUp()))

/** Waits for this message; it and everything before it is read. */
Given('{clients} has/have caught up with {message}', waiting, (clients: Client[], message: Wording) =>
  each(clients, (client) => client.expects(everythingUpTo(client.matcher(message)))),
)

/** Also of those who have left: what they received before is looked at. */
async function hearNothingOf(client: Client, message: Wording): Promise<void> {
  await client.expects(silence(client.matcher(message), false, true))
}

/** Sentences about receiving, and about silence. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import {
  atMost,
  consecutively,
  eitherMessage,
  everythingUpTo,
  exactlyBefore,
  inAnyOrder,
  inOrder,
  messageAfter,
  messageCount,
  messageWithout,
  nextAfter,
  nextMessage,
  repeatedly,
} from '../expectations/lazy-expectations'
import { anyMessage } from '../matching/matcher'
import { messageWhere, namedMessage } from '../messages/lazy-messages'
import { parseDocString } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { receivesBelow } from '../steps/content-below'
import { Given, Then, When } from '../steps/definitions'
import { inParallel, waiting } from '../steps/each-client'
import {
  expectSilence,
  nextNumber,
  nobodyElseReceives,
  nobodyReceives,
  receivesBefore,
  receivesExactly,
  receivesNeither,
  receivesNothing,
  receivesNothingElse,
  receivesOnlySoMany,
} from '../steps/receiving'
import { memberTable, messageTable, tableRows } from '../steps/tables'
import { conversationOf } from '../world'

/** Waits for a message and reads it; others may come before it. */
Then('{clients} receive(s)/get(s)/see(s) {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.receives(message)),
)

/** The same, with a time limit of its own. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} within {duration}',
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
Then(
  '{clients} receive(s)/get(s)/see(s) exactly:',
  waiting,
  function (this: object, clients: Client[], content: string) {
    const message = parseDocString(content, { mediaType: conversationOf(this).sentence?.mediaType, exactly: true })
    return inParallel(clients, (client) => client.receives(message))
  },
)

/** The same, with a doc string, or a table of paths and values. */
Then('{clients} receive(s)/get(s)/see(s) the( following)( message):', waiting, receivesBelow())

/** JSON, whatever it looks like: a doc string, or a table of paths and values. */
Then('{clients} receive(s)/get(s)/see(s) the( following)( message) JSON( text):', waiting, receivesBelow('JSON'))

/** Just that text, whatever it looks like and whatever the templates say. */
Then('{clients} receive(s)/get(s)/see(s) the( following)( message) text:', waiting, receivesBelow('text'))

/** JSON that has these values at these paths: of several places one is enough. A path alone asks for presence. */
Then('{clients} receive(s)/get(s)/see(s) a message with:', waiting, (clients: Client[], table: DataTable) => {
  const message = memberTable(table)
  return inParallel(clients, (client) => client.receives(message))
})

/** The named message, with the members of the table overriding its own. */
Then(
  '{clients} receive(s)/get(s)/see(s) the {string} message with:',
  waiting,
  (clients: Client[], name: string, table: DataTable) => {
    const message = namedMessage(name, tableRows(table))
    return inParallel(clients, (client) => client.receives(message))
  },
)

/** These messages in this order; others may come between. */
Then(
  '{clients} receive(s)/get(s)/see(s) these/the (following )messages:',
  waiting,
  (clients: Client[], table: DataTable) => {
    const rows = messageTable(table)
    return inParallel(clients, (client) => client.expect(inOrder(rows.map((row) => client.matcher(row)))))
  },
)

/** These messages in whatever order; others may come between. */
Then(
  '{clients} receive(s)/get(s)/see(s) these/the (following )messages in any order:',
  waiting,
  (clients: Client[], table: DataTable) => {
    const rows = messageTable(table)
    return inParallel(clients, (client) => client.expect(inAnyOrder(rows.map((row) => client.matcher(row)))))
  },
)

/** These messages in this order, and no other unread one between, ignored messages aside; others may come before and after. */
Then(
  '{clients} receive(s)/get(s)/see(s) exactly these/the (following )messages:',
  waiting,
  (clients: Client[], table: DataTable) => {
    const rows = messageTable(table)
    return inParallel(clients, (client) => client.expect(consecutively(rows.map((row) => client.matcher(row)))))
  },
)

/** All that is unread and comes, up to the closing message, ignored messages aside. */
Then(
  '{clients} receive(s)/get(s)/see(s) exactly these messages before {message}:',
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
Then('{clients} receive(s)/get(s)/see(s) (at least ){int} message(s)', waiting, (clients: Client[], count: number) =>
  inParallel(clients, (client) => client.expect(messageCount(count))),
)

/** The same, with a time limit of its own. */
Then(
  '{clients} receive(s)/get(s)/see(s) (at least ){int} message(s) within {duration}',
  waiting,
  (clients: Client[], count: number, within: number) =>
    inParallel(clients, (client) => client.expect(messageCount(count), { within })),
)

/** So many messages, whatever they say, and none after them in the quiet time. */
Then('{clients} receive(s)/get(s)/see(s) exactly/only {int} message(s)', waiting, receivesOnlySoMany)

/** No more messages than so many are unread, or come in the quiet time; they stay unread. */
Then('{clients} receive(s)/get(s)/see(s) at most {int} message(s)', waiting, (clients: Client[], count: number) =>
  inParallel(clients, (client) => client.expect(atMost(anyMessage, count))),
)

/** The same, for a time of its own. */
Then(
  '{clients} receive(s)/get(s)/see(s) at most {int} message(s) within {duration}',
  waiting,
  (clients: Client[], count: number, within: number) =>
    inParallel(clients, (client) => client.expect(atMost(anyMessage, count), { within })),
)

/** The message comes so often, and not once more in the quiet time; others may come between. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} (exactly )(only ){times}',
  waiting,
  (clients: Client[], message: MessageExpression, times: number) =>
    inParallel(clients, (client) => receivesExactly(client, message, times)),
)

/** The same in a time of its own, in which no more may come. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} (exactly )(only ){times} within {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, times: number, within: number) =>
    inParallel(clients, (client) => receivesExactly(client, message, times, within)),
)

/** The message comes so often, or more often. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} at least {times}',
  waiting,
  (clients: Client[], message: MessageExpression, times: number) =>
    inParallel(clients, (client) => client.expect(repeatedly(client.matcher(message), times))),
)

/** The message is unread, or comes in the quiet time, so often or less often; it stays unread. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} at most {times}',
  waiting,
  (clients: Client[], message: MessageExpression, times: number) =>
    inParallel(clients, (client) => client.expect(atMost(client.matcher(message), times))),
)

/** Three such messages come from now on, each so long after the one before it, or up to half of that earlier or later. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} every {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, interval: number) =>
    inParallel(clients, (client) => client.receivesEvery(message, interval)),
)

/** The first message comes, then the second one, which is not unread before it; both are read. */
Then('{clients} receive(s)/get(s)/see(s) {message} before {message}', waiting, receivesBefore)

/** The same. */
Then('{clients} receive(s)/get(s)/see(s) {message} (and )then {message}', waiting, receivesBefore)

/** The first message comes after the second one, which may have been read; others before it are passed over. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} after {message}',
  waiting,
  (clients: Client[], message: MessageExpression, preceding: MessageExpression) =>
    inParallel(clients, (client) => client.expect(messageAfter(client.matcher(message), client.matcher(preceding)))),
)

/** Waits for one of the two, and reads the one that came first. */
Then(
  '{clients} receive(s)/get(s)/see(s) (either ){message} or {message}',
  waiting,
  (clients: Client[], one: MessageExpression, other: MessageExpression) =>
    inParallel(clients, (client) => client.expect(eitherMessage(client.matcher(one), client.matcher(other)))),
)

/** The message that the other client read last: the same JSON, text or bytes. */
Then('{clients} receive(s)/get(s)/see(s) the same message as {client}', waiting, (clients: Client[], other: Client) => {
  const matcher = other.matcherOfRead()
  return inParallel(clients, (client) => client.receives(matcher))
})

/** Waits for a message and reads it: the same as `receives`. */
When('{clients} wait(s) for {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.receives(message)),
)

/** The earliest unread message is this one. */
Then("{client}'s next message is {message}", waiting, async (client: Client, message: MessageExpression) => {
  await client.expect(nextMessage(client.matcher(message)))
})

/** The same, for the client that the sentence before was about. */
Then('the next message is {message}', waiting, async function (this: object, message: MessageExpression) {
  const client = conversationOf(this).clients.resolve('they')
  await client.expect(nextMessage(client.matcher(message)))
})

/** Right after the first message comes the second one, unread; the first may have been read, also before others. */
Then(
  "{client}'s next message after {message} is {message}",
  waiting,
  async (client: Client, preceding: MessageExpression, message: MessageExpression) => {
    await client.expect(nextAfter(client.matcher(message), client.matcher(preceding)))
  },
)

/** The message that came last of all, read or not, is this one; waits until it is. */
Then("{client}'s last message is {message}", waiting, (client: Client, message: MessageExpression) =>
  client.receivesLast(message),
)

/** The same. */
Then('the last message (that ){client} received is {message}', waiting, (client: Client, message: MessageExpression) =>
  client.receivesLast(message),
)

/** The same, for the client that the sentence before was about. */
Then('the last message is {message}', waiting, function (this: object, message: MessageExpression) {
  return conversationOf(this).clients.resolve('they').receivesLast(message)
})

/** In the message that was read last, by the client of the sentence before, a member has this value. */
Then("the message's {string} {condition}", function (this: object, path: string, condition: string) {
  conversationOf(this).clients.resolve('they').expectRead(messageWhere(path, condition))
})

/** The same. */
Then('the (value of ){string} {condition}', function (this: object, path: string, condition: string) {
  conversationOf(this).clients.resolve('they').expectRead(messageWhere(path, condition))
})

/** Nothing has come since this client's last reading, and nothing comes in the quiet time. */
Then('{clients} receive(s)/get(s)/see(s) nothing', waiting, (clients: Client[]) => receivesNothing(clients))

/** The same, for a time of its own. */
Then('{clients} receive(s)/get(s)/see(s) nothing for/within {duration}', waiting, receivesNothing)

/** The same as `nothing`. */
Then('{clients} receive(s)/get(s)/see(s) no message(s)', waiting, (clients: Client[]) => receivesNothing(clients))

/** Nothing at all is unread, however old, and nothing comes in the quiet time. */
Then('{clients} receive(s)/get(s)/see(s) nothing else/more', waiting, (clients: Client[]) =>
  receivesNothingElse(clients),
)

/** The same, for a time of its own. */
Then('{clients} receive(s)/get(s)/see(s) nothing else/more for/within {duration}', waiting, receivesNothingElse)

/** The same as `nothing else`. */
Then('{clients} receive(s)/get(s)/see(s) no other/more/further message(s)', waiting, (clients: Client[]) =>
  receivesNothingElse(clients),
)

/** The same as `nothing else`. */
Then('{clients} do(es)/should not receive/get/see anything else/more', waiting, (clients: Client[]) =>
  receivesNothingElse(clients),
)

/** Nothing has come since this client's last reading, and nothing comes, until this message does. */
Then(
  '{clients} receive(s)/get(s)/see(s) nothing before {message}',
  waiting,
  (clients: Client[], message: MessageExpression) =>
    inParallel(clients, (client) =>
      client.expect(messageWithout(client.matcher(message), anyMessage, { newOnly: true })),
    ),
)

/** No such message is unread, and none comes in the quiet time. */
Then(
  '{clients} do(es)/should not receive/get/see {message}',
  waiting,
  (clients: Client[], message: MessageExpression) => inParallel(clients, (client) => client.doesNotReceive(message)),
)

/** The same, for a time of its own. */
Then(
  '{clients} do(es)/should not receive/get/see {message} for/within {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, within: number) =>
    inParallel(clients, (client) => client.doesNotReceive(message, { within })),
)

/** The same as `does not receive`: none comes in the quiet time. */
Then('{clients} never receive(s)/get(s)/see(s) {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.doesNotReceive(message)),
)

/** Neither of the two is unread, or comes in the quiet time. */
Then('{clients} receive(s)/get(s)/see(s) neither {message} nor {message}', waiting, receivesNeither)

/** Waits for the first message; the second one must not be unread before it. */
Then(
  '{clients} receive(s)/get(s)/see(s) {message} without receiving {message}',
  waiting,
  (clients: Client[], message: MessageExpression, unwanted: MessageExpression) =>
    inParallel(clients, (client) => client.expect(messageWithout(client.matcher(message), client.matcher(unwanted)))),
)

/** No client has this message unread, or receives it in the quiet time. */
Then('nobody receives/gets/sees {message}', waiting, nobodyReceives)

/** The same for all but those whom the previous sentence was about: after `everyone but Rob receives …` that is Rob. */
Then('nobody else receives/gets/sees {message}', waiting, nobodyElseReceives)

/** The same as `nobody`. */
Then('no one receives/gets/sees {message}', waiting, nobodyReceives)

/** The same as `nobody else`. */
Then('no one else receives/gets/sees {message}', waiting, nobodyElseReceives)

/** These clients receive the message, once or more often; no other has it unread, or receives it in the quiet time. */
Then(
  'only {clients} receive(s)/get(s)/see(s) {message}',
  waiting,
  async function (this: object, clients: Client[], message: MessageExpression) {
    const { clients: all } = conversationOf(this)
    const from = new Map(all.others(clients).map((client) => [client, nextNumber(client)]))
    await inParallel(clients, (client) => client.receives(message))
    // Only now, since what the others should not hear may come as late as what these should.
    await expectSilence(all.others(clients), message, clients, from)
  },
)

/** Such messages, the unread ones and those to come, are in the transcript alone: no sentence expects, counts or denies them. */
Given('{clients} ignore(s) {message}', (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.ignore(message)),
)

/** Everything that has come is read. */
Given('{clients} has/have caught up', (clients: Client[]) => inParallel(clients, (client) => client.catchUp()))

/** Waits for this message; it and everything before it is read. */
Given('{clients} has/have caught up with {message}', waiting, (clients: Client[], message: MessageExpression) =>
  inParallel(clients, (client) => client.expect(everythingUpTo(client.matcher(message)))),
)

/** Sentences about sending. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { namedMessage } from '../messages/lazy-messages'
import { parseDocString, parseTemplate, requireDocString } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { sendsBelow } from '../steps/content-below'
import { Given, Then, When } from '../steps/definitions'
import { inParallel, inSequence, waiting } from '../steps/each-client'
import { memberTable, messageTable, tableRows } from '../steps/tables'
import { conversationOf } from '../world'

const TEMPLATE = '{"message": "${phrase}"}'

/** Sets how phrases travel in both directions, for the rest of the scenario. */
Given('phrases travel as:', function (this: object, template: string) {
  requireDocString(template, TEMPLATE)
  const { phrases } = conversationOf(this)
  phrases.sent = phrases.received = parseTemplate(template, { isExpected: true })
})

/** Sets how phrases travel to the server. */
Given('phrases are sent as:', function (this: object, template: string) {
  requireDocString(template, TEMPLATE)
  conversationOf(this).phrases.sent = parseTemplate(template, { isExpected: false })
})

/** Sets how phrases come from the server. */
Given('phrases are received as:', function (this: object, template: string) {
  requireDocString(template, TEMPLATE)
  conversationOf(this).phrases.received = parseTemplate(template, { isExpected: true })
})

/** Sends a message. */
When('{clients} send(s)/say(s) {message}( to the server)', waiting, (clients: Client[], message: MessageExpression) =>
  inSequence(clients, (client) => client.send(message)),
)

/** Waits, then sends a message. */
When(
  '{clients} send(s)/say(s) {message} after {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, after: number) =>
    inParallel(clients, (client) => client.send(message, { after })),
)

/** Sends a message several times in a row. */
When(
  '{clients} send(s)/say(s) {message} {times}',
  waiting,
  (clients: Client[], message: MessageExpression, times: number) =>
    inSequence(clients, (client) => client.send(message, { times })),
)

/** Sends a doc string: JSON, a phrase of several lines, or with the media type `text` just that text. */
When('{clients} send(s):', waiting, function (this: object, clients: Client[], content: string) {
  const message = parseDocString(content, { mediaType: conversationOf(this).sentence?.mediaType })
  return inSequence(clients, (client) => client.send(message))
})

/** The same, with a doc string, or a table of paths and values. */
When('{clients} send(s)/say(s) the( following)( message):', waiting, sendsBelow())

/** JSON, whatever it looks like: a doc string, or a table of paths and values. */
When('{clients} send(s)/say(s) the( following)( message) JSON( text):', waiting, sendsBelow('JSON'))

/** Just that text, whatever it looks like and whatever the templates say. */
When('{clients} send(s)/say(s) the( following)( message) text:', waiting, sendsBelow('text'))

/** Sends one message after the other, one a row. */
When('{clients} send(s)/say(s) these/the (following )messages:', waiting, (clients: Client[], table: DataTable) => {
  const messages = messageTable(table)
  return inSequence(clients, async (client) => {
    for (const message of messages) await client.send(message)
  })
})

/** Sends a message at once, and again after each interval, until the connection ends, whoever ends it, or the scenario does. */
When(
  '{clients} send(s)/say(s) {message} every {duration}',
  waiting,
  (clients: Client[], message: MessageExpression, interval: number) =>
    inSequence(clients, (client) => client.sendEvery(message, interval)),
)

/** Ends what `sends … every …` began. */
When('{clients} stop(s) sending {message}', (clients: Client[], message: MessageExpression) =>
  inSequence(clients, (client) => client.stopSending(message)),
)

/** Sends a request, and waits for the answer that has the same value in the member that the setting `correlation` or the AsyncAPI document names. */
When(
  '{clients} ask(s) {message} and is/are/am answered {message}',
  waiting,
  (clients: Client[], request: MessageExpression, answer: MessageExpression) =>
    inParallel(clients, (client) => client.ask(request, answer)),
)

/** Sends JSON that has these values at these paths. */
When('{clients} send(s)/say(s) a message with:', waiting, (clients: Client[], table: DataTable) => {
  const message = memberTable(table)
  return inSequence(clients, (client) => client.send(message))
})

/** Sends the named message, with the members of the table overriding its own. */
When(
  '{clients} send(s)/say(s) the {string} message with:',
  waiting,
  (clients: Client[], name: string, table: DataTable) => {
    const message = namedMessage(name, tableRows(table))
    return inSequence(clients, (client) => client.send(message))
  },
)

/** Sends a ping frame (RFC 6455, section 5.5.2). */
When('{clients} ping(s) the server', (clients: Client[]) => inSequence(clients, (client) => client.ping()))

/** The server answers a ping. */
Then('{clients} receive(s)/get(s)/see(s) a pong', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expectPong()),
)

/** Limits how long the scenario may take, from its beginning: whatever it waits for then fails. A later one replaces it. */
Given('the scenario takes at most {duration}', function (this: object, limit: number) {
  conversationOf(this).setTimeLimit(limit)
})

/** Lets time pass; prefer to wait for a message. */
When('{duration} pass(es)', waiting, function (this: object, duration: number) {
  return conversationOf(this).pause(duration)
})

/** The same. */
When('{clients} wait(s) (for ){duration}', waiting, function (this: object, _clients: Client[], duration: number) {
  return conversationOf(this).pause(duration)
})

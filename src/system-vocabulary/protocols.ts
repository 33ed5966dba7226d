/** Sentences of protocols: topics, events, and methods that are called. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { anyMessage } from '../matching/matcher'
import { namedEvent, onTopic } from '../messages/lazy-messages'
import type { MessageExpression } from '../messages/message-expression'
import { contentBelow } from '../steps/content-below'
import { Given, Then, When } from '../steps/definitions'
import { inParallel, inSequence, waiting } from '../steps/each-client'
import { react } from '../steps/react'
import { conversationOf } from '../world'

/** Sets which protocol clients speak that connect from now on: one that is built in, or one of the project's own. */
Given('the server speaks {string}', function (this: object, protocol: string) {
  conversationOf(this).setProtocol(protocol)
})

/** Subscribes to a topic, and waits until the server has confirmed it, where the protocol has it do so. */
When('{clients} subscribe(s) to {string}', waiting, (clients: Client[], topic: string) =>
  inSequence(clients, (client) => client.subscribe(topic)),
)

/** Subscribes to a topic, and expects that the server refuses it. */
Then('{client} cannot subscribe to {string}', waiting, (client: Client, topic: string) =>
  client.expectSubscriptionRefused(topic),
)

/** Ends a subscription. */
When('{clients} unsubscribe(s) from {string}', waiting, (clients: Client[], topic: string) =>
  inSequence(clients, (client) => client.unsubscribe(topic)),
)

/** Sends a message to a topic: the same as `sends "Hello" on "news"`. */
When(
  '{clients} publish(es) {message} to {string}',
  waiting,
  (clients: Client[], message: MessageExpression, topic: string) =>
    inSequence(clients, (client) => client.send(onTopic(topic, message))),
)

/** The same, with a doc string, or a table of paths and values. */
When(
  '{clients} publish(es) to {string}:',
  waiting,
  function (this: object, clients: Client[], topic: string, content: string | DataTable) {
    const message = onTopic(topic, contentBelow(this, content))
    return inSequence(clients, (client) => client.send(message))
  },
)

/** Sends an event without content: the same as `sends the event "typing"`. */
When('{clients} emit(s) (the event ){string}', waiting, (clients: Client[], name: string) =>
  inSequence(clients, (client) => client.send(namedEvent(name))),
)

/** Sends an event. */
When(
  '{clients} emit(s) (the event ){string} with {message}',
  waiting,
  (clients: Client[], name: string, message: MessageExpression) =>
    inSequence(clients, (client) => client.send(namedEvent(name, message))),
)

/** The same, with a doc string, or a table of paths and values. */
When(
  '{clients} emit(s) (the event ){string} with:',
  waiting,
  function (this: object, clients: Client[], name: string, content: string | DataTable) {
    const message = namedEvent(name, contentBelow(this, content))
    return inSequence(clients, (client) => client.send(message))
  },
)

/** Waits for an event and reads it, with what a doc string or a table of paths and values has. */
Then(
  '{clients} receive(s)/get(s)/see(s) the event {string} with:',
  waiting,
  function (this: object, clients: Client[], name: string, content: string | DataTable) {
    const message = namedEvent(name, contentBelow(this, content))
    return inParallel(clients, (client) => client.receives(message))
  },
)

/** Calls a method of the server, and does not wait for the answer. */
When('{clients} call(s) {string}', waiting, (clients: Client[], method: string) =>
  inSequence(clients, (client) => client.call(method)),
)

/** The same, with what it is given. */
When(
  '{clients} call(s) {string} with {message}',
  waiting,
  (clients: Client[], method: string, message: MessageExpression) =>
    inSequence(clients, (client) => client.call(method, message)),
)

/** The same, with a doc string, or a table of paths and values. */
When(
  '{clients} call(s) {string} with:',
  waiting,
  function (this: object, clients: Client[], method: string, content: string | DataTable) {
    const message = contentBelow(this, content)
    return inSequence(clients, (client) => client.call(method, message))
  },
)

/** Waits for the answer to the last call, and reads it. */
Then('{clients} is/are/am answered {message}', waiting, (clients: Client[], answer: MessageExpression) =>
  inParallel(clients, (client) => client.expectAnswer(answer)),
)

/** The same, with a time limit of its own. */
Then(
  '{clients} is/are/am answered {message} within {duration}',
  waiting,
  (clients: Client[], answer: MessageExpression, within: number) =>
    inParallel(clients, (client) => client.expectAnswer(answer, { within })),
)

/** The same, with a doc string, or a table of paths and values. */
Then('{clients} is/are/am answered:', waiting, function (this: object, clients: Client[], content: string | DataTable) {
  const answer = contentBelow(this, content)
  return inParallel(clients, (client) => client.expectAnswer(answer))
})

/** Waits for an error as the answer to the last call, whatever it says. */
Then('{clients} is/are/am answered with an error', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expectAnswer(anyMessage, { isError: true })),
)

/** The same, with what it says. */
Then(
  '{clients} is/are/am answered with (the )error {message}',
  waiting,
  (clients: Client[], answer: MessageExpression) =>
    inParallel(clients, (client) => client.expectAnswer(answer, { isError: true })),
)

/** Answers the request of the server that was read last. */
When('{clients} answer(s)/reply/replies {message}', waiting, (clients: Client[], answer: MessageExpression) =>
  inSequence(clients, (client) => client.answer(answer)),
)

/** The same, with a doc string, or a table of paths and values. */
When('{clients} answer(s):', waiting, function (this: object, clients: Client[], content: string | DataTable) {
  const answer = contentBelow(this, content)
  return inSequence(clients, (client) => client.answer(answer))
})

/** Answers it by an error. */
When(
  '{clients} answer(s)/reply/replies with (the )error {message}',
  waiting,
  (clients: Client[], answer: MessageExpression) =>
    inSequence(clients, (client) => client.answer(answer, { isError: true })),
)

/** Answers a request of the server once, by an error. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} answer(s)/reply/replies with (the )error {message}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: MessageExpression) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.answerWithError(answer))
  },
)

/** Answers a request of the server every time, by an error. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} answer(s)/reply/replies with (the )error {message}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: MessageExpression) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.answerWithError(answer))
  },
)

/** Sentences that make rules: what a client does by itself when a message comes. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import type { MessageExpression } from '../messages/message-expression'
import { Given, When } from '../steps/definitions'
import { docString, react } from '../steps/react'
import { requestContent } from '../steps/tables'
import { conversationOf } from '../world'

/** Answers once, with a message; it must have happened when the scenario ends. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: MessageExpression) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.send(answer))
  },
)

/** Answers once, some time after the message came. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} after {duration}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    answer: MessageExpression,
    after: number,
  ) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.send(answer, { after }))
  },
)

/** Answers once, with two messages, in this order. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} and {message}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    first: MessageExpression,
    second: MessageExpression,
  ) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.sendAll([first, second]))
  },
)

/** Answers once, with a message several times in a row. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} {times}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    answer: MessageExpression,
    times: number,
  ) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.send(answer, { times }))
  },
)

/** Answers once, with a doc string. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s):',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: string) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.send(docString(this, answer)))
  },
)

/** Disconnects when the message comes. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} disconnect(s)/leave(s)',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.disconnect())
  },
)

/** Sends an HTTP request when the message comes. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} request(s) {string}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, request: string) {
    react(this, { clients, trigger, pronoun }, (rule) => rule.request(request))
  },
)

/** The same with a body, or a table, as `requests … with:` has it; `${received}` is the message. */
When(
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} request(s) {string} with:',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    request: string,
    content: string | DataTable,
  ) {
    const options = requestContent(content, conversationOf(this).sentence?.mediaType)
    react(this, { clients, trigger, pronoun }, (rule) => rule.request(request, options))
  },
)

/** Answers every time, with a message; it may never be needed. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: MessageExpression) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.send(answer))
  },
)

/** Answers every time, some time after the message came. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} after {duration}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    answer: MessageExpression,
    after: number,
  ) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.send(answer, { after }))
  },
)

/** Answers every time, with two messages, in this order. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} and {message}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    first: MessageExpression,
    second: MessageExpression,
  ) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.sendAll([first, second]))
  },
)

/** Answers every time, with a message several times in a row. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s)/say(s)/answer(s)/reply/replies {message} {times}',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    answer: MessageExpression,
    times: number,
  ) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.send(answer, { times }))
  },
)

/** Answers every time, with a doc string. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s):',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, answer: string) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.send(docString(this, answer)))
  },
)

/** Disconnects every time the message comes: once for each connection. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} disconnect(s)/leave(s)',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.disconnect())
  },
)

/** Sends an HTTP request every time the message comes. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} request(s) {string}',
  function (this: object, clients: Client[], trigger: MessageExpression, pronoun: string, request: string) {
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.request(request))
  },
)

/** The same with a body, or a table. */
Given(
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} request(s) {string} with:',
  function (
    this: object,
    clients: Client[],
    trigger: MessageExpression,
    pronoun: string,
    request: string,
    content: string | DataTable,
  ) {
    const options = requestContent(content, conversationOf(this).sentence?.mediaType)
    react(this, { clients, trigger, pronoun, repeats: true }, (rule) => rule.request(request, options))
  },
)

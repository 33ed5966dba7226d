/** Sentences that make rules: what a client does by itself when a message comes. */

import { type DataTable, Given, When } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import type { ReactionBuilder } from '../client/reaction-builder'
import { UsageError } from '../errors'
import type { MessageExpression } from '../messages/message-expression'
import { parseDocString } from '../messages/parse-message'
import { conversationOf } from '../world'
import { requestContent } from './tables'

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
  '(when ){clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s):/say(s):/answer(s):/reply:/replies:',
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
  'whenever {clients} receive(s)/get(s)/see(s) {message} {pronoun} send(s):/say(s):/answer(s):/reply:/replies:',
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

/** What sets a reaction off. */
interface ReactionTrigger {
  readonly clients: readonly Client[]
  readonly trigger: MessageExpression
  readonly pronoun: string
  /** Whether it reacts every time. */
  readonly repeats?: boolean
}

/** Gives each client a rule. */
function react(world: object, rule: ReactionTrigger, act: (reaction: ReactionBuilder) => void): void {
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
  throw new UsageError(`"${pronoun}" does not mean whom this rule is about: write ${advice}.`)
}

function docString(world: object, content: string): MessageExpression {
  return parseDocString(content, { mediaType: conversationOf(world).sentence?.mediaType })
}

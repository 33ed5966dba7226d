/** Sentences that make rules: what a client does by itself when a message comes. */

import { Given, When } from '@cucumber/cucumber'
import type { Client, Reacting } from '../conversation/client'
import type { Wording } from '../conversation/wording'
import { wordingFromDocString } from '../conversation/written'
import { conversationOf } from '../world'

/** Answers once, with a message; it must have happened when the scenario ends. */
When(
  '(when ){clients} receive(s) {message} {pronoun} send(s) {message}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: Wording) {
    once(this, clients, heard, pronoun, (rule) => rule.send(answer))
  },
)

/** Answers once, some time after the message came. */
When(
  '(when ){clients} receive(s) {message} {pronoun} send(s) {message} after {duration}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: Wording, after: number) {
    once(this, clients, heard, pronoun, (rule) => rule.send(answer, { after }))
  },
)

/** Answers once, with a doc string. */
When(
  '(when ){clients} receive(s) {message} {pronoun} send(s):',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: string) {
    once(this, clients, heard, pronoun, (rule) => rule.send(docString(this, answer)))
  },
)

/** Disconnects when the message comes. */
When(
  '(when ){clients} receive(s) {message} {pronoun} disconnect(s)',
  function (this: object, clients: Client[], heard: Wording, pronoun: string) {
    once(this, clients, heard, pronoun, (rule) => rule.disconnect())
  },
)

/** Sends an HTTP request when the message comes. */
When(
  '(when ){clients} receive(s) {message} {pronoun} request(s) {string}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, written: string) {
    once(this, clients, heard, pronoun, (rule) => rule.request(written))
  },
)

/** Answers every time, with a message; it may never be needed. */
Given(
  'whenever {clients} receive(s) {message} {pronoun} send(s) {message}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: Wording) {
    always(this, clients, heard, pronoun, (rule) => rule.send(answer))
  },
)

/** Answers every time, some time after the message came. */
Given(
  'whenever {clients} receive(s) {message} {pronoun} send(s) {message} after {duration}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: Wording, after: number) {
    always(this, clients, heard, pronoun, (rule) => rule.send(answer, { after }))
  },
)

/** Answers every time, with a doc string. */
Given(
  'whenever {clients} receive(s) {message} {pronoun} send(s):',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, answer: string) {
    always(this, clients, heard, pronoun, (rule) => rule.send(docString(this, answer)))
  },
)

/** Disconnects every time the message comes: once for each connection. */
Given(
  'whenever {clients} receive(s) {message} {pronoun} disconnect(s)',
  function (this: object, clients: Client[], heard: Wording, pronoun: string) {
    always(this, clients, heard, pronoun, (rule) => rule.disconnect())
  },
)

/** Sends an HTTP request every time the message comes. */
Given(
  'whenever {clients} receive(s) {message} {pronoun} request(s) {string}',
  function (this: object, clients: Client[], heard: Wording, pronoun: string, written: string) {
    always(this, clients, heard, pronoun, (rule) => rule.request(written))
  },
)

type Respond = (rule: Reacting) => void

function once(world: object, clients: Client[], heard: Wording, pronoun: string, respond: Respond): void {
  const place = conversationOf(world).sentence?.place
  for (const client of clients) respond(client.when(heard, { place, pronoun: calling(clients, pronoun) }))
}

function always(world: object, clients: Client[], heard: Wording, pronoun: string, respond: Respond): void {
  const place = conversationOf(world).sentence?.place
  for (const client of clients) respond(client.whenever(heard, { place, pronoun: calling(clients, pronoun) }))
}

/** Each of several is named in its failure, as «they» would be all of them. */
function calling(clients: readonly Client[], pronoun: string): string | undefined {
  return clients.length === 1 ? pronoun : undefined
}

function docString(world: object, content: string): Wording {
  return wordingFromDocString(content, conversationOf(world).sentence?.mediaType)
}

/** Sentences about HTTP requests beside the socket, and what the server responds. */

import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { withUniqueMembers } from '../json/duplicate-members'
import { looksLikeJson } from '../json/json-text'
import { fillPath } from '../messages/fill-in-place'
import { rememberedValue } from '../messages/lazy-messages'
import { conversationOf } from '../world'
import { waiting } from './each-client'
import { headerTable, memberTable } from './tables'

/** Sends a request and waits for the response: `GET /orders`, relative to the server's HTTP address. */
When('{client} request(s) {string}', waiting, (client: Client, request: string) => client.request(request))

/** The same; a doc string is the body, a table adds headers. */
When('{client} request(s) {string} with:', waiting, (client: Client, request: string, argument: string | DataTable) => {
  if (typeof argument !== 'string') return client.request(request, { headers: headerTable(argument) })
  const isJson = looksLikeJson(argument)
  const body = isJson ? withUniqueMembers(client.variables.fillJson(argument)) : client.variables.fill(argument)
  return client.request(request, { body, headers: { 'Content-Type': isJson ? 'application/json' : 'text/plain' } })
})

/** The HTTP status of the last response; those that reactions have requested do not count. */
Then('the response status is {int}', function (this: object, status: number) {
  conversationOf(this).requests.last.expectStatus(status)
})

/** The JSON of the last response has these values at these paths: of several places one is enough. */
Then('the response has:', function (this: object, table: DataTable) {
  const conversation = conversationOf(this)
  conversation.requests.last.expectBody(memberTable(table).toMatcher(conversation.messageContext()))
})

/** The text of the last response has this part, wherever it stands. */
Then('the response contains {string}', function (this: object, text: string) {
  const { requests, variables } = conversationOf(this)
  requests.last.expectText(variables.fill(text))
})

/** Keeps what stands at a path in the last response. */
When(
  "{client} remember(s) the response's {string} as {string}",
  function (this: object, client: Client, path: string, variable: string) {
    const { requests, variables } = conversationOf(this)
    const { body, label } = requests.last
    variables.set(variable, rememberedValue(body, fillPath(path, client.variables), `The response to ${label}`))
  },
)

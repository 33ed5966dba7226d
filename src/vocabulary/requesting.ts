/** Sentences about HTTP requests beside the socket, and what the server responds. */

import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { fillPath } from '../messages/fill-in-place'
import { rememberedValue } from '../messages/lazy-messages'
import { conversationOf } from '../world'
import { waiting } from './each-client'
import { memberTable, requestContent } from './tables'

/** Sends a request and waits for the response: `GET /orders`, relative to the server's HTTP address. */
When('{client} request(s) {string}', waiting, (client: Client, request: string) => client.request(request))

/** The same; a doc string is the body, a table has headers, or rows of header, query, cookie, body and member. */
When(
  '{client} request(s) {string} with:',
  waiting,
  function (this: object, client: Client, request: string, content: string | DataTable) {
    return client.request(request, requestContent(content, mediaTypeOf(this)))
  },
)

/** Sends a request, and waits this long for the response. */
When('{client} request(s) {string} within {duration}', waiting, (client: Client, request: string, within: number) =>
  client.request(request, { within }),
)

/** The same, with a body, or a table. */
When(
  '{client} request(s) {string} within {duration} with:',
  waiting,
  function (this: object, client: Client, request: string, within: number, content: string | DataTable) {
    return client.request(request, { ...requestContent(content, mediaTypeOf(this)), within })
  },
)

/** Waits, then sends a request. */
When('{client} request(s) {string} after {duration}', waiting, (client: Client, request: string, after: number) =>
  client.request(request, { after }),
)

/** The same, with a body, or a table. */
When(
  '{client} request(s) {string} after {duration} with:',
  waiting,
  function (this: object, client: Client, request: string, after: number, content: string | DataTable) {
    return client.request(request, { ...requestContent(content, mediaTypeOf(this)), after })
  },
)

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

/** The media type of the sentence's doc string. */
function mediaTypeOf(world: object): string | undefined {
  return conversationOf(world).sentence?.mediaType
}

/** Sentences about HTTP requests beside the socket, and what the server responds. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { looksLikeJson } from '../json/json-text'
import { containing, fillPath, matchingPattern, rememberedValue, validAgainst } from '../messages/lazy-messages'
import { parseDocString } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { Then, When } from '../steps/definitions'
import { waiting } from '../steps/each-client'
import { memberTable, requestContent } from '../steps/tables'
import { conversationOf } from '../world'

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

/** The last response has this header, whatever the case of its name; of several cookies one is enough. */
Then("the response's {string} header is {string}", function (this: object, name: string, value: string) {
  const { requests, variables } = conversationOf(this)
  requests.last.expectHeader(name, variables.fill(value))
})

/** The body of the last response: JSON that is contained, or a phrase that is all of it, whatever the templates say. */
Then('the response is {message}', function (this: object, message: MessageExpression) {
  expectBody(this, message)
})

/** The same with a doc string. */
Then('the response is:', function (this: object, content: string) {
  expectBody(this, parseDocString(content, { mediaType: mediaTypeOf(this) }))
})

/** The same, and the JSON has nothing else in it. */
Then('the response is exactly:', function (this: object, content: string) {
  expectBody(this, parseDocString(content, { mediaType: mediaTypeOf(this), exactly: true }))
})

/** The JSON of the last response has these values at these paths, of several places one is enough; or what a doc string has. */
Then('the response has:', function (this: object, content: string | DataTable) {
  expectBody(this, typeof content === 'string' ? partOf(content, mediaTypeOf(this)) : memberTable(content))
})

/** The body of the last response is JSON that is valid against a schema. */
Then('the response is valid against {string}', function (this: object, schema: string) {
  expectBody(this, validAgainst(schema))
})

/** The text of the last response matches a regular expression. */
Then('the response matches {string}', function (this: object, pattern: string) {
  expectBody(this, matchingPattern(pattern))
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
    variables.remember(variable, rememberedValue(body, fillPath(path, client.variables), `The response to ${label}`))
  },
)

/** Keeps the value of a cookie that the last response has set. */
When(
  "{client} remember(s) the response's {string} cookie as {string}",
  function (this: object, _client: Client, name: string, variable: string) {
    const { requests, variables } = conversationOf(this)
    variables.remember(variable, requests.last.cookie(name))
  },
)

function expectBody(world: object, message: MessageExpression): void {
  const conversation = conversationOf(world)
  // The templates are those of the socket.
  const context = { ...conversation.state.messageContext(), phrases: {} }
  conversation.requests.last.expectBody(message.toMatcher(context))
}

/** What a doc string has of a response: members of JSON, or a part of a text. */
function partOf(content: string, mediaType: string | undefined): MessageExpression {
  const isText = mediaType === 'text' || (mediaType === undefined && !looksLikeJson(content))
  return isText ? containing(content) : parseDocString(content, { mediaType })
}

/** The media type of the sentence's doc string. */
function mediaTypeOf(world: object): string | undefined {
  return conversationOf(world).sentence?.mediaType
}

/** Sentences about HTTP requests beside the socket, and what the server responds. */

import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Client } from '../conversation/client'
import { looksLikeJson } from '../conversation/json-text'
import { conversationOf } from '../world'
import { waiting } from './each'
import { headersOf, membersOf } from './tables'

/** Sends a request and waits for the response: `GET /orders`, relative to the server's HTTP address. */
When('{client} request(s) {string}', waiting, (client: Client, written: string) => client.request(written))

/** The same; a doc string is the body, a table adds headers. */
When('{client} request(s) {string} with:', waiting, (client: Client, written: string, argument: string | DataTable) => {
  if (typeof argument !== 'string') return client.request(written, { headers: headersOf(argument) })
  const isJson = looksLikeJson(argument)
  const body = isJson ? client.variables.fillJson(argument) : client.variables.fill(argument)
  return client.request(written, { body, headers: { 'Content-Type': isJson ? 'application/json' : 'text/plain' } })
})

/** The HTTP status of the last response. */
Then('the response status is {int}', function (this: object, status: number) {
  conversationOf(this).response.hasStatus(status)
})

/** The JSON of the last response has these values at these paths. */
Then('the response has:', function (this: object, table: DataTable) {
  const conversation = conversationOf(this)
  conversation.response.fits(membersOf(table).expected(conversation.speaking(conversation.variables)))
})

/** The text of the last response has this part. */
Then('the response contains {string}', function (this: object, text: string) {
  const { response, variables } = conversationOf(this)
  response.contains(variables.fill(text))
})

/** Keeps what stands at a path in the last response. */
When("{client} remember(s) the response's {string} as {string}", (client: Client, path: string, variable: string) => {
  client.rememberFromResponse(path, variable)
})

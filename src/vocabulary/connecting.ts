/** Sentences about connecting, disconnecting and being refused. */

import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { conversationOf } from '../world'
import { inParallel, inSequence, waiting } from './each-client'
import { progressReporter } from './progress'
import { connectOptionsTable } from './tables'

/** Sets where clients connect to, for the rest of the scenario. */
Given('the server is at {string}', function (this: object, url: string) {
  conversationOf(this).setServerUrl(url)
})

/** Connects whoever is not connected yet, one after the other, and waits until each connection is open. */
Given('{clients} is/are/am connected', waiting, (clients: Client[]) =>
  inSequence(clients, (client) => client.ensureConnected()),
)

/** The same, to an address of its own: absolute, or relative to the server's. */
Given('{clients} is/are/am connected to {string}', waiting, (clients: Client[], to: string) =>
  inSequence(clients, (client) => client.ensureConnected({ to })),
)

/** Connects one after the other and waits until each connection is open. */
When('{clients} connect(s)', waiting, (clients: Client[]) => inSequence(clients, (client) => client.connect()))

/** Connects to an address of its own: absolute, or relative to the server's. */
When('{clients} connect(s) to {string}', waiting, (clients: Client[], to: string) =>
  inSequence(clients, (client) => client.connect({ to })),
)

/** Connects with parameters, headers, cookies and subprotocols, one a row. */
When('{clients} connect(s) with:', waiting, (clients: Client[], table: DataTable) => {
  const arrival = connectOptionsTable(table)
  return inSequence(clients, (client) => client.connect(arrival))
})

/** The same, to an address of its own. */
When('{clients} connect(s) to {string} with:', waiting, (clients: Client[], to: string, table: DataTable) => {
  const arrival = connectOptionsTable(table, to)
  return inSequence(clients, (client) => client.connect(arrival))
})

/** Connects a group: `100 listeners are connected` makes listener-1 to listener-100. */
Given('{int} {word} is/are connected', waiting, function (this: object, count: number, word: string) {
  return conversationOf(this).connectGroup(word, count, {}, progressReporter(`${count} ${word} connect`))
})

/** The same, to an address of its own. */
Given(
  '{int} {word} is/are connected to {string}',
  waiting,
  function (this: object, count: number, word: string, to: string) {
    return conversationOf(this).connectGroup(word, count, { to }, progressReporter(`${count} ${word} connect`))
  },
)

/** Asks for a connection that the server may refuse; if it does, a sentence has to say so. */
When('{client} tries/try to connect', waiting, (client: Client) => client.tryToConnect())

/** The same, to an address of its own. */
When('{client} tries/try to connect to {string}', waiting, (client: Client, to: string) => client.tryToConnect({ to }))

/** The same, with parameters, headers, cookies and subprotocols, one a row. */
When('{client} tries/try to connect with:', waiting, (client: Client, table: DataTable) => {
  const arrival = connectOptionsTable(table)
  return client.tryToConnect(arrival)
})

/** The same, to an address of its own. */
When('{client} tries/try to connect to {string} with:', waiting, (client: Client, to: string, table: DataTable) => {
  const arrival = connectOptionsTable(table, to)
  return client.tryToConnect(arrival)
})

/** The server answered the handshake with an HTTP status instead. */
Then('{client} is/am refused', (client: Client) => client.expectRefused())

/** The server answered the handshake with this HTTP status. */
Then('{client} is/am refused with status {int}', (client: Client, status: number) => client.expectRefused(status))

/** The connection is open, and stays so for the quiet time. */
Then('{clients} is/are/am still connected', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expectConnected()),
)

/** The server has chosen this subprotocol. */
Then('{client} speak(s) the subprotocol {string}', (client: Client, subprotocol: string) =>
  client.expectSubprotocol(client.variables.fill(subprotocol)),
)

/** Closes the connection by a closing handshake. */
When('{clients} disconnect(s)', waiting, (clients: Client[]) => inSequence(clients, (client) => client.disconnect()))

/** Closes the connection with a close code. */
When('{clients} disconnect(s) with code {int}', waiting, (clients: Client[], code: number) =>
  inSequence(clients, (client) => client.disconnect(code)),
)

/** Closes the connection with a close code and a reason. */
When(
  '{clients} disconnect(s) with code {int} and reason {string}',
  waiting,
  (clients: Client[], code: number, reason: string) =>
    inSequence(clients, (client) => client.disconnect(code, client.variables.fill(reason))),
)

/** Cuts the connection, without a closing handshake. */
When('{clients} lose(s) the connection', (clients: Client[]) => inSequence(clients, (client) => client.terminate()))

/** Connects again, to where it was and as it was; what was unread stays unread. An error or refusal before must have been expected. */
When('{clients} reconnect(s)', waiting, (clients: Client[]) => inSequence(clients, (client) => client.reconnect()))

/** The server ends the connection: with any code, or without a closing handshake. */
Then('{clients} is/are/am disconnected', waiting, (clients: Client[]) =>
  inParallel(clients, (client) => client.expectDisconnected()),
)

/** The server ends the connection with this close code. */
Then('{clients} is/are/am disconnected with code {int}', waiting, (clients: Client[], code: number) =>
  inParallel(clients, (client) => client.expectDisconnected({ code })),
)

/** The server ends the connection with this close code and reason. */
Then(
  '{clients} is/are/am disconnected with code {int} and reason {string}',
  waiting,
  (clients: Client[], code: number, reason: string) =>
    inParallel(clients, (client) => client.expectDisconnected({ code, reason: client.variables.fill(reason) })),
)

/** The server ends the connection in this time. */
Then('{clients} is/are/am disconnected within {duration}', waiting, (clients: Client[], within: number) =>
  inParallel(clients, (client) => client.expectDisconnected({ within })),
)

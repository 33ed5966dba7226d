/** Sentences about connecting, disconnecting and being refused. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import {
  type Close,
  cannotConnect,
  connectGroup,
  disconnectAll,
  expectEnd,
  expectNotConnected,
  expectOpen,
  expectRefused,
  withToken,
} from '../steps/connections'
import { Given, Then, When } from '../steps/definitions'
import { inParallel, inSequence, waiting } from '../steps/each-client'
import { connectOptionsTable } from '../steps/tables'
import { conversationOf } from '../world'

/** Sets where clients connect to, for the rest of the scenario. */
Given('the server is at {string}', function (this: object, url: string) {
  conversationOf(this).setServerUrl(url)
})

/** Connects whoever is not connected yet, one after the other, and waits until each connection is open. */
Given('{clients} is/are/am/be connected( to the server)', waiting, (clients: Client[]) =>
  inSequence(clients, (client) => client.ensureConnected()),
)

/** The same, to an address of its own: absolute, or relative to the server's. */
Given('{clients} is/are/am/be connected to {string}', waiting, (clients: Client[], to: string) =>
  inSequence(clients, (client) => client.ensureConnected({ to })),
)

/** The same, with a token, which whoever is connected must have; where it stands is a setting. */
Given('{clients} is/are/am/be connected with (the )token {string}', waiting, (clients: Client[], token: string) =>
  inSequence(clients, (client) => client.ensureConnected(withToken(client, token))),
)

/** Connects one after the other and waits until each connection is open. */
When('{clients} connect(s)( to the server)', waiting, (clients: Client[]) =>
  inSequence(clients, (client) => client.connect()),
)

/** The same. */
When('{clients} open(s) a/the connection( to the server)', waiting, (clients: Client[]) =>
  inSequence(clients, (client) => client.connect()),
)

/** The same, to an address of its own: absolute, or relative to the server's. */
When('{clients} open(s) a/the connection to {string}', waiting, (clients: Client[], to: string) =>
  inSequence(clients, (client) => client.connect({ to })),
)

/** Connects with a token; where it stands is a setting. */
When('{clients} connect(s) with (the )token {string}', waiting, (clients: Client[], token: string) =>
  inSequence(clients, (client) => client.connect(withToken(client, token))),
)

/** The same, to an address of its own. */
When(
  '{clients} connect(s) to {string} with (the )token {string}',
  waiting,
  (clients: Client[], to: string, token: string) =>
    inSequence(clients, (client) => client.connect({ ...withToken(client, token), to })),
)

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
  return connectGroup(this, count, word)
})

/** The same, to an address of its own. */
Given(
  '{int} {word} is/are connected to {string}',
  waiting,
  function (this: object, count: number, word: string, to: string) {
    return connectGroup(this, count, word, { to })
  },
)

/** Connects a group, as `are connected` does. */
When('{int} {word} connect(s)', waiting, function (this: object, count: number, word: string) {
  return connectGroup(this, count, word)
})

/** The same, to an address of its own. */
When('{int} {word} connect(s) to {string}', waiting, function (this: object, count: number, word: string, to: string) {
  return connectGroup(this, count, word, { to })
})

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

/** The same, with a token; where it stands is a setting. */
When('{client} tries/try to connect with (the )token {string}', waiting, (client: Client, token: string) =>
  client.tryToConnect(withToken(client, token)),
)

/** The server refuses the connection with an HTTP status: the one tried before, or one that is tried now. */
Then('{client} cannot connect', waiting, (client: Client) => cannotConnect(client))

/** The same, to an address of its own, which is tried now. */
Then('{client} cannot connect to {string}', waiting, async (client: Client, to: string) => {
  await client.tryToConnect({ to })
  client.expectRefused()
})

/** The server answered the handshake with an HTTP status instead. */
Then('{client} is/am/was/be refused/rejected', (client: Client) => client.expectRefused())

/** The server answered the handshake with this HTTP status. */
Then('{client} is/am/was/be refused/rejected with status {int}', (client: Client, status: number) =>
  client.expectRefused(status),
)

/** The same, for those whom the sentence before was about. */
Then('the handshake fails with (HTTP )status {int}', function (this: object, status: number) {
  for (const client of conversationOf(this).clients.resolveAll('they')) client.expectRefused(status)
})

/** The same as `is refused`. */
Then('{connection} is/are/was/were refused/rejected', (clients: Client[]) => expectRefused(clients))

/** The same as `is refused with status`. */
Then('{connection} is/are/was/were refused/rejected with status {int}', expectRefused)

/** The connection is open, and stays so for the quiet time. */
Then('{clients} is/are/am/be still connected', waiting, (clients: Client[]) => expectOpen(clients))

/** The connection is open, and stays so for this time. */
Then('{clients} is/are/am/be still connected after {duration}', waiting, expectOpen)

/** The same. */
Then('{clients} stay(s)/remain(s) connected for {duration}', waiting, expectOpen)

/** The same as `is still connected`. */
Then('{clients} stay(s)/remain(s) connected', waiting, (clients: Client[]) => expectOpen(clients))

/** The same as `is still connected`. */
Then('{clients} is/are/am not disconnected', waiting, (clients: Client[]) => expectOpen(clients))

/** The same as `is still connected`. */
Then('{connection} is/are (still )open', waiting, (clients: Client[]) => expectOpen(clients))

/** The same as `is still connected`. */
Then('{connection} stay(s)/remain(s) open', waiting, (clients: Client[]) => expectOpen(clients))

/** No connection is open: the client was refused, or its connection has ended, or ends within the timeout. */
Then('{clients} is/are/am not connected', waiting, (clients: Client[]) => inParallel(clients, expectNotConnected))

/** The server has chosen this subprotocol. */
Then('{client} speak(s) the subprotocol {string}', (client: Client, subprotocol: string) =>
  client.expectSubprotocol(client.variables.fill(subprotocol)),
)

/** Closes the connection by a closing handshake. */
When('{clients} disconnect(s)/leave(s)', waiting, (clients: Client[]) => disconnectAll(clients, {}))

/** Closes the connection with a close code, a reason, or both. */
When('{clients} disconnect(s)/leave(s) {close}', waiting, disconnectAll)

/** The same as `disconnects`. */
When('{clients} close(s) the/his/her/its/their/my connection(s)', waiting, (clients: Client[]) =>
  disconnectAll(clients, {}),
)

/** The same as `disconnects`, with a close code, a reason, or both. */
When('{clients} close(s) the/his/her/its/their/my connection(s) {close}', waiting, disconnectAll)

/** The same as `disconnects`. */
When('{clients} hang(s) up', waiting, (clients: Client[]) => disconnectAll(clients, {}))

/** The same as `disconnects`, with a close code, a reason, or both. */
When('{clients} hang(s) up {close}', waiting, disconnectAll)

/** Cuts the connection, without a closing handshake. */
When('{clients} lose(s) the/his/her/its/their/my connection(s)', (clients: Client[]) =>
  inSequence(clients, (client) => client.terminate()),
)

/** Connects again, one after the other, to where it was and as it was; what was unread stays unread. An error or refusal before must have been expected. */
When('{clients} reconnect(s)', waiting, (clients: Client[]) => inSequence(clients, (client) => client.reconnect()))

/** The server ends the connection: with any code, or without a closing handshake. */
Then('{clients} is/are/am/be disconnected( by the server)', waiting, (clients: Client[]) => expectEnd(clients))

/** The server ends the connection with this close code, this reason, or both. */
Then('{clients} is/are/am/be disconnected (by the server ){close}', waiting, (clients: Client[], close: Close) =>
  expectEnd(clients, close),
)

/** The server ends the connection in this time. */
Then(
  '{clients} is/are/am/be disconnected (by the server )within {duration}',
  waiting,
  (clients: Client[], within: number) => expectEnd(clients, undefined, within),
)

/** The server ends the connection with this close code, this reason, or both, in this time. */
Then(
  '{clients} is/are/am/be disconnected (by the server ){close} within {duration}',
  waiting,
  (clients: Client[], close: Close, within: number) => expectEnd(clients, close, within),
)

/** The same as `is disconnected`. */
Then('the server disconnects {clients}', waiting, (clients: Client[]) => expectEnd(clients))

/** The same, with a close code, a reason, or both. */
Then('the server disconnects {clients} {close}', waiting, (clients: Client[], close: Close) =>
  expectEnd(clients, close),
)

/** The same as `is disconnected`. */
Then('the server closes {connection}', waiting, (clients: Client[]) => expectEnd(clients))

/** The same, with a close code, a reason, or both. */
Then('the server closes {connection} {close}', waiting, (clients: Client[], close: Close) => expectEnd(clients, close))

/** The same as `is disconnected`. */
Then('{connection} is/are/was/were closed( by the server)', waiting, (clients: Client[]) => expectEnd(clients))

/** The same, with a close code, a reason, or both. */
Then('{connection} is/are/was/were closed (by the server ){close}', waiting, (clients: Client[], close: Close) =>
  expectEnd(clients, close),
)

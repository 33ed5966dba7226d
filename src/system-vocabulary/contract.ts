/** Sentences of AsyncAPI documents: what describes the server, and the messages that it names. */

import type { DataTable } from '@cucumber/cucumber'
import type { Client } from '../client/client'
import { UsageError } from '../errors'
import { contractMessage, contrary } from '../messages/lazy-messages'
import { Given, Then, When } from '../steps/definitions'
import { inParallel, inSequence, waiting } from '../steps/each-client'
import { tableRows } from '../steps/tables'
import { conversationOf } from '../world'

/** Has connections and messages validated against an AsyncAPI document from now on: what contradicts it fails the scenario. */
Given('the server is described by {string}', waiting, function (this: object, document: string) {
  return conversationOf(this).setContract(document)
})

/** Waits for a message that the document names and reads it, with what a table of paths and values has beside that. */
Then(
  '{clients} receive(s)/get(s)/see(s) a/an {string} with:',
  waiting,
  function (this: object, clients: Client[], name: string, table: DataTable) {
    const message = contractMessage(name, tableRows(table))
    return inParallel(clients, (client) => client.receives(message))
  },
)

/** Sends the document's example of a message, with the members of the table overriding its own. */
When(
  '{clients} send(s)/say(s) a/an {string} with:',
  waiting,
  function (this: object, clients: Client[], name: string, table: DataTable) {
    const message = contractMessage(name, tableRows(table))
    return inSequence(clients, (client) => client.send(message))
  },
)

/** Sends such an example although it contradicts the document, by the members of the table. */
When(
  '{clients} send(s)/say(s) the wrong {string} with:',
  waiting,
  function (this: object, clients: Client[], name: string, table: DataTable) {
    const message = contrary(contractMessage(name, tableRows(table)))
    return inSequence(clients, (client) => client.send(message))
  },
)

/** No message of the scenario has contradicted the document so far, and no connection but one that was only tried: also where that is not to fail it. */
Then('every message fits the contract', function (this: object) {
  const { contracts } = conversationOf(this).state
  if (!contracts)
    throw new UsageError('No AsyncAPI document describes the server: write before this: the server is described by "…"')
  contracts.requireAllFit()
})

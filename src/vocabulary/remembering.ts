/** Sentences about variables. */

import type { Client } from '../client/client'
import { Given, When } from '../steps/definitions'
import { conversationOf } from '../world'

/** Introduces a variable: from now on `${name}` is that text. */
Given('{string} stands for {string}', function (this: object, name: string, value: string) {
  const { variables } = conversationOf(this)
  const filled = variables.fill(value)
  if (variables.hasRemembered(value)) variables.remember(name, filled)
  else variables.set(name, filled)
})

/** Keeps what stands at a path in the message that this client read last. */
When('{client} remember(s) {string} as {string}', (client: Client, path: string, variable: string) =>
  client.remember(path, variable),
)

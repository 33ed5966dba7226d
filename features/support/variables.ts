/** Sentences for values that cannot be written down in a feature: long texts, and ports that are free. */

import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Given, type IWorld } from '@cucumber/cucumber'
import { conversationOf } from '../../src'

const LINE = 'One more line of a letter that is much too long already. '

Given('{string} stands for a text of {int} characters', function (this: IWorld, name: string, length: number) {
  conversationOf(this).variables.set(name, LINE.repeat(Math.ceil(length / LINE.length)).slice(0, length))
})

Given('{string} stands for a free port', async function (name: string) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  conversationOf(this).variables.set(name, (server.address() as AddressInfo).port)
  server.close()
  await once(server, 'close')
})

/** The sentence that starts the tutorial's server. */

import { After, Given } from '@cucumber/cucumber'
import { conversationOf } from '../../src'
import type { InnerWorld } from './inner-run-steps'
import { asyncApi, type MessageName } from './tutorial-documentation'
import { startTutorialServer, type TutorialServer } from './tutorial-server'

interface TutorialWorld extends InnerWorld {
  tutorial?: TutorialServer
}

Given("the tutorial's server", async function (this: TutorialWorld) {
  const server = await startTutorialServer()
  this.tutorial = server
  const conversation = conversationOf(this)
  conversation.setServerUrl(server.url)
  conversation.variables.set('tutorial', server.url.replace('ws:', 'http:'))
  conversation.phrases.sent = conversation.phrases.received = undefined
})

Given('its document {string}', function (this: TutorialWorld, file: string) {
  describe(this, file, {})
})

Given(
  'its document {string}, from which the message {string} is missing',
  function (this: TutorialWorld, file: string, name: MessageName) {
    describe(this, file, { [name]: undefined })
  },
)

Given(
  'its document {string}, in which the payload of the message {string} is:',
  function (this: TutorialWorld, file: string, name: MessageName, payload: string) {
    describe(this, file, { [name]: { payload: JSON.parse(payload) } })
  },
)

/** Has the run in which a scenario's own scenario runs talk to the server, and have its document. */
function describe(world: TutorialWorld, file: string, changes: Parameters<typeof asyncApi>[0]): void {
  world.server = world.tutorial as TutorialServer
  world.files = { ...world.files, [file]: JSON.stringify(asyncApi(changes), null, 2) }
}

After(async function (this: TutorialWorld) {
  await this.tutorial?.close()
})

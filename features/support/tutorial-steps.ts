/** The sentence that starts the tutorial's server. */

import { After, Given } from '@cucumber/cucumber'
import { conversationOf } from '../../src'
import { startTutorialServer } from './tutorial-server'

interface TutorialWorld {
  tutorial?: { close(): Promise<void> }
}

Given("the tutorial's server", async function (this: TutorialWorld) {
  const server = await startTutorialServer()
  this.tutorial = server
  const conversation = conversationOf(this)
  conversation.setServerUrl(server.url)
  conversation.variables.set('tutorial', server.url.replace('ws:', 'http:'))
  conversation.phrases.sent = conversation.phrases.received = undefined
})

After(async function (this: TutorialWorld) {
  await this.tutorial?.close()
})

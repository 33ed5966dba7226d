/** Sentences about programs and commands, which the settings name. */

import { Given, Then, When } from '@cucumber/cucumber'
import { conversationOf } from '../world'
import { waiting } from './each-client'

/** Starts a program unless it runs already, and waits until it is ready; it is stopped after the scenario, or the run. */
Given('the {string} program is running', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.start(name)
})

/** Runs a command, which must succeed. */
When('the {string} command runs', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.run(name)
})

/** The last command has printed this, as whole words and numbers. */
Then('the command prints {string}', function (this: object, text: string) {
  const { processes, variables } = conversationOf(this)
  processes.expectOutput(variables.fill(text))
})

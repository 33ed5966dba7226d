/** Sentences about programs and commands, which the settings name. */

import { Given, Then, When } from '../steps/definitions'
import { waiting } from '../steps/each-client'
import { conversationOf } from '../world'

/** Starts a program unless it runs already, and waits until it is ready; it is stopped after the scenario, or the run. If its variables have other values than when it was started, it is stopped, and started anew. */
Given('the {string} program is running', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.start(name)
})

/** Introduces a variable: a TCP port that is free, and that no other such sentence of the run has got. */
Given('{string} stands for a free port', async function (this: object, variable: string) {
  const { processes, variables } = conversationOf(this)
  variables.set(variable, await processes.freePort())
})

/** Stops a program by SIGTERM, starts it again as it was started, and waits until it is ready; its connections end. */
When('the {string} program is restarted', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.restart(name)
})

/** Stops a program by SIGTERM, and waits until it has ended; its connections end as it ends them. */
When('the {string} program is stopped', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.stop(name)
})

/** Kills a program at once, without warning (SIGKILL); its connections break. */
When('the {string} program crashes', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.crash(name)
})

/** The program answers at its address (`ready`: a port or URL) in time; one without an address does not end in the quiet time. */
Then('the {string} program is still running', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.expectRunning(name)
})

/** Waits until the program has printed this since it was started, as whole words and numbers, in the last million characters of its output. */
Then('the {string} program prints {string}', waiting, function (this: object, name: string, text: string) {
  const { processes, variables } = conversationOf(this)
  return processes.expectProgramOutput(name, variables.fill(text))
})

/** The same, with a time limit of its own. */
Then(
  'the {string} program prints {string} within {duration}',
  waiting,
  function (this: object, name: string, text: string, within: number) {
    const { processes, variables } = conversationOf(this)
    return processes.expectProgramOutput(name, variables.fill(text), { within })
  },
)

/** Runs a command, which must succeed. */
When('the {string} command runs', waiting, function (this: object, name: string) {
  return conversationOf(this).processes.run(name)
})

/** The same, with a time limit of its own. */
When('the {string} command runs within {duration}', waiting, function (this: object, name: string, within: number) {
  return conversationOf(this).processes.run(name, { within })
})

/** Runs a command with more arguments, written as in a command line: the value of a variable is one, or a part of one. */
When('the {string} command runs with {string}', waiting, function (this: object, name: string, words: string) {
  return conversationOf(this).processes.run(name, { arguments: words })
})

/** The last command has printed this, as whole words and numbers, in the last million characters of its output. */
Then('the command prints {string}', function (this: object, text: string) {
  const { processes, variables } = conversationOf(this)
  processes.expectOutput(variables.fill(text))
})

/** What a project loads, by `import 'cucumber-websocket/register'` in a support file: the vocabulary, and the hooks around it. */

import {
  After,
  AfterAll,
  AfterStep,
  Before,
  BeforeAll,
  BeforeStep,
  type ITestStepHookParameter,
  Status,
} from '@cucumber/cucumber'
import type { Conversation } from './conversation/conversation'
import { type Attaching, attachConversation } from './report/attach'
import { explainArgument, explainUnanswered } from './suggestions/explanations'
import { placeOf } from './vocabulary/places'
import './vocabulary/connecting'
import './vocabulary/parameter-types'
import './vocabulary/programs'
import './vocabulary/reacting'
import './vocabulary/receiving'
import './vocabulary/remembering'
import './vocabulary/requesting'
import './vocabulary/sending'
import { programs } from './websocket-conversation'
import { conversationOf, rememberParameters, startedConversationOf } from './world'

type World = object & Attaching

/** A conversation keeps its own time, so that its failures come before Cucumber's timeout. */
const ownTime = { timeout: -1 }

const reported = new WeakSet<Conversation>()

function report(world: World, conversation: Conversation, failure: string | undefined): void {
  reported.add(conversation)
  attachConversation(world, conversation, failure?.split('\n', 1)[0])
}

BeforeAll(function () {
  rememberParameters(this.parameters)
})

Before({ name: 'A conversation begins' }, function (this: World) {
  conversationOf(this)
})

BeforeStep(function (this: World, { pickleStep, gherkinDocument }) {
  const mediaType = pickleStep.argument?.docString?.mediaType
  conversationOf(this).begin({ text: pickleStep.text, place: placeOf(pickleStep, gherkinDocument), mediaType })
  explainArgument(pickleStep)
})

AfterStep(ownTime, async function (this: World, step: ITestStepHookParameter) {
  const conversation = conversationOf(this)
  const isLast = step.pickle.steps.at(-1)?.id === step.pickleStep.id
  const hasPassed = step.result?.status === Status.PASSED
  let failure = hasPassed
    ? undefined
    : (step.result?.message ?? `The sentence is ${step.result?.status.toLowerCase()}.`)
  try {
    if (isLast && hasPassed) await conversation.settle()
  } catch (error) {
    failure = (error as Error).message
    throw error
  } finally {
    if (isLast || !hasPassed) report(this, conversation, failure)
  }
})

After(
  { ...ownTime, name: 'All connections are closed' },
  async function (this: World, { pickle, gherkinDocument, result }) {
    const conversation = startedConversationOf(this)
    // After a sentence that is undefined or ambiguous, Cucumber has no AfterStep.
    if (conversation && !reported.has(conversation)) {
      report(this, conversation, result?.message ?? `A sentence is ${result?.status.toLowerCase()}.`)
    }
    await conversation?.end()
    if (result?.status === Status.UNDEFINED) {
      explainUnanswered(pickle.steps, (step) => placeOf(step, gherkinDocument))
    }
  },
)

AfterAll(ownTime, async () => {
  await programs.stop(false)
})

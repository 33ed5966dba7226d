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
import type * as Attachment from './coverage/attachment'
import { defineSentences } from './define-sentences'
import { exitWithCoordinator } from './exit-with-coordinator'
import { lazyFunctions } from './lazy-functions'
import { type AttachingWorld, attachConversation } from './report/attach'
import { locationOf, mayNameSchema, StepSentence, textsWithSchemas } from './steps/step-sentence'
import { explainArgument, explainAtExit, explainInSnippets, explainUndefinedSteps } from './suggestions/explanations'
import { programs } from './transport/lazy-transports'
import {
  conversationOf,
  existingConversationOf,
  type RunParameters,
  rememberParameters,
  requireReadableDocuments,
} from './world'

exitWithCoordinator()
defineSentences()
explainInSnippets()
if (process.argv.some((argument) => ['--dry-run', '-d'].includes(argument))) explainAtExit()

type World = object & AttachingWorld

/** A conversation keeps its own time, so that its failures come before Cucumber's timeout. */
const ownTime = { timeout: -1 }

/** Whether something of an AsyncAPI document has been attached in this run, of which a process may have several. */
let hasAttached = false

const reported = new WeakSet<Conversation>()

function report(world: World, conversation: Conversation, failure: string | undefined): void {
  reported.add(conversation)
  // Of users under load only what has failed is shown, elsewhere.
  if (conversation.state.measures) return
  attachConversation(world, conversation, failure?.split('\n', 1)[0])
  const { contracts } = conversation.state
  if (!contracts) return
  if (!hasAttached) beginRun()
  hasAttached = true
  for (const { observed, model } of contracts.coverage) attachCoverage(world, observed, model)
}

/** Loaded when they are needed: most projects have no AsyncAPI document. */
const { attachCoverage, beginRun } = lazyFunctions<typeof Attachment>(() => require('./coverage/attachment'))

BeforeAll(ownTime, function (): Promise<void> | undefined {
  const { parameters } = this
  rememberParameters(parameters)
  hasAttached = false
  return (parameters as RunParameters).websocket?.asyncapi === undefined ? undefined : requireReadableDocuments()
})

Before({ ...ownTime, name: 'A conversation begins' }, function (this: World, { pickle }) {
  if (pickle.steps.length === 0) return undefined
  const conversation = conversationOf(this)
  if (pickle.tags.some(({ name }) => name === '@contrary-to-the-contract')) conversation.state.isContrary = true
  const ignored = conversation.settings.ignore.filter(mayNameSchema)
  return ignored.length === 0 ? undefined : conversation.readSchemasIn(ignored)
})

BeforeStep(ownTime, function (this: World, { pickleStep, gherkinDocument }) {
  const conversation = conversationOf(this)
  conversation.beginSentence(new StepSentence(pickleStep, gherkinDocument))
  explainArgument(pickleStep)
  const texts = textsWithSchemas(pickleStep)
  // Nothing to wait for: a promise at each step would take its time.
  return texts.length === 0 ? undefined : conversation.readSchemasIn(texts)
})

AfterStep(ownTime, function (this: World, step: ITestStepHookParameter) {
  const isLast = step.pickle.steps.at(-1)?.id === step.pickleStep.id
  // Nothing to wait for: a promise at each step would take its time.
  if (step.result?.status === Status.PASSED && !isLast) return
  return conclude(this, step)
})

/** At the last sentence, or one that has not passed: what is left to do is done, and the report is written. */
async function conclude(world: World, { result }: ITestStepHookParameter): Promise<void> {
  const conversation = conversationOf(world)
  const hasPassed = result?.status === Status.PASSED
  let failure = hasPassed ? undefined : (result?.message ?? `The sentence is ${result?.status.toLowerCase()}.`)
  try {
    if (hasPassed) await conversation.settle()
  } catch (error) {
    failure = (error as Error).message
    throw error
  } finally {
    report(world, conversation, failure)
  }
}

After(
  { ...ownTime, name: 'All connections are closed' },
  async function (this: World, { pickle, gherkinDocument, result }) {
    const conversation = existingConversationOf(this)
    // After a sentence that is undefined or ambiguous, Cucumber has no AfterStep.
    if (conversation && !reported.has(conversation)) {
      report(this, conversation, result?.message ?? `A sentence is ${result?.status.toLowerCase()}.`)
    }
    try {
      if (conversation) conversation.state.lifecycle.abandonsWaits = true
      await conversation?.end()
    } finally {
      if (result?.status === Status.UNDEFINED) {
        explainUndefinedSteps(pickle.steps, (step) => locationOf(step, gherkinDocument))
      }
    }
  },
)

AfterAll(ownTime, async () => {
  const crashes = await programs.takeCrashes()
  await programs.stop({ includeKept: true })
  if (crashes.length === 0) return
  console.error(crashes.join('\n\n'))
  // An error here would end the process at once, before the reports are written.
  process.once('exit', () => {
    process.exitCode ||= 1
  })
})

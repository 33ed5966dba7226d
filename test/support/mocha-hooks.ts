/** What holds for every test. */

import { renewBudget } from '../../src/evaluation-limit'
import { scenarioEnded } from '../../src/inbox/scenario-before'
import { learnSecrets } from '../../src/redaction'
import { endConversations } from './world'

/** The first test after which a conversation had not ended: its secrets would be hidden in all that tests after it show. */
let leaving: string | undefined

/** Listeners that nobody removes, of which Node has warned since the last test ended. */
const warnings: Error[] = []
process.on('warning', (warning) => {
  if (warning.name === 'MaxListenersExceededWarning') warnings.push(warning)
})

// Servers of tests are on this machine, whatever proxy its environment names.
for (const name of Object.keys(process.env)) if (/^(?:https?|all|no)_proxy$/i.test(name)) delete process.env[name]

export const mochaHooks = {
  /** Each test has the whole budget of time, as each sentence has, and no scenario before it, however soon it comes. */
  beforeEach(): void {
    renewBudget()
    scenarioEnded([], Number.NEGATIVE_INFINITY)
  },

  async afterEach(this: Mocha.Context): Promise<void> {
    await endConversations()
    const [warning] = warnings.splice(0)
    if (warning) throw warning
    if (!hasConversations()) leaving = undefined
    else leaving ??= this.currentTest?.fullTitle()
  },

  afterAll(): void {
    if (hasConversations()) throw new Error(`A conversation has not ended since the test «${leaving}».`)
  },
}

function hasConversations(): boolean {
  let count = 0
  learnSecrets(() => count++)
  return count > 0
}

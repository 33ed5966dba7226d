/** What holds for every test. */

import { renewBudget } from '../../src/evaluation-limit'
import { scenarioEnded } from '../../src/inbox/scenario-before'

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

  afterEach(): void {
    const [warning] = warnings.splice(0)
    if (warning) throw warning
  },
}

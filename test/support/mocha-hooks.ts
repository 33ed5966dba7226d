/** What holds for every test. */

import { renewBudget } from '../../src/evaluation-limit'

/** Each test has the whole budget of time, as each sentence has. */
export const mochaHooks = { beforeEach: renewBudget }

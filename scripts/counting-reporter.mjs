/** Mocha's usual report, which also leaves its counts in a file for check.mjs, one a process: mocha takes one reporter a run. */

import { mkdirSync, writeFileSync } from 'node:fs'
import Mocha from 'mocha'

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      mkdirSync('reports/unit-tests', { recursive: true })
      writeFileSync(`reports/unit-tests/${process.pid}.json`, JSON.stringify(this.stats))
    })
  }
}

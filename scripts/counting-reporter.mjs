/**
 * Mocha's usual report, which also leaves its counts and failures in a file for check.mjs, one a process: mocha takes one
 * reporter a run.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import Mocha from 'mocha'

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      mkdirSync('reports/unit-tests', { recursive: true })
      const failed = this.failures.map((test) => `${test.fullTitle()}\n${test.err?.stack}`)
      writeFileSync(`reports/unit-tests/${process.pid}.json`, JSON.stringify({ ...this.stats, failed }))
    })
  }
}

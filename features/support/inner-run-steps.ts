/** Sentences about a run of a feature of its own: what it says when it fails. */

import { Given, Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import { type Outcome, runFeature } from './inner-run'
import type { ScriptedWorld } from './scripted-server-steps'

interface InnerWorld extends ScriptedWorld {
  settings?: object
  outcome?: Outcome
}

const phrases = { sent: { message: '${phrase}' }, received: { message: '${phrase}' } }
const patient = { timeout: 60_000 }

Given('these settings:', function (this: InnerWorld, settings: string) {
  this.settings = JSON.parse(settings)
})

When('this scenario runs:', patient, async function (this: InnerWorld, steps: string) {
  const scenario = steps.replace(/^(?=.)/gm, '    ')
  const settings = { timeout: '300ms', phrases, ...this.settings }
  this.outcome = await runFeature(`Feature: Inner\n  Scenario: Inner\n${scenario}`, { settings, url: this.server?.url })
})

When('this feature runs:', patient, async function (this: InnerWorld, feature: string) {
  const settings = { timeout: '300ms', phrases, ...this.settings }
  this.outcome = await runFeature(feature, { settings, url: this.server?.url })
})

Then('it fails, saying:', function (this: InnerWorld, failure: string) {
  expect(this.outcome?.failures.join('\n\n'), this.outcome?.console).to.equal(failure)
  expect(this.outcome?.exitCode).to.equal(1)
})

Then('{int} scenario(s) of it passed', function (this: InnerWorld, count: number) {
  expect(this.outcome?.passed).to.equal(count)
})

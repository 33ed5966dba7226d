/** Sentences about a run of a feature of its own: what it says when it fails. */

import { AfterAll, type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import { endRuns, type RunResult, type RunSetup, runFeature } from './inner-run'
import type { ScriptedWorld } from './scripted-server-steps'

/** What these sentences keep on the World. */
export interface InnerWorld extends ScriptedWorld {
  settings?: object
  environment?: Record<string, string>
  /** What lies beside the features that run, by name. */
  files?: Record<string, string>
  /** How much of the AsyncAPI document its features must have seen. */
  minimum?: number
  result?: RunResult
}

const phrases = { sent: { message: '${phrase}' }, received: { message: '${phrase}' } }
const patient = { timeout: 60_000 }

Given('these settings:', function (this: InnerWorld, settings: string) {
  this.settings = JSON.parse(settings)
})

Given('the environment has {word}: {string}', function (this: InnerWorld, name: string, value: string) {
  this.environment = { ...this.environment, [name]: value }
})

Given('a file {string}:', function (this: InnerWorld, name: string, content: string) {
  this.files = { ...this.files, [name]: content }
})

Given('at least {int} % of the document must be seen', function (this: InnerWorld, percentage: number) {
  this.minimum = percentage / 100
})

When('this scenario runs:', patient, async function (this: InnerWorld, steps: string) {
  const scenario = steps.replace(/^(?=.)/gm, '    ')
  this.result = await runFeature(`Feature: Inner\n  Scenario: Inner\n${scenario}`, runSetup(this))
})

When('this feature runs:', patient, async function (this: InnerWorld, feature: string) {
  this.result = await runFeature(feature, runSetup(this))
})

Then('it fails, saying:', function (this: InnerWorld, failure: string) {
  expect(this.result?.failures.join('\n\n'), this.result?.console).to.equal(failure)
  expect(this.result?.success).to.equal(false)
})

Then('it offers to define {string}', function (this: InnerWorld, sentence: string) {
  expect(this.result?.console).to.contain(`('${sentence}', function`)
})

Then('its report shows:', function (this: InnerWorld, table: DataTable) {
  expect(this.result?.attachments).to.deep.equal(table.raw().flat())
})

Then('neither its report nor its console says {string}', function (this: InnerWorld, secret: string) {
  expect(this.result?.output).not.to.contain(secret)
})

Then('its report says {string}', function (this: InnerWorld, text: string) {
  expect(this.result?.output).to.contain(text)
})

Then('it tells at the end how much of the document was seen:', function (this: InnerWorld, summary: string) {
  expect(/^AsyncAPI coverage.*/ms.exec(this.result?.console ?? '')?.[0].trim()).to.equal(summary)
})

Then('its report shows nothing', function (this: InnerWorld) {
  expect(this.result?.attachments).to.deep.equal([])
})

Then('it passes', function (this: InnerWorld) {
  expect(this.result?.failures.join('\n\n'), this.result?.console).to.equal('')
  expect(this.result?.success, this.result?.console).to.equal(true)
})

Then('{int} scenario(s) of it passed', function (this: InnerWorld, count: number) {
  expect(this.result?.passed).to.equal(count)
})

AfterAll(endRuns)

function runSetup({ settings, server, environment, files, minimum }: InnerWorld): RunSetup {
  return { settings: { timeout: '300ms', phrases, ...settings }, url: server?.url, environment, files, minimum }
}

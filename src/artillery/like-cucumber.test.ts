import { PassThrough } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import { type Envelope, getWorstTestStepResult, type TestStepResult } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { expect } from 'chai'
import { CALLABLES, sourceOf, timeoutOf } from '../../test/support/callables'
import { LoadProject, scriptOf, ToldFigures } from '../../test/support/load-project'
import { LoadMeasures } from './load-measures'
import { prepareRun } from './prepare-run'

/** Where a function may be called. */
const ROLES = ['Before', 'BeforeStep', 'sentence', 'AfterStep', 'After'] as const

/** What may also be called in a World. */
const OF_WORLD = [
  "function () { this.attach('a text') }",
  'function () { this.attach({ a: 1 }) }',
  "function () { this.attach(Buffer.from('x')) }",
  "function () { return this.attach(require('node:stream').Readable.from([Buffer.from('x')]), 'text/plain') }",
  "function (ABOUT callback) { this.attach(require('node:stream').Readable.from([Buffer.from('x')]), 'text/plain', callback) }",
  "function () { return this.attach(require('node:stream').Readable.from([]), undefined) }",
  "function () { this.log({ a: 1 }); this.log('a text') }",
  "function () { this.log('a text'); this.link('https://example.org') }",
  "() => { if (cucumber.world.parameters.place !== 'here') throw new Error('Oh') }",
]

/** What is no matter of one function. */
const OTHERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Nothing is done', ['@all']],
  ['Nothing is done after a hook that fails', ['@fails']],
  ['A hook fails after one that skips', ['@skips @fails', 'it is']],
  ['A hook fails after a sentence that skips', ['@failsAfter', 'it skips', 'it is']],
  ['Hooks fail before and after a sentence', ['@failsBeforeStep @failsAfterStep', 'it is', 'it is']],
  ['A hook skips before a sentence that fails', ['@skipsBeforeStep', 'it fails', 'it is']],
  ['A sentence fails before others', ['@all', 'it is', 'it fails', 'it is']],
  ['An argument throws', ['@all', 'it is wrong']],
  ['An argument is late', ['@all', 'it is late', 'it is']],
])

interface Case {
  readonly role: (typeof ROLES)[number]
  readonly text: string
  readonly name: string
}

/** What has become of a scenario: how it ended, and the first line of why. */
type Ended = readonly [status: string, line: string | undefined]

describe('A user ends as a scenario of Cucumber does', function () {
  this.timeout(60_000)

  const { cwd } = process
  let project: LoadProject
  let ofCucumber: Map<string, Ended>
  let ofUsers: Map<string, Ended>
  /** What hooks were told, by the scenario. */
  let toldByCucumber: Record<string, unknown[]>
  let toldToUsers: Record<string, unknown[]>

  const profile = { worldParameters: { place: 'here' } }
  const cases: readonly Case[] = ROLES.flatMap((role) =>
    [...CALLABLES, ...OF_WORLD].map((text) => ({ role, text, name: `${role}: ${text}` })),
  )

  before(async () => {
    project = await LoadProject.create({ 'all.feature': featureOf(cases) }, { support: supportOf(cases), profile })
    process.cwd = () => project.folder
    ofCucumber = await runByCucumber()
    toldByCucumber = takeTold()
    ofUsers = await runAsUsers()
    toldToUsers = takeTold()
  })

  after(async () => {
    process.cwd = cwd
    await project.remove()
  })

  for (const name of [...cases.map((each) => each.name), ...OTHERS.keys()]) {
    it(name, () => {
      expect(ofUsers.get(name)).to.deep.equal(ofCucumber.get(name))
      expect(toldToUsers[name]).to.deep.equal(toldByCucumber[name])
    })
  }

  it('with ids of its own', async () => {
    takeIds()
    await runAsUsers({ times: 2 })
    const ids = takeIds()
    expect(ids.length).to.be.greaterThan(2 * 3 * cases.length)
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('is pending if the profile is not strict', async () => {
    await project.write(
      'cucumber.json',
      JSON.stringify({ default: { require: ['support.js'], ...profile, strict: false } }),
    )
    const ended = await runAsUsers()
    expect(ended.get("sentence: () => 'pending'")).to.deep.equal(['PENDING', undefined])
    expect((await runByCucumber()).get("sentence: () => 'pending'")).to.deep.equal(['PENDING', undefined])
  })

  async function runByCucumber(): Promise<Map<string, Ended>> {
    const surroundings = { cwd: project.folder, stdout: new PassThrough().resume(), stderr: new PassThrough().resume() }
    const { runConfiguration } = await loadConfiguration({ provided: { format: ['message'] } }, surroundings)
    const query = new Query()
    await runCucumber(runConfiguration, surroundings, (envelope: Envelope) => query.update(envelope))
    return new Map(
      query.findAllTestCaseStarted().map((started) => {
        const name = query.findPickleBy(started)?.name as string
        const results = query.findTestStepsFinishedBy(started).map(({ testStepResult }) => testStepResult)
        return [name, endOf(getWorstTestStepResult(results))] as const
      }),
    )
  }

  async function runAsUsers({ times = 1 } = {}): Promise<Map<string, Ended>> {
    const script = scriptOf({ features: 'features/all.feature' })
    const { users, scenarios } = await prepareRun(script, { folder: project.folder, run: 'run', warn: () => {} })
    const ended = new Map<string, Ended>()
    for (const scenario of [...scenarios.values()].flatMap(({ compiled }) => compiled)) {
      for (let time = 0; time < times; time++) {
        const told = new ToldFigures()
        await users.run(scenario, { vars: {} }, new LoadMeasures(told))
        ended.set(scenario.name, endOfUser(told.counters))
      }
    }
    return ended
  }
})

function featureOf(cases: readonly Case[]): string {
  const ofFunctions = cases.map(
    ({ role, name }, index) =>
      `  @${role}${index}\n  Scenario: ${name}\n    Given ${role === 'sentence' ? `number ${index}` : 'it is'}\n    Then it is\n`,
  )
  const ofOthers = [...OTHERS].map(
    ([name, [tags, ...steps]]) => `  ${tags}\n  Scenario: ${name}\n${steps.map((step) => `    * ${step}\n`).join('')}`,
  )
  return ['Feature: All\n', ...ofFunctions, ...ofOthers].join('\n')
}

function supportOf(cases: readonly Case[]): string {
  const functions = cases.map(({ role, text }, index) => {
    const options = `timeout: ${timeoutOf(text)}`
    if (role === 'sentence') return `cucumber.Given('number ${index}', { ${options} }, ${sourceOf(text, 0)})`
    return `cucumber.${role}({ tags: '@${role}${index}', ${options} }, ${sourceOf(text, 1)})`
  })
  return `${RECORDING}\n${functions.join('\n')}`
}

/** Notes what hooks are told, without what differs from run to run. */
const RECORDING = `
  globalThis.told = {}
  globalThis.ids = []
  const firstLine = (text) => text.split('\\n')[0]
  const settled = (key, value) => {
    if (key === 'gherkinDocument') return value.feature.name
    if (key === 'duration') return Object.keys(value)
    if (['message', 'stackTrace'].includes(key) || (key === 'error' && typeof value === 'string')) return firstLine(value)
    if (value instanceof Error) return 'Error: ' + firstLine(value.message)
    if (value === undefined) return 'undefined'
    return typeof value === 'string' ? value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'id') : value
  }
  const note = (hook) => (parameter) => {
    globalThis.told[parameter.pickle.name] ??= []
    globalThis.told[parameter.pickle.name].push([hook, JSON.parse(JSON.stringify(parameter, settled))])
  }
  for (const hook of ['Before', 'BeforeStep', 'AfterStep', 'After']) cucumber[hook](note(hook))
  cucumber.Before(({ pickle, testCaseStartedId }) => {
    globalThis.ids.push(testCaseStartedId, pickle.id, ...pickle.steps.map(({ id }) => id))
  })
  cucumber.BeforeStep(({ testStepId }) => globalThis.ids.push(testStepId))
  const fails = () => { throw new Error('Oh') }
  cucumber.Before({ tags: '@skips' }, () => 'skipped')
  cucumber.Before({ tags: '@fails' }, fails)
  cucumber.After({ tags: '@failsAfter' }, fails)
  cucumber.BeforeStep({ tags: '@failsBeforeStep' }, fails)
  cucumber.BeforeStep({ tags: '@skipsBeforeStep' }, () => 'skipped')
  cucumber.AfterStep({ tags: '@failsAfterStep' }, fails)
  cucumber.defineParameterType({ name: 'wrong', regexp: /wrong/, transformer: () => { throw new Error('Wrong') } })
  cucumber.defineParameterType({ name: 'late', regexp: /late/, transformer: async () => 'later' })
  cucumber.Given('it is {wrong}', (value) => {})
  cucumber.Given('it is {late}', (value) => { if (value !== 'later') throw new Error(value) })
  cucumber.Given('it is', () => {})
  cucumber.Given('it skips', () => 'skipped')
  cucumber.Given('it fails', fails)
`

interface Recorded {
  told?: Record<string, unknown[]>
  ids?: string[]
}

function takeTold(): Record<string, unknown[]> {
  const { told = {} } = globalThis as Recorded
  delete (globalThis as Recorded).told
  return told
}

function takeIds(): readonly string[] {
  return ((globalThis as Recorded).ids ?? []).splice(0)
}

function endOf({ status, exception }: TestStepResult): Ended {
  if (status !== 'FAILED') return [status, undefined]
  const [line] = (exception?.message ?? '').split('\n', 1)
  return [status, line || exception?.type]
}

function endOfUser(counters: Readonly<Record<string, number>>): Ended {
  for (const status of ['passed', 'skipped', 'pending']) {
    if (counters[`scenarios.${status}`] === 1) return [status.toUpperCase(), undefined]
  }
  const error = Object.keys(counters).find((name) => name.startsWith('errors.'))
  const line = error?.slice('errors.'.length)
  return line !== undefined && / is pending\.$/.test(line) ? ['PENDING', undefined] : ['FAILED', line]
}

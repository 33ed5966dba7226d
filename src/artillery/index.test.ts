import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import { type WebSocket, WebSocketServer } from 'ws'
import { failureMessage, failureOf } from '../../test/support/failures'
import { LoadProject, Phases, runOne, scriptOf, ToldFigures } from '../../test/support/load-project'
import type { ScenarioSpec, Script } from './artillery'
import { ArtilleryEngine } from './index'

const phrases = { sent: { message: '${phrase}' }, received: { message: '${phrase}' } }

const features = {
  'echo.feature': `
Feature: Echo
  Scenario: Hello
    Given Ann and Bob are connected
    When Ann sends "\${user}, \${city}, \${age}"
    Then she receives "\${user}, \${city}, \${age}"
`,
  'outline.feature': `
Feature: Outline
  Scenario Outline: Words
    Given Ann is connected
    When Ann sends "<word>"
    Then she receives "<word>"

    Examples:
      | word |
      | One  |
      | Two  |
`,
  'reaction.feature': `
Feature: Reactions and requests
  Scenario: Answers
    Given when Ann receives "Ping" she sends "Pong"
    And Ann is connected
    When she sends "Ping"
    Then she receives "Pong"
    And Ann asks {"id": 1} and is answered {"id": 1}
    When Ann disconnects with code 4000 and reason "Bye"
`,
  'fails.feature': `
Feature: Failing
  Scenario: Waits in vain
    Given Ann is connected
    When Ann sends "Hello from \${user}"
    Then she receives "Hello to \${user}"
`,
  'long.feature': `
Feature: Long
  Scenario: Waits in vain after a lot
    Given Ann is connected
    When Ann sends "Hello" 100 times
    Then she receives "Hello"
    And she receives "Bye"
`,
  'secret.feature': `
Feature: Secrets
  Scenario: Nobody learns them
    Given Ann is connected
    When Ann sends {"token": "hunter2"}
    Then she receives {"token": "hunter3"}
`,
  'end.feature': `
Feature: Ends
  Scenario: Without its reaction
    Given when Ann receives "Bye" she sends "Pong"
    And Ann is connected
    When Ann sends "Hello"

  @failsAfter
  Scenario: With a hook
    Given it is done

  @failsBefore
  Scenario: Not at all
    Given it is done

  Scenario: Without an end
    Given it cannot be ended
`,
  'own.feature': `
Feature: Own steps
  Scenario: Skipped
    Given it is skipped
    Then it is never done

  Scenario: Throws
    Given it throws

  Scenario: Nobody
    Given it is done
    And all is well:
      | a | b |
    And all is well:
      """
      text
      """
`,
}

const support = `
  globalThis.done = []
  const note = (what) => globalThis.done.push(what)
  cucumber.BeforeAll(function () { note('before all in ' + this.parameters.place) })
  cucumber.AfterAll(async () => { await new Promise((resolve) => setImmediate(resolve)); note('after all') })
  cucumber.After({ tags: 'not @none' }, function () { this.attach('x', 'text/plain'); this.attach('y') })
  cucumber.Before({ tags: '@failsBefore' }, () => { throw new Error('before') })
  cucumber.After({ tags: '@failsAfter' }, () => { throw new Error('after') })
  cucumber.Given('it cannot be ended', function () {
    const conversation = api.conversationOf(this)
    const end = conversation.end.bind(conversation)
    let isOver = false
    conversation.end = async () => {
      await end()
      if (isOver) throw new Error('It cannot be ended')
      isOver = true
    }
  })
  cucumber.Given('it is skipped', () => 'skipped')
  cucumber.Then('it is never done', () => note('never'))
  cucumber.Given('it throws', () => { throw 'a text' })
  cucumber.Given('it is done', function () { this.log('x'); this.link('x'); note(cucumber.world.parameters.place + ' for ' + api.conversationOf(this).variables.get('user').slice(0, 5)) })
  cucumber.Given('all is well:', (argument) => note(argument.raw?.() ?? argument))
`

describe('ArtilleryEngine', function () {
  this.timeout(30_000)

  const { cwd } = process
  const { warn } = console
  let project: LoadProject
  let server: WebSocketServer
  let url: string
  const warned: string[] = []

  before(async () => {
    const worldParameters = {
      websocket: { phrases, timeout: '200ms', correlation: 'id', redact: ['$.token'] },
      place: 'here',
    }
    project = await LoadProject.create(features, { support, profile: { worldParameters } })
    process.cwd = () => project.folder
    console.warn = (text) => warned.push(text)
    ;(globalThis as { artillery?: object }).artillery = { testRunId: 'run-2' }
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (socket: WebSocket) => {
      socket.on('message', (data) => socket.send(data.toString()))
    })
    await once(server, 'listening')
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  after(async () => {
    process.cwd = cwd
    console.warn = warn
    delete (globalThis as { artillery?: object }).artillery
    server.close()
    await project.remove()
  })

  it('runs a scenario as a user, with the variables of the script, and tells its figures', async () => {
    const { run, told } = await start({ features: 'features/echo.feature' })
    const vars = { city: 'Rome', age: 30, $uuid: '1', target: 'x', missing: undefined }
    expect(await runOne(run, vars)).to.equal(undefined)
    expect(await runOne(run, vars)).to.equal(undefined)
    expect(told.started).to.equal(2)
    expect([...told.histograms].map(([name, values]) => [name, values.length])).to.deep.equal([
      ['connect', 4],
      ['Ann and Bob are connected', 2],
      ['Ann sends "${user}, ${city}, ${age}"', 2],
      ['she receives "${user}, ${city}, ${age}"', 2],
    ])
    expect([...told.histograms.values()].flat().every((ms) => ms >= 0 && ms < 10_000)).to.equal(true)
    const bytes = told.counters['bytes.sent'] as number
    expect(told.counters).to.deep.equal({
      ...{ 'closes.1005': 4, 'scenarios.passed': 2, 'scenarios.failed': 0, 'messages.sent': 2, 'messages.received': 2 },
      ...{ 'bytes.sent': bytes, 'bytes.received': bytes },
    })
    // {"message":"user-0123456789-1, Rome, 30"}
    expect(bytes).to.be.within(2 * 39, 2 * 45)
  })

  it('gives each user a row of an outline in turn', async () => {
    const { run, told } = await start({ features: 'features/outline.feature' })
    for (let user = 0; user < 3; user++) await runOne(run)
    expect(
      [told.histograms.get('Ann sends "One"'), told.histograms.get('Ann sends "Two"')].map((all) => all?.length),
    ).to.deep.equal([2, 1])
  })

  it('gives users rows at random', async () => {
    const { random } = Math
    Math.random = () => 0.9
    try {
      const { run, told } = await start({ features: 'features/outline.feature', order: 'random' })
      for (let user = 0; user < 2; user++) await runOne(run)
      expect(told.histograms.get('Ann sends "Two"')).to.have.length(2)
    } finally {
      Math.random = random
    }
  })

  it('measures reactions, answers and closes', async () => {
    const { run, told } = await start({ features: 'features/reaction.feature' })
    expect(await runOne(run)).to.equal(undefined)
    for (const name of ['reaction', 'answer', 'connect']) expect(told.histograms.get(name), name).to.have.length(1)
    expect(told.counters).to.include({ 'closes.4000': 1, 'messages.sent': 3 })
  })

  it('tells failures by their first lines, and writes the first of each kind with its conversation', async () => {
    const { run, told } = await start({ features: 'features/fails.feature' })
    const failure = (await runOne(run)) as Error
    await runOne(run)
    expect(failure.message).to.match(/^Ann did not receive "Hello to user-\w+-1" within 200 ms\.\n/)
    const kind = 'Ann did not receive "Hello to ${user}" within 200 ms.'
    expect(told.counters).to.include({
      'scenarios.failed': 2,
      [`errors.${kind}`]: 2,
      'failed.she receives "Hello to ${user}"': 2,
    })
    expect(told.histograms.has('she receives "Hello to ${user}"')).to.equal(false)
    const [written] = await failures()
    expect(written).to.include({
      ...{ run: 'run-2', kind, scenario: 'Waits in vain', location: 'features/fails.feature:6', leftOut: 0 },
      ...{ sentence: 'she receives "Hello to ${user}"', message: failure.message },
    })
    expect(written.user).to.match(/^user-\w+-1$/)
    expect(Date.parse(written.at)).to.be.a('number')
    expect(await project.read(`reports/load/failures/${written.picture}`)).to.match(/^<svg/)
    const text = await project.read(`reports/load/failures/${written.text}`)
    expect(text).to.contain(`${failure.message}\n\n`).and.to.contain('Ann sends')
  })

  it('counts what fails at the end, or in a hook, by itself', async () => {
    const { run, told } = await start({
      features: ['features/end.feature:3', 'features/end.feature:9', 'features/end.feature:13'],
    })
    for (let user = 0; user < 3; user++) await runOne(run)
    const failed = Object.entries(told.counters).filter(([name]) => name.startsWith('failed.'))
    expect(Object.fromEntries(failed)).to.deep.equal({ 'failed.(the end of the scenario)': 2, 'failed.(a hook)': 1 })
    expect(told.histograms.get('Ann sends "Hello"')).to.have.length(1)
    const [written] = (await failures()).filter(({ scenario }) => scenario === 'Without its reaction')
    expect(written).to.include({ sentence: '', location: 'features/end.feature:6' })
  })

  it('fails a user whose conversation cannot be ended', async () => {
    const { run, told } = await start({ features: 'features/end.feature:16' })
    expect(await runOne(run)).to.have.property('message', 'It cannot be ended')
    expect(told.counters).to.include({ 'failed.(the end of the scenario)': 1, 'scenarios.failed': 1 })
    expect(told.counters).not.to.have.property('scenarios.passed')
  })

  it('shows no secrets', async () => {
    const { run, told } = await start({ features: 'features/secret.feature' })
    const failure = (await runOne(run)) as Error
    const [written] = await failures()
    const texts = [written.picture, written.text].map((file) => project.read(`reports/load/failures/${file}`))
    const shown = [
      failure.message,
      JSON.stringify(written),
      JSON.stringify(told.counters),
      ...(await Promise.all(texts)),
    ]
    // The sentences of a feature are no secrets.
    for (const text of shown.map((each) => each.replaceAll(/(?:Ann sends|she receives) \{.*?\}/g, ''))) {
      expect(text).not.to.contain('hunter')
    }
    expect(shown.at(-1)).to.contain('[redacted]')
  })

  it('keeps the latest entries alone, and all of them when users have failed', async () => {
    const { run } = await start({ features: 'features/long.feature' })
    await runOne(run)
    const [first] = await failures()
    expect(first.leftOut).to.be.greaterThan(100)
    await runOne(run)
    const [second] = await failures()
    expect(second.leftOut).to.equal(0)
    expect(second.user).not.to.equal(first.user)
  })

  describe('on a server that fails', () => {
    let handle: (socket: WebSocket, data: string) => void

    beforeEach(() => {
      for (const socket of server.clients) socket.terminate()
      server.removeAllListeners('connection')
      server.on('connection', (socket: WebSocket) => {
        socket.on('message', (data) => handle(socket, data.toString()))
      })
    })

    after(() => {
      handle = (socket, data) => socket.send(data)
    })

    it('sees which message was lost', async () => {
      let count = 0
      handle = (socket, data) => void (++count === 7 || socket.send(data))
      const { run, told } = await start({ features: 'features/outline.feature' })
      for (let user = 0; user < 20; user++) await runOne(run)
      expect(told.counters).to.include({
        ...{ 'scenarios.passed': 19, 'scenarios.failed': 1, 'failed.she receives "One"': 1 },
        'errors.Ann did not receive "One" within 200 ms.': 1,
      })
    })

    it('sees which sentence has become slower', async () => {
      handle = (socket, data) => void setTimeout(() => socket.send(data), 50)
      const { run, told } = await start({ features: 'features/outline.feature' })
      await runOne(run)
      // A timer may be early by less than a millisecond.
      expect(told.histograms.get('she receives "One"')?.[0]).to.be.at.least(49)
    })

    it('sees who was sent away, and by which code', async () => {
      let users = 0
      server.prependListener('connection', (socket: WebSocket) => ++users > 2 && socket.close(1013, 'Try again later'))
      handle = (socket, data) => socket.send(data)
      const { run, told } = await start({ features: 'features/outline.feature:10' })
      for (let user = 0; user < 5; user++) await runOne(run)
      expect(told.counters).to.include({ 'scenarios.passed': 2, 'scenarios.failed': 3, 'closes.1013': 3 })
      const kinds = Object.keys(told.counters).filter((name) => name.startsWith('errors.'))
      expect(kinds.join()).to.contain('disconnected by the server with 1013 "Try again later"')
    })
  })

  it("runs a project's own steps and hooks", async () => {
    const { run, told, phases } = await start({ features: 'features/own.feature' })
    const outcomes = [await runOne(run), await runOne(run), await runOne(run)]
    expect(outcomes.map((outcome) => (outcome as Error | undefined)?.message)).to.deep.equal([
      ...[undefined, 'a text', undefined],
    ])
    expect(told.counters).to.deep.equal({
      ...{ 'scenarios.skipped': 1, 'scenarios.failed': 1, 'scenarios.passed': 1 },
      ...{ 'failed.it throws': 1, 'errors.a text': 1 },
    })
    const [written] = await failures()
    expect(written).not.to.have.any.keys('picture', 'text')
    phases.completeOne()
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    expect((globalThis as { done?: unknown[] }).done).to.deep.equal([
      ...['before all in here', 'here for user-', [['a', 'b']], 'text', 'after all'],
    ])
  })

  it('waits with its last user for the hooks after all', async () => {
    const { run, phases } = await start({ features: 'features/own.feature:10' })
    const done = runOne(run)
    phases.completeOne()
    await done
    expect((globalThis as { done?: unknown[] }).done?.at(-1)).to.equal('after all')
  })

  it('tells that a hook after all has failed', async () => {
    const { error } = console
    const told: string[] = []
    console.error = (text) => told.push(text)
    try {
      const own = await LoadProject.create(features, {
        support: `${support}\ncucumber.AfterAll(() => { throw new Error('Oh') })`,
      })
      process.cwd = () => own.folder
      const { run, phases } = await start({ features: 'features/own.feature:3' })
      phases.completeOne()
      await runOne(run)
      await own.remove()
      expect(told[0]).to.match(/^The hook AfterAll has failed \(support.js:\d+\): Oh$/)
      expect((globalThis as { artillery?: object }).artillery).to.have.property('suggestedExitCode', 1)
    } finally {
      process.cwd = () => project.folder
      console.error = error
    }
  })

  it('says what is wrong before any user starts', async () => {
    delete (globalThis as { artillery?: object }).artillery
    const engine = new ArtilleryEngine(scriptOf({ features: 'features/echo.feature', tags: '@none' }))
    expect(await failureMessage(() => engine.init())).to.equal(
      'scenarios[0] finds none with the tags "@none" in "features/echo.feature".',
    )
    expect(() => engine.createScenario({}, new ToldFigures())).to.throw('was not prepared for this scenario')
  })

  it('fails users whose World cannot be made', async () => {
    const own = await LoadProject.create(features, {
      support: "cucumber.setWorldConstructor(class { constructor() { throw new Error('No World') } })",
    })
    process.cwd = () => own.folder
    try {
      const { run, told } = await start({ features: 'features/echo.feature' })
      await rm(join(own.folder, 'reports'), { recursive: true })
      expect(await runOne(run)).to.have.property('message', 'No World')
      expect(told.counters).to.include({ 'scenarios.failed': 1, 'errors.No World': 1 })
      expect(warned.at(-1)).to.match(/^The failure "No World" could not be written: ENOENT/)
    } finally {
      process.cwd = () => project.folder
      await own.remove()
    }
  })

  it('lets support code that cannot be loaded say why', async () => {
    const own = await LoadProject.create(features, { support: "throw new TypeError('Oh')" })
    process.cwd = () => own.folder
    try {
      const engine = new ArtilleryEngine(scriptOf({ features: 'features/echo.feature' }))
      expect(await failureOf(() => engine.init())).to.be.an.instanceOf(TypeError)
    } finally {
      process.cwd = () => project.folder
      await own.remove()
    }
  })

  it('measures the conversation that a World of its own has begun', async () => {
    const own = await LoadProject.create(features, {
      support:
        'cucumber.setWorldConstructor(class { constructor() { api.conversationOf(this).variables.set("city", "Rome") } })',
      profile: { worldParameters: { websocket: { url, phrases } } },
    })
    process.cwd = () => own.folder
    try {
      const { run, told } = await start({ features: 'features/echo.feature' })
      expect(await runOne(run, { age: 30 })).to.equal(undefined)
      expect(told.counters).to.include({ 'scenarios.passed': 1, 'messages.sent': 1 })
    } finally {
      process.cwd = () => project.folder
      await own.remove()
    }
  })

  it('fails a user whose script has a value that no variable can hold', async () => {
    const { run, told } = await start({ features: 'features/echo.feature' })
    const age: unknown[] = []
    age.push(age)
    expect(await runOne(run, { age })).to.be.an.instanceOf(Error)
    expect(told.counters).to.include({ 'scenarios.failed': 1 })
  })

  it('says which hook before all has failed', async () => {
    const own = await LoadProject.create(features, {
      support: "cucumber.BeforeAll((done) => { done(new Error('Oh')) })",
    })
    process.cwd = () => own.folder
    try {
      const engine = new ArtilleryEngine(scriptOf({ features: 'features/echo.feature' }))
      expect(await failureMessage(() => engine.init())).to.match(
        /^The hook BeforeAll has failed \(support.js:\d+\): Oh$/,
      )
    } finally {
      process.cwd = () => project.folder
      await own.remove()
    }
  })

  it('ends the worker in which something is wrong, whatever Artillery makes of it', async () => {
    const code = `
      require('ts-node/register/transpile-only')
      const { ArtilleryEngine } = require(${JSON.stringify(__dirname)})
      new ArtilleryEngine({ config: {}, scenarios: [{ engine: 'cucumber-websocket' }] }).init()
    `
    const [error] = await once(new Worker(code, { eval: true }), 'error')
    expect(error.message).to.equal("scenarios[0] has no features. Write where they are: features: 'features/*.feature'")
    expect(error.stack).to.equal(error.message)
  })

  async function start(spec: ScenarioSpec, config: Partial<Script['config']> = {}) {
    const script = scriptOf(spec, { target: url, ...config })
    const [told, phases] = [new ToldFigures(), new Phases()]
    const engine = new ArtilleryEngine(script, phases)
    // Each test is a run of its own.
    ;(globalThis as { artillery?: object }).artillery = { testRunId: 'run-1' }
    if (existsSync(`${project.folder}/reports`)) await engine.init()
    ;(globalThis as { artillery?: object }).artillery = { testRunId: 'run-2' }
    await engine.init()
    return { run: engine.createScenario(script.spec, told), told, phases }
  }

  async function failures() {
    const files = readdirSync(`${project.folder}/reports/load/failures`).filter((file) => file.endsWith('.json'))
    return Promise.all(files.map(async (file) => JSON.parse(await project.read(`reports/load/failures/${file}`))))
  }
})

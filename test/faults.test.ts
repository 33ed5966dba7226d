/** Faults of servers: each scenario that meets one ends in time and says why, and the others are not disturbed. */

import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { FAULTS } from './faults/catalog'
import { accept, type Behaviour, frame, type RawServer, startRawServer, TEXT } from './faults/raw-server'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const project = dirname(__dirname)

const healthy: Behaviour = (connection) => {
  accept(connection)
  connection.socket.resume().write(frame(TEXT, 'Hello'))
}

describe('Scenario with a faulty server', function () {
  this.timeout(120_000)

  let server: RawServer
  let results: Map<string, ScenarioResult>
  let exitCode: number

  before('run a scenario for each fault, and a healthy one after it', async () => {
    const faulty = Object.fromEntries(Object.entries(FAULTS).map(([path, { behaviour }]) => [path, behaviour]))
    server = await startRawServer({ ...faulty, healthy })
    const settings = { url: `ws://127.0.0.1:${server.port}`, timeout: '500ms' }
    ;({ results, exitCode } = await runScenarios(scenarios(), settings, SUPPORT))
  })

  after(() => server.close())

  for (const [path, { name, message: expected }] of Object.entries(FAULTS)) {
    it(`ends as expected if the server ${name}`, () => {
      const { status, message } = results.get(path) as ScenarioResult
      const line = firstLine(message)
      if (expected === undefined) expect(message).to.equal('')
      else if (typeof expected === 'string') expect(line).to.equal(expected)
      else expect(line).to.match(expected)
      expect(status).to.equal(expected === undefined ? 'PASSED' : 'FAILED')
    })
  }

  it('does not disturb the other scenarios', () => {
    const others = [...results].filter(([name]) => name.startsWith('healthy'))
    expect(others).to.have.length(Object.keys(FAULTS).length)
    expect(others.filter(([, { status }]) => status !== 'PASSED')).to.deep.equal([])
  })

  it('leaves no connection open after the run', async () => {
    expect(exitCode).to.equal(1)
    // A server that did not read has not noticed yet that its client is gone.
    await Promise.all([...server.sockets].map((socket) => once(socket.resume(), 'close')))
  })

  it('is documented in docs/reliability.md, for every fault', async () => {
    await mkdir(join(project, 'reports'), { recursive: true })
    await writeFile(join(project, 'reports/faults.json'), JSON.stringify(Object.keys(FAULTS).map(reportRow)))
    const page = await readFile(join(project, 'docs/reliability.md'), 'utf8')
    const missing = Object.values(FAULTS).filter(({ name, message }) => {
      const words = message === undefined ? 'the scenario passes' : typeof message === 'string' ? message : ''
      return !page.includes(`| ${name} | ${words}`)
    })
    expect(missing.map(({ name }) => name)).to.deep.equal([])
  })

  /** What `npm run reliability` writes into the page. */
  function reportRow(path: string): { name: string; words: string; seconds: number } {
    const { message, seconds } = results.get(path) as ScenarioResult
    return { name: FAULTS[path]?.name ?? '', words: firstLine(message) || 'the scenario passes', seconds }
  }

  /** Without the port, which is another in each run. */
  function firstLine(message: string): string {
    const [line = ''] = message.replaceAll(`127.0.0.1:${server.port}`, 'server').split('\n', 1)
    return line
  }
})

/** Two for each fault: one that meets it, and a healthy one after it. */
function scenarios(): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(FAULTS).flatMap(([path, { steps }]) => [
      [path, steps],
      [`healthy after ${path}`, ['Given Ann connects to "/healthy"', 'Then Ann receives "Hello"']],
    ]),
  )
}

const SUPPORT = `
  const { Given } = require(${JSON.stringify(require.resolve('@cucumber/cucumber'))})
  const { conversationOf } = require(${JSON.stringify(join(project, 'src/index.ts'))})
  Given('{string} stands for a long text', function (name) {
    conversationOf(this).variables.set(name, 'x'.repeat(1_000_000))
  })
`

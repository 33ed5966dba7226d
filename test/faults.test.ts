/** A server that does everything wrong: each scenario that meets it ends in time and says why, and the others go on. */

import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { FAULTS } from './faults/catalog'
import { accept, type Behaviour, frame, type RawServer, startRawServer, TEXT } from './faults/raw-server'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const project = dirname(__dirname)

const healthy: Behaviour = (caller) => {
  accept(caller)
  caller.socket.resume().write(frame(TEXT, 'Hello'))
}

describe('a server that', function () {
  this.timeout(120_000)

  let server: RawServer
  let results: Map<string, ScenarioResult>
  let exitCode: number

  before('scenarios meet it, a healthy one after each', async () => {
    const faulty = Object.fromEntries(Object.entries(FAULTS).map(([path, { behaviour }]) => [path, behaviour]))
    server = await startRawServer({ ...faulty, healthy })
    const settings = { url: `ws://127.0.0.1:${server.port}`, timeout: '500ms' }
    ;({ results, exitCode } = await runScenarios(scenarios(), settings, SUPPORT))
  })

  after(() => server.close())

  for (const [path, { name, says }] of Object.entries(FAULTS)) {
    it(name, () => {
      const { status, message } = results.get(path) as ScenarioResult
      const [words = ''] = message.replaceAll(`127.0.0.1:${server.port}`, 'server').split('\n', 1)
      if (says === undefined) expect(message).to.equal('')
      else if (typeof says === 'string') expect(words).to.equal(says)
      else expect(words).to.match(says)
      expect(status).to.equal(says === undefined ? 'PASSED' : 'FAILED')
    })
  }

  it('is healthy lets the other scenarios pass', () => {
    const others = [...results].filter(([name]) => name.startsWith('healthy'))
    expect(others).to.have.length(Object.keys(FAULTS).length)
    expect(others.filter(([, { status }]) => status !== 'PASSED')).to.deep.equal([])
  })

  it('is left alone in the end: the run is over, and no connection is open', async () => {
    expect(exitCode).to.equal(1)
    // A server that did not read has not noticed yet that its caller is gone.
    await Promise.all([...server.sockets].map((socket) => once(socket.resume(), 'close')))
  })

  it('is told of in docs/reliability.md, with every fault', async () => {
    await mkdir(join(project, 'reports'), { recursive: true })
    await writeFile(join(project, 'reports/faults.json'), JSON.stringify(Object.keys(FAULTS).map(told)))
    const page = await readFile(join(project, 'docs/reliability.md'), 'utf8')
    const missing = Object.values(FAULTS).filter(({ name, says }) => {
      const words = says === undefined ? 'the scenario passes' : typeof says === 'string' ? says : ''
      return !page.includes(`| ${name} | ${words}`)
    })
    expect(missing.map(({ name }) => name)).to.deep.equal([])
  })

  /** What `npm run reliability` writes into the page. */
  function told(path: string): { name: string; words: string; seconds: number } {
    const { message, seconds } = results.get(path) as ScenarioResult
    const [words = ''] = message.replaceAll(`127.0.0.1:${server.port}`, 'server').split('\n', 1)
    return { name: FAULTS[path]?.name ?? '', words: words || 'the scenario passes', seconds }
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

/** A server that does everything wrong: each scenario that meets it ends in time and says why, and the others go on. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { FAULTS } from './faults/catalog'
import { accept, type Behaviour, frame, type RawServer, startRawServer, TEXT } from './faults/raw-server'

const project = dirname(__dirname)
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')

const healthy: Behaviour = (caller) => {
  accept(caller)
  caller.socket.resume().write(frame(TEXT, 'Hello'))
}

interface Ending {
  readonly status: string
  readonly message: string
  readonly seconds: number
}

describe('a server that', function () {
  this.timeout(120_000)

  let server: RawServer
  let endings: Map<string, Ending>
  let exitCode: number

  before('scenarios meet it, a healthy one after each', async () => {
    const faulty = Object.fromEntries(Object.entries(FAULTS).map(([path, { behaviour }]) => [path, behaviour]))
    server = await startRawServer({ ...faulty, healthy })
    ;({ endings, exitCode } = await run(`ws://127.0.0.1:${server.port}`))
  })

  after(() => server.close())

  for (const [path, { name, says }] of Object.entries(FAULTS)) {
    it(name, () => {
      const { status, message } = endings.get(path) as Ending
      const [words = ''] = message.replaceAll(`127.0.0.1:${server.port}`, 'server').split('\n', 1)
      if (says === undefined) expect(message).to.equal('')
      else if (typeof says === 'string') expect(words).to.equal(says)
      else expect(words).to.match(says)
      expect(status).to.equal(says === undefined ? 'PASSED' : 'FAILED')
    })
  }

  it('is healthy lets the other scenarios pass', () => {
    const others = [...endings].filter(([name]) => name.startsWith('healthy'))
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
    const { message, seconds } = endings.get(path) as Ending
    const [words = ''] = message.replaceAll(`127.0.0.1:${server.port}`, 'server').split('\n', 1)
    return { name: FAULTS[path]?.name ?? '', words: words || 'the scenario passes', seconds }
  }
})

/** Runs a scenario for each fault, and a healthy one after it, in a process that must end by itself. */
async function run(url: string): Promise<{ endings: Map<string, Ending>; exitCode: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  try {
    const scenarios = Object.entries(FAULTS).flatMap(([path, { steps }]) => [
      scenario(path, steps),
      scenario(`healthy after ${path}`, ['Given Ann connects to "/healthy"', 'Then Ann receives "Hello"']),
    ])
    await mkdir(join(folder, 'features'))
    await writeFile(join(folder, 'features/faults.feature'), `Feature: Faults\n${scenarios.join('')}`)
    await writeFile(join(folder, 'support.js'), SUPPORT)
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify({ default: configurationFor(url) }))
    const env = { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json'), CUCUMBER_WEBSOCKET_URL: undefined }
    const child = spawn(process.execPath, [cucumber, '--parallel', '2'], { cwd: folder, env, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    return { endings: endingsIn(await readFile(join(folder, 'messages.ndjson'), 'utf8')), exitCode }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const SUPPORT = `
  const { Given } = require(${JSON.stringify(require.resolve('@cucumber/cucumber'))})
  const { conversationOf } = require(${JSON.stringify(join(project, 'src/index.ts'))})
  Given('{string} stands for a long text', function (name) {
    conversationOf(this).variables.set(name, 'x'.repeat(1_000_000))
  })
`

function configurationFor(url: string): object {
  return {
    requireModule: [require.resolve('ts-node/register/transpile-only')],
    require: [join(project, 'src/register.ts'), 'support.js'],
    format: ['message:messages.ndjson'],
    worldParameters: { websocket: { url, timeout: '500ms' } },
  }
}

function scenario(name: string, steps: readonly string[]): string {
  return `  Scenario: ${name}\n${steps.map((step) => `    ${step}\n`).join('')}`
}

/** How each scenario ended, by its name. */
function endingsIn(messages: string): Map<string, Ending> {
  const pickles = new Map<string, string>()
  const cases = new Map<string, string>()
  const running = new Map<string, { name: string; began: number; status: string; message: string }>()
  const endings = new Map<string, Ending>()
  const time = ({ seconds, nanos }: { seconds: number; nanos: number }) => seconds + nanos / 1e9
  for (const line of messages.split('\n').filter(Boolean)) {
    const { pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished } = JSON.parse(line)
    if (pickle) pickles.set(pickle.id, pickle.name)
    if (testCase) cases.set(testCase.id, pickles.get(testCase.pickleId) as string)
    if (testCaseStarted) {
      const name = cases.get(testCaseStarted.testCaseId) as string
      running.set(testCaseStarted.id, { name, began: time(testCaseStarted.timestamp), status: 'PASSED', message: '' })
    }
    const ran = running.get(testStepFinished?.testCaseStartedId ?? testCaseFinished?.testCaseStartedId)
    if (!ran) continue
    if (testStepFinished?.testStepResult.status === 'FAILED') {
      ran.status = 'FAILED'
      ran.message ||= testStepFinished.testStepResult.message
    }
    if (testCaseFinished) endings.set(ran.name, { ...ran, seconds: time(testCaseFinished.timestamp) - ran.began })
  }
  return endings
}

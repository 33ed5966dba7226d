/** The features that are written from AsyncAPI documents are features as people write them, and the tutorial's run on its server. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { check } from 'prettier'
import { asyncApi } from '../features/support/tutorial-documentation'
import { startTutorialServer, type TutorialServer } from '../features/support/tutorial-server'
import { readContract } from '../src/asyncapi/contract'
import { renewBudget } from '../src/evaluation-limit'
import { writeFeatures } from '../src/scaffold/write-features'

const project = dirname(__dirname)
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')
const published = readdirSync(join(__dirname, 'asyncapi')).filter((file) => file.endsWith('.yml'))

interface Run {
  readonly exitCode: number
  /** How many scenarios ended so. */
  readonly counts: Readonly<Record<string, number>>
  /** The names of those that passed. */
  readonly passed: readonly string[]
}

describe('Features from AsyncAPI documents', function () {
  this.timeout(120_000)

  let folder: string
  let server: TutorialServer

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scaffold-'))
    mkdirSync(join(folder, 'docs'))
    writeFileSync(join(folder, 'docs/tutorial.json'), JSON.stringify(asyncApi()))
    for (const file of published) cpSync(join(__dirname, 'asyncapi', file), join(folder, 'docs', file))
    for (const file of ['tutorial.json', ...published]) write(file)
    server = await startTutorialServer()
  })

  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  function write(file: string): void {
    renewBudget()
    const contract = readContract(`docs/${file}`, (path) => readFileSync(join(folder, path), 'utf8'))
    const { features, problems } = writeFeatures(contract)
    expect(problems).to.deep.equal([])
    mkdirSync(join(folder, 'features', file), { recursive: true })
    for (const { name, text } of features) writeFileSync(join(folder, 'features', file, name), text)
  }

  async function run(paths: string, options: readonly string[]): Promise<Run> {
    const configuration = {
      requireModule: [require.resolve('ts-node/register/transpile-only')],
      require: [join(project, 'src/register.ts')],
      format: ['message:messages.ndjson'],
      worldParameters: { websocket: { url: server.url, timeout: '10 s' } },
      paths: [paths],
    }
    writeFileSync(join(folder, 'cucumber.json'), JSON.stringify({ default: configuration }))
    const env = { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json'), CUCUMBER_WEBSOCKET_URL: undefined }
    const child = spawn(process.execPath, [cucumber, ...options], { cwd: folder, env, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    return { exitCode, ...resultsIn(readFileSync(join(folder, 'messages.ndjson'), 'utf8')) }
  }

  it('are formatted as prettier formats features', async () => {
    const files = readdirSync(join(folder, 'features'), { recursive: true, encoding: 'utf8' })
    const features = files.filter((file) => file.endsWith('.feature'))
    expect(features).to.have.lengthOf(34)
    for (const file of features) {
      const text = readFileSync(join(folder, 'features', file), 'utf8')
      const isFormatted = await check(text, {
        parser: 'gherkin',
        plugins: ['prettier-plugin-gherkin'],
        printWidth: 120,
      })
      expect(isFormatted, file).to.equal(true)
    }
  })

  it('have no sentence that is not in the vocabulary', async () => {
    const { exitCode, counts } = await run('features/**/*.feature', ['--dry-run'])
    expect(Object.keys(counts)).to.deep.equal(['SKIPPED'])
    expect(exitCode).to.equal(0)
  })

  it("run as they are, as far as the tutorial's server says something by itself, to those who are not logged in", async () => {
    const answering = ['hears$', 'jobStatus', 'systemEcho']
    const names = answering.flatMap((name) => ['--name', name])
    const { counts, passed } = await run('features/tutorial.json/*.feature', names)
    expect(passed).to.deep.equal([
      ...['Background jobs hears', 'Background jobs says: jobStatus'],
      'Room hears',
      ...['System hears', 'System says: systemEcho', 'Topics hears'],
    ])
    expect(counts).to.deep.equal({ PASSED: 6, FAILED: 2 })
  })
})

function resultsIn(messages: string): Omit<Run, 'exitCode'> {
  const names = new Map<string, string>()
  const pickles = new Map<string, string>()
  const worst = new Map<string, string>()
  for (const line of messages.split('\n').filter(Boolean)) {
    const { pickle, testCase, testCaseStarted, testStepFinished } = JSON.parse(line)
    if (pickle) pickles.set(pickle.id, pickle.name)
    if (testCase) names.set(testCase.id, pickles.get(testCase.pickleId) as string)
    if (testCaseStarted) names.set(testCaseStarted.id, names.get(testCaseStarted.testCaseId) as string)
    if (!testStepFinished) continue
    const { testCaseStartedId: id, testStepResult } = testStepFinished
    const { status } = testStepResult
    if (/FAILED|UNDEFINED|AMBIGUOUS/.test(status) || !worst.has(id)) worst.set(id, status)
  }
  const counts: Record<string, number> = {}
  for (const status of worst.values()) counts[status] = (counts[status] ?? 0) + 1
  const passed = [...worst].filter(([, status]) => status === 'PASSED').map(([id]) => names.get(id) as string)
  return { counts, passed }
}

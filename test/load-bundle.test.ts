/** Load tests on other machines, as far as one machine can try them: the bundle, a worker in it, and the figures of several workers. */

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'

const root = resolve(__dirname, '..')
const packages = join(root, 'load/node_modules')
const artillery = join(packages, 'artillery')
const run = promisify(execFile)

const files = {
  'package.json': '{ "private": true, "dependencies": { "artillery-engine-cucumber-websocket": "1.0.0" } }',
  'cucumber.json': '{ "default": { "require": ["features/support.js"] } }',
  'drinks.csv': 'tea\ncoffee\nmilk\n',
  'features/support.js': `require(${JSON.stringify(join(root, 'src/register.ts'))})`,
  'features/ordering.feature':
    'Feature: Ordering\n  Scenario: One orders\n    Given Ann is connected\n' +
    '    When she sends "${user}: ${drink}"\n    Then she receives "${user}: ${drink}"\n',
  'notes.txt': 'Nobody needs this.',
  'load.yml': `
config:
  engines: { cucumber-websocket: {} }
  includeFiles: [features, cucumber.json]
  payload: { path: drinks.csv, fields: [drink] }
  phases: [{ duration: 2, arrivalRate: 20 }]
scenarios:
  - { engine: cucumber-websocket, features: features/ordering.feature }
`,
}

/** Has the files of a bundle listed by Artillery's own code, as for Lambda and Fargate. */
const LIST = `
import { createBOM } from ${JSON.stringify(`file://${join(artillery, 'dist/lib/platform/aws-ecs/legacy/bom.js')}`)}
const [script] = process.argv.slice(1)
createBOM(script, [], { flags: {}, scenarioPath: script }, (error, bundle) => {
  if (error) throw error
  console.log(JSON.stringify(bundle))
  process.exit()
})`

describe('Load tests on other machines', function () {
  this.timeout(180_000)

  let folder: string
  let server: WebSocketServer
  let users: string[]

  before(async function () {
    if (!existsSync(artillery)) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    server.on('connection', (socket, { url = '' }) => {
      users.push(url)
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    })
    await once(server, 'listening')
  })

  after(() => {
    server?.close()
    if (folder) rmSync(folder, { recursive: true })
  })

  beforeEach(() => {
    users = []
    for (const [name, content] of Object.entries(files)) write(join(folder, 'project', name), content)
  })

  it('have all that a worker needs in their bundle, and run in it', async () => {
    const script = join(folder, 'project/load.yml')
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', LIST, script], { cwd: packages })
    const bundle = JSON.parse(stdout) as { files: { orig: string; noPrefixPosix: string }[]; modules: string[] }
    const names = bundle.files.map(({ noPrefixPosix }) => noPrefixPosix)
    expect(names.sort()).to.deep.equal(
      Object.keys(files)
        .filter((name) => name !== 'notes.txt')
        .sort(),
    )
    expect(bundle.modules).to.deep.equal(['artillery-engine-cucumber-websocket'])
    for (const { orig, noPrefixPosix } of bundle.files) copy(orig, join(folder, 'worker', noPrefixPosix))
    rmSync(join(folder, 'project'), { recursive: true })
    expectAll(await load(join(folder, 'worker')))
  })

  it('have the figures of four workers added, with users of their own each', async () => {
    write(join(folder, 'processors.cjs'), "const os = require('os'); os.cpus = () => Array(5).fill({})")
    expectAll(await load(join(folder, 'project'), ['--require', join(folder, 'processors.cjs')]))
    expect(new Set(users.map((url) => url.split('-')[1])).size).to.equal(4)
  })

  /** Runs Artillery as a worker does, which finds packages beside the bundle. */
  async function load(cwd: string, options: readonly string[] = []) {
    const { port } = server.address() as AddressInfo
    if (!existsSync(join(cwd, 'node_modules')))
      symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'), 'junction')
    const target = `ws://127.0.0.1:${port}/?user=\${user}`
    const args = ['run', '--target', target, '--output', 'figures.json', 'load.yml']
    const environment = {
      ...process.env,
      ARTILLERY_DISABLE_TELEMETRY: 'true',
      NODE_PATH: [packages, join(cwd, 'node_modules')].join(delimiter),
      NODE_OPTIONS: options.map((option) => JSON.stringify(option)).join(' '),
      TS_NODE_PROJECT: join(root, 'tsconfig.json'),
      CUCUMBER_WEBSOCKET_URL: undefined,
    }
    const { stdout } = await run(process.execPath, [join(artillery, 'bin/run'), ...args], { cwd, env: environment })
    const { counters, summaries } = JSON.parse(readFileSync(join(cwd, 'figures.json'), 'utf8')).aggregate
    return { counters, summaries, stdout }
  }

  function expectAll({ counters, summaries, stdout }: Awaited<ReturnType<typeof load>>): void {
    expect(counters, stdout).to.include({
      ...{ 'vusers.created': 40, 'vusers.completed': 40, 'scenarios.passed': 40 },
      ...{ 'messages.sent': 40, 'messages.received': 40 },
    })
    expect(summaries.connect.count).to.equal(40)
    expect(summaries['she receives "${user}: ${drink}"'].count).to.equal(40)
    expect(new Set(users).size).to.equal(40)
  }
})

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}

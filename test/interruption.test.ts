/** A run that is interrupted by Ctrl-C, which a terminal sends to all its processes, or killed, leaves nothing behind. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'

const project = dirname(__dirname)
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')

/** Ignores every polite signal, and so does its child; each holds a connection for as long as it lives. */
const stubborn = `
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
  require('node:net').connect(process.argv[2], '127.0.0.1')
  if (process.argv[3] === 'parent') {
    require('node:child_process').spawn(process.execPath, [__filename, process.argv[2], 'child'])
    console.log('ready')
  }
`

/** What a worker loads: it holds a connection, too. */
const worker = (port: number) => `
  if (process.env.CUCUMBER_WORKER_ID) require('node:net').connect(${port}, '127.0.0.1').on('error', () => {}).unref()
`

const feature = `
Feature: A program
  Scenario Outline: That is running
    Given the "stubborn" program is running
    When 10 minutes pass
    Examples:
      | number |
      |      1 |
      |      2 |
`

describe('Interrupted run', function () {
  this.timeout(60_000)

  let folder: string
  let server: Server
  const alive: Socket[] = []

  beforeEach(async () => {
    server = createServer((socket) => alive.push(socket)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    folder = await mkdtemp(join(tmpdir(), 'interruption-'))
    await mkdir(join(folder, 'features'))
    await writeFile(join(folder, 'features/program.feature'), feature)
    await writeFile(join(folder, 'stubborn.js'), stubborn)
  })

  afterEach(async () => {
    server.close()
    alive.length = 0
    await rm(folder, { recursive: true })
  })

  for (const workers of [0, 1]) {
    it(`leaves no program and no child of it behind${workers > 0 ? ', nor one of a worker' : ''}`, async () => {
      const run = await begin(['--parallel', `${workers}`])
      const ends = await endsOf(2 + workers)
      process.kill(-(run.pid as number), 'SIGINT')
      const [code] = await once(run, 'exit')
      await Promise.all(ends)
      expect(code).not.to.equal(0)
    })
  }

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
    it(`leaves nothing of its workers behind when its first process alone gets ${signal}`, async () => {
      const run = await begin(['--parallel', '2'])
      const ends = await endsOf(6)
      process.kill(run.pid as number, signal)
      await Promise.all([once(run, 'exit'), ...ends])
    })
  }

  /** The ends of so many processes: the programs, their children, and the workers. */
  async function endsOf(count: number): Promise<Promise<unknown>[]> {
    while (alive.length < count) await once(server, 'connection')
    return alive.map((socket) => once(socket.resume(), 'close'))
  }

  async function begin(options: string[]): Promise<ChildProcess> {
    const { port } = server.address() as AddressInfo
    const configuration = {
      requireModule: [require.resolve('ts-node/register/transpile-only')],
      require: [join(project, 'src/register.ts'), 'worker.js'],
      worldParameters: {
        websocket: {
          programs: { stubborn: { command: `node stubborn.js ${port} parent`, ready: { output: 'ready' } } },
        },
      },
    }
    await writeFile(join(folder, 'worker.js'), worker(port))
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify({ default: configuration }))
    const env = { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json'), NODE_V8_COVERAGE: undefined }
    return spawn(process.execPath, [cucumber, ...options], { cwd: folder, env, stdio: 'ignore', detached: true })
  }
})

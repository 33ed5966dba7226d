/** A run that is interrupted by Ctrl-C, which a terminal sends to all processes of the run, leaves nothing behind. */

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

const feature = `
Feature: A program
  Scenario: That is running
    Given the "stubborn" program is running
    When 10 minutes pass
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

  for (const options of [[], ['--parallel', '1']]) {
    it(`leaves no program and no child of it behind${options.length > 0 ? ', nor one of a worker' : ''}`, async () => {
      const run = await begin(options)
      while (alive.length < 2) await once(server, 'connection')
      const ends = alive.map((socket) => once(socket.resume(), 'close'))
      process.kill(-(run.pid as number), 'SIGINT')
      const [code] = await once(run, 'exit')
      await Promise.all(ends)
      expect(code).not.to.equal(0)
    })
  }

  async function begin(options: string[]): Promise<ChildProcess> {
    const { port } = server.address() as AddressInfo
    const configuration = {
      requireModule: [require.resolve('ts-node/register/transpile-only')],
      require: [join(project, 'src/register.ts')],
      worldParameters: {
        websocket: {
          programs: { stubborn: { command: `node stubborn.js ${port} parent`, ready: { output: 'ready' } } },
        },
      },
    }
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify({ default: configuration }))
    const env = { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json'), NODE_V8_COVERAGE: undefined }
    return spawn(process.execPath, [cucumber, ...options], { cwd: folder, env, stdio: 'ignore', detached: true })
  }
})

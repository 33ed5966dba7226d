/** The package as people get it: packed, installed beside Cucumber in an empty project, and used there. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { type WebSocket, WebSocketServer } from 'ws'

const root = dirname(__dirname)

const hello = `
Feature: Hello
  Scenario: Rob hears himself
    Given Rob is connected
    When Rob sends "Hello"
    Then Rob receives "Hello"
`

const talk = `
  async function talk() {
    const conversation = new Conversation({ url: process.env.CUCUMBER_WEBSOCKET_URL })
    const rob = conversation.client('Rob')
    await rob.connect()
    await rob.send('Hello')
    await rob.receives('Hello')
    await conversation.end()
    console.log('Rob heard himself')
  }
  talk()
`

describe('The package', function () {
  this.timeout(130_000)

  let project: string
  let echo: WebSocketServer

  before('is packed and installed in an empty project, and a server echoes', async function () {
    this.timeout(250_000)
    echo = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    echo.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })))
    await once(echo, 'listening')
    project = await mkdtemp(join(tmpdir(), 'cucumber-websocket-'))
    await write({ 'package.json': '{ "private": true }' })
    await succeeds('npm', ['pack', '--pack-destination', project], root)
    const packed = (await readdir(project)).filter((file) => file.endsWith('.tgz')).map((file) => `./${file}`)
    const cucumber = `@cucumber/cucumber@${await versionOf('@cucumber/cucumber')}`
    await succeeds('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packed, cucumber], project)
  })

  after(async () => {
    echo.close()
    await rm(project, { recursive: true, force: true })
  })

  it('has the built code, its sources, the documents and the licence, and no tests', async () => {
    const files = await readdir(join(project, 'node_modules/cucumber-websocket'), { recursive: true })
    const wanted = [
      'dist/index.js',
      'dist/register.js',
      'src/register.ts',
      'README.md',
      'LICENSE',
      'SECURITY.md',
      'docs/vocabulary.md',
    ]
    expect(wanted.filter((file) => !files.includes(file))).to.deep.equal([])
    expect(files.filter((file) => file.includes('.test.'))).to.deep.equal([])
  })

  it('gives a project its vocabulary with one require', async () => {
    await write({
      'required/cucumber.js': `module.exports = { default: { require: ['support.js'] } }`,
      'required/support.js': `require('cucumber-websocket/register')`,
      'required/features/hello.feature': hello,
    })
    expect(await succeeds('npx', ['cucumber-js'], join(project, 'required'))).to.contain('1 scenario (1 passed)')
  })

  it('gives a project of ES modules its vocabulary with one import', async () => {
    await write({
      'imported/cucumber.js': `module.exports = { default: { import: ['support.mjs'] } }`,
      'imported/support.mjs': `import 'cucumber-websocket/register'`,
      'imported/features/hello.feature': hello,
    })
    expect(await succeeds('npx', ['cucumber-js'], join(project, 'imported'))).to.contain('1 scenario (1 passed)')
  })

  it('starts with few of its parts and libraries: others are loaded when they are needed', async () => {
    await write({
      'start/cucumber.js': `module.exports = { default: { require: ['support.js'] } }`,
      'start/support.js': `
        const { AfterAll } = require('@cucumber/cucumber')
        const files = () => Object.keys(require.cache).map((file) => file.replaceAll('\\\\', '/'))
        const modules = () => [...files(), ...process.moduleLoadList]
        const atFirst = new Set(modules())
        require('cucumber-websocket/register')
        const mention = new RegExp(
          'cucumber-websocket/dist/((?:asyncapi[a-z-]*|contract|coverage|failures|rephrasings|report|settings|suggestions|transport)/.+|.+-failure)[.]js' +
            '|node_modules/(?!cucumber-websocket/)([^/]+)|NativeModule (crypto|https?|tls)$',
        )
        AfterAll(() => {
          const parts = modules().filter((one) => !atFirst.has(one)).flatMap((one) => one.match(mention)?.slice(1) ?? [])
          console.log('loaded: ' + [...new Set(parts.filter(Boolean).sort())].join(', '))
        })
      `,
      'start/features/empty.feature': 'Feature: Nothing\n  Scenario: Nobody says anything\n',
    })
    expect(await succeeds('npx', ['cucumber-js'], join(project, 'start'))).to.contain(
      'loaded: failures/lazy-failures, report/attach, report/attachment-title, ' +
        'suggestions/explanations, suggestions/expressions, transport/lazy-transports\n',
    )
  })

  it('writes living documentation', async () => {
    await write({
      'living/cucumber.js': `module.exports = {
        default: { require: ['support.js'], format: ['progress', 'cucumber-websocket/living-docs:docs.html'] },
      }`,
      'living/support.js': `require('cucumber-websocket/register')`,
      'living/features/hello.feature': hello,
    })
    await succeeds('npx', ['cucumber-js'], join(project, 'living'))
    const page = await readFile(join(project, 'living/docs.html'), 'utf8')
    expect(page)
      .to.match(/^<!doctype html>/)
      .and.to.contain('Rob hears himself')
  })

  it('has commands that make one page of several runs, and the page of a load test', async () => {
    await write({
      'merged/cucumber.js': `module.exports = { default: { require: ['support.js'], format: ['message:messages.ndjson'] } }`,
      'merged/support.js': `require('cucumber-websocket/register')`,
      'merged/features/hello.feature': hello,
      'merged/load/report.json': '{ "aggregate": { "counters": { "vusers.created": 3 } }, "intermediate": [] }',
    })
    const folder = join(project, 'merged')
    await succeeds('npx', ['cucumber-js'], folder)
    await succeeds('npx', ['cucumber-websocket', 'merge', 'messages.ndjson', '--out', 'docs.html'], folder)
    expect(await readFile(join(folder, 'docs.html'), 'utf8')).to.contain('Rob hears himself')
    await succeeds('npx', ['cucumber-websocket', 'load-report', 'load'], folder)
    expect(await readFile(join(folder, 'load/index.html'), 'utf8')).to.contain('<b>3</b>')
  })

  it('writes the coverage of AsyncAPI documents, and has a command that merges it', async () => {
    await write({
      'covered/cucumber.js': `module.exports = {
        default: { require: ['support.js'], format: ['progress', 'cucumber-websocket/asyncapi-coverage:part-1.json'] },
      }`,
      'covered/support.js': `require('cucumber-websocket/register')`,
      'covered/features/hello.feature': hello,
    })
    await succeeds('npx', ['cucumber-js'], join(project, 'covered'))
    const merge = ['cucumber-websocket', 'asyncapi', 'merge', 'part-1.json', '--out', 'all.json']
    await succeeds('npx', merge, join(project, 'covered'))
    const merged = JSON.parse(await readFile(join(project, 'covered/all.json'), 'utf8'))
    expect(merged).to.deep.equal({ version: 1, documents: [], scenarios: [] })
  })

  it('has a command that writes first features from an AsyncAPI document', async () => {
    const message = { payload: { const: 'ping' }, examples: [{ payload: 'ping' }], name: 'ping' }
    const document = { asyncapi: '2.6.0', channels: { '/chat': { publish: { message } } } }
    await write({ 'described/asyncapi.json': JSON.stringify(document) })
    await succeeds('npx', ['cucumber-websocket', 'asyncapi', 'asyncapi.json'], join(project, 'described'))
    const feature = await readFile(join(project, 'described/features/chat.feature'), 'utf8')
    expect(feature).to.contain('When Rob sends a "ping"')
  })

  it('leaves a project its own World, which extends nothing', async () => {
    await write({
      'own-world/cucumber.js': `module.exports = { default: { require: ['support.js'] } }`,
      'own-world/support.js': `
        const assert = require('node:assert')
        const { setWorldConstructor, Then } = require('@cucumber/cucumber')
        require('cucumber-websocket/register')
        setWorldConstructor(class Own {
          constructor(options) {
            this.parameters = options.parameters
            this.attach = options.attach
            this.room = 'kitchen'
          }
        })
        Then('the room is the {word}', function (room) {
          assert.equal(this.room, room)
        })
      `,
      'own-world/features/hello.feature': `${hello}    And the room is the kitchen\n`,
    })
    expect(await succeeds('npx', ['cucumber-js'], join(project, 'own-world'))).to.contain('1 scenario (1 passed)')
  })

  it('holds a conversation without Cucumber, and lets the process end', async () => {
    await write({ 'talk.cjs': `const { Conversation } = require('cucumber-websocket')${talk}` })
    expect(await succeeds('node', ['talk.cjs'], project)).to.contain('Rob heard himself')
  })

  it('holds the same conversation from an ES module', async () => {
    await write({ 'talk.mjs': `import { Conversation } from 'cucumber-websocket'${talk}` })
    expect(await succeeds('node', ['talk.mjs'], project)).to.contain('Rob heard himself')
  })

  describe('with docs/writing-your-own-steps.md and docs/protocols.md', () => {
    let taxis: WebSocketServer

    before('is set up as its reader would: every file of it, and TypeScript', async function () {
      this.timeout(250_000)
      const tools = ['ts-node', 'typescript@5', '@types/node@20', 'mocha', '@types/mocha', 'chai']
      await succeeds('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tools], project)
      const guides = ['docs/writing-your-own-steps.md', 'docs/protocols.md']
      const texts = await Promise.all(guides.map((guide) => readFile(join(root, guide), 'utf8')))
      const files = [...texts.join('\n').matchAll(/^`([\w./-]+)`:\n\n```\w+\n(.*?)```$/gms)].map(
        ([, path, content]) => [path, content],
      )
      expect(files).to.have.length(13)
      await write({
        ...Object.fromEntries(files),
        'cucumber.js': `module.exports = {
          default: { requireModule: ['ts-node/register'], require: ['features/support/**/*.ts'] },
        }`,
        'tsconfig.json': '{ "compilerOptions": { "module": "node20", "target": "es2022", "strict": true } }',
      })
      taxis = new WebSocketServer({ host: '127.0.0.1', port: 0 })
      const talks: Record<string, typeof answer> = { '/records': record, '/questions': question }
      taxis.on('connection', (caller, { url = '' }) => {
        if (url === '/questions') caller.send('ready')
        caller.on('message', (data) => (talks[url] ?? answer)(caller, `${data}`))
      })
      await once(taxis, 'listening')
    })

    after(() => taxis.close())

    it('has no mistake in its types', async () => {
      await succeeds('npx', ['tsc', '--noEmit'], project)
    })

    it('runs its features, with sentences in two languages, a matcher, a marker, a protocol and a World of one’s own', async () => {
      expect(await succeeds('npx', ['cucumber-js'], project, portOf(taxis))).to.contain('4 scenarios (4 passed)')
    })

    it('runs its mocha test, without Cucumber', async () => {
      const test = ['mocha', '-r', 'ts-node/register', 'test/taxi.test.ts']
      expect(await succeeds('npx', test, project, portOf(taxis))).to.contain('1 passing')
    })

    /** Says what it has heard once its heartbeat is answered, two records in a frame. */
    function record(caller: WebSocket, text: string): void {
      if (text === 'HELLO\n') caller.send('READY\nPING\n')
      if (text === 'PONG\n') caller.send('news|Welcome\nnews|All is well\n')
      if (text.startsWith('chat|')) caller.send(text)
    }

    /** Asks back who introduces himself. */
    function question(caller: WebSocket, text: string): void {
      const [kind = '', id = '', what = ''] = text.split(' ')
      if (kind === 'answer') caller.send(`news ${what} is here`)
      else if (what === 'introduce') caller.send('ask 1 Name?')
      else if (what === 'staff') caller.send(`error ${id} staff only`)
      else caller.send(`answer ${id} ${what === 'time' ? 'noon' : ''}`)
    }

    function answer(caller: WebSocket, text: string): void {
      if (!text.startsWith('{')) {
        caller.send(text)
        return
      }
      const { to } = JSON.parse(text)
      for (const client of taxis.clients) client.send(JSON.stringify({ type: 'ordered', to }))
      caller.send(JSON.stringify({ type: 'offer', price: 18 }))
      caller.send(JSON.stringify({ type: 'arrived', plate: 'B-TX 42' }))
    }
  })

  async function write(files: Record<string, string>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(project, path)), { recursive: true })
      await writeFile(join(project, path), content)
    }
  }

  /** Runs a command to its end without blocking, as its server lives in this process, and gives what it printed. */
  async function succeeds(command: string, args: string[], cwd: string, port = portOf(echo)): Promise<string> {
    // The coverage of npm and the compiler is not ours.
    const env = { ...process.env, NODE_V8_COVERAGE: undefined, CUCUMBER_WEBSOCKET_URL: `ws://127.0.0.1:${port}` }
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data
      })
    }
    const [code] = await once(child, 'close')
    expect(code, `${command} ${args.join(' ')}\n${output}`).to.equal(0)
    return output
  }
})

function portOf(server: WebSocketServer): number {
  return (server.address() as AddressInfo).port
}

async function versionOf(dependency: string): Promise<string> {
  return JSON.parse(await readFile(join(root, 'node_modules', dependency, 'package.json'), 'utf8')).version
}

/** However a run ends, its process ends by itself and leaves no connection behind. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { runScenarios } from './support/run-scenarios'

const cucumber = JSON.stringify(require.resolve('@cucumber/cucumber'))

const scenarios = {
  passes: ['Given Ann and Bob are connected', 'When Ann sends "Hello"', 'Then Bob receives "Hello"'],
  fails: ['Given Ann and Bob are connected', 'When Ann sends "Hello"', 'Then Bob receives "Bye"'],
  'fails, too': ['Given whenever Ann receives "Hello" she sends "Hi"', 'When Ann connects', 'And the moon is full'],
}

describe('Run', function () {
  this.timeout(60_000)

  let server: WebSocketServer

  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (client) => {
      client.on('message', (data) => {
        for (const each of server.clients) each.send(data.toString())
      })
    })
    await once(server, 'listening')
  })

  afterEach(() => server.close())

  for (const [how, options, support] of [
    ['to its end', [], ''],
    ['in workers', ['--parallel', '2'], ''],
    ['to the first failure', ['--fail-fast'], ''],
    ['with retries', ['--retry', '2'], ''],
    ['into a failing hook', [], "After(function () { throw new Error('This hook fails.') })"],
    ['into a hook that fails before all', [], "BeforeAll(function () { throw new Error('This hook fails.') })"],
    ['into a hook that fails after all', [], "AfterAll(function () { throw new Error('This hook fails.') })"],
  ] as const) {
    it(`leaves nothing behind if it goes ${how}`, async () => {
      const { port } = server.address() as AddressInfo
      const hooks = `const { After, AfterAll, BeforeAll } = require(${cucumber})\n${support}`
      const settings = { url: `ws://127.0.0.1:${port}`, timeout: '1s' }
      const { exitCode } = await runScenarios(scenarios, settings, hooks, options)
      expect(exitCode).to.equal(1)
      await Promise.all([...server.clients].map((client) => once(client, 'close')))
    })
  }
})

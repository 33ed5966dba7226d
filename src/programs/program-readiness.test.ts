/** When a program is ready, and what is reported of one that does not become ready. */

import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { HTTP_FAULTS } from '../../test/faults/http-catalog'
import { startRawServer } from '../../test/faults/raw-server'
import { timers, turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { failureAfterPrinting, IDLE, LONG, listenOn, nodeProgram } from '../../test/support/node-programs'
import { freePort } from '../../test/support/ports'
import { ProcessTracker } from '../../test/support/process-tracker'
import { ExpectationError } from '../errors'
import { LocalPrograms } from './local-programs'
import { requireFreeAddress } from './program-readiness'

describe('Readiness of a program', function () {
  this.timeout(60_000)

  let programs: LocalPrograms
  let tracker: ProcessTracker

  beforeEach(async () => {
    tracker = new ProcessTracker()
    await tracker.open()
    programs = new LocalPrograms()
  })

  afterEach(async () => {
    await programs.stop({ includeKept: true })
    await tracker.close()
  })

  it('is asked for within the timeout, whatever is wrong with the answers', async () => {
    const behaviours = Object.fromEntries(Object.entries(HTTP_FAULTS).map(([path, { behaviour }]) => [path, behaviour]))
    const server = await startRawServer(behaviours)
    for (const path of Object.keys(HTTP_FAULTS)) {
      const url = `http://127.0.0.1:${server.port}/${path}`
      const found = await requireFreeAddress('chat', { url }, 500).catch((error: Error) => error.message)
      expect(found).to.match(/^The program "chat" was not started: at .* something else listens already/)
    }
    await Promise.all([...server.sockets].map((socket) => once(socket.resume(), 'close')))
    await server.close()
  })

  describe('success', () => {
    it('comes with a port on which something listens', async () => {
      const port = await freePort()
      await programs.start('chat', { ...nodeProgram(listenOn(port)), ready: { port } }, LONG)
      await reach(port)
    })

    it('comes with a port of IPv6 alone', async function () {
      const port = await freePort('::1').catch(() => this.skip())
      await programs.start('chat', { ...nodeProgram(listenOn(port, '::1')), ready: { port } }, LONG)
      await reach(port, '::1')
    })

    it('comes with a URL that answers with a status below 500', async () => {
      const port = await freePort()
      const code = `let asked = 0
        require('node:http').createServer((request, response) => {
          response.statusCode = ++asked < 3 ? 503 : 404
          response.end(request.url + ' ' + asked)
        }).listen(${port}, '127.0.0.1')`
      await programs.start('chat', { ...nodeProgram(code), ready: { url: `http://127.0.0.1:${port}/health` } }, LONG)
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
      expect(await response.text()).to.equal('/ 4')
    })

    it('comes with a secure URL, whoever signed its certificate', async () => {
      const port = await freePort()
      const { cert, key } = await createCertificate(await createAuthority(), { name: 'A stranger' })
      const code = `require('node:https')
        .createServer(${JSON.stringify({ cert, key })}, (request, response) => response.end()).listen(${port}, '127.0.0.1')`
      await programs.start('chat', { ...nodeProgram(code), ready: { url: `https://127.0.0.1:${port}/` } }, LONG)
      await reach(port)
    })

    for (const stream of ['stdout', 'stderr']) {
      it(`comes with a line of ${stream}, in whatever pieces and colours`, async () => {
        const code = `process.${stream}.write('starting\\n\\u001b[32mlis')
          setImmediate(() => process.${stream}.write('ten\\u001b[0ming on 80'))`
        await programs.start('chat', { ...nodeProgram(code, IDLE), ready: { output: 'listening on 80' } }, LONG)
      })
    }

    it('comes with the start if the settings name no check', async () => {
      await programs.start('chat', nodeProgram(tracker.tracked('chat')), LONG)
      await tracker.untilStarted('chat')
    })

    it('is shared by those who start the program while it starts or runs', async () => {
      const chat = { ...nodeProgram(tracker.tracked('chat', "console.log('ready')")), ready: { output: 'ready' } }
      await Promise.all([programs.start('chat', chat, LONG), programs.start('chat', chat, LONG)])
      await programs.start('chat', chat, LONG)
      await tracker.untilStarted('chat')
      expect(tracker.started).to.deep.equal(['chat'])
    })

    it('runs the program in the folder of the settings, with their environment added to our own', async () => {
      const cwd = realpathSync(tmpdir())
      const code = 'console.log(JSON.stringify([process.cwd(), process.env.ROOM, process.env.PATH]))'
      const output = JSON.stringify([cwd, 'lobby', process.env.PATH])
      await programs.start('chat', { ...nodeProgram(code, IDLE), cwd, env: { ROOM: 'lobby' }, ready: { output } }, LONG)
    })

    it('leaves no timer behind', async () => {
      const port = await freePort()
      await turn()
      const before = timers()
      await programs.start('chat', { ...nodeProgram(listenOn(port)), ready: { port } }, LONG)
      expect(timers()).to.equal(before)
      await programs.stop({ includeKept: true })
      expect(timers()).to.equal(before)
    })
  })

  describe('failure', () => {
    it('stops the program, and reports what is lacking and its last output', async () => {
      const port = await freePort()
      const code = `for (let i = 1; i < 25; i++) console.log('line ' + i)
        console.log('x'.repeat(400))`
      const failure = await failureAfterPrinting(/xx/, (timeout) =>
        programs.start('chat', { ...nodeProgram(tracker.tracked('chat'), code), ready: { port } }, timeout),
      )
      await tracker.untilAllEnded()
      expect(failure).to.be.instanceOf(ExpectationError)
      const lines = failure.message.split('\n')
      expect(lines[0]).to.match(/^The program "chat" was not ready within [\d.]+ m?s: nothing listens on port \d+\.$/)
      expect(lines.slice(1, 3)).to.deep.equal(['The last 20 lines that it printed were', '  line 6'])
      expect(lines.at(-1)).to.equal(`  ${'x'.repeat(300)}… (400 characters)`)
    })

    it('reports the status with which the URL answers', async () => {
      const port = await freePort()
      const code = `require('node:http').createServer((_, response) => response.writeHead(503).end())
        .listen(${port}, '127.0.0.1')`
      const url = `http://127.0.0.1:${port}/`
      const failure = await failureAfterPrinting(/503/, (timeout) =>
        programs.start('chat', { ...nodeProgram(code), ready: { url } }, timeout),
      )
      expect(failure.message).to.match(/^The program "chat" was not ready within .* answers with the status 503\.$/m)
    })

    it('reports that nothing listens at the URL', async () => {
      const url = `http://localhost:${await freePort()}/`
      const failure = await failureAfterPrinting(/ECONNREFUSED/, (timeout) =>
        programs.start('chat', { ...nodeProgram(IDLE), ready: { url } }, timeout),
      )
      expect(failure.message.replace(/within [\d.]+ m?s/, 'within 1 s')).to.equal(
        `The program "chat" was not ready within 1 s: ${url} does not answer (ECONNREFUSED).\nIt has printed nothing.`,
      )
    })

    it('reports a URL that does not answer', async () => {
      const code = `require('node:http').createServer(() => console.log('asked')).listen(PORT, '127.0.0.1')`
      const port = await freePort()
      const url = `http://127.0.0.1:${port}/`
      const failure = await failureAfterPrinting(/gives no answer.*\n(?:.*\n)*.*asked/, (timeout) =>
        programs.start('chat', { ...nodeProgram(code.replace('PORT', `${port}`)), ready: { url } }, timeout),
      )
      expect(failure.message.replace(/within [\d.]+ m?s/, 'within 1 s')).to.match(
        /^The program "chat" was not ready within 1 s: http:.* gives no answer\.$/m,
      )
    })

    it('reports what has not been printed', async () => {
      const silent = { ...nodeProgram(IDLE), ready: { output: 'listening' } }
      const failure = await failureOf(() => programs.start('chat', silent, 100))
      expect(failure.message).to.equal(
        'The program "chat" was not ready within 100 ms: it has not printed "listening".\nIt has printed nothing.',
      )
    })

    it('reports how the program ended, and its last output, long before the timeout', async () => {
      const code = "console.error('No database!'); process.exitCode = 3"
      const port = await freePort()
      const failure = await failureOf(() => programs.start('chat', { ...nodeProgram(code), ready: { port } }, LONG))
      expect(failure).to.be.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'The program "chat" ended with code 3 before it was ready.\nThe last that it printed was\n  No database!',
      )
    })

    it('reports the signal that ended the program', async () => {
      const code = "process.kill(process.pid, 'SIGKILL')"
      const failure = await failureOf(() =>
        programs.start('chat', { ...nodeProgram(code), ready: { output: 'x' } }, LONG),
      )
      expect(failure.message).to.equal(
        'The program "chat" ended by the signal SIGKILL before it was ready.\nIt has printed nothing.',
      )
    })

    it('suggests a command if the program succeeds', async () => {
      const failure = await failureOf(() => programs.start('job', { ...nodeProgram(''), ready: { output: 'x' } }, LONG))
      expect(failure.message).to.include(
        'ended with code 0 before it was ready. A program is to go on; what ends by itself belongs to "commands".',
      )
    })

    it('does not prevent another start', async () => {
      await failureOf(() => programs.start('chat', { ...nodeProgram(''), ready: { output: 'x' } }, LONG))
      await programs.start('chat', nodeProgram(tracker.tracked('chat')), LONG)
      await tracker.untilStarted('chat')
    })
  })
})

async function reach(port: number, host = '127.0.0.1'): Promise<void> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  socket.destroy()
}

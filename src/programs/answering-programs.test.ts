/** Programs that run on, but do not answer at their address any more: a sentence that says that they are running fails. */

import { expect } from 'chai'
import { failureAfterPrinting, LONG, nodeProgram } from '../../test/support/node-programs'
import { freePort } from '../../test/support/ports'
import { ProcessTracker } from '../../test/support/process-tracker'
import { ExpectationError } from '../errors'
import type { Program } from '../processes/programs'
import { LocalPrograms } from './local-programs'

/** What happens to a program while it runs; `done` tells that it has happened. */
const EVENTS = {
  'listens no more': 'server.close(done)',
  'is suspended': "done(); process.kill(process.pid, 'SIGSTOP')",
  'answers with status 500': 'status = 500; done()',
  'answers no request': 'status = undefined; done()',
  'answers with status 500 at first': 'status = 500; recovers = true; done()',
  'resets connections': "server.on('connection', (socket) => socket.resetAndDestroy()); done()",
  'ends when it is asked': "server.on('connection', () => process.exit(3)); done()",
} as const

describe('A program that runs on', function () {
  this.timeout(60_000)

  let programs: LocalPrograms
  let tracker: ProcessTracker
  let port: number
  let url: string

  beforeEach(async () => {
    tracker = new ProcessTracker()
    await tracker.open()
    programs = new LocalPrograms(50)
    port = await freePort()
    url = `http://127.0.0.1:${port}/`
  })

  afterEach(async () => {
    await programs.stop({ includeKept: true })
    await tracker.close()
  })

  /** Says that a program is running, in each sentence that does. */
  const claims: Record<string, (program: Program, timeout: number) => Promise<unknown>> = {
    'is still running': (_, timeout) => programs.requireRunning('chat', { timeout, quiet: LONG }),
    'is running': (program, timeout) => programs.start('chat', program, timeout),
  }

  for (const [claim, act] of Object.entries(claims)) {
    for (const [event, ready, problem] of [
      ['listens no more', 'port', 'nothing listens on port PORT'],
      ['is suspended', 'port', 'port PORT gives no answer'],
      ['listens no more', 'url', 'URL does not answer (ECONNREFUSED)'],
      ['is suspended', 'url', 'URL gives no answer'],
      ['resets connections', 'port', 'port PORT resets connections'],
      ['answers with status 500', 'url', 'URL answers with the status 500'],
      ['answers no request', 'url', 'URL gives no answer'],
    ] as const) {
      it(`but ${event} fails «${claim}», ready by ${ready}`, async () => {
        const program = await startAndThen(event, ready)
        const found = problem.replace('PORT', `${port}`).replace('URL', url)
        const failure = await failureAfterPrinting(new RegExp(found.replace(/[()]/g, '.')), (timeout) =>
          act(program, timeout),
        )
        expect(failure).to.be.an.instanceOf(ExpectationError)
        expect(failure.message.replace(/within [\d.]+ m?s/, 'within 1 s')).to.equal(
          `The program "chat" does not answer at its address within 1 s: ${found}.\nIt has printed nothing.`,
        )
      })
    }

    it(`and answers after some requests fulfils «${claim}»`, async () => {
      await act(await startAndThen('answers with status 500 at first', 'url'), LONG)
    })

    it(`until it is asked fails «${claim}» by its end`, async () => {
      const program = await startAndThen('ends when it is asked', 'port')
      const failure = await failureAfterPrinting(/ended by itself/, (timeout) => act(program, timeout))
      expect(failure.message).to.match(/^The program "chat" has ended by itself with code 3/)
    })
  }

  it('is asked before another one takes its place', async () => {
    await programs.start('chat', server('port'), LONG)
    const otherPort = await freePort()
    await programs.start('chat', { ...server('port', otherPort), ready: { port: otherPort } }, LONG)
    expect(programs.serves('other', `ws://127.0.0.1:${otherPort}/`)).to.equal(false)
  })

  async function startAndThen(event: keyof typeof EVENTS, ready: 'port' | 'url'): Promise<Program> {
    const program = server(ready)
    await programs.start('chat', program, LONG)
    await tracker.untilStarted('chat')
    tracker.evaluate('chat', `const done = () => this.write('done\\n'); ${EVENTS[event]}`)
    await tracker.untilStarted('done')
    return program
  }

  function server(ready: 'port' | 'url', on = port): Program {
    const code = `
      let [status, recovers] = [200, false]
      const server = require('node:http').createServer((_, response) => {
        if (status) response.writeHead(status, { connection: 'close' }).end()
        if (recovers) status = 200
      })
      server.listen(${on}, '127.0.0.1')
      ${tracker.tracked('chat')}
    `
    return { ...nodeProgram(code), ready: ready === 'port' ? { port: on } : { url }, keep: true }
  }
})

/** Programs that cannot be started, that are stopped, and that end by themselves. */

import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Server } from 'node:net'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { child, IDLE, IGNORE_SIGNALS, LONG, listenOn, nodeProgram } from '../../test/support/node-programs'
import { freePort, portOf } from '../../test/support/ports'
import { ProcessTracker } from '../../test/support/process-tracker'
import { UsageError } from '../errors'
import type { Program } from '../processes/programs'
import { Variables } from '../variables/variables'
import { LocalPrograms } from './local-programs'

describe('Local programs', function () {
  this.timeout(60_000)

  let programs: LocalPrograms
  let tracker: ProcessTracker
  let servers: Server[]

  beforeEach(async () => {
    servers = []
    tracker = new ProcessTracker()
    await tracker.open()
    programs = new LocalPrograms()
  })

  afterEach(async () => {
    await programs.stop({ includeKept: true })
    await tracker.close()
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  })

  describe('failed start', () => {
    const cases: [what: string, program: Program, text: string][] = [
      [
        'an unknown name',
        { command: 'no-such-program' },
        'could not be started: there is no no-such-program on the PATH.',
      ],
      ['a missing file', { command: './no-such', cwd: '/' }, 'could not be started: there is no ./no-such in /.'],
      ['no permission', { command: '/etc/passwd' }, 'could not be started: /etc/passwd may not be executed (EACCES).'],
      ['a variable', { command: 'A=1 x' }, 'there is no A=1 on the PATH. That takes a shell: say "shell": true beside'],
      ['an open quote', { command: 'a "b' }, 'cannot be started: a quote or a backslash is left open in a "b.'],
      ['a null byte', { command: 'a \0' }, 'must be a string without null bytes'],
      ['an empty command', { command: ' ' }, 'cannot be started: its command is empty.'],
      ['an empty command in a shell', { command: ' ', shell: true }, 'cannot be started: its command is empty.'],
      [
        'a missing folder',
        { command: 'node', cwd: '/no/folder' },
        'cannot be started: its "cwd", /no/folder, is not a folder.',
      ],
      ['a folder with a null byte', { command: 'node', cwd: '/a\0' }, 'a\\u0000, is not a folder.'],
      ['a folder with a long name', { command: 'node', cwd: `/${'a'.repeat(5000)}` }, 'characters), is not a folder.'],
      [
        'a URL that is not HTTP',
        { command: 'node', ready: { url: 'ws://a' } },
        'cannot be awaited: "ws://a" is not a valid address of HTTP',
      ],
    ]
    for (const [what, program, text] of cases) {
      it(`reports why: ${what}`, async () => {
        const failure = await failureOf(() => programs.start('chat', program, LONG))
        expect(failure).to.be.instanceOf(UsageError)
        expect(failure.message).to.match(/^The program "chat" /)
        expect(failure.message).to.include(text)
      })
    }

    it('reports that something else listens on the port', async () => {
      const port = await listening(createServer((socket) => socket.destroy()))
      const failure = await failureOf(() =>
        programs.start('chat', { ...nodeProgram(tracker.tracked('chat')), ready: { port } }, LONG),
      )
      expect(failure).to.be.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `The program "chat" was not started: on port ${port} something else listens already, and would be taken ` +
          'for it. Stop that first, or give the program another port. In a parallel run, each worker starts its own.',
      )
      expect(tracker.started).to.deep.equal([])
    })

    it('reports that something else answers at the URL', async () => {
      const url = `http://127.0.0.1:${await listening(createHttpServer((_, response) => response.end()))}/`
      const failure = await failureOf(() => programs.start('chat', { ...nodeProgram(IDLE), ready: { url } }, LONG))
      expect(failure.message).to.include(`was not started: at ${url} something else listens already`)
    })

    it('reports that something else answers at the secure URL, whoever signed its certificate', async () => {
      const { cert, key } = await createCertificate(await createAuthority(), { name: 'A stranger' })
      const server = createHttpsServer({ cert, key }, (_, response) => response.end())
      const url = `https://127.0.0.1:${await listening(server)}/`
      const failure = await failureOf(() => programs.start('chat', { ...nodeProgram(IDLE), ready: { url } }, LONG))
      expect(failure.message).to.include(`was not started: at ${url} something else listens already`)
    })

    it('reports that the watchdog cannot be started', async () => {
      const { execPath } = process
      try {
        process.execPath = '/nowhere/node'
        const failure = await failureOf(() => programs.run('count', { command: 'node count.js' }, LONG))
        expect(failure).to.be.instanceOf(UsageError)
        expect(failure.message).to.equal('The command "count" could not be started: spawn /nowhere/node ENOENT.')
      } finally {
        process.execPath = execPath
      }
    })
  })

  describe('stop', () => {
    it('ends programs with their children, and frees their ports', async () => {
      const port = await freePort()
      const chat = {
        ...nodeProgram(tracker.tracked('chat'), child(tracker.tracked('child')), listenOn(port)),
        ready: { port },
      }
      for (let time = 0; time < 2; time++) {
        await programs.start('chat', chat, LONG)
        await tracker.untilStarted('chat', 'child')
        await programs.stop({ includeKept: false })
        await tracker.untilAllEnded()
      }
    })

    it('sends SIGTERM, so that a program can tidy up', async () => {
      const code = "process.on('SIGTERM', () => { socket.end('tidied\\n', () => process.exit()) })"
      const patient = new LocalPrograms(LONG)
      await patient.start('chat', nodeProgram(`${code}; const socket = ${tracker.tracked('chat')}`), LONG)
      await tracker.untilStarted('chat')
      await patient.stop({ includeKept: true })
      await tracker.untilStarted('tidied')
    })

    it('sends SIGKILL if a program and its children ignore that', async () => {
      const impatient = new LocalPrograms(50)
      await impatient.start(
        'chat',
        nodeProgram(IGNORE_SIGNALS, child(IGNORE_SIGNALS, tracker.tracked('child')), tracker.tracked('chat')),
        LONG,
      )
      await tracker.untilStarted('chat', 'child')
      await impatient.stop({ includeKept: true })
      await tracker.untilAllEnded()
    })

    it('does not wait for a child that left the group and holds the output', async () => {
      const impatient = new LocalPrograms(50)
      const away = child(tracker.tracked('child')).replace(/\)$/, ", { detached: true, stdio: 'inherit' })")
      await impatient.start('chat', nodeProgram(away, tracker.tracked('chat')), LONG)
      await tracker.untilStarted('chat', 'child')
      await impatient.stop({ includeKept: true })
      await tracker.untilEnded('chat')
    })

    it('ends kept programs only if they are included', async () => {
      const chat = { ...nodeProgram(tracker.tracked('chat')), keep: true }
      await programs.start('chat', chat, LONG)
      await programs.start('jobs', nodeProgram(tracker.tracked('jobs')), LONG)
      await tracker.untilStarted('chat', 'jobs')
      await programs.stop({ includeKept: false })
      await tracker.untilEnded('jobs')
      await programs.start('chat', chat, LONG)
      await programs.stop({ includeKept: true })
      await tracker.untilEnded('chat')
      expect(tracker.started.sort()).to.deep.equal(['chat', 'jobs'])
    })

    it('ends programs that are not ready yet', async () => {
      const chat = { ...nodeProgram(tracker.tracked('chat')), ready: { output: 'never' } }
      const started = failureOf(() => programs.start('chat', chat, LONG))
      await tracker.untilStarted('chat')
      await programs.stop({ includeKept: false })
      expect((await started).message).to.include('ended because it was stopped before it was ready.')
      await tracker.untilEnded('chat')
    })

    it('prevents programs that are about to be started', async () => {
      const port = await freePort()
      const started = failureOf(() =>
        programs.start('chat', { ...nodeProgram(tracker.tracked('chat')), ready: { port } }, LONG),
      )
      await programs.stop({ includeKept: false })
      expect((await started).message).to.include('ended because it was stopped before it was ready.')
      expect(tracker.started).to.deep.equal([])
    })

    it('ends commands that are running', async () => {
      const running = failureOf(() => programs.run('worker', nodeProgram(tracker.tracked('worker')), LONG))
      await tracker.untilStarted('worker')
      await programs.stop({ includeKept: false })
      await tracker.untilEnded('worker')
      expect((await running).message).to.include('The command "worker" ended because it was stopped.')
    })
  })

  it('reports a crashed program once, and starts it again', async () => {
    const chat = { ...nodeProgram(tracker.tracked('chat')), keep: true }
    await programs.start('chat', chat, LONG)
    await tracker.untilStarted('chat')
    expect(await programs.takeCrashes()).to.deep.equal([])
    tracker.evaluate('chat', "console.log('Ouch'); process.exitCode = 7; this.end()")
    await tracker.untilEnded('chat')
    let crashes: string[] = []
    while (crashes.length === 0) {
      crashes = await programs.takeCrashes(new Set(['chat']))
      await turn()
    }
    expect(crashes).to.deep.equal([
      'The program "chat" has ended by itself with code 7.\nThe last that it printed was\n  Ouch',
    ])
    expect(await programs.takeCrashes()).to.deep.equal([])
    await programs.start('chat', chat, LONG)
    await tracker.untilStarted('chat')
  })

  it('reports a crashed program without the passwords that it was given, when no conversation knows them', async () => {
    const { command } = nodeProgram(
      tracker.tracked('chat', 'console.log(process.argv[1], process.env.BROKER, process.env.FULL)'),
    )
    const variables = new Variables().with({ password: 'hunter3' })
    const env = { BROKER: 'amqp://rob:${password}@host', FULL: '--login=rob:hunter4@host' }
    await programs.start('chat', { command: `${command} redis://rob:hunter2@host/`, env, keep: true }, LONG, variables)
    await tracker.untilStarted('chat')
    tracker.evaluate('chat', 'process.exitCode = 7; this.end()')
    await tracker.untilEnded('chat')
    let crashes: string[] = []
    while (crashes.length === 0) {
      crashes = await programs.takeCrashes(new Set(['chat']))
      await turn()
    }
    expect(crashes).to.deep.equal([
      'The program "chat" has ended by itself with code 7.\nThe last that it printed was\n' +
        '  redis://rob:[redacted]@host/ amqp://rob:[redacted]@host --login=rob:[redacted]@host',
    ])
  })

  it('reports a program that has crashed since it was used when it is asked for again', async () => {
    const chat = { ...nodeProgram(tracker.tracked('chat')), keep: true }
    await programs.start('chat', chat, LONG)
    await tracker.untilStarted('chat')
    tracker.evaluate('chat', 'process.exitCode = 7; this.end()')
    await tracker.untilEnded('chat')
    let message = ''
    while (message === '') {
      message = await programs.start('chat', chat, LONG).then(
        () => '',
        (error: Error) => error.message,
      )
      await turn()
    }
    expect(message).to.match(
      /^The program "chat" has ended by itself with code 7 after the last scenario that used it\./,
    )
    await programs.start('chat', chat, LONG)
    await tracker.untilStarted('chat')
  })

  describe('untilIdle', () => {
    it('waits until a program answers, or has ended', async () => {
      const [port, otherPort] = [await freePort(), await freePort()]
      const answering = `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`
      const url = `http://127.0.0.1:${port}/`
      await programs.start('page', { ...nodeProgram(answering), ready: { url } }, LONG)
      await programs.start('chat', { ...nodeProgram(listenOn(otherPort)), ready: { port: otherPort } }, LONG)
      await programs.untilIdle(new Set(['page', 'chat', 'unknown']), LONG)
      await programs.stop({ includeKept: true })
    })

    it('asks several programs', async () => {
      const names = ['one', 'two', 'three', 'four']
      for (const name of names) {
        const port = await freePort()
        await programs.start(name, { ...nodeProgram(listenOn(port)), ready: { port } }, LONG)
      }
      await programs.untilIdle(new Set(names), LONG)
    })

    it('gives a program that does not answer, or has no address, all the time', async () => {
      const port = await freePort()
      const answersOnce = `const server = require('node:http').createServer((_, response) => { response.end(); server.close() })
        server.listen(${port}, '127.0.0.1'); ${IDLE}`
      await programs.start('page', { ...nodeProgram(answersOnce), ready: { url: `http://127.0.0.1:${port}/` } }, LONG)
      await programs.start('mute', nodeProgram(IDLE), LONG)
      let isOver = false
      const idle = programs.untilIdle(new Set(['page', 'mute']), 200).then(() => {
        isOver = true
      })
      await turn()
      expect(isOver).to.equal(false)
      await idle
    })
  })

  /** The port on which the server listens until the test ends. */
  async function listening(server: Server): Promise<number> {
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return portOf(server)
  }
})

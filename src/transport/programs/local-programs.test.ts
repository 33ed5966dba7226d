import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../../features/support/certificates'
import { timers, turn } from '../../../test/support/event-loop'
import { type Failure, failureOf } from '../../../test/support/failures'
import { startFailed } from '../../conversation/program-failure'
import type { Program } from '../../conversation/programs'
import { ExpectationError, UsageError } from '../../errors'
import { LocalPrograms } from './local-programs'

/** In ms; long enough for any machine, since nobody waits for it to pass. */
const LONG = 120_000

/** Code that never ends by itself. */
const IDLE = 'setInterval(() => {}, 1000)'
/** Code that no polite signal ends. */
const DEAF = "for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})"

describe('programs', function () {
  this.timeout(60_000)

  let programs: LocalPrograms
  let attendance: Attendance
  let servers: Server[]

  beforeEach(async () => {
    servers = []
    attendance = new Attendance()
    await attendance.open()
    programs = new LocalPrograms()
  })

  afterEach(async () => {
    await programs.stop({ includeKept: true })
    await attendance.close()
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  })

  describe('are awaited until they are ready', () => {
    it('by a port', async () => {
      const port = await freePort()
      await programs.start('chat', { ...node(listen(port)), ready: { port } }, LONG)
      await reach(port)
    })

    it('by a port of IPv6 alone', async function () {
      const port = await freePort('::1').catch(() => this.skip())
      await programs.start('chat', { ...node(listen(port, '::1')), ready: { port } }, LONG)
      await reach(port, '::1')
    })

    it('by a URL, once it answers with a status below 500', async () => {
      const port = await freePort()
      const code = `let asked = 0
        require('node:http').createServer((request, response) => {
          response.statusCode = ++asked < 3 ? 503 : 404
          response.end(request.url + ' ' + asked)
        }).listen(${port}, '127.0.0.1')`
      await programs.start('chat', { ...node(code), ready: { url: `http://127.0.0.1:${port}/health` } }, LONG)
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
      expect(await response.text()).to.equal('/ 4')
    })

    for (const stream of ['stdout', 'stderr']) {
      it(`by a line of ${stream}, in whatever pieces and colours it comes`, async () => {
        const code = `process.${stream}.write('starting\\n\\u001b[32mlis')
          setImmediate(() => process.${stream}.write('ten\\u001b[0ming on 80'))`
        await programs.start('chat', { ...node(code, IDLE), ready: { output: 'listening on 80' } }, LONG)
      })
    }

    it('not at all, if nothing tells that they are', async () => {
      await programs.start('chat', node(present('chat')), LONG)
      await attendance.of('chat')
    })

    it('once, also if they are started twice', async () => {
      const chat = { ...node(present('chat', "console.log('ready')")), ready: { output: 'ready' } }
      await Promise.all([programs.start('chat', chat, LONG), programs.start('chat', chat, LONG)])
      await programs.start('chat', chat, LONG)
      await attendance.of('chat')
      expect(attendance.arrivals).to.deep.equal(['chat'])
    })

    it('in the folder and with the environment that are asked for, besides our own', async () => {
      const cwd = realpathSync(tmpdir())
      const code = 'console.log(JSON.stringify([process.cwd(), process.env.ROOM, process.env.PATH]))'
      const output = JSON.stringify([cwd, 'lobby', process.env.PATH])
      await programs.start('chat', { ...node(code, IDLE), cwd, env: { ROOM: 'lobby' }, ready: { output } }, LONG)
    })

    it('and leave no timer behind', async () => {
      const port = await freePort()
      await turn()
      const before = timers()
      await programs.start('chat', { ...node(listen(port)), ready: { port } }, LONG)
      expect(timers()).to.equal(before)
      await programs.stop({ includeKept: true })
      expect(timers()).to.equal(before)
    })
  })

  describe('that do not become ready', () => {
    it('are stopped, and it is said what is lacking and what they printed last', async () => {
      const port = await freePort()
      const code = `for (let i = 1; i < 25; i++) console.log('line ' + i)
        console.log('x'.repeat(400))`
      const failure = await patiently(/xx/, (timeout) =>
        programs.start('chat', { ...node(present('chat'), code), ready: { port } }, timeout),
      )
      await attendance.leavingOfAll()
      expect(failure).to.be.instanceOf(ExpectationError)
      const lines = failure.message.split('\n')
      expect(lines[0]).to.match(/^The program "chat" was not ready within [\d.]+ m?s: nothing listens on port \d+\.$/)
      expect(lines.slice(1, 3)).to.deep.equal(['The last 20 lines that it printed were', '  line 6'])
      expect(lines.at(-1)).to.equal(`  ${'x'.repeat(300)}… (400 characters)`)
    })

    it('by their URL: it is said what they answer', async () => {
      const port = await freePort()
      const code = `require('node:http').createServer((_, response) => response.writeHead(503).end())
        .listen(${port}, '127.0.0.1')`
      const url = `http://127.0.0.1:${port}/`
      const failure = await patiently(/503/, (timeout) =>
        programs.start('chat', { ...node(code), ready: { url } }, timeout),
      )
      expect(failure.message).to.match(/^The program "chat" was not ready within .* answers with the status 503\.$/m)
    })

    it('by their URL, at which nobody listens', async () => {
      const url = `http://localhost:${await freePort()}/`
      const failure = await failureOf(() => programs.start('chat', { ...node(IDLE), ready: { url } }, 100))
      expect(failure.message).to.equal(
        `The program "chat" was not ready within 100 ms: ${url} does not answer (ECONNREFUSED).\nIt has printed nothing.`,
      )
    })

    it('by their URL, at which nobody says anything', async () => {
      const code = `require('node:http').createServer(() => console.log('asked')).listen(PORT, '127.0.0.1')`
      const port = await freePort()
      const url = `http://127.0.0.1:${port}/`
      const failure = await patiently(/asked/, (timeout) =>
        programs.start('chat', { ...node(code.replace('PORT', `${port}`)), ready: { url } }, timeout),
      )
      expect(failure.message).to.match(/^The program "chat" was not ready within /)
    })

    it('by what they print: it is said what they have not printed', async () => {
      const silent = { ...node(IDLE), ready: { output: 'listening' } }
      const failure = await failureOf(() => programs.start('chat', silent, 100))
      expect(failure.message).to.equal(
        'The program "chat" was not ready within 100 ms: it has not printed "listening".\nIt has printed nothing.',
      )
    })

    it('but end: it is said how, and what they printed last, long before the timeout', async () => {
      const code = "console.error('No database!'); process.exitCode = 3"
      const port = await freePort()
      const failure = await failureOf(() => programs.start('chat', { ...node(code), ready: { port } }, LONG))
      expect(failure).to.be.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'The program "chat" ended with code 3 before it was ready.\nThe last that it printed was\n  No database!',
      )
    })

    it('but are killed: the signal is said', async () => {
      const code = "process.kill(process.pid, 'SIGKILL')"
      const failure = await failureOf(() => programs.start('chat', { ...node(code), ready: { output: 'x' } }, LONG))
      expect(failure.message).to.equal(
        'The program "chat" ended by the signal SIGKILL before it was ready.\nIt has printed nothing.',
      )
    })

    it('but succeed: it is said where such a thing belongs', async () => {
      const failure = await failureOf(() => programs.start('job', { ...node(''), ready: { output: 'x' } }, LONG))
      expect(failure.message).to.include(
        'ended with code 0 before it was ready. A program is to go on; what ends by itself belongs to "commands".',
      )
    })

    it('can be started again', async () => {
      await failureOf(() => programs.start('chat', { ...node(''), ready: { output: 'x' } }, LONG))
      await programs.start('chat', node(present('chat')), LONG)
      await attendance.of('chat')
    })
  })

  describe('that cannot be started', () => {
    const mistakes: [what: string, program: Program, words: string][] = [
      [
        'an unknown name',
        { command: 'no-such-program' },
        'could not be started: there is no no-such-program on the PATH.',
      ],
      ['no such file', { command: './no-such', cwd: '/' }, 'could not be started: there is no ./no-such in /.'],
      ['no permission', { command: '/etc/passwd' }, 'could not be started: /etc/passwd may not be executed (EACCES).'],
      ['a variable', { command: 'A=1 x' }, 'there is no A=1 on the PATH. That takes a shell: say "shell": true beside'],
      ['an open quote', { command: 'a "b' }, 'cannot be started: a quote or a backslash is left open in a "b.'],
      ['what no program can be given', { command: 'a \0' }, 'must be a string without null bytes'],
      ['nothing', { command: ' ' }, 'cannot be started: its command is empty.'],
      ['nothing, in a shell', { command: ' ', shell: true }, 'cannot be started: its command is empty.'],
      [
        'no folder',
        { command: 'node', cwd: '/no/folder' },
        'cannot be started: its "cwd", /no/folder, is not a folder.',
      ],
      [
        'no address',
        { command: 'node', ready: { url: 'ws://a' } },
        'cannot be awaited: "ws://a" is not a valid address of HTTP',
      ],
    ]
    for (const [what, program, words] of mistakes) {
      it(`say why: ${what}`, async () => {
        const failure = await failureOf(() => programs.start('chat', program, LONG))
        expect(failure).to.be.instanceOf(UsageError)
        expect(failure.message).to.match(/^The program "chat" /)
        expect(failure.message).to.include(words)
      })
    }

    it('say so if something else listens on their port', async () => {
      const port = await occupied(createServer((socket) => socket.destroy()))
      const failure = await failureOf(() => programs.start('chat', { ...node(present('chat')), ready: { port } }, LONG))
      expect(failure).to.be.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `The program "chat" was not started: on port ${port} something else listens already, and would be taken ` +
          'for it. Stop that first, or give the program another port. In a parallel run, each worker starts its own.',
      )
      expect(attendance.arrivals).to.deep.equal([])
    })

    it('say so if something else answers at their URL', async () => {
      const url = `http://127.0.0.1:${await occupied(createHttpServer((_, response) => response.end()))}/`
      const failure = await failureOf(() => programs.start('chat', { ...node(IDLE), ready: { url } }, LONG))
      expect(failure.message).to.include(`was not started: at ${url} something answers already`)
    })

    it('say so if something else answers at their secure URL, whoever vouches for it', async () => {
      const { cert, key } = await createCertificate(await createAuthority(), { name: 'A stranger' })
      const server = createHttpsServer({ cert, key }, (_, response) => response.end())
      const url = `https://127.0.0.1:${await occupied(server)}/`
      const failure = await failureOf(() => programs.start('chat', { ...node(IDLE), ready: { url } }, LONG))
      expect(failure.message).to.include(`was not started: at ${url} something answers already`)
    })

    it('say so if not even their watchdog can be started', async () => {
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

  describe('are stopped', () => {
    it('with their own children, and can use their port again', async () => {
      const port = await freePort()
      const chat = { ...node(present('chat'), child(present('child')), listen(port)), ready: { port } }
      for (let time = 0; time < 2; time++) {
        await programs.start('chat', chat, LONG)
        await attendance.of('chat', 'child')
        await programs.stop({ includeKept: false })
        await attendance.leavingOfAll()
      }
    })

    it('by SIGTERM, at which they may tidy up', async () => {
      const code = "process.on('SIGTERM', () => { socket.end('tidied\\n', () => process.exit()) })"
      const patient = new LocalPrograms(LONG)
      await patient.start('chat', node(`${code}; const socket = ${present('chat')}`), LONG)
      await attendance.of('chat')
      await patient.stop({ includeKept: true })
      await attendance.of('tidied')
    })

    it('by SIGKILL if they and their children ignore that', async () => {
      const impatient = new LocalPrograms(50)
      await impatient.start('chat', node(DEAF, child(DEAF, present('child')), present('chat')), LONG)
      await attendance.of('chat', 'child')
      await impatient.stop({ includeKept: true })
      await attendance.leavingOfAll()
    })

    it('without waiting for a child that went its own way and holds their output', async () => {
      const impatient = new LocalPrograms(50)
      const away = child(present('child')).replace(/\)$/, ", { detached: true, stdio: 'inherit' })")
      await impatient.start('chat', node(away, present('chat')), LONG)
      await attendance.of('chat', 'child')
      await impatient.stop({ includeKept: true })
      await attendance.leaving('chat')
    })

    it('after the run only, if they are kept', async () => {
      const chat = { ...node(present('chat')), keep: true }
      await programs.start('chat', chat, LONG)
      await programs.start('jobs', node(present('jobs')), LONG)
      await attendance.of('chat', 'jobs')
      await programs.stop({ includeKept: false })
      await attendance.leaving('jobs')
      await programs.start('chat', chat, LONG)
      await programs.stop({ includeKept: true })
      await attendance.leaving('chat')
      expect(attendance.arrivals.sort()).to.deep.equal(['chat', 'jobs'])
    })

    it('also while they are not ready yet', async () => {
      const chat = { ...node(present('chat')), ready: { output: 'never' } }
      const started = failureOf(() => programs.start('chat', chat, LONG))
      await attendance.of('chat')
      await programs.stop({ includeKept: false })
      expect((await started).message).to.include('ended because it was stopped before it was ready.')
      await attendance.leaving('chat')
    })

    it('also before they have been started', async () => {
      const port = await freePort()
      const started = failureOf(() => programs.start('chat', { ...node(present('chat')), ready: { port } }, LONG))
      await programs.stop({ includeKept: false })
      expect((await started).message).to.include('ended because it was stopped before it was ready.')
      expect(attendance.arrivals).to.deep.equal([])
    })

    it('also commands that are running', async () => {
      const running = failureOf(() => programs.run('worker', node(present('worker')), LONG))
      await attendance.of('worker')
      await programs.stop({ includeKept: false })
      await attendance.leaving('worker')
      expect((await running).message).to.include('The command "worker" ended because it was stopped.')
    })
  })

  it('that end by themselves after they were ready are told once, and can be started again', async () => {
    const chat = { ...node(present('chat')), keep: true }
    await programs.start('chat', chat, LONG)
    await attendance.of('chat')
    expect(await programs.takeCrashes()).to.deep.equal([])
    attendance.tell('chat', "console.log('Ouch'); process.exitCode = 7; this.end()")
    await attendance.leaving('chat')
    let fallen: string[] = []
    while (fallen.length === 0) {
      fallen = await programs.takeCrashes()
      await turn()
    }
    expect(fallen).to.deep.equal([
      'The program "chat" has ended by itself with code 7.\nThe last that it printed was\n  Ouch',
    ])
    expect(await programs.takeCrashes()).to.deep.equal([])
    await programs.start('chat', chat, LONG)
    await attendance.of('chat')
  })

  describe('do not outlive us', () => {
    const ways: [how: string, end: (us: ChildProcess) => unknown][] = [
      ['if we are killed by SIGKILL', (us) => us.kill('SIGKILL')],
      ['at Ctrl-C, which reaches our whole group', (us) => process.kill(-(us.pid as number), 'SIGINT')],
      ['if we crash', (us) => us.stdin?.write('throw new Error("crash")\n')],
      ['if we exit without stopping them', (us) => us.stdin?.write('process.exit()\n')],
      ['nor do they keep us when there is nothing left to do', (us) => us.stdin?.end()],
    ]
    for (const [how, end] of ways) {
      it(how, async () => {
        const chat = { ...node(present('chat'), child(present('child'))), keep: true }
        const code = `process.stdin.on('data', (code) => eval(String(code)))
          ${starting(chat)}.then(() => console.log('started'))`
        // A group of its own, as a terminal gives it.
        const us = spawn(process.execPath, ['-e', code], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
        const exited = once(us, 'exit')
        await once(createInterface(us.stdout), 'line')
        await attendance.of('chat', 'child')
        end(us)
        await exited
        await attendance.leavingOfAll()
      })
    }

    it('if we are a worker thread that is ended', async () => {
      const chat = node(present('chat'), child(present('child')))
      const code = `${starting(chat)}.then(() => require('node:worker_threads').parentPort.postMessage('started')); ${IDLE}`
      const us = new Worker(code, { eval: true })
      await once(us, 'message')
      await attendance.of('chat', 'child')
      await us.terminate()
      await attendance.leavingOfAll()
    })

    it('if they are deaf, either', async () => {
      const code = `${starting(node(DEAF, present('chat')))}.then(() => console.log('started'))`
      const us = spawn(process.execPath, ['-e', `${code}; ${IDLE}`], { stdio: ['ignore', 'pipe', 'ignore'] })
      const exited = once(us, 'exit')
      await once(createInterface(us.stdout), 'line')
      await attendance.of('chat')
      us.kill('SIGKILL')
      await exited
      await attendance.leavingOfAll()
    })
  })

  describe('as commands', () => {
    it('resolve to what they printed, once they have succeeded', async () => {
      const { output } = await programs.run('greet', node("console.log('Hello'); console.error('there')"), LONG)
      expect(output.split('\n').sort()).to.deep.equal(['', 'Hello', 'there'])
    })

    it('resolve to the end of it, if they print a lot', async () => {
      const code = "console.log(('x'.repeat(99) + '\\n').repeat(30_000)); console.log('the end')"
      const { output } = await programs.run('flood', node(code), LONG)
      expect(output)
        .to.have.lengthOf(1_000_000)
        .and.to.match(/the end\n$/)
    })

    it('fail by their code, with what they printed last', async () => {
      const failure = await failureOf(() =>
        programs.run('translate worker', node("console.log('3 jobs'); process.exitCode = 2"), LONG),
      )
      expect(failure).to.be.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'The command "translate worker" ended with code 2.\nThe last that it printed was\n  3 jobs',
      )
    })

    it('are stopped if they take too long', async () => {
      const worker = node(present('worker', "console.log('working')"))
      const failure = await patiently(/working/, (timeout) => programs.run('worker', worker, timeout))
      await attendance.leavingOfAll()
      expect(failure).to.be.instanceOf(ExpectationError)
      expect(failure.message.replace(/[\d.]+ m?s/, '1 s')).to.equal(
        'The command "worker" was still running after 1 s, and was stopped.\nThe last that it printed was\n  working',
      )
    })

    it('leave no child behind', async () => {
      const code = child(present('child', "console.log('here')")).replace(/\)$/, ", { stdio: ['ignore', 'pipe', 2] })")
      await programs.run('starter', node(`${code}.stdout.once('data', () => process.exit())`), LONG)
      await attendance.of('child')
      await attendance.leaving('child')
    })

    it('say why if they cannot be started', async () => {
      const failure = await failureOf(() => programs.run('move', { command: 'cd /' }, LONG))
      expect(failure).to.be.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'The command "move" could not be started: there is no cd on the PATH. ' +
          'That takes a shell: say "shell": true beside the command.',
      )
    })

    it('say so if a file is no program, where the system does not take it for a script', () => {
      const { message } = startFailed(
        { kind: 'command', name: 'work' },
        { file: './work', folder: '/', code: 'ENOEXEC', message: '' },
      )
      expect(message).to.equal(
        'The command "work" could not be started: ./work is not a program; ' +
          'a script needs its interpreter before it, or in a first line #!.',
      )
    })

    const lines: [line: string, words: string[]][] = [
      [`one 'two three' "four five"`, ['one', 'two three', 'four five']],
      [' one \n\t two ', ['one', 'two']],
      [`C:\\chat\\a.exe a\\ b \\; "C:\\my \\"chat\\"" '\\"'`, ['C:\\chat\\a.exe', 'a b', ';', 'C:\\my "chat"', '\\"']],
      [`--name="Rob Anderson" '' "it's" 'say "hi"' "\\"q\\""`, ['--name=Rob Anderson', '', "it's", 'say "hi"', '"q"']],
      [
        '; $(echo x) `y` | z && a > /b * $HOME #c',
        [';', '$(echo', 'x)', '`y`', '|', 'z', '&&', 'a', '>', '/b', '*', '$HOME', '#c'],
      ],
    ]
    for (const [line, words] of lines) {
      it(`are split into words that mean nothing else: ${line}`, async () => {
        const { command } = node('console.log(JSON.stringify(process.argv.slice(1)))')
        const { output } = await programs.run('show', { command: `${command} -- ${line}` }, LONG)
        expect(JSON.parse(output)).to.deep.equal(words)
      })
    }

    it('are run by a shell if one is asked for', async () => {
      const { output } = await programs.run('count', { command: 'A=1; echo "$A$(echo 2)"; echo 3', shell: true }, LONG)
      expect(output).to.equal('12\n3\n')
    })
  })

  /** Code that is present, and does what it is told, until it ends; `then` is done once it is present. */
  function present(name: string, then = ''): string {
    return `require('node:net')
      .connect(${attendance.port}, '127.0.0.1', function () { this.write('${name}\\n'); ${then} })
      .on('data', function (code) { (function () { eval(String(code)) }).call(this) })`
  }

  async function occupied(server: Server): Promise<number> {
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return portOf(server)
  }
})

/** Who is there: each program is connected to it, and the system ends that with the program, by whatever it ends. */
class Attendance extends EventEmitter {
  readonly arrivals: string[] = []
  private readonly there = new Map<string, Socket>()
  private readonly server = createServer((socket) => {
    socket.on('error', () => {})
    createInterface(socket).on('line', (name) => this.arrive(name, socket))
    socket.on('close', () => this.leave(socket))
    this.sockets.add(socket)
  })
  private readonly sockets = new Set<Socket>()

  get port(): number {
    return portOf(this.server)
  }

  async open(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening')
  }

  close(): Promise<unknown> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((closed) => this.server.close(closed))
  }

  /** Resolves when they have all been there. */
  async of(...names: string[]): Promise<void> {
    while (!names.every((name) => this.arrivals.includes(name))) await once(this, 'change')
  }

  async leaving(name: string): Promise<void> {
    while (this.there.has(name)) await once(this, 'change')
  }

  async leavingOfAll(): Promise<void> {
    while (this.sockets.size > 0) await once(this, 'change')
  }

  tell(name: string, code: string): void {
    this.there.get(name)?.write(code)
  }

  private arrive(name: string, socket: Socket): void {
    this.arrivals.push(name)
    this.there.set(name, socket)
    this.emit('change')
  }

  private leave(socket: Socket): void {
    this.sockets.delete(socket)
    for (const [name, whose] of this.there) if (whose === socket) this.there.delete(name)
    this.emit('change')
  }
}

/** A program of Node. */
function node(...code: string[]): Program {
  const quoted = [process.execPath, code.join('\n;')].map((word) => `'${word.replaceAll("'", `'"'"'`)}'`)
  return { command: quoted.join(' -e ') }
}

function listen(port: number, host = '127.0.0.1'): string {
  return `require('node:net').createServer().listen(${port}, '${host}')`
}

/** Code that starts a child of its own. */
function child(...code: string[]): string {
  return `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code.join('\n;'))}])`
}

/** Code that starts a program by this library, in a process or thread that is not this one. */
function starting(program: Program): string {
  const [register, library] = [require.resolve('ts-node/register'), require.resolve('./local-programs')].map((path) =>
    JSON.stringify(path),
  )
  return `require(${register}), new (require(${library}).LocalPrograms)()
    .start('chat', ${JSON.stringify(program)}, ${LONG})`
}

/** How it fails by a timeout, which is long enough for what is to be printed first. */
async function patiently(printed: RegExp, act: (timeout: number) => Promise<unknown>): Promise<Failure> {
  for (let timeout = 300; ; timeout *= 2) {
    const failure = await failureOf(() => act(timeout))
    if (printed.test(failure.message)) return failure
  }
}

async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const port = portOf(server)
  await new Promise((closed) => server.close(closed))
  return port
}

async function reach(port: number, host = '127.0.0.1'): Promise<void> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  socket.destroy()
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

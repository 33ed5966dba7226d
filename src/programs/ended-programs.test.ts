/** Programs that sentences stop, restart and kill, and what programs print. */

import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import {
  child,
  failureAfterPrinting,
  IDLE,
  IGNORE_SIGNALS,
  LONG,
  listenOn,
  nodeProgram,
} from '../../test/support/node-programs'
import { freePort } from '../../test/support/ports'
import { ProcessTracker } from '../../test/support/process-tracker'
import { ExpectationError, UsageError } from '../errors'
import { LocalPrograms } from './local-programs'

describe('Programs that a sentence ends', function () {
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

  it('are stopped by SIGTERM, with their children, and may take the timeout', async () => {
    const patient = new LocalPrograms(1)
    const tidy = "process.on('SIGTERM', () => setTimeout(() => { console.log('tidied'); process.exit() }, 100))"
    await patient.start('chat', nodeProgram(tidy, child(tracker.tracked('child')), tracker.tracked('chat')), LONG)
    await tracker.untilStarted('chat', 'child')
    await patient.end('chat', 'stopped', LONG)
    await patient.requirePrinted('chat', 'tidied', LONG)
    await tracker.untilAllEnded()
    await patient.stop({ includeKept: true })
  })

  it('fail the sentence if they had to be killed though they were to be stopped', async () => {
    await programs.start('chat', nodeProgram(IGNORE_SIGNALS, tracker.tracked('chat')), LONG)
    await tracker.untilStarted('chat')
    const failure = await failureOf(() => programs.end('chat', 'stopped', 50))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message).to.equal(
      'The program "chat" did not end within 50 ms after SIGTERM, and was killed. ' +
        'If that is right, write: the "chat" program crashes\nIt has printed nothing.',
    )
    await tracker.untilAllEnded()
  })

  it('give their children the usual time alone', async () => {
    const impatient = new LocalPrograms(50)
    const stubborn = child(IGNORE_SIGNALS, tracker.tracked('child'))
    await impatient.start('chat', nodeProgram(stubborn, tracker.tracked('chat')), LONG)
    await tracker.untilStarted('chat', 'child')
    await impatient.end('chat', 'stopped', LONG)
    await tracker.untilAllEnded()
  })

  it('are killed without warning, with their children, which is no crash of their own', async () => {
    const code = [IDLE, "process.on('SIGTERM', () => console.log('warned'))"]
    await programs.start(
      'chat',
      nodeProgram(...code, child(...code, tracker.tracked('child')), tracker.tracked('chat')),
      LONG,
    )
    await tracker.untilStarted('chat', 'child')
    await programs.end('chat', 'killed', LONG)
    await tracker.untilAllEnded()
    expect(await programs.takeCrashes(new Set(['chat']))).to.deep.equal([])
    expect(await programs.takeCrashes()).to.deep.equal([])
    const failure = await failureOf(() => programs.requirePrinted('chat', 'warned', LONG))
    expect(failure.message).to.equal(
      'The program "chat" has not printed "warned": it has ended by the signal SIGKILL.\nIt has printed nothing.',
    )
  })

  it('can be started again, also kept ones and ones at an address', async () => {
    const port = await freePort()
    const chat = { ...nodeProgram(tracker.tracked('chat'), listenOn(port)), ready: { port }, keep: true }
    for (const ending of ['stopped', 'killed'] as const) {
      await programs.start('chat', chat, LONG)
      await programs.end('chat', ending, LONG)
      await programs.stop({ includeKept: false })
    }
    await programs.start('chat', chat, LONG)
    await restart(programs)
    await programs.requireRunning('chat', { timeout: LONG, quiet: LONG })
    await tracker.untilStarted('chat')
  })

  it('are restarted as they were started, and print anew', async () => {
    let port = '1'
    const show = nodeProgram("console.log('port ' + process.env.PORT)", IDLE)
    await programs.start('chat', { ...show, env: { PORT: '${port}' } }, LONG, {
      fill: (text) => text.replace('${port}', port),
      hasRemembered: () => false,
    })
    await programs.requirePrinted('chat', 'port 1', LONG)
    port = '2'
    await restart(programs)
    await programs.requirePrinted('chat', 'port 1', LONG)
  })

  it('are stopped with the others if that comes between', async () => {
    await programs.start('chat', nodeProgram(IGNORE_SIGNALS, tracker.tracked('chat')), LONG)
    await tracker.untilStarted('chat')
    const ended = programs.end('chat', 'stopped', LONG)
    await turn()
    await programs.stop({ includeKept: true })
    await ended
    await tracker.untilAllEnded()
  })

  it('must be running', async () => {
    for (const act of [
      () => programs.end('chat', 'stopped', LONG),
      () => programs.end('chat', 'killed', LONG),
      () => programs.startAgain('chat', LONG),
      () => programs.requireRunning('chat', { timeout: LONG, quiet: LONG }),
      () => programs.requirePrinted('chat', 'x', LONG),
    ]) {
      const failure = await failureOf(act)
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'The program "chat" is not running. Write before this: the "chat" program is running',
      )
    }
    await programs.start('chat', nodeProgram(IDLE), LONG)
    await programs.end('chat', 'killed', LONG)
    expect((await failureOf(() => restart(programs))).message).to.equal(
      'The program "chat" is not running: a sentence has ended it. Write before this: the "chat" program is running',
    )
  })

  it('are reported as crashed if they have ended by themselves', async () => {
    for (const act of [
      () => programs.end('chat', 'killed', LONG),
      () => restart(programs),
      () => programs.requireRunning('chat', { timeout: LONG, quiet: LONG }),
    ]) {
      await programs.start('chat', nodeProgram('setTimeout(() => process.exit(3), 50)'), LONG)
      await failureOf(() => programs.requirePrinted('chat', 'never', LONG))
      const failure = await failureOf(act)
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal('The program "chat" has ended by itself with code 3.\nIt has printed nothing.')
      expect(await programs.takeCrashes()).to.deep.equal([])
    }
  })

  it('are found to have ended while they are watched', async () => {
    await programs.start('chat', nodeProgram('setTimeout(() => process.exit(3), 50)'), LONG)
    const failure = await failureOf(() => programs.requireRunning('chat', { timeout: LONG, quiet: LONG }))
    expect(failure.message).to.contain('has ended by itself with code 3.')
  })
})

describe('Programs whose variables have other values', function () {
  this.timeout(60_000)

  it('are started anew', async () => {
    const programs = new LocalPrograms()
    const chat = {
      ...nodeProgram("console.log('port ' + process.env.PORT)", IDLE),
      env: { PORT: '${port}' },
      keep: true,
    }
    const start = (port: string) =>
      programs.start('chat', chat, LONG, {
        fill: (text) => text.replace('${port}', port),
        hasRemembered: () => false,
      })
    try {
      await start('1')
      await programs.requirePrinted('chat', 'port 1', LONG)
      await start('1')
      await programs.stop({ includeKept: false })
      await start('2')
      await programs.requirePrinted('chat', 'port 2', LONG)
    } finally {
      await programs.stop({ includeKept: true })
    }
  })
})

describe('What a program prints', function () {
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

  it('is waited for', async () => {
    await programs.start('chat', nodeProgram(tracker.tracked('chat')), LONG)
    await tracker.untilStarted('chat')
    const printed = programs.requirePrinted('chat', 'Clients: 1', LONG)
    tracker.evaluate('chat', "console.log('Clients: 1')")
    await printed
    await programs.requirePrinted('chat', 'Clients: 1', LONG)
  })

  it('is whole words and numbers, also where the line goes on later', async () => {
    const code = "process.stdout.write('Clients: 1'); setTimeout(() => console.log('2'), 100)"
    await programs.start('chat', nodeProgram(code, IDLE), LONG)
    await programs.requirePrinted('chat', 'Clients: 12', LONG)
    const failure = await failureOf(() => programs.requirePrinted('chat', 'Clients: 1', 50))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message).to.equal(
      'The program "chat" has not printed "Clients: 1" within 50 ms.\nThe last that it printed was\n  Clients: 12',
    )
  })

  it('need not end its line', async () => {
    await programs.start('chat', nodeProgram("process.stdout.write('Your name? ')", IDLE), LONG)
    await programs.requirePrinted('chat', 'Your name?', LONG)
    await failureAfterPrinting(/It printed|printed was\n {2}Your name/, (timeout) =>
      programs.requirePrinted('chat', 'Your n', timeout),
    )
    const once = nodeProgram("process.stdout.write('bye')")
    await programs.start('once', once, LONG)
    await programs.requirePrinted('once', 'bye', LONG)
  })
})

describe('Whom a connection is to', function () {
  this.timeout(60_000)

  it('is the program at that port, and unknown where no program has it', async () => {
    const programs = new LocalPrograms()
    const [port, otherPort] = [await freePort(), await freePort()]
    const at = (free: number) => ({ ...nodeProgram(listenOn(free)), ready: { port: free } })
    try {
      await programs.start('chat', at(port), LONG)
      await programs.start('jobs', at(otherPort), LONG)
      await programs.start('mute', nodeProgram(IDLE), LONG)
      const ports = [port, otherPort, 1]
      const serves = (name: string) => ports.map((one) => programs.serves(name, `ws://127.0.0.1:${one}/`))
      expect(serves('chat')).to.deep.equal([true, false, false])
      expect(serves('mute')).to.deep.equal([false, false, undefined])
      expect(serves('unknown')).to.deep.equal([false, false, undefined])
    } finally {
      await programs.stop({ includeKept: true })
    }
  })

  it('does not keep a free port', async () => {
    const programs = new LocalPrograms()
    expect(await programs.freePort()).not.to.equal(await programs.freePort())
  })
})

async function restart(programs: LocalPrograms): Promise<void> {
  await programs.end('chat', 'stopped', LONG)
  await programs.startAgain('chat', LONG)
}

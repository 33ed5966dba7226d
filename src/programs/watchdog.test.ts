/** No program outlives our process, by whatever that ends. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { child, IDLE, IGNORE_SIGNALS, LONG, nodeProgram } from '../../test/support/node-programs'
import { ProcessTracker } from '../../test/support/process-tracker'
import type { Program } from '../processes/programs'

describe('Watchdog', function () {
  this.timeout(60_000)

  let tracker: ProcessTracker

  beforeEach(async () => {
    tracker = new ProcessTracker()
    await tracker.open()
  })

  afterEach(() => tracker.close())

  const ways: [how: string, end: (us: ChildProcess) => unknown][] = [
    ['been killed by SIGKILL', (us) => us.kill('SIGKILL')],
    ['been interrupted by Ctrl-C, which reaches its whole group', (us) => process.kill(-(us.pid as number), 'SIGINT')],
    ['crashed', (us) => us.stdin?.write('throw new Error("crash")\n')],
    ['exited without stopping it', (us) => us.stdin?.write('process.exit()\n')],
    ['nothing left to do', (us) => us.stdin?.end()],
  ]
  for (const [how, end] of ways) {
    it(`ends the program and its children when our process has ${how}`, async () => {
      const chat = { ...nodeProgram(tracker.tracked('chat'), child(tracker.tracked('child'))), keep: true }
      const code = `process.stdin.on('data', (code) => eval(String(code)))
        ${starting(chat)}.then(() => console.log('started'))`
      // A group of its own, as a terminal gives it.
      const us = spawn(process.execPath, ['-e', code], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
      const exited = once(us, 'exit')
      await once(createInterface(us.stdout), 'line')
      await tracker.untilStarted('chat', 'child')
      end(us)
      await exited
      await tracker.untilAllEnded()
    })
  }

  it('ends the program and its children when our worker thread is terminated', async () => {
    const chat = nodeProgram(tracker.tracked('chat'), child(tracker.tracked('child')))
    const code = `${starting(chat)}.then(() => require('node:worker_threads').parentPort.postMessage('started')); ${IDLE}`
    const us = new Worker(code, { eval: true })
    await once(us, 'message')
    await tracker.untilStarted('chat', 'child')
    await us.terminate()
    await tracker.untilAllEnded()
  })

  it('kills a program that ignores signals', async () => {
    const code = `${starting(nodeProgram(IGNORE_SIGNALS, tracker.tracked('chat')))}.then(() => console.log('started'))`
    const us = spawn(process.execPath, ['-e', `${code}; ${IDLE}`], { stdio: ['ignore', 'pipe', 'ignore'] })
    const exited = once(us, 'exit')
    await once(createInterface(us.stdout), 'line')
    await tracker.untilStarted('chat')
    us.kill('SIGKILL')
    await exited
    await tracker.untilAllEnded()
  })
})

/** Code that starts a program by this library, in a process or thread that is not this one. */
function starting(program: Program): string {
  const [register, library] = [require.resolve('ts-node/register'), require.resolve('./local-programs')].map((path) =>
    JSON.stringify(path),
  )
  return `require(${register}), new (require(${library}).LocalPrograms)()
    .start('chat', ${JSON.stringify(program)}, ${LONG})`
}

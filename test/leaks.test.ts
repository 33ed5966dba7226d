/** Nothing is left of a conversation that has ended: no socket, timer, listener or memory. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ChatRun } from './leaks/chat-features'
import type { Left } from './leaks/left'

/** What was left after some two hundred, and after two thousand. */
interface Held {
  readonly early: Left
  readonly late: Left
  readonly exitCode: number
}

describe('after two thousand conversations', function () {
  this.timeout(180_000)
  leavesNothing(async () => {
    const child = start('conversations.ts')
    const [[[early, late]], [exitCode]] = await Promise.all([once(child, 'message'), once(child, 'exit')])
    return { early, late, exitCode }
  })
})

describe('after two thousand scenarios', function () {
  this.timeout(300_000)
  const runs: ChatRun[] = []

  leavesNothing(async () => {
    const child = start('chat-features.ts', '34', JSON.stringify({ quiet: 50 }))
    child.on('message', (run: ChatRun) => runs.push(run))
    const [exitCode] = await once(child, 'exit')
    return { early: leftAfter(200), late: leftAfter(2000), exitCode }
  })

  it('each of them has passed', () => {
    expect(runs.map(({ failure }) => failure)).to.deep.equal(runs.map(() => undefined))
  })

  function leftAfter(scenarios: number): Left {
    let done = 0
    const run = runs.find((each) => {
      done += each.scenarios
      return done >= scenarios
    })
    return run?.left as Left
  }
})

/** A child that can collect its garbage. Its coverage would be counted as memory. */
function start(file: string, ...options: string[]): ChildProcess {
  return fork(join(__dirname, 'leaks', file), options, {
    execArgv: ['--expose-gc', '-r', 'ts-node/register/transpile-only'],
    env: { ...process.env, NODE_V8_COVERAGE: undefined, CUCUMBER_WEBSOCKET_URL: undefined },
  })
}

function leavesNothing(hold: () => Promise<Held>): void {
  let held: Held

  before(async () => {
    held = await hold()
    const [early, late] = [held.early, held.late].map(({ heap }) => (heap / 2 ** 20).toFixed(1))
    console.log(`    Heap after 200: ${early} MB, after 2,000: ${late} MB`)
  })

  it('there are no more sockets, timers and listeners than after two hundred', () => {
    expect([held.late.resources, held.late.listeners]).to.deep.equal([held.early.resources, held.early.listeners])
  })

  it('there is no more memory in use, but for a tenth', () => {
    expect(held.late.heap / held.early.heap).to.be.lessThan(1.1)
  })

  it('the process ends by itself', () => {
    expect(held.exitCode).to.equal(0)
  })
}

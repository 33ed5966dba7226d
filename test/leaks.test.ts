/** No socket, timer, listener or memory of a conversation remains after its end. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ChatRun } from './leaks/chat-features'
import type { ProcessUsage } from './leaks/process-usage'

/** The usage after some two hundred, and after two thousand. */
interface Measurement {
  readonly early: ProcessUsage
  readonly late: ProcessUsage
  readonly exitCode: number
}

describe('Process, after two thousand conversations', function () {
  this.timeout(180_000)
  expectNoLeaks(async () => {
    const child = start('conversations.ts')
    const [[[early, late]], [exitCode]] = await Promise.all([once(child, 'message'), once(child, 'exit')])
    return { early, late, exitCode }
  })
})

describe('Process, after two thousand scenarios', function () {
  this.timeout(300_000)
  const runs: ChatRun[] = []

  expectNoLeaks(async () => {
    const child = start('chat-features.ts', '34', JSON.stringify({ quiet: 50 }))
    child.on('message', (run: ChatRun) => runs.push(run))
    const [exitCode] = await once(child, 'exit')
    return { early: usageAfter(200), late: usageAfter(2000), exitCode }
  })

  it('has passed each scenario', () => {
    expect(runs.map(({ failure }) => failure)).to.deep.equal(runs.map(() => undefined))
  })

  function usageAfter(scenarios: number): ProcessUsage {
    let done = 0
    const run = runs.find((each) => {
      done += each.scenarios
      return done >= scenarios
    })
    return run?.usage as ProcessUsage
  }
})

/** Starts a child process that can collect garbage; without coverage, which would count as memory. */
function start(file: string, ...options: string[]): ChildProcess {
  return fork(join(__dirname, 'leaks', file), options, {
    execArgv: ['--expose-gc', '-r', 'ts-node/register/transpile-only'],
    env: { ...process.env, NODE_V8_COVERAGE: undefined, CUCUMBER_WEBSOCKET_URL: undefined },
  })
}

function expectNoLeaks(measure: () => Promise<Measurement>): void {
  let measured: Measurement

  before(async () => {
    measured = await measure()
    const [early, late] = [measured.early, measured.late].map(({ heap }) => (heap / 2 ** 20).toFixed(1))
    console.log(`    Heap after 200: ${early} MB, after 2,000: ${late} MB`)
  })

  it('has no more sockets, timers and listeners than after two hundred', () => {
    expect([measured.late.resources, measured.late.listeners]).to.deep.equal([
      measured.early.resources,
      measured.early.listeners,
    ])
  })

  it('uses at most a tenth more memory than after two hundred', () => {
    expect(measured.late.heap / measured.early.heap).to.be.lessThan(1.1)
  })

  it('ends by itself', () => {
    expect(measured.exitCode).to.equal(0)
  })
}

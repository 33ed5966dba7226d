/** Nothing is left of a conversation that has ended: no socket, timer, listener or memory. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Left } from './leaks/conversations'

describe('after two thousand conversations', function () {
  this.timeout(180_000)

  let early: Left
  let late: Left
  let exitCode: number

  before(async () => {
    const child = fork(join(__dirname, 'leaks/conversations.ts'), {
      execArgv: ['--expose-gc', '-r', 'ts-node/register'],
      env: { ...process.env, NODE_V8_COVERAGE: undefined },
    })
    const exited = once(child, 'exit')
    ;[[early, late]] = (await once(child, 'message')) as [[Left, Left]]
    ;[exitCode] = await exited
    const megabytes = [early, late].map(({ heap }) => (heap / 2 ** 20).toFixed(1))
    console.log(`    Heap after 200: ${megabytes[0]} MB, after 2,000: ${megabytes[1]} MB`)
  })

  it('there are no more sockets, timers and listeners than after two hundred', () => {
    expect([late.resources, late.listeners, late.connections]).to.deep.equal([
      early.resources,
      early.listeners,
      early.connections,
    ])
  })

  it('there is no more memory in use, but for a tenth', () => {
    expect(late.heap / early.heap).to.be.lessThan(1.1)
  })

  it('the process ends by itself', () => {
    expect(exitCode).to.equal(0)
  })
})

import { EventEmitter } from 'node:events'
import { expect } from 'chai'
import { exitWithCoordinator } from './exit-with-coordinator'

class FakeProcess extends EventEmitter {
  readonly codes: unknown[] = []

  constructor(readonly env: NodeJS.ProcessEnv) {
    super()
  }

  exit(code?: unknown): never {
    this.codes.push(code)
    return undefined as never
  }
}

describe('exitWithCoordinator', () => {
  it('ends a worker that is disconnected', () => {
    const worker = new FakeProcess({ CUCUMBER_WORKER_ID: '0' })
    exitWithCoordinator(worker)
    expect(worker.codes).to.deep.equal([])
    worker.emit('disconnect')
    expect(worker.codes).to.deep.equal([1])
  })

  it('leaves a run alone that another process has forked', () => {
    const run = new FakeProcess({})
    exitWithCoordinator(run)
    run.emit('disconnect')
    expect(run.codes).to.deep.equal([])
  })
})

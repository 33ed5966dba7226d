import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { UsageError } from '../errors'
import { FreePorts } from './free-port'

describe('Free ports', () => {
  const small = { first: 21_000, last: 21_399, offset: 0 }

  it('are each given once, on which a program can listen', async () => {
    const ports = new FreePorts()
    const given = await Promise.all(Array.from({ length: 20 }, () => ports.take()))
    expect(new Set(given).size).to.equal(20)
    for (const port of given) {
      expect(port).to.be.within(20_000, 32_767)
      const server = createServer().listen(port)
      await once(server, 'listening')
      server.close()
    }
  })

  it('are others in each worker of a run', async () => {
    const workers = ['0', '1', '2'].map(
      (id) => new FreePorts(small, { CUCUMBER_TOTAL_WORKERS: '3', CUCUMBER_WORKER_ID: id }),
    )
    for (const [id, worker] of workers.entries()) {
      for (let time = 0; time < 5; time++) expect(((await worker.take()) - small.first) % 3).to.equal(id)
    }
  })

  for (const host of ['127.0.0.1', undefined]) {
    it(`are not those on which something listens, at ${host ?? 'all addresses'}`, async () => {
      const port = await new FreePorts(small, {}).take()
      const server = createServer().listen({ port, ...(host && { host }) })
      await once(server, 'listening')
      try {
        const ports = new FreePorts({ ...small, first: port, last: port + 50 }, {})
        expect(await ports.take()).to.be.greaterThan(port)
        const failure = await failureOf(() => new FreePorts({ ...small, first: port, last: port }, {}).take())
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(
          `There is no free port between ${port} and ${port}: something listens on each of them.`,
        )
      } finally {
        server.close()
      }
    })
  }

  it('are given again when all have been given', async () => {
    const [first] = [await new FreePorts(small, {}).take()]
    const ports = new FreePorts({ ...small, first, last: first }, {})
    expect([await ports.take(), await ports.take()]).to.deep.equal([first, first])
  })
})

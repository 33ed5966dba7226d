import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { Deadline } from './deadline'

describe('Deadline', () => {
  it('calls back when its time is over', () => new Promise<void>((reached) => new Deadline(1, reached)))

  it('does not call back after it was cancelled', async () => {
    const happened: string[] = []
    const deadline = new Deadline(0, () => happened.push('cancelled'))
    deadline.cancel()
    await new Promise<void>((reached) => new Deadline(1, reached))
    expect(happened).to.deep.equal([])
  })

  it('can be cancelled even when its time is over, until the next turn of the event loop', async () => {
    const happened: string[] = []
    const deadline = new Deadline(0, () => happened.push('cancelled'))
    const alsoDue = new Promise<void>((resolve) => setTimeout(resolve, 0))
    beBusy(5)
    await alsoDue
    deadline.cancel()
    await turn()
    expect(happened).to.deep.equal([])
  })

  it('can be cancelled twice, and after it has called back', async () => {
    const deadline = await new Promise<Deadline>((resolve) => {
      const reached: Deadline = new Deadline(0, () => resolve(reached))
    })
    deadline.cancel()
    deadline.cancel()
  })

  it('lets data be read first that came in time, however busy the process is', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const accepted = once(server, 'connection')
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [peer] = (await accepted) as [Socket]
    const happened: string[] = []
    client.on('data', () => happened.push('data'))

    const reached = new Promise<void>((resolve) => new Deadline(1, resolve))
    peer.write('in time')
    beBusy(10)
    await reached
    happened.push('deadline')

    expect(happened).to.deep.equal(['data', 'deadline'])
    client.destroy()
    peer.destroy()
    server.close()
  })
})

function beBusy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

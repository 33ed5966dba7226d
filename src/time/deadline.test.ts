import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect } from 'chai'
import { beBusy, turn } from '../../test/support/event-loop'
import { Deadline, Deadlines } from './deadline'
import { isWorkWaiting, WorkQueue } from './turns'

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

  it('comes after another turn if one has taken long, since much may have come in it', async () => {
    const events: string[] = []
    const reached = new Promise<void>((resolve) => new Deadline(1, resolve)).then(() => events.push('deadline'))
    setTimeout(() => {
      setImmediate(() => events.push('turn'))
      beBusy(10)
    }, 1)
    await reached
    expect(events).to.deep.equal(['turn', 'deadline'])
  })

  it('waits for what waits for its turn', async () => {
    const queue = new WorkQueue({ pause: () => {}, resume: () => {} })
    const events: string[] = []
    const reached = new Promise<void>((resolve) => new Deadline(1, resolve, isWorkWaiting)).then(() =>
      events.push('deadline'),
    )
    for (const work of ['a', 'b', 'c'])
      queue.do(() => {
        beBusy(25)
        events.push(work)
      })
    await reached
    expect(events).to.deep.equal(['a', 'b', 'c', 'deadline'])
  })
})

describe('Deadlines', () => {
  let deadlines: Deadlines
  const fail = () => {
    throw new Error('It was cancelled.')
  }

  beforeEach(() => {
    deadlines = new Deadlines()
  })

  afterEach(() => {
    deadlines.end()
  })

  const passed = (timeout: number) => new Promise<void>((reached) => deadlines.begin(timeout, reached))

  it('call back one after the other, unless they are cancelled', async () => {
    await passed(1)
    deadlines.cancel(deadlines.begin(1, fail))
    await passed(1)
    await passed(1)
  })

  it('have the timer of one that was cancelled before, if it is of the same time', () => {
    const first = deadlines.begin(1000, fail)
    const second = deadlines.begin(1000, fail)
    expect(second).not.to.equal(first)
    deadlines.cancel(first)
    deadlines.cancel(second)
    const other = deadlines.begin(2000, fail)
    expect(deadlines.begin(1000, fail)).to.equal(second)
    deadlines.cancel(other)
    deadlines.cancel(second)
  })

  it('have another one if its time has passed, before it was cancelled or since', async () => {
    const since = deadlines.begin(1, fail)
    deadlines.cancel(since)
    await new Promise<void>((reached) => new Deadline(2, reached))
    const before = await new Promise<Deadline>((resolve) => {
      const reached: Deadline = deadlines.begin(1, () => resolve(reached))
    })
    expect(before).not.to.equal(since)
    deadlines.cancel(before)
    await passed(1)
  })

  it('keep no process alive between them, and no timer after the end', () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const others = timers()
    const deadline = deadlines.begin(1000, fail)
    expect(timers()).to.equal(others + 1)
    deadlines.cancel(deadline)
    expect(timers()).to.equal(others)
    expect(deadlines.begin(1000, fail)).to.equal(deadline)
    expect(timers()).to.equal(others + 1)
    deadlines.cancel(deadline)
    deadlines.end()
    const next = deadlines.begin(1000, fail)
    expect(next).not.to.equal(deadline)
    deadlines.cancel(next)
  })
})

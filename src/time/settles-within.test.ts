import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { settlesWithin } from './settles-within'

const LONG = 5000
const SHORT = 1

describe('settlesWithin', () => {
  it('resolves to true if the promise is fulfilled in time', async () => {
    expect(await settlesWithin(LONG, Promise.resolve())).to.equal(true)
  })

  it('rejects if the promise is rejected in time', async () => {
    const problem = new Error('This failed')
    expect(await failureOf(() => settlesWithin(LONG, Promise.reject(problem)))).to.equal(problem)
  })

  it('resolves to false when the time is over', async () => {
    expect(await settlesWithin(SHORT, new Promise(() => {}))).to.equal(false)
  })

  it('leaves no timer behind', async () => {
    await turn()
    const before = timers()
    await settlesWithin(LONG, Promise.resolve())
    expect(timers()).to.equal(before)
  })
})

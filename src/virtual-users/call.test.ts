import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { call } from './call'

describe('call', () => {
  const world = { name: 'Ann' }
  const never = () => new Promise(() => {})

  it('calls with the World as this, and returns what is returned', async () => {
    const code = function (this: unknown, ...args: unknown[]) {
      return [this, ...args]
    }
    expect(call({ code, hasCallback: false, timeout: 5 }, world, [1, 2])).to.deep.equal([world, 1, 2])
    expect(await call({ code: async () => 'later', hasCallback: false, timeout: 5000 }, world, [])).to.equal('later')
    expect(await call({ code: async () => 'later', hasCallback: false, timeout: -1 }, world, [])).to.equal('later')
  })

  it('waits for a callback', async () => {
    const code = (given: unknown, done: unknown) =>
      void (done as (error: unknown, result: unknown) => void)(null, given)
    expect(await call({ code, hasCallback: true, timeout: -1 }, world, ['x'])).to.equal('x')
    const failing = (done: unknown) => void (done as (error: unknown) => void)(new Error('Oh'))
    expect(
      await failureMessage(async () => call({ code: failing, hasCallback: true, timeout: 5000 }, world, [])),
    ).to.equal('Oh')
  })

  it('fails after its time', async () => {
    for (const hasCallback of [false, true]) {
      expect(await failureMessage(async () => call({ code: never, hasCallback, timeout: 1 }, world, []))).to.equal(
        'It has taken longer than 1 ms.',
      )
    }
  })
})

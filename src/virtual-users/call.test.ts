import { expect } from 'chai'
import { CALLABLES, sourceOf, timeoutOf } from '../../test/support/callables'
import { failureOf } from '../../test/support/failures'
import { type Call, call } from './call'

interface Ended {
  readonly error?: unknown
  readonly result?: unknown
}

/** Cucumber's own. */
const { default: cucumber } = require('@cucumber/cucumber/lib/user_code_runner') as {
  default: { run(options: object): Promise<Ended> }
}

describe('call', () => {
  const world = { name: 'Ann' }

  it('calls with the World as this, and returns at once what is no promise', () => {
    const code = function (this: unknown, ...args: unknown[]) {
      return [this, ...args.slice(0, 2)]
    }
    expect(call({ code, timeout: 5 }, world, [1, 2])).to.deep.equal([world, 1, 2])
  })

  for (const args of [[], [1]]) {
    describe(`with ${args.length} arguments`, () => {
      for (const text of CALLABLES) {
        it(`does as Cucumber does with ${text}`, async () => {
          const code = new Function('require', `return ${sourceOf(text, args.length as 0 | 1)}`)(require)
          const timeout = timeoutOf(text)
          const { error, result } = await cucumber.run({
            ...{ argsArray: [...args], thisArg: world, fn: code, timeoutInMilliseconds: timeout },
          })
          const ended = await endOf({ code, timeout }, args)
          expect(inWords(ended.error)).to.deep.equal(inWords(error))
          if (ended.result !== undefined || result !== undefined) expect(typeof ended.result).to.equal(typeof result)
          if (typeof result === 'string') expect(ended.result).to.equal(result)
        })
      }
    })
  }

  it('has no time limit if it is negative', async () => {
    const later = () => new Promise((resolve) => setTimeout(resolve, 5, 'later'))
    expect(await call({ code: later, timeout: -1 }, world, [])).to.equal('later')
  })

  it('does not mind what comes after it is over', async () => {
    const calledAndThrown = (done: unknown) => {
      ;(done as (error: Error) => void)(new Error('called'))
      throw new Error('thrown')
    }
    expect(await failureOf(async () => call({ code: calledAndThrown, timeout: 5 }, world, []))).to.have.property(
      'message',
      'thrown',
    )
    const both = async (done: unknown) => {
      ;(done as () => void)()
      throw new Error('rejected')
    }
    expect((await failureOf(async () => call({ code: both, timeout: 5 }, world, []))) as Error)
      .to.have.property('message')
      .that.contains('multiple asynchronous interfaces')
    await new Promise((resolve) => setImmediate(resolve))
  })

  async function endOf(callee: Call, args: readonly unknown[]): Promise<Ended> {
    try {
      return { result: await call(callee, world, args) }
    } catch (error) {
      return { error }
    }
  }
})

function inWords(error: unknown): unknown {
  if (error instanceof Error) return { name: error.name, message: error.message }
  // Further lines may have a stack.
  return typeof error === 'string' ? error.split('\n', 1) : error
}

import { expect } from 'chai'
import { Clock } from '../test/support/clock'
import { turn } from '../test/support/event-loop'
import { UsageError } from './errors'
import {
  evaluate,
  evaluateIfPossible,
  explain,
  findInTime,
  inTime,
  LookingLimit,
  renewBudget,
} from './evaluation-limit'

const tooLong = () => 'The path "$..a" takes too long.'

describe('evaluate', () => {
  it('returns the result, and throws what is thrown', () => {
    for (const isBounded of [true, false]) {
      expect(evaluate(() => 7, { tooLong, isBounded })).to.equal(7)
      expect(() => evaluate(() => JSON.parse('{'), { tooLong, isBounded })).to.throw(SyntaxError)
    }
  })

  it('leaves the stack of what is thrown as it was', () => {
    const thrown = new UsageError('It is wrong.')
    const { stack } = thrown
    const act = () => {
      throw thrown
    }
    expect(() => evaluate(act, { tooLong })).to.throw(thrown)
    expect(thrown.stack).to.equal(stack)
  })

  it('stands in the stack of no error that is made within', () => {
    const make = () => {
      throw new UsageError('It is wrong.')
    }
    expect(() => evaluate(make, { tooLong }))
      .to.throw(UsageError)
      .with.property('stack')
      .that.does.not.contain('evalmachine')
  })

  it('stops what would go on for ever, also within another evaluation', () => {
    expect(() => evaluate(runForEver, { tooLong })).to.throw(UsageError, tooLong())
    const inner = () => evaluate(runForEver, { tooLong: () => 'the inner one' })
    expect(() => evaluate(inner, { tooLong })).to.throw(UsageError, tooLong())
  })

  it('stops what comes again and again, though each ends soon', () => {
    expect(() => {
      for (let count = 0; count < 100_000; count++) evaluate(() => busyFor(20), { tooLong, isBounded: true })
    }).to.throw(UsageError, tooLong())
    renewBudget()
    expect(evaluate(() => 7, { tooLong, isBounded: true })).to.equal(7)
  })

  it('stops what calls itself without end', () => {
    const callItself = (): number => 1 + callItself()
    for (const isBounded of [true, false]) {
      expect(() => evaluate(callItself, { tooLong, isBounded })).to.throw(UsageError, tooLong())
    }
  })

  it('goes on after it has stopped one', () => {
    expect(() => evaluate(runForEver, { tooLong })).to.throw(UsageError)
    expect(evaluate(() => 7, { tooLong })).to.equal(7)
  })

  it('gives all that come at once the time of about one', () => {
    const start = performance.now()
    for (let count = 0; count < 100; count++) expect(() => evaluate(runForEver, { tooLong })).to.throw(UsageError)
    // Each for itself would take more than a minute.
    expect(performance.now() - start).to.be.lessThan(20_000)
  }).timeout(120_000)
})

describe('evaluateIfPossible', () => {
  it('returns the result, or nothing where it cannot be found out', () => {
    expect(evaluateIfPossible(() => 7)).to.equal(7)
    expect(evaluateIfPossible(() => evaluate(runForEver, { tooLong }))).to.equal(undefined)
    expect(() => evaluateIfPossible(() => JSON.parse('{'))).to.throw(SyntaxError)
  })
})

describe('explain', () => {
  let clock: Clock

  beforeEach(() => {
    clock = new Clock()
  })
  afterEach(() => clock.restore())

  it('returns the result, or nothing where it cannot be found out', () => {
    expect(explain(() => 7)).to.equal(7)
    expect(explain(fail)).to.equal(undefined)
    expect(() => explain(() => JSON.parse('{'))).to.throw(SyntaxError)
    expect(explain(() => explain(fail) ?? 8)).to.equal(8)
  })

  it('gives all of a sentence half a second together', () => {
    expect(explain(() => take(400))).to.equal(400)
    expect(explain(() => take(401))).to.equal(401)
    expect(explain(() => 7)).to.equal(undefined)
    renewBudget()
    expect(explain(() => 7)).to.equal(7)
  })

  it('stops what is evaluated for it, and leaves the sentence its own time', () => {
    const many = () => [1, 2, 3].map(() => evaluate(() => take(300), { tooLong, isBounded: true }))
    expect(explain(many)).to.equal(undefined)
    expect(evaluate(() => 7, { tooLong, isBounded: true })).to.equal(7)
  })

  it('looks at one after the other, as long as there is time', () => {
    const items = [200, 200, 200, 200]
    expect(findInTime(items, (ms) => take(ms) === 0)).to.equal(undefined)
    expect(explain(() => Array.from(inTime(items), take))).to.deep.equal([200, 200, 200])
    renewBudget()
    expect(explain(() => findInTime([200, 300, 1], (ms) => take(ms) < 200))).to.equal(undefined)
    renewBudget()
    expect(explain(() => findInTime([200, 200, 1], (ms) => take(ms) < 200))).to.equal(1)
  })

  function take(ms: number): number {
    clock.pass(ms)
    return ms
  }

  function fail(): number {
    throw new UsageError('It is wrong.')
  }
})

describe('LookingLimit', () => {
  let clock: Clock

  beforeEach(() => {
    clock = new Clock()
  })
  afterEach(() => clock.restore())

  it('allows a few small messages without a look at the clock', () => {
    const looking = new LookingLimit(0)
    expect(Array.from({ length: 50 }, () => allowed(looking, 60, 500))).not.to.include(false)
    looking.endInVain()
    expect([looking.count, looking.isOver, looking.limit]).to.deep.equal([50, false, 750])
  })

  it('ends when very many small ones have taken the time', () => {
    const looking = new LookingLimit(0)
    while (allowed(looking, 60, 1));
    expect(looking.count).to.be.within(750, 900)
  })

  it('ends when large ones have taken the timeout, or 750 ms', () => {
    expect(lookAtLargeOnes(new LookingLimit(1500))).to.equal(9)
    expect(lookAtLargeOnes(new LookingLimit(10))).to.equal(5)
  })

  it('gives those that look in vain one time for a turn of the event loop', async () => {
    const looking = new LookingLimit(10)
    lookAtLargeOnes(looking)
    looking.endInVain()
    looking.endInVain()
    expect(lookAtLargeOnes(new LookingLimit(10))).to.equal(1)
    await turn()
    expect(lookAtLargeOnes(new LookingLimit(10))).to.equal(5)
  })

  function lookAtLargeOnes(looking: LookingLimit): number {
    while (allowed(looking, 100_000, 200));
    expect(looking.isOver).to.equal(true)
    return looking.count
  }

  function allowed(looking: LookingLimit, length: number, ms: number): boolean {
    const isAllowed = looking.allows(length)
    clock.pass(ms)
    return isAllowed
  }
})

function busyFor(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms; );
}

function runForEver(): void {
  for (;;);
}

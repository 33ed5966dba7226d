import { expect } from 'chai'
import { UsageError } from './errors'
import { evaluate, evaluateIfPossible, renewBudget } from './evaluation-limit'

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

function busyFor(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms; );
}

function runForEver(): void {
  for (;;);
}

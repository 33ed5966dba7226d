import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { Condition } from './condition'

describe('Condition', () => {
  it('resolves at once if it holds already', async () => {
    expect(await new Condition().until(() => true, 0)).to.equal(true)
  })

  it('resolves as soon as it holds after a change', async () => {
    const condition = new Condition()
    let door = 'shut'
    const opened = condition.until(() => door === 'open', 5000)
    condition.changed()
    door = 'open'
    condition.changed()
    expect(await opened).to.equal(true)
  })

  it('is checked after changes, never in between', async () => {
    const condition = new Condition()
    let looks = 0
    const held = condition.until(() => ++looks === 3, 5000)
    await turn()
    await turn()
    expect(looks).to.equal(1)
    condition.changed()
    expect(looks).to.equal(2)
    condition.changed()
    expect(await held).to.equal(true)
    condition.changed()
    expect(looks).to.equal(3)
  })

  it('resolves to false when the time is over', async () => {
    expect(await new Condition().until(() => false, 1)).to.equal(false)
  })

  it('is checked once more when the time is over', async () => {
    let looks = 0
    expect(await new Condition().until(() => ++looks === 2, 1)).to.equal(true)
  })

  it('resolves several waits, each for a condition of its own', async () => {
    const condition = new Condition()
    let count = 0
    const waits = [1, 2, 2].map((wanted) => condition.until(() => count >= wanted, 5000))
    count = 1
    condition.changed()
    expect(await waits[0]).to.equal(true)
    count = 2
    condition.changed()
    expect(await Promise.all(waits)).to.deep.equal([true, true, true])
  })

  it('leaves no timer behind', async () => {
    await turn()
    const before = timers()
    const condition = new Condition()
    let held = false
    const waits = [condition.until(() => held, 5000), condition.until(() => held, 5000)]
    expect(timers()).to.be.greaterThan(before)
    held = true
    condition.changed()
    await Promise.all(waits)
    expect(timers()).to.equal(before)
  })
})

import { expect } from 'chai'
import { intervalUpTo } from './interval'

describe('An interval of a protocol', () => {
  for (const value of [1, 1.5, '1 ms', '12 days'] as const) {
    it(`may be ${value}`, () => {
      expect(intervalUpTo('12 days').accepts(value)).to.equal(true)
    })
  }

  for (const value of [0, 0.4, '0.4ms', '12.1 days', '20 days', '30 days', -1, '5', 'often', true, undefined, null]) {
    it(`is not ${JSON.stringify(value)}`, () => {
      expect(intervalUpTo('12 days').accepts(value)).to.equal(false)
    })
  }

  it('may be 0 where none is needed', () => {
    const { words, accepts } = intervalUpTo('12 days', { mayBeNone: true })
    expect([0, '0 s', 1, 0.4].map(accepts)).to.deep.equal([true, true, true, false])
    expect(words).to.equal('a duration such as "2 seconds", or a number of ms, from 1 ms to 12 days, or 0 for none')
  })
})

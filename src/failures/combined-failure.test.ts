import { expect } from 'chai'
import { ExpectationError } from '../errors'
import { combineFailures } from './combined-failure'

describe('combineFailures', () => {
  const failures = (count: number) =>
    Array.from({ length: count }, (_, index) => new ExpectationError(`Number ${index + 1} failed.\nMore of it.`))

  it('returns a single failure as it is', () => {
    const [failure] = failures(1)
    expect(combineFailures(failure ? [failure] : [], 3)).to.equal(failure)
  })

  it('shows the first in full, and the first line of the others', () => {
    expect(combineFailures(failures(2), 3)).to.have.property('showDiff', false)
    expect(combineFailures(failures(2), 3).message).to.equal(
      ['Number 1 failed.', 'More of it.', '1 other of 3 failed too:', '  Number 2 failed.'].join('\n'),
    )
  })

  it('shows ten others at most', () => {
    const lines = combineFailures(failures(13), 100).message.split('\n')
    expect(lines.slice(2, 4)).to.deep.equal(['12 others of 100 failed too:', '  Number 2 failed.'])
    expect(lines.slice(-2)).to.deep.equal(['  Number 11 failed.', '  … and 2 more'])
    expect(combineFailures(failures(11), 100).message).to.match(/\n {2}Number 11 failed\.$/)
  })

  it('compares the values of the first', () => {
    const first = new ExpectationError('One failed.', { expected: 'a', actual: 'b' })
    const failure = combineFailures([first, new Error('Two failed.')], 2) as ExpectationError & Record<string, unknown>
    expect([failure.expected, failure.actual]).to.deep.equal(['a', 'b'])
  })
})

/** Figures, as people read them. */

import { expect } from 'chai'
import { formatBytes, formatCount, formatMoment, formatShare, formatTime } from './text-of-figures'

describe('Figures of a load test', () => {
  it('are counts with as many digits as say something', () => {
    expect([0, 20.84, 99.96, 181_734.2].map(formatCount)).to.deep.equal(['0', '20.8', '100', '181,734'])
  })

  it('are shares, of which little is not nothing and nearly all is not all', () => {
    expect(formatShare(29, 1000)).to.equal('2.9 %')
    expect(formatShare(1, 9999)).to.equal('below 0.1 %')
    expect(formatShare(9999, 10_000)).to.equal('above 99.9 %')
    expect([formatShare(0, 5), formatShare(5, 5)]).to.deep.equal(['0 %', '100 %'])
  })

  it('are amounts of data', () => {
    expect([0, 999, 1000, 15_002_054, 2.5e12].map(formatBytes)).to.deep.equal([
      ...['0 bytes', '999 bytes', '1.0 kB', '15.0 MB', '2500.0 GB'],
    ])
  })

  it('are times, with the more digits the shorter they are', () => {
    expect([0.123, 12.34, 1234.5].map(formatTime)).to.deep.equal(['0.12', '12.3', '1,235'])
  })

  it('are moments since the beginning', () => {
    const began = new Date(0)
    expect([-5, 65_000, 3_600_000].map((at) => formatMoment(new Date(at), began))).to.deep.equal([
      ...['at 0:00', 'at 1:05', 'at 60:00'],
    ])
  })
})

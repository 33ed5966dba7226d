import { expect } from 'chai'
import { nearest, textDistance } from './nearest'

describe('textDistance', () => {
  it('is the share of characters to change', () => {
    expect(textDistance('Hello', 'Hello')).to.equal(0)
    expect(textDistance('Hello', 'Hullo')).to.equal(0.2)
    expect(textDistance('Hello', '')).to.equal(1)
    expect(textDistance('', '')).to.equal(0)
    expect(textDistance('abc', 'xyz')).to.equal(1)
  })

  it('compares the first 200 characters of long texts', () => {
    const long = 'x'.repeat(200)
    expect(textDistance(`${long}abc`, `${long}xyz`)).to.equal(0)
    expect(textDistance(`a${long}`, `b${long}`)).to.equal(1 / 200)
  })
})

describe('nearest', () => {
  for (const [written, known, meant] of [
    ['Rbo', ['Ann', 'Rob'], 'Rob'],
    ['rob', ['Ann', 'Rob'], 'Rob'],
    ['maxMesageByte', ['timeout', 'maxMessageBytes'], 'maxMessageBytes'],
    ['subprotokolls', ['subprotocols'], 'subprotocols'],
    ['Bob', ['Rob', 'Bo'], 'Rob'],
    ['Carol', ['Ann', 'Rob'], undefined],
    ['x', ['y'], undefined],
    ['', ['Ann'], undefined],
    ['Rob', [], undefined],
  ] as const) {
    it(`finds ${meant ?? 'nothing'} for "${written}" among ${known.join(', ') || 'nothing'}`, () => {
      expect(nearest(written, known)).to.equal(meant)
    })
  }

  it('takes little time for a hundred thousand long words', () => {
    const words = Array.from({ length: 100_000 }, (_, at) => `${at}`.padEnd(5000, 'x'))
    expect(nearest('x'.repeat(1000), words)).to.equal(undefined)
  })
})

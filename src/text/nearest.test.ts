/** How far texts are apart, and which word somebody may have meant. */

import { expect } from 'chai'
import { nearest, textDistance } from './nearest'

describe('the distance of two texts', () => {
  it('is the share of letters to change', () => {
    expect(textDistance('Hello', 'Hello')).to.equal(0)
    expect(textDistance('Hello', 'Hullo')).to.equal(0.2)
    expect(textDistance('Hello', '')).to.equal(1)
    expect(textDistance('', '')).to.equal(0)
    expect(textDistance('abc', 'xyz')).to.equal(1)
  })

  it('takes the first 200 letters of long texts', () => {
    const long = 'x'.repeat(200)
    expect(textDistance(`${long}abc`, `${long}xyz`)).to.equal(0)
    expect(textDistance(`a${long}`, `b${long}`)).to.equal(1 / 200)
  })
})

describe('the nearest word', () => {
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
    it(`to "${written}" of ${known.join(', ') || 'none'} is ${meant ?? 'none that could be meant'}`, () => {
      expect(nearest(written, known)).to.equal(meant)
    })
  }
})

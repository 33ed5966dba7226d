import { expect } from 'chai'
import { compareScalars, countScalars } from './scalars'

describe('The scalar values of a text', () => {
  it('are counted', () => {
    const texts = ['', 'abc', '😀', 'a😀b😀', 'é', '\ud83d', 'a\ude00']
    expect(texts.map(countScalars)).to.deep.equal([0, 3, 1, 4, 1, 1, 2])
  })

  it('are compared one by one', () => {
    const sorted = ['', 'B', 'a', 'aa', 'ab', 'é', '\uffe5', '😀', '😀a', '😁', '\u{1f680}']
    sorted.forEach((one, at) => {
      sorted.forEach((other, otherAt) => {
        expect(Math.sign(compareScalars(one, other)), `${one} ${other}`).to.equal(Math.sign(at - otherAt))
      })
    })
  })
})

import { expect } from 'chai'
import { placeInText, placeOfCharacter } from './text-place'

describe('placeInText', () => {
  const yaml = 'a:\n  b: [1, {c: 2}]\n  d: &d\n    e: 5\nf: *d\ng:\n'

  for (const [names, place] of [
    [[], ':1:1'],
    [['a'], ':1:1'],
    [['a', 'b', '1', 'c'], ':2:11'],
    [['a', 'b', '5'], ':2:3'],
    [['a', 'd', 'e'], ':4:5'],
    [['f', 'e'], ':5:1'],
    [['g', 'x'], ':6:1'],
    [['x'], ':1:1'],
  ] as const) {
    it(`finds ${names.join('/') || 'the whole'}`, () => expect(placeInText(yaml, names)).to.equal(place))
  }

  it('finds places in JSON', () => expect(placeInText('{\n\t"a": {"b": 1}}', ['a', 'b'])).to.equal(':2:8'))

  it('finds none where there is nothing, or what cannot be read', () => {
    expect(placeInText('', ['a'])).to.equal(':1:1')
    expect(placeInText(5 as never, [])).to.equal('')
  })

  it('finds characters', () => expect(placeOfCharacter('ab\ncd', 4)).to.equal(':2:2'))
})

import { expect } from 'chai'
import { open } from '../../test/support/open-codec'
import { codec } from './json'

describe('The codec json', () => {
  it('leaves content as it is', () => {
    const { decode, encode } = open(codec)
    expect([decode('{"a":1.50}'), encode('Hello'), encode(Buffer.from([1]))]).to.deep.equal([
      ['{"a":1.50}'],
      'Hello',
      Buffer.from([1]),
    ])
  })

  it('has no options', () => {
    expect(() => open(codec, { depth: 1 })).to.throw('There is no option "depth" of the codec json. It has none.')
  })
})

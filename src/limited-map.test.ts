import { expect } from 'chai'
import { LimitedMap } from './limited-map'

describe('a map with a limit', () => {
  it('begins anew with what is one too many', () => {
    const map = new LimitedMap<string, number>(2)
    map.set('a', 1).set('b', 2).set('b', 3)
    expect([...map]).to.deep.equal([
      ['a', 1],
      ['b', 3],
    ])
    map.set('c', 4)
    expect([...map]).to.deep.equal([['c', 4]])
  })

  it('makes what it has not', () => {
    const map = new LimitedMap<string, string>(2)
    expect([map.getOrCreate('a', () => 'one'), map.getOrCreate('a', () => 'two')]).to.deep.equal(['one', 'one'])
  })
})

import { expect } from 'chai'
import { UsageError } from '../errors'
import { firstDuplicate, requireUniqueHeaders, requireUniqueNames } from './duplicates'

describe('firstDuplicate', () => {
  it('is the first name that stands twice', () => {
    expect(firstDuplicate(['a', 'b', 'A', 'b', 'a'])).to.equal('b')
    expect(firstDuplicate(['a', 'b', 'A'])).to.equal(undefined)
    expect(firstDuplicate(['a', 'b', 'A'], (name) => name.toLowerCase())).to.equal('A')
  })
})

describe('requireUniqueNames', () => {
  it('names what stands twice', () => {
    requireUniqueNames('cookie', ['a', 'A'])
    expect(() => requireUniqueNames('cookie', ['a', 'b', 'a'])).to.throw(
      UsageError,
      'The cookie "a" stands twice, and one of them would be lost: leave it out, or write both values in one.',
    )
  })
})

describe('requireUniqueHeaders', () => {
  it('takes no account of case', () => {
    expect(() => requireUniqueHeaders(['X-A', 'x-a'])).to.throw(UsageError, 'The header "x-a" stands twice')
  })
})

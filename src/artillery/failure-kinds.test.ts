import { expect } from 'chai'
import { FailureKinds } from './failure-kinds'

describe('FailureKinds', () => {
  it('are the first lines, without the values of the user', () => {
    const variables = { user: 'user-1', city: 'New York', state: 'York', short: '5', age: 100, price: '$1.5|2' }
    const kind = (message: string) => new FailureKinds().kindOf(message, variables)
    expect(kind('Ann did not receive "user-1" within 5 s.\nNo message came.')).to.equal(
      'Ann did not receive "${user}" within 5 s.',
    )
    expect(kind('user-12 is not user-1.')).to.equal('user-12 is not ${user}.')
    expect(kind('From New York to York, 100 times')).to.equal('From ${city} to ${state}, ${age} times')
    expect(kind('It costs "$1.5|2"')).to.equal('It costs "${price}"')
    expect(kind('')).to.equal('')
  })

  it('leave out short values, too, where they are no words of the sentence', () => {
    const variables = { id: 5, letter: 'x', nothing: '', all: [5], same: 5 }
    const kind = (message: string) => new FailureKinds().kindOf(message, variables)
    expect(kind('Ann did not receive "5" within 5 s.')).to.equal('Ann did not receive "${id}" within 5 s.')
    expect(kind('Ann did not receive "say: x, 15" within 5 s.')).to.equal(
      'Ann did not receive "say: ${letter}, 15" within 5 s.',
    )
    expect(kind('Ann did not receive {"id":5,"name":"x"} within 5 s.')).to.equal(
      'Ann did not receive {"id":${id},"name":"${letter}"} within 5 s.',
    )
    expect(kind('Ann did not receive "" within 5 s.')).to.equal('Ann did not receive "${nothing}" within 5 s.')
    expect(new FailureKinds().kindOf('Ann did not receive ""', {})).to.equal('Ann did not receive ""')
  })

  it('are one if a value is the name of another variable, or begins a longer one', () => {
    const variables = { a: 'city', city: 'Rome', b: 'New', c: 'New York' }
    expect(new FailureKinds().kindOf('From Rome to New York', variables)).to.equal('From ${city} to ${c}')
  })

  it('begin with the first line that says something', () => {
    expect(new FailureKinds().kindOf('\r\n \nOh\r\nNo', {})).to.equal('Oh')
  })

  it('leave out what is made up for each user', () => {
    expect(new FailureKinds().kindOf('No 0f8fad5b-d9cb-469f-a165-70867728950e', {})).to.equal('No ${uuid}')
  })

  it('are not more than can be counted', () => {
    const kinds = new FailureKinds()
    for (let number = 0; number < 100; number++) expect(kinds.kindOf(`Error ${number}`, {})).to.equal(`Error ${number}`)
    expect(kinds.kindOf('Error 100', {})).to.equal('other failures')
    expect(kinds.kindOf('Error 99', {})).to.equal('Error 99')
  })
})

/** Names in sentences. */

import { expect } from 'chai'
import { conjugate, exampleStep, formatName, joinNames } from './grammar'

describe('a name', () => {
  it('is followed by a verb that fits it', () => {
    expect(conjugate('Rob', 'is connected')).to.equal('Rob is connected')
    for (const [predicate, mine] of [
      ['is connected', 'I am connected'],
      ['has disconnected', 'I have disconnected'],
      ['does not receive it', 'I do not receive it'],
      ['was refused', 'I was refused'],
      ['could not connect', 'I could not connect'],
      ['lost the connection', 'I lost the connection'],
      ['reconnects', 'I reconnect'],
      ['pings the server', 'I ping the server'],
    ] as const) {
      expect(conjugate('I', predicate)).to.equal(mine)
    }
  })

  it('has an article if it is a role, and quotes if it has blanks', () => {
    expect(formatName('dispatcher')).to.equal('the dispatcher')
    expect(exampleStep('Rob Anderson', 'reconnects')).to.equal('"Rob Anderson" reconnects')
  })

  it('is one of a list', () => {
    expect(joinNames(['Ann'])).to.equal('Ann')
    expect(joinNames(['Ann', 'Bob', 'Carol'])).to.equal('Ann, Bob and Carol')
    expect(joinNames(Array.from({ length: 12 }, (_, index) => `a${index}`))).to.match(/^a0, .*a8 and 3 others$/)
  })
})

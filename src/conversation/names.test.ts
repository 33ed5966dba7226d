/** Names in sentences. */

import { expect } from 'chai'
import { advised, clause, inSentence, listing } from './names'

describe('a name', () => {
  it('is followed by a verb that fits it', () => {
    expect(clause('Rob', 'is connected')).to.equal('Rob is connected')
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
      expect(clause('I', predicate)).to.equal(mine)
    }
  })

  it('has an article if it is a role, and quotes if it has blanks', () => {
    expect(inSentence('dispatcher')).to.equal('the dispatcher')
    expect(advised('Rob Anderson', 'reconnects')).to.equal('"Rob Anderson" reconnects')
  })

  it('is one of a list', () => {
    expect(listing(['Ann'])).to.equal('Ann')
    expect(listing(['Ann', 'Bob', 'Carol'])).to.equal('Ann, Bob and Carol')
    expect(listing(Array.from({ length: 12 }, (_, index) => `a${index}`))).to.match(/^a0, .*a8 and 3 others$/)
  })
})

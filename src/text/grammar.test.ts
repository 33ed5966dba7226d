import { expect } from 'chai'
import { conjugate, exampleStep, formatName, joinNames } from './grammar'

describe('conjugate', () => {
  for (const [predicate, firstPerson] of [
    ['is connected', 'I am connected'],
    ['has disconnected', 'I have disconnected'],
    ['does not receive it', 'I do not receive it'],
    ['was refused', 'I was refused'],
    ['could not connect', 'I could not connect'],
    ['lost the connection', 'I lost the connection'],
    ['reconnects', 'I reconnect'],
    ['pings the server', 'I ping the server'],
  ] as const) {
    it(`makes «${firstPerson}» of «${predicate}»`, () => {
      expect(conjugate('I', predicate)).to.equal(firstPerson)
    })
  }

  it('leaves the verb as it is after a name', () => {
    expect(conjugate('Rob', 'is connected')).to.equal('Rob is connected')
  })
})

describe('formatName', () => {
  it('gives a role an article, and a name with blanks quotes', () => {
    expect(formatName('dispatcher')).to.equal('the dispatcher')
    expect(exampleStep('Rob Anderson', 'reconnects')).to.equal('"Rob Anderson" reconnects')
  })
})

describe('joinNames', () => {
  it('joins none, one, two and three', () => {
    expect(joinNames([])).to.equal('')
    expect(joinNames(['Ann'])).to.equal('Ann')
    expect(joinNames(['Ann', 'Bob'])).to.equal('Ann and Bob')
    expect(joinNames(['Ann', 'Bob', 'Carol'])).to.equal('Ann, Bob and Carol')
  })

  it('shows at most ten', () => {
    const letters = [...'abcdefghijkl']
    expect(joinNames(letters.slice(0, 10))).to.equal('a, b, c, d, e, f, g, h, i and j')
    expect(joinNames(letters)).to.equal('a, b, c, d, e, f, g, h, i and 3 others')
  })
})

import { expect } from 'chai'
import { requiredWords } from './expressions'

describe('requiredWords', () => {
  for (const [source, words] of [
    ['{clients} send(s) {message}', [['send']]],
    ['{clients} send(s)/say(s) {message}( to the server)', [['send', 'say']]],
    ["{client}'s next message is {message}", [["'s"], ['next'], ['message'], ['is']]],
    ['(when ){clients} receive(s):/get(s):', [['receive', 'get']]],
    ['{clients} is/are/am connected', [['is', 'are', 'am'], ['connected']]],
    ['no(body) knows', [['no'], ['knows']]],
    ['(a)/b c', [['c']]],
    ['a \\(b) c', []],
    ['{int}', []],
  ] as const) {
    it(`are found in ${source}`, () => expect(requiredWords(source)).to.deep.equal(words))
  }
})

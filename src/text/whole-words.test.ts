import { expect } from 'chai'
import { includesWords } from './whole-words'

describe('Whole words', () => {
  for (const [text, part, isFound] of [
    ['Jobs done: 12', 'Jobs done: 1', false],
    ['Jobs done: 12', 'Jobs done: 12', true],
    ['Jobs done: 1, failed: 12', 'failed: 1', false],
    ['12 jobs, 1 job', '1 job', true],
    ['1.5 s', '1', false],
    ['0.5 s', '5 s', false],
    ['Done.', 'Done', true],
    ['Undone', 'done', false],
    ['Grüße', 'Grü', false],
    ['[done]', 'done', true],
    ['Orders: 1,000', 'Orders: 1', false],
    ['Orders: 1\u202f000', 'Orders: 1', false],
    ['Ids: 1,2,3', 'Ids: 1', true],
    ['Balance: -5', '5', false],
    ['job-5', '5', true],
    ['job-5', 'job', true],
    ['.5', '5', false],
    ['Job done-ish', 'Job done', false],
    ['done - again', 'done', true],
  ] as const) {
    it(`are ${isFound ? '' : 'not '}found: "${part}" in "${text}"`, () => {
      expect(includesWords(text, part)).to.equal(isFound)
    })
  }
})

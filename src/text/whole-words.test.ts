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
    ['error 1e-5', '5', false],
    ['error 1e-5', '-5', false],
    ['error 1e-5', '1', false],
    ['error 1E+5', '1E', false],
    ['error 1e-5', '1e-5', true],
    ['error 1e\u22125', '5', false],
    ['grade-5', '5', true],
    ['Balance: \u22125 EUR', '5', false],
    ['Balance: \u20135 EUR', '5', false],
    ['Pages 1\u20135', '5', true],
    ["it can't work", 'it can', false],
    ['it can’t work', 'it can', false],
    ["it can't work", 't work', false],
    ["Job 'it' is done", 'it', true],
    ['the jobs’ end', 'jobs', true],
    ['cafe\u0301', 'cafe', false],
    ['cafe\u0301s', 's', false],
    ['cafe\u0301-bar', 'bar', false],
    ['cafe\u0301', 'cafe\u0301', true],
    ['no\u200cjoin', 'no', false],
    ['no\u200cjoin', 'join', false],
    ['job_failed', 'job', false],
    ['job_failed', 'failed', false],
    ['job_failed', '_failed', false],
    ['_done', 'done', false],
    ['1\u2009000', '1', false],
    ['\u{1d7d9}2', '2', false],
    ['done', 'done', true],
  ] as const) {
    it(`are ${isFound ? '' : 'not '}found: "${part}" in "${text}"`, () => {
      expect(includesWords(text, part)).to.equal(isFound)
    })
  }
})

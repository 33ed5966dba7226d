/** However long a step is, and whatever it repeats, matching it against the sentences takes linear time. */

import { expect } from 'chai'
import { registerVocabulary } from '../../test/support/vocabulary'

/** In characters: anything of quadratic time would take hours. */
const LONG = 100_000

const BEGINNINGS = [
  '',
  'Rob receives ',
  'Rob sends ',
  'Rob, ',
  'everyone but ',
  'when Rob receives ',
  'Rob receives "x" he sends ',
  'Rob receives these messages ',
]

const REPEATED = [
  '"',
  "'",
  '{',
  '[',
  '\\"',
  ' and ',
  ', ',
  'a',
  ' ',
  '{"a":',
  '["',
  "Rob's ",
  ' receives ',
  '${',
  '"a" ',
]
REPEATED.push('{ he sends {', ' a message containing "', 'when Rob receives "', 'the ', '"Rob" and "', 'everyone ')

describe('Very long steps', () => {
  let library: ReturnType<typeof registerVocabulary>

  before(() => {
    library = registerVocabulary()
  })

  for (const beginning of BEGINNINGS) {
    it(`are matched quickly, or not at all: ${beginning}…`, () => {
      for (const piece of REPEATED) {
        const text = beginning + piece.repeat(LONG / piece.length)
        const answers = library.stepDefinitions.filter(({ expression }) => expression.match(text) !== null)
        expect(answers.length).to.be.at.most(1)
      }
    })
  }
})

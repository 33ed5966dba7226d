/** However long a step is, and whatever it repeats, the sentences look at it in a time that grows no faster than it does. */

import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'

/** In letters: what takes a thousandth of a second for each letter squared would take hours. */
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

describe('a step that is very long', () => {
  let library: ReturnType<typeof supportCodeLibraryBuilder.finalize>

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    for (const file of Object.keys(require.cache).filter((path) => /src\/vocabulary\/[\w-]+\.ts$/.test(path))) {
      delete require.cache[file]
    }
    for (const file of readdirSync(__dirname).filter((name) => !name.endsWith('.test.ts'))) require(`./${file}`)
    library = supportCodeLibraryBuilder.finalize()
  })

  for (const beginning of BEGINNINGS) {
    it(`is answered, or not, before long: ${beginning}…`, () => {
      for (const piece of REPEATED) {
        const text = beginning + piece.repeat(LONG / piece.length)
        const answers = library.stepDefinitions.filter(({ expression }) => expression.match(text) !== null)
        expect(answers.length).to.be.at.most(1)
      }
    })
  }
})

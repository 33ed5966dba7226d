/**
 * What people write who have not read the vocabulary runs, or they are told what to write. The steps of wishes.tsv were
 * written down for taxi dispatch, trading, games, sensors, support chats and auctions; beside each stands its right answer.
 */

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'
import type { helpFor as HelpFor } from '../src/suggestions/explanations'

/** How many of the answers are right; an answer that gets better raises it. */
const RIGHT = 0.92

describe('Steps of those who have not read the vocabulary', () => {
  const wishes = readFileSync(join(__dirname, 'wishes.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t') as [step: string, answer: string])
  let answerTo: (step: string) => string

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    const registering = /src\/(?:register|define-sentences|suggestions\/explanations|vocabulary\/[\w-]+)\.ts$/
    for (const file of Object.keys(require.cache).filter((path) => registering.test(path))) delete require.cache[file]
    require('../src/register')
    const { stepDefinitions } = supportCodeLibraryBuilder.finalize()
    const helpFor: typeof HelpFor = require('../src/suggestions/explanations').helpFor
    answerTo = (step) => {
      if (stepDefinitions.some(({ expression }) => expression.match(step) !== null)) return 'runs'
      const help = helpFor(step, step.endsWith(':')) ?? 'nothing'
      return help.replace(/^Did you mean(?:: | one of these\?\n)/, '').replace(/\n */g, ' | ')
    }
  })

  it('are answered rightly as a rule, and all others are known', () => {
    const wrong = wishes.filter(([step, answer]) => answerTo(step) !== answer).map(([step]) => step)
    console.log(`      ${wishes.length - wrong.length} of ${wishes.length} answers are right`)
    expect(1 - wrong.length / wishes.length, wrong.join('\n')).to.be.at.least(RIGHT)
  })

  it('run, or are told a sentence that runs', () => {
    for (const [step] of wishes) {
      const [first = ''] = answerTo(step).split(' | ')
      if (/^(?:runs$|nothing$|No |To |Say |A |The |Pings )/.test(first)) continue
      expect(answerTo(first.trim()), step).to.equal('runs')
    }
  })
})

/**
 * What people write who have not read the vocabulary runs, or they are told what to write. The steps of wishes.tsv were
 * written down for taxi dispatch, trading, games, sensors, support chats and auctions; beside each stands its right answer.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { helpFor as HelpFor } from '../src/suggestions/explanations'
import { registerVocabulary } from './support/vocabulary'

/** How many of the answers are right; an answer that gets better raises it. */
const RIGHT = 0.98

describe('Steps of those who have not read the vocabulary', function () {
  this.timeout(60_000)

  const wishes = readFileSync(join(__dirname, 'wishes.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t') as [step: string, answer: string])
  let answerTo: (step: string) => string

  before(() => {
    const { stepDefinitions } = registerVocabulary()
    const helpFor: typeof HelpFor = require('../src/suggestions/explanations').helpFor
    const answers = new Map<string, string>()
    answerTo = (step) => {
      const answer = answers.get(step) ?? answerAnew(step)
      answers.set(step, answer)
      return answer
    }
    const answerAnew = (step: string) => {
      if (stepDefinitions.some(({ expression }) => expression.match(step) !== null)) return 'runs'
      const help = helpFor(step, step.endsWith(':')) ?? 'nothing'
      return help.replace(/^Did you mean(?:: |:\n *| one of these\?\n *)/, '').replace(/\n */g, ' | ')
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
      if (/^(?:runs$|nothing$|No |To |Of |Say |A |The |Pings )/.test(first)) continue
      expect(answerTo(first.trim()), step).to.equal('runs')
    }
  })

  it('lose no text in quotes and no number on the way, except for a few', () => {
    const losing = wishes.filter(([step]) => {
      const answer = answerTo(step)
      if (/^(?:runs$|nothing$|No |To |Of |Say |A |The |Pings )/.test(answer) || answer.includes('Write a sentence'))
        return false
      const said = step.match(/"[^"]*"|(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])/g) ?? []
      return said.some((part) => !answer.includes(part.replace(/^"(.*)"$/, '$1')))
    })
    expect(losing.map(([step]) => step)).to.deep.equal(LOSING)
  })

  it('never become a phrase of a word that nobody has quoted', () => {
    for (const [step] of wishes) {
      const bare = step.replace(/"[^"]*"|[{[].*[}\]]/g, '')
      for (const [, word = ''] of answerTo(step).matchAll(/(?:receives?|gets?|sends?) "([a-z]+)"/g)) {
        expect(bare.split(/\W/), step).not.to.include(word)
      }
    }
  })
})

/** What is left out of these on purpose. */
const LOSING: readonly string[] = [
  'Ann sends the message from the file "ride_request.json"',
  'the program "quote-feed" has been started with the arguments "--symbol ACME --rate 10"',
  'Tina sends the binary message "0x01 0x02 0xFF"',
  'Tom gets his 3 answers, no matter in what order:',
  'Ann sends the message from the file "create_match.json"',
  'each player must receive at least 3 messages of type "tick" within 2 seconds',
  'Bob comes back within 10 seconds with his old session',
  'the game server is running on port 8080',
  'the gateway receives a binary message of 4 bytes',
  'the gateway asks "get_status" and gets an answer with the same "requestId"',
  'the simulator was started by "python simulator.py --devices 3"',
  'Bob opens a websocket to "/support/eu?lang=de" with header "X-Tenant: acme"',
  'the auctioneer and 5 bidders are connected to lot 17',
  'he can not enter, because of "token expired"',
  'all the bidders are informed about the new highest bid of 150',
  'Clara receives an outbid message, she bids 10 more than the current price',
  'only the first time David gets "Going once" he answers with a bid of 200',
  'the response status should be 200 and "$.winner" should be the bidder id from before',
  'Ann connects with cookie "a=b"',
  'Ann sends "tick" 5 times per second',
  'Ann sends 100 messages per second',
  'the server is running on port 8080',
  'Ann receives 3 messages in order',
  'Carol receives at least 3 heartbeats within 5 seconds',
]

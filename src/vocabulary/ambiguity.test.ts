/** No step matches two sentences: every sentence in all its forms, with each way to write each of its parameters. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseGherkinDocument } from '@cucumber/language-service'
import { expect } from 'chai'
import { registerVocabulary } from '../../test/support/vocabulary'
import { formsOf, type Part } from '../suggestions/sentence-form'

/** Values of each parameter; the first is the simplest. */
const written: Record<string, string[]> = {
  client: [
    'Rob',
    'Zoë',
    '李',
    'Client-2',
    'user_1',
    'client-7',
    'the dispatcher',
    '"Rob Anderson"',
    'I',
    'he',
    'they',
    'the first bidder',
  ],
  clients: [
    'Rob',
    'Zoë',
    '李',
    'Client-2',
    'user_1',
    'the dispatcher',
    '"Rob Anderson"',
    'I',
    'she',
    'it',
    'Ann, Bob and Carol',
    'the dispatcher and "Rob Anderson"',
    'everyone',
    'everyone else',
    'everyone but Rob',
    'everyone except Rob and Ann',
    'the listeners',
    'every listener',
    'everybody',
    'both',
    'Ann and Bob both',
    'Ann should',
    'each of them',
    'all of the bidders',
    'the others',
    'the other bidders',
    'the first bidder',
    'all bidders',
  ],
  message: [
    '"Hello"',
    "'Hello'",
    '""',
    '"he sends \\"Hi\\" after 2 s"',
    '\'he sends "Hi" 3 times\'',
    '{"type":"ping"}',
    '{}',
    '[1, 2]',
    '{"text": "} he sends {"}',
    '{"user": ${user}}',
    'the "place order" message',
    'the file "logo.png"',
    'the bytes "de ad be ef"',
    'a message containing "lo"',
    'a message matching "^He"',
    'a message valid against "order.schema.json"',
    'any message',
    'a message',
    'anything',
    'a binary message',
    'a message that contains "lo"',
    'a message of type "welcome"',
    'a message with "type" "welcome"',
    'a message where "amount" is greater than 100',
    'a message where "amount" is between 1 and 5',
    'the message "Hello"',
    'the JSON {"a": 1}',
    'the text "Hello"',
  ],
  pronoun: ['he', 'she', 'they', 'it', 'I'],
  string: ['"x"', '""', "'x'", '"a he sends b"'],
  duration: ['2 seconds', '200 ms', '1.5s', '1 minute', 'a second', 'half an hour', 'second'],
  times: ['once', 'twice', '3 times', 'three times'],
  condition: ['is 100', 'is "x"', 'is greater than 100', 'is between 1 and 5'],
  close: ['with code 4001', 'with reason "Bye"', 'with code 4001 and reason "he sends x"'],
  connection: [
    'the connection',
    'her connection',
    "Ann's connection",
    "the dispatcher's connection",
    "the bidders' connections",
  ],
  int: ['2', '1', '4001'],
  word: ['listeners', 'guests'],
}

describe('Ambiguity of sentences', () => {
  let definitions: ReturnType<typeof registerVocabulary>['stepDefinitions']

  before(() => {
    definitions = registerVocabulary().stepDefinitions
  })

  const answering = (step: string) =>
    definitions.filter(({ expression }) => expression.match(step) !== null).map(({ pattern }) => String(pattern))

  it('no step that the sentences allow matches two of them', function () {
    this.timeout(60_000)
    let steps = 0
    for (const { pattern } of definitions) {
      for (const step of stepsOf(String(pattern))) {
        steps++
        expect(answering(step), step).to.deep.equal([String(pattern)])
      }
    }
    expect(steps).to.be.greaterThan(definitions.length * 20)
  })

  it('no step matches two of them where JSON lacks its last bracket', () => {
    for (const { pattern } of definitions) {
      for (const form of formsOf(String(pattern))) {
        for (const [unfinished, part] of form.entries()) {
          if (!('parameter' in part) || part.parameter !== 'message') continue
          const step = text(form, (other, index) => (index === unfinished ? '{"a": 1' : (choices(other)[0] as string)))
          expect(answering(step), step).to.have.length.of.at.most(1)
        }
      }
    }
  })

  it('no step of the manual matches two sentences', () => {
    const folder = join(__dirname, '../../features/vocabulary')
    const steps = readdirSync(folder).flatMap((file) => {
      const { gherkinDocument } = parseGherkinDocument(readFileSync(join(folder, file), 'utf8'))
      return JSON.stringify(gherkinDocument).match(/(?<="text":)"(?:[^"\\]|\\.)*"/g) ?? []
    })
    expect(steps.length).to.be.greaterThan(200)
    for (const step of steps) expect(answering(JSON.parse(step)), step).to.have.length.of.at.most(1)
  })

  for (const page of ['README.md', 'docs/coming-from.md']) {
    it(`each step in ${page} matches one sentence`, () => {
      const guide = readFileSync(join(__dirname, '../..', page), 'utf8')
      const steps = [...guide.matchAll(STEP)].map(([, step, other]) => step ?? (other as string))
      expect(steps.length).to.be.greaterThan(9)
      for (const step of steps) expect(answering(step), step).to.have.length(1)
    })
  }
})

/** A whole step between backticks: with its keyword, or beginning with one of these subjects. */
const STEP = /`(?:(?:Given|When|Then|And) ([^`\n…]+)|((?:Rob|the response|500 ms) [^`\n]+))`/g

/** The steps of a sentence: each of its forms, and each value of each parameter. */
function* stepsOf(pattern: string): Iterable<string> {
  for (const form of formsOf(pattern)) {
    const longest = Math.max(...form.map((part) => choices(part).length))
    for (const [changing, part] of form.entries()) {
      for (const choice of choices(part)) {
        yield text(form, (other, index) => (index === changing ? choice : (choices(other)[0] as string)))
      }
    }
    // All parameters at once, too.
    for (let nth = 0; nth < longest; nth++) {
      yield text(form, (part) => choices(part)[nth % choices(part).length] as string)
    }
  }
}

function choices(part: Part): readonly string[] {
  if ('variants' in part) return part.variants
  const ways = written[part.parameter]
  if (!ways) throw new Error(`How is {${part.parameter}} written?`)
  return ways
}

function text(form: readonly Part[], choose: (part: Part, index: number) => string): string {
  return form.map((part, index) => `${index > 0 && !part.isGlued ? ' ' : ''}${choose(part, index)}`).join('')
}

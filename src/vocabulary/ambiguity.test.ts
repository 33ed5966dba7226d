/** No step is answered by two sentences: every sentence in all its forms, with each way to write what stands in its places. */

import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { parseGherkinDocument } from '@cucumber/language-service'
import { expect } from 'chai'
import { formsOf, type Part } from '../suggestions/sentence-form'

/** What may stand in a place; the first is the plainest. */
const written: Record<string, string[]> = {
  client: ['Rob', 'Zoë', '李', 'Client-2', 'user_1', 'client-7', 'the dispatcher', '"Rob Anderson"', 'I', 'he', 'they'],
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
  ],
  pronoun: ['he', 'she', 'they', 'it', 'I'],
  string: ['"x"', '""', "'x'", '"a he sends b"'],
  duration: ['2 seconds', '200 ms', '1.5s', '1 minute'],
  int: ['2', '1', '4001'],
  word: ['listeners', 'guests'],
}

describe('no two sentences answer one step', () => {
  let definitions: ReturnType<typeof supportCodeLibraryBuilder.finalize>['stepDefinitions']

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    const registering = /src\/(?:register|vocabulary\/[\w-]+)\.ts$/
    for (const file of Object.keys(require.cache).filter((path) => registering.test(path))) delete require.cache[file]
    require('../register')
    definitions = supportCodeLibraryBuilder.finalize().stepDefinitions
  })

  const answering = (step: string) =>
    definitions.filter(({ expression }) => expression.match(step) !== null).map(({ pattern }) => String(pattern))

  it('of all that can be written with them', function () {
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

  it('of the manual', () => {
    const folder = join(__dirname, '../../features/vocabulary')
    const steps = readdirSync(folder).flatMap((file) => {
      const { gherkinDocument } = parseGherkinDocument(readFileSync(join(folder, file), 'utf8'))
      return JSON.stringify(gherkinDocument).match(/(?<="text":)"(?:[^"\\]|\\.)*"/g) ?? []
    })
    expect(steps.length).to.be.greaterThan(200)
    for (const step of steps) expect(answering(JSON.parse(step)), step).to.have.length.of.at.most(1)
  })

  for (const page of ['README.md', 'docs/coming-from.md']) {
    it(`of ${page}, and one answers each`, () => {
      const guide = readFileSync(join(__dirname, '../..', page), 'utf8')
      const steps = [...guide.matchAll(STEP)].map(([, step, other]) => step ?? (other as string))
      expect(steps.length).to.be.greaterThan(9)
      for (const step of steps) expect(answering(step), step).to.have.length(1)
    })
  }
})

/** A whole step between backticks: one with its keyword, or one that begins with who does what. */
const STEP = /`(?:(?:Given|When|Then|And) ([^`\n…]+)|((?:Rob|the response|500 ms) [^`\n]+))`/g

/** A sentence in each of its forms, and with each way to write each of its places. */
function* stepsOf(pattern: string): Iterable<string> {
  for (const form of formsOf(pattern)) {
    const longest = Math.max(...form.map((part) => choices(part).length))
    for (const [changing, part] of form.entries()) {
      for (const choice of choices(part)) {
        yield text(form, (other, index) => (index === changing ? choice : (choices(other)[0] as string)))
      }
    }
    // All places at once, too.
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

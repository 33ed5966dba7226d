import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'
import { failureMessage } from '../test/support/failures'

describe('translateSentences', () => {
  let translation: typeof import('./translation')
  let calls: unknown[][]

  beforeEach(() => {
    supportCodeLibraryBuilder.reset(process.cwd(), randomUUID)
    delete require.cache[require.resolve('./translation')]
    translation = require('./translation')
    calls = []
  })

  function defineSentences(): void {
    const Given = translation.recorded(supportCodeLibraryBuilder.methods.Given)
    const waiting = { timeout: 5 }
    Given(
      '{word} send(s)/say(s) {string} to {word}',
      waiting,
      function (this: object, from: string, text: string, to: string) {
        calls.push([this, from, text, to])
      },
    )
    Given('{word} nap(s)/sleep(s) \\{sic}', (name: string) => calls.push([name]))
  }

  /** The one definition that a step matches, and the values that it takes from it. */
  function matching(step: string) {
    const found = supportCodeLibraryBuilder.finalize().stepDefinitions.flatMap((definition) => {
      const values = definition.expression.match(step)?.map((argument) => argument.getValue(null))
      return values ? [{ definition, values }] : []
    })
    expect(found.length).to.equal(1)
    return found[0] as (typeof found)[number]
  }

  const expression = '{word} send(s) {string} to {word}'

  for (const [translated, step] of [
    ['{word} schickt {string} an {word}', 'Rob schickt "Hallo" an Ann'],
    ['{string} schickt {word} an {word}', '"Hallo" schickt Rob an Ann'],
    ['von {word} an {word}: {string}', 'von Rob an Ann: "Hallo"'],
  ] as const) {
    it(`says a sentence in other words: ${translated}`, () => {
      defineSentences()
      translation.translateSentences({ [expression]: translated })
      const world = {}
      const { definition, values } = matching(step)
      definition.code.call(world, ...values)
      expect(calls).to.deep.equal([[world, 'Rob', 'Hallo', 'Ann']])
      expect([definition.code.length, definition.options.timeout]).to.deep.equal([3, 5])
      expect(definition.uri).to.match(/translation\.(?:test\.)?ts$/)
    })
  }

  it('leaves a doc string or a table at its end', () => {
    defineSentences()
    const Then = translation.recorded(supportCodeLibraryBuilder.methods.Then)
    Then('{word} at {int}:', (...values: unknown[]) => calls.push(values))
    translation.translateSentences({ '{word} at {int}:': 'um {int} {word}:' })
    const { definition, values } = matching('um 7 Rob:')
    definition.code.call({}, ...values, 'a doc string')
    expect(calls).to.deep.equal([['Rob', 7, 'a doc string']])
  })

  it('says one in several ways, and takes it as it is defined, too', () => {
    defineSentences()
    translation.translateSentences({ '{word} nap(s)/sleep(s) \\{sic}': ['{word} schläft', '{word} döst'] })
    for (const step of ['Rob schläft', 'Rob döst']) expect(matching(step).values).to.deep.equal(['Rob'])
  })

  it('refuses what is not a sentence', async () => {
    expect(await failureMessage(() => translation.translateSentences({ '{word} nap': '{word} schläft' }))).to.equal(
      'There are no sentences to translate yet: load cucumber-websocket/register before the file that calls translateSentences.',
    )
    defineSentences()
    expect(
      await failureMessage(() => translation.translateSentences({ '{word} sends {string} to {word}': '' })),
    ).to.equal(
      `translateSentences: "{word} sends {string} to {word}" is not a sentence of the vocabulary. Did you mean "${expression}"?`,
    )
    expect(await failureMessage(() => translation.translateSentences({ 'Rob is asleep and dreams': '' }))).to.equal(
      'translateSentences: "Rob is asleep and dreams" is not a sentence of the vocabulary. Write it as docs/vocabulary.md has it.',
    )
  })

  for (const [translated, shown] of [
    ['{word} schickt {string}', '"{word} schickt {string}"'],
    ['{word} schickt {int} an {word}', '"{word} schickt {int} an {word}"'],
    ['\\{word} schickt {string} an {word}', '"\\{word} schickt {string} an {word}"'],
    [7, '7'],
    [undefined, 'undefined'],
    [[['{word}']], 'a list'],
  ] as const) {
    it(`refuses a translation with other parameters: ${shown}`, async () => {
      defineSentences()
      expect(
        await failureMessage(() => translation.translateSentences({ [expression]: translated as string })),
      ).to.equal(
        `translateSentences: a translation of "${expression}" is a text with the parameters {word}, {string}, {word}, but ${shown} was given.`,
      )
    })
  }

  it('says that a sentence has no parameters', async () => {
    const Given = translation.recorded(supportCodeLibraryBuilder.methods.Given)
    Given('it rains', () => {})
    translation.translateSentences({ 'it rains': 'es regnet' })
    expect(await failureMessage(() => translation.translateSentences({ 'it rains': 'es regnet {word}' }))).to.equal(
      'translateSentences: a translation of "it rains" is a text with the parameters (none), but "es regnet {word}" was given.',
    )
  })

  it('refuses a table that is none', async () => {
    for (const table of [undefined, null, 'text', ['a']]) {
      expect(await failureMessage(() => translation.translateSentences(table as never))).to.match(
        /^The argument table of translateSentences should be an object, not /,
      )
    }
  })
})

describe('documentedForm', () => {
  it('is another one for each sentence', () => {
    supportCodeLibraryBuilder.reset(process.cwd(), randomUUID)
    const defining = /src\/(?:define-sentences|translation|steps\/definitions|vocabulary\/[\w-]+)\.ts$/
    for (const file of Object.keys(require.cache).filter((path) => defining.test(path))) delete require.cache[file]
    const { defineSentences } = require('./define-sentences') as typeof import('./define-sentences')
    defineSentences()
    const { documentedForm } = require('./translation') as typeof import('./translation')
    const { stepDefinitions } = supportCodeLibraryBuilder.finalize()
    const forms = stepDefinitions.map(({ pattern }) => documentedForm(String(pattern)))
    expect(new Set(forms).size).to.equal(stepDefinitions.length)
    expect(forms.length).to.be.greaterThan(100)
  })
})
